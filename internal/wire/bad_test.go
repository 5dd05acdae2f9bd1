package wire

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

var update = flag.Bool("update", false, "write the answers of the bad inputs anew")

// TestBadInputs holds what testdata/bad says: a request that is wrong in one way, and the exact answer to it.
// A row is three lines: its name, the input, the answer. ‹FF› is a byte, ‹9*ab› is ab nine times. An input is
//
//	json …    the body of a v3 POST
//	query …   the query of a v3 GET
//	form …    the body of a v1 POST, common parameters added
//	get …     the query of a v1 GET, nothing added
//	raw …     a whole request, line by line with ¶ between
//
// "= product Action" above rows is what they ask for.
func TestBadInputs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bad/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	rows := 0
	for _, file := range files {
		rows += badFile(t, file)
	}
	if rows < 200 {
		t.Errorf("got %d bad inputs, want at least 200", rows)
	}
}

// badFile checks one file and gives how many rows it has.
func badFile(t *testing.T, file string) (rows int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	names := map[string]bool{}
	var product, action string
	for i := 0; i < len(lines); i++ {
		switch {
		case lines[i] == "":
		case strings.HasPrefix(lines[i], "= "):
			product, action, _ = strings.Cut(lines[i][2:], " ")
		default:
			if names[lines[i]] {
				t.Errorf("%s: two rows are named %s", file, lines[i])
			}
			names[lines[i]] = true
			rows++
			got := answer(t, shape(t, product, action), action, lines[i+1])
			if got != lines[i+2] && !*update {
				t.Errorf("%s: %s\n%s\ngot  %s\nwant %s", file, lines[i], lines[i+1], got, lines[i+2])
			}
			lines[i+2] = got
			i += 2
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

// answer is what an input comes to: "Code: message", and the same through the envelope.
func answer(t *testing.T, in *catalog.Shape, action, input string) string {
	t.Helper()
	r := request(t, action, input)
	q, err := Read(r)
	if q == nil {
		t.Fatalf("%s: got no Request", input)
	}
	if err == nil {
		err = q.Check(in)
	}
	refusal := tcerr.Of(err)
	if refusal == nil {
		t.Fatalf("%s: got %v, want a refusal", input, err)
	}
	told := refusal.Code + ": " + refusal.Message(q.Language)
	sent := string(Envelope("id", nil, refusal, q.Language))
	message, _ := json.Marshal(refusal.Message(q.Language))
	if want := fmt.Sprintf(`{"Response":{"Error":{"Code":%q,"Message":%s},"RequestId":"id"}}`, refusal.Code, message); sent != want {
		t.Errorf("%s: got envelope %s, want %s", input, sent, want)
	}
	return strings.ReplaceAll(told, "\n", "¶")
}

// request makes what a row's input stands for.
func request(t *testing.T, action, input string) *http.Request {
	t.Helper()
	sort, text, _ := strings.Cut(input, " ")
	text = spell(text)
	v3 := "X-TC-Action: " + action + "\r\nX-TC-Version: 2017-03-12\r\nX-TC-Timestamp: 1795436377\r\nAuthorization: TC3-HMAC-SHA256 x\r\n"
	const v1 = "&Action=X&Version=2017-03-12&Timestamp=1795436377&Nonce=1&SecretId=AKID&Signature=c2ln"
	length := func(body string) string { return "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body }
	var raw string
	switch sort {
	case "json":
		raw = "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + v3 + length(text)
	case "query":
		raw = "GET /?" + text + " HTTP/1.1\r\nHost: h\r\n" + v3 + "\r\n"
	case "form":
		raw = "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n" + length(text+v1)
	case "get":
		raw = "GET /?" + text + " HTTP/1.1\r\nHost: h\r\n\r\n"
	case "raw":
		raw = strings.ReplaceAll(text, "¶", "\r\n")
	default:
		t.Fatalf("%s: no such input", input)
	}
	r, err := http.ReadRequest(bufio.NewReader(io.LimitReader(strings.NewReader(raw), 64<<20)))
	if err != nil {
		t.Fatalf("%s: %v", input, err)
	}
	return r
}

var spelt = regexp.MustCompile(`‹(?:([0-9A-F]{2})|(\d+)\*([^›]*))›`)

// spell writes out what rows abbreviate.
func spell(text string) string {
	return spelt.ReplaceAllStringFunc(text, func(s string) string {
		m := spelt.FindStringSubmatch(s)
		if m[1] != "" {
			b, _ := strconv.ParseUint(m[1], 16, 8)
			return string([]byte{byte(b)})
		}
		n, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[3], n)
	})
}
