package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
	"github.com/tengyun/tengyun/scenario"
)

// patience is longer than any limit of the doors below, and short enough for a test that hangs.
const patience = 10 * time.Second

// hasty is a door that waits for a slow client no longer than a test should.
func hasty(_ *emulator.Options, d *front.Door) {
	d.HeaderTimeout, d.RequestTimeout, d.IdleTimeout = time.Second, time.Second, time.Second
}

// knock opens a connection that ends with the test.
func (r *running) knock(t *testing.T) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

// say writes what it can: a server may hang up before all is said.
func say(c net.Conn, text string) { _, _ = io.WriteString(c, text) }

// hear reads one response; nil if the server hung up without one.
func hear(t *testing.T, in *bufio.Reader) (*http.Response, string) {
	t.Helper()
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		return nil, ""
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("read the answer: %v", err)
	}
	return answer, string(body)
}

// post is a well-formed request with a body, unsigned.
func post(body string, headers ...string) string {
	return fmt.Sprintf("POST / HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\nContent-Type: application/json\r\nX-TC-Action: DescribeZones\r\n"+
		"X-TC-Version: 2017-03-12\r\nX-TC-Timestamp: 1\r\nAuthorization: SKIP\r\nContent-Length: %d\r\n%s\r\n%s",
		len(body), strings.Join(append(headers, ""), "\r\n"), body)
}

// TestBrokenRequests says to the real port what no client should. What HTTP itself refuses gets its status, as from any
// server; what reaches the API gets an envelope. want is a status ("400"), a code of the cloud, or "" for a hang-up.
func TestBrokenRequests(t *testing.T) {
	t.Parallel()
	r := start(t, hasty)
	for _, row := range []struct{ name, say, want string }{
		{"nothing but a line end", "\r\n\r\n", "400"},
		{"no HTTP", "hello\r\n\r\n", "400"},
		{"half a request line", "POST /", ""},
		{"no version", "POST /\r\nHost: h\r\n\r\n", "400"},
		{"version of the future", "POST / HTTP/3.0\r\nHost: h\r\n\r\n", "505"},
		{"version 0.9", "GET / HTTP/0.9\r\nHost: h\r\n\r\n", "505"},
		{"no host", "POST / HTTP/1.1\r\n\r\n", "400"},
		{"two hosts", "POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
		{"host with a space", "POST / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
		{"header without a colon", "POST / HTTP/1.1\r\nHost: h\r\nnonsense\r\n\r\n", "400"},
		{"header name with a space", "POST / HTTP/1.1\r\nHost: h\r\nX TC: 1\r\n\r\n", "400"},
		{"header value with a zero byte", "POST / HTTP/1.1\r\nHost: h\r\nX-TC-Action: a\x00b\r\n\r\n", "400"},
		{"header folded", "POST / HTTP/1.1\r\nHost: h\r\nX-TC-Action: a\r\n b\r\n\r\n", "MissingParameter"},
		{"headers of 100 KB", "POST / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("a", 100<<10) + "\r\n\r\n", "431"},
		{"twenty thousand headers", "POST / HTTP/1.1\r\nHost: h\r\n" + strings.Repeat("X: 1\r\n", 20000) + "\r\n", "431"},
		{"headers that never end", "POST / HTTP/1.1\r\nHost: h\r\n", ""},
		{"path of 100 KB", "GET /" + strings.Repeat("a", 100<<10) + " HTTP/1.1\r\nHost: h\r\n\r\n", "431"},
		{"path with a bad escape", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
		{"negative length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", "400"},
		{"length in words", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ten\r\n\r\n", "400"},
		{"two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
		{"length and chunks", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "MissingParameter"},
		{"unknown transfer encoding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", "501"},
		{"chunk size that is none", post("")[:len(post(""))-len("Content-Length: 0\r\n\r\n")] + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "InvalidRequest"},
		{"body shorter than announced", strings.TrimSuffix(post(`{"Limit":1}`), "1}"), "InvalidRequest"},
		{"unknown expectation", "POST / HTTP/1.1\r\nHost: h\r\nExpect: wonders\r\nContent-Length: 0\r\n\r\n", "417"},
		{"method unknown", "BREW / HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\n\r\n", "UnsupportedProtocol"},
		{"OPTIONS of everything", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "UnsupportedProtocol"},
		{"TLS cut short", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", ""},
		{"HTTP/2 that breaks off", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense", ""},
		{"CONNECT to elsewhere", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", "403"},
		{"a proxy's request for elsewhere", "GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n", "403"},
		{"CONNECT to nowhere", "CONNECT / HTTP/1.1\r\nHost: h\r\n\r\n", "403"},
		{"no JSON", post("nonsense"), "InvalidParameter"},
		{"a list for an object", post("[]"), "InvalidParameter"},
		{"half an object", post(`{"Limit":`), "InvalidParameter"},
		{"nested without end", post(strings.Repeat(`{"a":`, 100000)), "InvalidParameter"},
		{"invalid UTF-8", post("{\"a\":\"\xff\"}"), "InvalidParameter"},
		{"compressed", post("{}", "Content-Encoding: gzip"), "UnsupportedProtocol"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			c := r.knock(t)
			say(c, row.say)
			answer, body := hear(t, bufio.NewReader(c))
			got := ""
			switch {
			case answer == nil:
			case answer.StatusCode == http.StatusOK && strings.HasPrefix(body, "{"):
				a, err := scenario.Open([]byte(body))
				if err != nil {
					t.Fatal(err)
				}
				if kind := answer.Header.Get("Content-Type"); kind != "application/json" {
					t.Errorf("got Content-Type %q, want application/json", kind)
				}
				got = a.Code
			default:
				got = fmt.Sprint(answer.StatusCode)
			}
			if got != row.want {
				t.Errorf("got %q, want %q: %s", got, row.want, body)
			}
		})
	}
}

// TestSlowBodyIsGivenUp: a client that dribbles holds its own connection only, and not for ever.
func TestSlowBodyIsGivenUp(t *testing.T) {
	t.Parallel()
	r := start(t, hasty)
	c := r.knock(t)
	text := post(`{"Limit":100}`)
	say(c, text[:len(text)-5])
	began := time.Now()
	answer, body := hear(t, bufio.NewReader(c))
	if took := time.Since(began); took > patience/2 {
		t.Errorf("the server waited %v", took)
	}
	if answer != nil && !strings.Contains(body, "InvalidRequest") {
		t.Errorf("got %q, want InvalidRequest or a hang-up", body)
	}
}

// TestHalfClosedClientIsAnswered: who has said all and shut up still listens.
func TestHalfClosedClientIsAnswered(t *testing.T) {
	t.Parallel()
	r := start(t)
	c := r.knock(t)
	say(c, post("{}"))
	if err := c.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if answer, body := hear(t, bufio.NewReader(c)); answer == nil || !strings.HasPrefix(body, `{"Response":`) {
		t.Errorf("got %q, want an envelope", body)
	}
}

// TestPipelinedRequestsAreAnsweredInOrder: three at once on one connection, the one in the middle refused.
func TestPipelinedRequestsAreAnsweredInOrder(t *testing.T) {
	t.Parallel()
	r := start(t)
	c := r.knock(t)
	say(c, post("{}")+post("nonsense")+post("{}"))
	in := bufio.NewReader(c)
	var codes []string
	for range 3 {
		_, body := hear(t, in)
		a, err := scenario.Open([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, a.Code)
	}
	if codes[1] != "InvalidParameter" || codes[0] == codes[1] || codes[0] != codes[2] {
		t.Errorf("got codes %q, want InvalidParameter in the middle alone", codes)
	}
}

// TestVisitorsLeaveNothingBehind counts goroutines before and after a crowd of clients that break off.
func TestVisitorsLeaveNothingBehind(t *testing.T) {
	r := start(t, hasty)
	before := runtime.NumGoroutine()
	for _, text := range []string{"", "POST", post("{}")[:80], strings.TrimSuffix(post("{}"), "}"), "\x16\x03\x01"} {
		for range 20 {
			c, err := net.Dial("tcp", r.address)
			if err != nil {
				t.Fatal(err)
			}
			say(c, text)
			_ = c.Close()
		}
	}
	for deadline := time.Now().Add(patience); runtime.NumGoroutine() > before+2; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("got %d goroutines, want about %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
