// Package clock is the house's only source of time.
package clock

import (
	"sync"
	"time"
)

// A Clock tells the time, in UTC. Only this package may call time.Now.
type Clock interface{ Now() time.Time }

// Real follows the machine's clock.
type Real struct{}

// Now is the machine's time, in UTC.
func (Real) Now() time.Time { return time.Now().UTC() }

// In is the instant d from now, to be compared with by Until: what lies between stays the same if the machine's clock is set.
func (Real) In(d time.Duration) time.Time { return time.Now().Add(d) }

// Until is how long it is until t.
func (Real) Until(t time.Time) time.Duration { return time.Until(t) }

// AfterFunc calls f in a goroutine of its own once d has passed: for people, who wait in real time.
func (Real) AfterFunc(d time.Duration, f func()) *time.Timer { return time.AfterFunc(d, f) }

// Manual stands still until moved.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// NewManual starts a clock that stands at t.
func NewManual(t time.Time) *Manual { return &Manual{now: t.UTC()} }

// Now is the instant the clock stands at.
func (c *Manual) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock forward by d.
func (c *Manual) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
