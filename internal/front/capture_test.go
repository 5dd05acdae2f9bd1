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
	d := open(t, verify)
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

// In an environment with a proxy tccli asks it for its endpoint, in absolute form, and still sends the malformed Host.
func TestTccliThroughAProxyVerifies(t *testing.T) {
	t.Parallel()
	d := open(t, verify)
	raw, err := os.ReadFile("../sign/testdata/captures/tccli-tc3-http-endpoint-with-scheme.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, d)
	c.send(strings.Replace(string(raw), "POST / ", "POST http://127.0.0.1:28761/ ", 1))
	c.want("200 OK", "err=<nil>")
}

// verify answers what the check of a captured request says.
func verify(w http.ResponseWriter, hr *http.Request) {
	r, err := wire.Read(hr)
	if err == nil && r.Scheme != wire.Skip {
		keys := func(id string) (account.Key, bool) {
			return account.Key{SecretID: id, SecretKey: "FakeSecretKeyForTestsOnly0123456", Token: r.Token}, true
		}
		_, _, err = new(sign.Checker).Check(r, keys, time.Unix(r.Timestamp, 0))
	}
	fmt.Fprintf(w, "host=%s err=%v", r.Host, err)
}
