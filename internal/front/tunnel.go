package front

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/region"
)

// connect opens a tunnel that leads back to this door: what comes through it is TLS or plain HTTP, as if the host named
// were here. It leads nowhere else, so nobody can use it to reach another machine.
func (d *Door) connect(w http.ResponseWriter, r *http.Request) {
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil || !d.leads(strings.ToLower(host), port) {
		refuseElsewhere(w, r)
		return
	}
	hijacker, ok := w.(http.Hijacker)
	if !ok { // HTTP/2
		refuse(w, http.StatusNotImplemented, "tengyun: CONNECT needs HTTP/1.1\n")
		return
	}
	nc, buffered, err := hijacker.Hijack()
	if err != nil {
		d.Log.Debug("take over the connection of CONNECT", "error", err)
		return
	}
	ahead, _ := buffered.Reader.Peek(buffered.Reader.Buffered()) // what is buffered is there
	if err := d.open(nc); err != nil {
		d.Log.Debug("open a tunnel", "error", err)
		_ = nc.Close() // err is the reason already
		return
	}
	if again := (&resumed{Conn: nc, ahead: slices.Clone(ahead)}); d.enter(again) {
		d.admit(again, strings.ToLower(host))
	}
}

// open tells the client that the tunnel stands, and takes the deadlines of the request off the connection.
func (d *Door) open(nc net.Conn) error {
	if err := nc.SetDeadline(time.Time{}); err != nil {
		return err
	}
	_, err := nc.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n"))
	return err
}

// leads says whether CONNECT may name a host: ours, on the ports that clients use.
func (d *Door) leads(host, port string) bool {
	return (port == "443" || port == "80" || port == d.port()) && d.ours(host)
}

// ours says whether a host is to be met here: one of the cloud's, or the emulator itself.
func (d *Door) ours(host string) bool {
	ip := net.ParseIP(host)
	return region.ParseEndpoint(host).Cloud || host == "localhost" || ip != nil && ip.IsLoopback() || slices.Contains(d.Names, host)
}

// port is the one listened on.
func (d *Door) port() string {
	_, port, _ := net.SplitHostPort(d.listener.Addr().String()) // a TCP address always has one
	return port
}

// refuseElsewhere refuses what is meant for another machine.
func refuseElsewhere(w http.ResponseWriter, r *http.Request) {
	refuse(w, http.StatusForbidden, fmt.Sprintf("tengyun: %s %s refused: this proxy leads to *.tencentcloudapi.com, ports 443 and 80, "+
		"and to itself, nowhere else. List other hosts in NO_PROXY.\n", printable(r.Method), printable(r.Host)))
}

func refuse(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Connection", "close") // what follows may be meant for the tunnel
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // a client that has gone needs no text
}

// printable is a host as shown in a text: short, and without what a terminal would act on.
func printable(host string) string {
	if len(host) > 100 {
		host = host[:100] + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, host)
}

// resumed is a connection of which something was read already.
type resumed struct {
	net.Conn
	ahead []byte
}

func (c *resumed) Read(p []byte) (int, error) {
	if len(c.ahead) > 0 {
		n := copy(p, c.ahead)
		c.ahead = c.ahead[n:]
		return n, nil
	}
	return c.Conn.Read(p)
}

// CloseWrite ends our side alone.
func (c *resumed) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
