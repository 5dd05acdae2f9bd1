package front

import (
	"net"
	"sync"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
)

// patient is a connection that keeps its read deadline to itself. net/http moves that several times a request, and each time
// the runtime puts a timer in order, which it then has to look at whenever it looks for work: a twentieth of all that an
// ordinary request costs. Here one timer a connection rings now and then, and goes on if the deadline has been moved meanwhile.
type patient struct {
	net.Conn

	mu     sync.Mutex
	until  time.Time // the deadline; zero for none
	bell   *time.Timer
	rings  time.Time // when the bell does; zero for never
	over   bool      // Conn has been told not to wait any longer
	closed bool
}

// past is the deadline that net/http sets to have a Read end at once. Any other that has passed ends it, too, but by the bell.
var past = time.Unix(1, 0)

// SetReadDeadline is net.Conn's, but that a deadline which is over may take effect a moment later.
func (p *patient) SetReadDeadline(t time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return net.ErrClosed
	}
	p.until = t
	if t.Equal(past) {
		p.over = true
		return p.Conn.SetReadDeadline(past)
	}
	if !t.IsZero() && (p.rings.IsZero() || t.Before(p.rings)) {
		p.wind()
	}
	if !p.over {
		return nil
	}
	p.over = false
	return p.Conn.SetReadDeadline(time.Time{})
}

// SetDeadline is net.Conn's.
func (p *patient) SetDeadline(t time.Time) error {
	if err := p.SetReadDeadline(t); err != nil {
		return err
	}
	return p.SetWriteDeadline(t)
}

// Close is net.Conn's.
func (p *patient) Close() error {
	p.mu.Lock()
	p.closed = true
	if p.bell != nil {
		p.bell.Stop()
	}
	p.mu.Unlock()
	return p.Conn.Close()
}

// wind sets the bell to the deadline. Under mu.
func (p *patient) wind() {
	p.rings = p.until
	left := clock.Real{}.Until(p.until)
	if p.bell == nil {
		p.bell = clock.Real{}.AfterFunc(left, p.ring)
		return
	}
	p.bell.Reset(left)
}

// ring ends the waiting. One that finds time left, because the deadline was moved, winds the bell again.
func (p *patient) ring() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rings = time.Time{}
	switch {
	case p.closed || p.over || p.until.IsZero():
	case clock.Real{}.Until(p.until) > 0:
		p.wind()
	default:
		p.over = true
		_ = p.Conn.SetReadDeadline(past) // one that is broken waits for nothing
	}
}
