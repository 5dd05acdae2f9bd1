package front

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/sign"
	"github.com/tengyun/tengyun/internal/wire"
)

// What real clients sent, byte by byte, still verifies behind the door, tccli's malformed Host included.
func TestEveryCaptureVerifiesBehindTheDoor(t *testing.T) {
	t.Parallel()
	var checker sign.Checker
	d := open(t, func(w http.ResponseWriter, hr *http.Request) {
		r, err := wire.Read(hr)
		if err == nil && r.Scheme != wire.Skip {
			keys := func(id string) (account.Key, bool) {
				return account.Key{SecretID: id, SecretKey: "FakeSecretKeyForTestsOnly0123456", Token: r.Token}, true
			}
			_, _, err = checker.Check(r, keys, time.Unix(r.Timestamp, 0))
		}
		fmt.Fprintf(w, "host=%s err=%v", r.Host, err)
	})
	paths, err := filepath.Glob("../sign/testdata/captures/*.txt")
	if err != nil || len(paths) < 60 {
		t.Fatalf("got %d captures (%v), want all", len(paths), err)
	}
	all := dial(t, d) // one connection carries them all, but for those that end theirs
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := all
		if strings.Contains(strings.ToLower(string(raw)), "connection: close") {
			c = dial(t, d)
		}
		_, host, _ := strings.Cut(string(raw), "Host: ")
		if host == "" {
			_, host, _ = strings.Cut(string(raw), "host: ")
		}
		host, _, _ = strings.Cut(host, "\r\n")
		c.send(string(raw))
		c.want("200 OK", "host="+host+" err=<nil>")
	}
}
