package front

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/wire"
)

// echo answers with all that a test wants to know of a request.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s %s host=%s original=%s body=%s err=%v", r.Method, r.URL.Path, r.Proto, r.Host, r.Header[wire.OriginalHost], body, err)
}

// open starts a door with an authority, and stops it at the end of the test.
func open(tb testing.TB, h http.HandlerFunc, alter ...func(*Door)) *Door {
	tb.Helper()
	authority, err := OpenAuthority("", clock.Real{})
	if err != nil {
		tb.Fatal(err)
	}
	d := &Door{Authority: authority, Names: []string{"tengyun"}}
	for _, f := range alter {
		f(d)
	}
	if err := d.Listen("127.0.0.1:0"); err != nil {
		tb.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- d.Serve(h) }()
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := d.Shutdown(ctx); err != nil {
			tb.Errorf("shut down: %v", err)
		}
		if err := <-served; err != nil {
			tb.Errorf("serve: %v", err)
		}
	})
	return d
}

// trusting is the TLS configuration of a client that was given the authority's certificate.
func trusting(tb testing.TB, d *Door) *tls.Config {
	tb.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(d.Authority.PEM()) {
		tb.Fatal("the authority's PEM is not one")
	}
	return &tls.Config{RootCAs: pool}
}

func TestEveryWayIn(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	proxy := http.ProxyURL(&url.URL{Scheme: "http", Host: d.Addr().String()})
	here := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, d.Addr().String())
	}
	h2c := new(http.Protocols)
	h2c.SetUnencryptedHTTP2(true)
	for _, row := range []struct {
		name, url string
		transport *http.Transport
		want      string
	}{
		{"direct", "http://" + d.Addr().String() + "/", &http.Transport{}, "HTTP/1.1 host=" + d.Addr().String()},
		{"host name", "http://cvm.anything:8030/", &http.Transport{DialContext: here}, "HTTP/1.1 host=cvm.anything:8030"},
		{"forward proxy", "http://cvm.tencentcloudapi.com/", &http.Transport{Proxy: proxy}, "HTTP/1.1 host=cvm.tencentcloudapi.com"},
		{"CONNECT and TLS", "https://cvm.ap-guangzhou.tencentcloudapi.com/", &http.Transport{Proxy: proxy}, "HTTP/1.1 host=cvm.ap-guangzhou.tencentcloudapi.com"},
		{"CONNECT and TLS and HTTP/2", "https://cvm.internal.tencentcloudapi.com/", &http.Transport{Proxy: proxy, ForceAttemptHTTP2: true}, "HTTP/2.0 host=cvm.internal.tencentcloudapi.com"},
		{"CONNECT to itself", "https://tengyun/", &http.Transport{Proxy: proxy}, "HTTP/1.1 host=tengyun"},
		{"TLS", "https://" + d.Addr().String() + "/", &http.Transport{}, "HTTP/1.1 host=" + d.Addr().String()},
		{"TLS and HTTP/2", "https://" + d.Addr().String() + "/", &http.Transport{ForceAttemptHTTP2: true}, "HTTP/2.0 host=" + d.Addr().String()},
		{"TLS with a host name", "https://localhost:8030/", &http.Transport{DialContext: here}, "HTTP/1.1 host=localhost:8030"},
		{"HTTP/2 without TLS", "http://" + d.Addr().String() + "/", &http.Transport{Protocols: h2c}, "HTTP/2.0 host=" + d.Addr().String()},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			row.transport.TLSClientConfig = trusting(t, d)
			defer row.transport.CloseIdleConnections()
			client := &http.Client{Transport: row.transport}
			for _, body := range []string{"", "{}", strings.Repeat("Host: http://x\r\n", 50_000)} {
				request, _ := http.NewRequest(http.MethodPost, row.url, strings.NewReader(body))
				request.Header.Set(wire.OriginalHost, "spoofed")
				response, err := client.Do(request)
				if err != nil {
					t.Fatal(err)
				}
				got, _ := io.ReadAll(response.Body)
				response.Body.Close()
				want := "POST / " + row.want + " original=[] body=" + body + " err=<nil>"
				if string(got) != want {
					t.Errorf("got %.200s, want %.200s", got, want)
				}
			}
		})
	}
}

func TestPlainHTTPInsideATunnel(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	c := dial(t, d)
	c.send("CONNECT cvm.tencentcloudapi.com:80 HTTP/1.1\r\nHost: cvm.tencentcloudapi.com:80\r\n\r\n")
	c.want("HTTP/1.1 200 Connection established", "")
	for range 2 {
		c.send("GET / HTTP/1.1\r\nHost: http://cvm.tencentcloudapi.com\r\n\r\n")
		c.want("200 OK", "host=cvm.tencentcloudapi.com original=[http://cvm.tencentcloudapi.com]")
	}
}

// What comes right behind CONNECT, before its answer, is not lost and not changed.
func TestTunnelWithoutWaiting(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	c := dial(t, d)
	c.send("CONNECT cvm.tencentcloudapi.com:80 HTTP/1.1\r\nHost: x\r\n\r\n" +
		"POST /a HTTP/1.1\r\nHost: http://a\r\nContent-Length: 3\r\n\r\nabc")
	c.want("HTTP/1.1 200 Connection established", "")
	c.want("200 OK", "POST /a HTTP/1.1 host=a original=[http://a] body=abc")
}

func TestTunnelNeedsNoServerName(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	c := dial(t, d)
	c.send("CONNECT vpc.tencentcloudapi.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	c.want("HTTP/1.1 200 Connection established", "")
	config := trusting(t, d)
	config.InsecureSkipVerify = true // so that no name is sent; the name is checked by hand
	secure := tls.Client(c.Conn, config)
	if err := secure.Handshake(); err != nil {
		t.Fatal(err)
	}
	if err := secure.ConnectionState().PeerCertificates[0].VerifyHostname("vpc.tencentcloudapi.com"); err != nil {
		t.Error(err)
	}
}

func TestConnectLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	_, port, _ := net.SplitHostPort(d.Addr().String())
	for target, want := range map[string]string{
		"cvm.tencentcloudapi.com:443":             "200 Connection established",
		"CVM.TencentCloudAPI.com:443":             "200 Connection established",
		"cvm.ap-beijing.tencentcloudapi.com:80":   "200 Connection established",
		"cvm.tencentcloudapi.com.cn:443":          "200 Connection established",
		"127.0.0.1:" + port:                       "200 Connection established",
		"[::1]:443":                               "200 Connection established",
		"tengyun:443":                             "200 Connection established",
		"cvm.tencentcloudapi.com:22":              "403 Forbidden",
		"cvm.tencentcloudapi.com":                 "403 Forbidden",
		"tencentcloudapi.com:443":                 "403 Forbidden",
		"eviltencentcloudapi.com:443":             "403 Forbidden",
		"cvm.tencentcloudapi.com.example.org:443": "403 Forbidden",
		"example.org:443":                         "403 Forbidden",
		"10.0.0.1:443":                            "403 Forbidden",
		"localhost:22":                            "403 Forbidden",
	} {
		c := dial(t, d)
		c.send("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n")
		text := ""
		if strings.HasPrefix(want, "403") {
			text = "tengyun: CONNECT " + target + " refused: this proxy leads to *.tencentcloudapi.com"
		}
		c.want(want, text)
	}
}

// As a forward proxy the door answers for the cloud and for itself. Asked directly, it answers to any name.
func TestForwardProxyLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	_, port, _ := net.SplitHostPort(d.Addr().String())
	for target, want := range map[string]string{
		"http://cvm.tencentcloudapi.com/":     "200 OK",
		"http://CVM.tencentcloudapi.com:80/":  "200 OK",
		"http://127.0.0.1:9000/":              "200 OK",
		"http://localhost/":                   "200 OK",
		"http://tengyun/":                     "200 OK",
		"http://a-name-of-mine:" + port + "/": "200 OK",
		"http://example.com/":                 "403 Forbidden",
		"http://example.com:8031/":            "403 Forbidden",
		"http://eviltencentcloudapi.com/":     "403 Forbidden",
		"/":                                   "200 OK",
	} {
		c := dial(t, d)
		c.send("GET " + target + " HTTP/1.1\r\nHost: example.com\r\n\r\n")
		text := ""
		if strings.HasPrefix(want, "403") {
			text = "tengyun: GET " + strings.Trim(strings.TrimPrefix(target, "http:"), "/") + " refused"
		}
		c.want(want, text)
	}
}

func TestGarbageIsAnsweredOrHungUpOn(t *testing.T) {
	t.Parallel()
	d := open(t, echo)
	for name, bytes := range map[string]string{
		"noise":                  "\x00\x01\x02\xff\xfe\r\n\r\n",
		"blank lines":            "\r\n\r\n\r\n",
		"no HTTP":                "hello\r\n\r\n",
		"TLS record of nonsense": "\x16\x03\x01\x00\x05hello",
		"TLS record cut short":   "\x16\x03\x01\xff\xff",
		"negative length":        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
		"two lengths":            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"bad chunk":              "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
		"bad coding":             "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
		"endless line":           "GET / HTTP/1.1\r\nHost: " + strings.Repeat("x", 80_000),
		"endless head":           "GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("A: b\r\n", 20_000) + "\r\n",
		"preface cut short":      "PRI * HTTP/2.0\r\n\r\nSM",
		"nothing":                "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := dial(t, d)
			c.send(bytes)
			_ = c.Conn.(*net.TCPConn).CloseWrite()
			answer, err := io.ReadAll(c.in) // ends, whatever is said
			if timedOut(err) {
				t.Errorf("got %q and no end, want the connection closed", answer)
			}
		})
	}
	c := dial(t, d)
	c.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	c.want("200 OK", "host=x")
}

// A client that stops in the middle is hung up on in time, and nobody waits for it meanwhile.
func TestSlowClientsAreHungUpOn(t *testing.T) {
	t.Parallel()
	d := open(t, echo, func(d *Door) {
		d.HeaderTimeout, d.RequestTimeout, d.IdleTimeout = 50*time.Millisecond, 100*time.Millisecond, 50*time.Millisecond
	})
	for name, bytes := range map[string]string{
		"says nothing":              "",
		"half a head":               "GET / HTTP/1.1\r\nHost: x",
		"half a handshake":          "\x16\x03\x01\x02\x00\x01",
		"half a body":               "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
		"half a body, mended":       "POST / HTTP/1.1\r\nHost: http://x\r\nContent-Length: 10\r\n\r\nabc",
		"half a chunk":              "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc",
		"idle after a request":      "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"a tunnel and nothing else": "CONNECT cvm.tencentcloudapi.com:443 HTTP/1.1\r\nHost: x\r\n\r\n",
		"half a preface":            "PRI * HTTP/2.0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := dial(t, d)
			c.send(bytes)
			if _, err := io.ReadAll(c.in); timedOut(err) {
				t.Error("got no end, want the connection closed")
			}
		})
	}
}

func TestShutdownDrains(t *testing.T) {
	t.Parallel()
	inside, release := make(chan struct{}), make(chan struct{})
	var d Door
	if err := d.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() {
		served <- d.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/slow" {
				close(inside)
				<-release
			}
			fmt.Fprint(w, "done")
		}))
	}()
	idle, fresh, busy, tunnel := dial(t, &d), dial(t, &d), dial(t, &d), dial(t, &d)
	idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	idle.want("200 OK", "done")
	tunnel.send("CONNECT cvm.tencentcloudapi.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	tunnel.want("200 Connection established", "")
	busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
	<-inside

	stopped := make(chan error, 1)
	go func() { stopped <- d.Shutdown(context.Background()) }()
	for name, c := range map[string]*client{"idle": idle, "fresh": fresh, "tunnel": tunnel} {
		if rest, err := io.ReadAll(c.in); len(rest) > 0 || timedOut(err) {
			t.Errorf("%s: got %q, %v, want the connection closed", name, rest, err)
		}
	}
	if err := <-served; err != nil {
		t.Errorf("got %v from Serve, want nil", err)
	}
	if c, err := net.Dial("tcp", d.Addr().String()); err == nil {
		c.Close()
		t.Error("got a connection after Shutdown began, want none")
	}
	close(release)
	busy.want("200 OK", "done")
	if err := <-stopped; err != nil {
		t.Errorf("got %v from Shutdown, want nil", err)
	}
}

func TestShutdownCutsOffWhatDoesNotEnd(t *testing.T) {
	t.Parallel()
	var d Door
	if err := d.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	inside := make(chan struct{})
	var handling sync.WaitGroup
	handling.Add(1)
	go d.Serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		defer handling.Done()
		close(inside)
		<-r.Context().Done()
	}))
	c := dial(t, &d)
	c.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-inside
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.Shutdown(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	handling.Wait()
	if rest, err := io.ReadAll(c.in); len(rest) > 0 || timedOut(err) {
		t.Errorf("got %q, %v, want the connection closed", rest, err)
	}
}

func timedOut(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// client is a raw connection.
type client struct {
	net.Conn
	tb testing.TB
	in *bufio.Reader
}

func dial(tb testing.TB, d *Door) *client {
	tb.Helper()
	c, err := net.Dial("tcp", d.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(clock.Real{}.Now().Add(10 * time.Second)); err != nil { // no test waits for ever
		tb.Fatal(err)
	}
	return &client{c, tb, bufio.NewReader(c)}
}

// secure is the connection with TLS on it.
func (c *client) secure(d *Door) *client {
	c.tb.Helper()
	config := trusting(c.tb, d)
	config.ServerName = "localhost"
	inner := tls.Client(c.Conn, config)
	return &client{inner, c.tb, bufio.NewReader(inner)}
}

func (c *client) send(text string) {
	c.tb.Helper()
	_, _ = io.WriteString(c.Conn, text) // the other side may have hung up, and then an answer is missed
}

// want reads one answer and looks for its status and for a part of its body.
func (c *client) want(status, part string) {
	c.tb.Helper()
	method := http.MethodGet
	if strings.HasSuffix(status, "Connection established") {
		method = http.MethodConnect
	}
	response, err := http.ReadResponse(c.in, &http.Request{Method: method})
	if err != nil {
		c.tb.Fatalf("read the answer: %v, want %s", err, status)
	}
	if method == http.MethodConnect && response.StatusCode == http.StatusOK {
		response.Body = http.NoBody
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasSuffix(status, response.Status) && !strings.HasSuffix(response.Status, status) || !strings.Contains(string(body), part) {
		c.tb.Errorf("got %s %.300q (%v), want %s with %q", response.Status, body, err, status, part)
	}
}
