// Package front is the door: every way in, on one port.
//
// It takes plain HTTP/1.1 (also absolute-form, as a forward proxy), HTTP/2 with or without TLS, TLS with certificates
// of a local authority, and CONNECT with either inside. Behind it all of them are the same: a request to one handler.
package front

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/wire"
)

// The defaults of a Door's limits.
const (
	HeaderTimeout  = 10 * time.Second
	RequestTimeout = time.Minute
	IdleTimeout    = 2 * time.Minute
	MaxHeaderBytes = 64 << 10
)

// A Door is one listening port. Set the fields, then Listen, Serve and at last Shutdown, each once.
type Door struct {
	Authority *Authority   // certifies the names that TLS asks for; nil: TLS is hung up on
	Names     []string     // the emulator's own host names, to which CONNECT may lead; loopback always is
	Log       *slog.Logger // hears of broken connections at debug level; nil: nobody does

	// How long a client may take over the first byte, the head and the TLS handshake, each; over a whole request; and
	// between requests. Zero means the defaults above.
	HeaderTimeout, RequestTimeout, IdleTimeout time.Duration

	listener net.Listener
	server   http.Server
	handler  http.Handler
	tls      *tls.Config
	token    string // marks what this door itself put into a header

	ready chan net.Conn // knows its protocol, goes to the server
	fault chan error    // of the listener, goes to the server

	mu       sync.Mutex
	closed   bool
	entering map[net.Conn]struct{} // connections on their way to the server, which Shutdown must close itself
	work     sync.WaitGroup        // of everything that is not the server's; grows only while not closed
	done     chan struct{}         // closed with closed
}

// Listen takes the port; addr is "127.0.0.1:8030", and port 0 takes a free one. Clients may connect from then on.
func (d *Door) Listen(addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	d.listener = listener
	d.token = rand.Text()
	d.ready, d.fault, d.done = make(chan net.Conn), make(chan error), make(chan struct{})
	d.entering = map[net.Conn]struct{}{}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	d.HeaderTimeout = either(d.HeaderTimeout, HeaderTimeout)
	d.RequestTimeout = either(d.RequestTimeout, RequestTimeout)
	d.IdleTimeout = either(d.IdleTimeout, IdleTimeout)
	d.tls = &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: d.certificate}
	d.server = http.Server{
		Handler: http.HandlerFunc(d.serve), TLSConfig: d.tls, Protocols: new(http.Protocols),
		ReadHeaderTimeout: d.HeaderTimeout, ReadTimeout: d.RequestTimeout, IdleTimeout: d.IdleTimeout,
		MaxHeaderBytes: MaxHeaderBytes, ErrorLog: slog.NewLogLogger(d.Log.Handler(), slog.LevelDebug),
	}
	d.server.DisableGeneralOptionsHandler = true // OPTIONS * has an answer of the API's, like any method
	d.server.Protocols.SetHTTP1(true)
	d.server.Protocols.SetHTTP2(true)
	d.server.Protocols.SetUnencryptedHTTP2(true)
	return nil
}

func either(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// Addr is the address really listened on.
func (d *Door) Addr() net.Addr { return d.listener.Addr() }

// Serve hands every request to h, which never sees CONNECT, and of HTTP/1.1 over TLS not the TLS. It returns nil as soon
// as Shutdown begins.
func (d *Door) Serve(h http.Handler) error {
	d.handler = h
	d.mu.Lock()
	if !d.closed {
		d.work.Go(d.accept)
	}
	d.mu.Unlock()
	err := d.server.Serve((*queue)(d))
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Shutdown takes no more connections and waits until all requests are answered; those that ctx does not wait for are
// cut off, and then its error is returned. In the end no connection is left.
func (d *Door) Shutdown(ctx context.Context) error {
	d.mu.Lock()
	if !d.closed {
		d.closed = true
		close(d.done)
	}
	for c := range d.entering {
		_ = c.Close() // whoever waits on it sees the error
	}
	d.mu.Unlock()
	err := d.listener.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	if late := d.server.Shutdown(ctx); late != nil {
		err = errors.Join(late, d.server.Close())
	}
	d.work.Wait()
	return err
}

// accept brings connections in. Each has its own goroutine until its protocol is known, so that none waits for another.
func (d *Door) accept() {
	for {
		c, err := d.listener.Accept()
		if err == nil {
			if d.enter(c) {
				go d.admit(c, "")
			}
			continue
		}
		select {
		case d.fault <- err: // the server knows which errors pass, and waits before it asks again
		case <-d.done:
			return
		}
	}
}

// enter notes a connection for Shutdown, and closes it if that has begun. Who enters must be admitted.
func (d *Door) enter(c net.Conn) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		_ = c.Close() // nobody is told: the door is closed
		return false
	}
	d.entering[c] = struct{}{}
	d.work.Add(1)
	return true
}

func (d *Door) leave(c net.Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.entering, c)
	d.work.Done()
}

// admit finds out what a client speaks and hands the connection to the server. Target is the host that CONNECT named.
func (d *Door) admit(nc net.Conn, target string) {
	defer d.leave(nc)
	c, err := d.greet(nc, target)
	if err != nil {
		d.Log.Debug("connection ended before its first request", "remote", nc.RemoteAddr(), "error", err)
		_ = nc.Close() // err is the reason already
		return
	}
	select {
	case d.ready <- c:
	case <-d.done:
		_ = c.Close()
	}
}

// greet reads the first byte, and for TLS shakes hands.
func (d *Door) greet(nc net.Conn, target string) (net.Conn, error) {
	if err := nc.SetDeadline(clock.Real{}.In(d.HeaderTimeout)); err != nil {
		return nil, err
	}
	c := &conn{patient: patient{Conn: nc}, token: d.token, target: target}
	first, err := c.peek()
	if err != nil {
		return nil, err
	}
	const handshake = 0x16 // the first byte of every TLS connection, and of no HTTP request
	if first != handshake {
		return c, nc.SetDeadline(time.Time{})
	}
	if d.Authority == nil {
		return nil, errors.New("TLS without an authority")
	}
	c.state = raw
	secure := tls.Server(c, d.tls)
	if err := secure.Handshake(); err != nil {
		return nil, err
	}
	if secure.ConnectionState().NegotiatedProtocol == "h2" {
		return secure, nc.SetDeadline(time.Time{})
	}
	return &conn{patient: patient{Conn: secure}, token: d.token}, nc.SetDeadline(time.Time{})
}

func (d *Door) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name := hello.ServerName
	if c, ok := hello.Conn.(*conn); ok && name == "" {
		name = c.target
	}
	return d.Authority.certificate(name, hello.Conn.LocalAddr())
}

// serve is what every request passes: CONNECT ends here, and so does what a client sends to a proxy for somebody else; of
// headers that only the door may write none comes through from outside. Whoever names our port has found us, whatever
// name he has for this machine.
func (d *Door) serve(w http.ResponseWriter, r *http.Request) {
	if sent, ok := r.Header[wire.OriginalHost]; ok {
		delete(r.Header, wire.OriginalHost)
		for _, value := range sent {
			if host, ours := strings.CutPrefix(value, d.token+" "); ours {
				r.Header[wire.OriginalHost] = []string{host}
			}
		}
	}
	if r.Method == http.MethodConnect {
		d.connect(w, r)
		return
	}
	if r.URL.IsAbs() && r.URL.Port() != d.port() && !d.ours(strings.ToLower(r.URL.Hostname())) {
		refuseElsewhere(w, r)
		return
	}
	d.handler.ServeHTTP(w, r)
}

// queue is the Door as the server's listener.
type queue Door

func (q *queue) Accept() (net.Conn, error) {
	select {
	case c := <-q.ready:
		return c, nil
	case err := <-q.fault:
		return nil, err
	case <-q.done:
		return nil, net.ErrClosed
	}
}

func (q *queue) Close() error   { return nil } // Shutdown closes the listener itself
func (q *queue) Addr() net.Addr { return q.listener.Addr() }
