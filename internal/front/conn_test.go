package front

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tengyun/tengyun/internal/wire"
)

func TestMalformedHostIsMendedOnEveryRequest(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	for _, tls := range []string{"", "tls"} {
		c := dial(t, d)
		if tls != "" {
			c = c.secure(d)
		}
		for i := range 3 {
			body := fmt.Sprintf("{\"n\":%d}\r\nHost: http://in.the.body\r\n\r\n", i)
			c.send(fmt.Sprintf("POST / HTTP/1.1\r\nUser-Agent: python-requests/2.28.1\r\nHost: http://127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n%s", i, len(body), body))
			c.want("200 OK", fmt.Sprintf("host=127.0.0.1:%d original=[http://127.0.0.1:%d] body=%s err=<nil>", i, i, body))
		}
	}
}

func TestPipelinedRequestsAreMended(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	c := dial(t, d)
	c.send("POST /a HTTP/1.1\r\nHost: http://a\r\nContent-Length: 16\r\n\r\nHost: http://b\r\n" +
		"\r\nGET /c HTTP/1.1\r\nHost: c\r\n\r\n" +
		"POST /d HTTP/1.1\r\nHOST:https://d/x\r\nTransfer-Encoding: chunked\r\n\r\n10;x=y\r\nHost: http://e\r\n\r\n1\r\n!\r\n0\r\nHost: http://trailer\r\n\r\n" +
		"GET /f HTTP/1.1\r\nX-Tengyun-Original-Host: spoofed\r\nhost:\thttp://f:1 \r\nX-Tengyun-Original-Host: spoofed\r\n\r\n")
	c.want("200 OK", "POST /a HTTP/1.1 host=a original=[http://a] body=Host: http://b\r\n err=<nil>")
	c.want("200 OK", "GET /c HTTP/1.1 host=c original=[] body= err=<nil>")
	c.want("200 OK", "POST /d HTTP/1.1 host=d original=[https://d/x] body=Host: http://e\r\n! err=<nil>")
	c.want("200 OK", "GET /f HTTP/1.1 host=f:1 original=[http://f:1] body= err=<nil>")
}

// stream is a connection that has all its bytes, or an error, ready.
type stream struct {
	net.Conn
	io.Reader
}

func (s stream) Read(p []byte) (int, error) { return s.Reader.Read(p) }

// mended is what comes through a conn, however the bytes arrive and are taken.
func mended(tb testing.TB, text string, take func(io.Reader) io.Reader) string {
	tb.Helper()
	got, err := io.ReadAll(take(&conn{patient: patient{Conn: stream{Reader: strings.NewReader(text)}}, token: "T"}))
	if err != nil {
		tb.Fatal(err)
	}
	return string(got)
}

func TestConnChangesNothingButHost(t *testing.T) {
	t.Parallel()
	const malformed, right = "Host: http://h:1\r\n", "Host: h:1\r\n" + wire.OriginalHost + ": T http://h:1\r\n"
	long := strings.Repeat("x", 20_000)
	for name, row := range map[string]struct{ sent, want string }{
		"nothing to mend":          {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", ""},
		"host":                     {"GET / HTTP/1.1\r\n" + malformed + "A: b\r\n\r\n", "GET / HTTP/1.1\r\n" + right + "A: b\r\n\r\n"},
		"bare line feeds":          {"GET / HTTP/1.1\nHost: http://h\n\n", "GET / HTTP/1.1\nHost: h\r\n" + wire.OriginalHost + ": T http://h\n\n"},
		"long lines around":        {"GET /" + long + " HTTP/1.1\r\nA: " + long + "\r\n" + malformed + "B: " + long + "\r\n\r\n", "GET /" + long + " HTTP/1.1\r\nA: " + long + "\r\n" + right + "B: " + long + "\r\n\r\n"},
		"request line like a host": {"Host: http://h HTTP/1.1\r\n\r\n", ""},
		"continued line":           {"GET / HTTP/1.1\r\nA: b\r\n Host: http://h\r\n\r\n", ""},
		"other schemes":            {"GET / HTTP/1.1\r\nHost: ftp://h\r\n\r\n", ""},
		"body":                     {"POST / HTTP/1.1\r\nContent-Length: 18\r\n\r\n" + malformed + "GET / HTTP/1.1\r\n" + malformed + "\r\n", "POST / HTTP/1.1\r\nContent-Length: 18\r\n\r\n" + malformed + "GET / HTTP/1.1\r\n" + right + "\r\n"},
		"long body":                {"POST / HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + long + "GET / HTTP/1.1\r\n" + malformed + "\r\n", "POST / HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + long + "GET / HTTP/1.1\r\n" + right + "\r\n"},
		"chunks before length":     {"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: Chunked\r\n\r\n12\r\n" + malformed + "\r\n0\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: Chunked\r\n\r\n12\r\n" + malformed + "\r\n0\r\n\r\nGET / HTTP/1.1\r\n" + right + "\r\n"},
		"not followed: length":     {"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"not followed: chunk":      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxx\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"not followed: coding":     {"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"not followed: upgrade":    {"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"not followed: HTTP/1.0":   {"GET / HTTP/1.0\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"not followed: CONNECT":    {"CONNECT h:443 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"not followed: HTTP/2":     {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET / HTTP/1.1\r\n" + malformed + "\r\n", ""},
		"line without an end":      {"GET / HTTP/1.1\r\n" + strings.TrimSpace(malformed), ""},
		"endless line":             {strings.Repeat(long, 5) + "\r\n" + malformed + "\r\n", ""},
	} {
		if row.want == "" {
			row.want = row.sent
		}
		for way, take := range map[string]func(io.Reader) io.Reader{
			"at once":            func(r io.Reader) io.Reader { return r },
			"byte by byte":       iotest.OneByteReader,
			"sent byte by byte":  func(r io.Reader) io.Reader { slow(r.(*conn)); return r },
			"byte by byte, both": func(r io.Reader) io.Reader { slow(r.(*conn)); return iotest.OneByteReader(r) },
		} {
			if got := mended(t, row.sent, take); got != row.want {
				t.Errorf("%s, %s: got %.300q, want %.300q", name, way, got, row.want)
			}
		}
	}
}

// slow lets the bytes of a conn arrive one by one.
func slow(c *conn) { c.Conn = stream{Reader: iotest.OneByteReader(c.Conn)} }

func FuzzConn(f *testing.F) {
	f.Add("POST / HTTP/1.1\r\nHost: http://a\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: https://b/\r\n\r\n")
	f.Add("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a\r\nHost:\r\n0\r\nA: b\r\n\r\nGET / HTTP/1.1\nhost:http://\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		whole := mended(t, text, func(r io.Reader) io.Reader { return r })
		parts := mended(t, text, func(r io.Reader) io.Reader { slow(r.(*conn)); return iotest.OneByteReader(r) })
		if whole != parts {
			t.Errorf("got %q at once, but %q byte by byte", whole, parts)
		}
		if !strings.Contains(strings.ToLower(text), "host") && whole != text {
			t.Errorf("got %q, want %q unchanged", whole, text)
		}
	})
}
