package clock

import (
	"sync/atomic"
	"time"
)

// Shifted follows the machine's clock, ahead of it by what it was moved. The zero Shifted is the machine's clock.
type Shifted struct{ by atomic.Int64 }

// Now is the machine's time and what the clock is ahead of it, in UTC.
func (c *Shifted) Now() time.Time { return Real{}.Now().Add(c.By()) }

// By is how far the clock is ahead of the machine's.
func (c *Shifted) By() time.Duration { return time.Duration(c.by.Load()) }

// Advance moves the clock forward by d.
func (c *Shifted) Advance(d time.Duration) { c.by.Add(int64(d)) }
