package front

import (
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// TestPatienceEndsAtTheLatestDeadline reads from a client that says nothing, while somebody moves the deadline.
func TestPatienceEndsAtTheLatestDeadline(t *testing.T) {
	t.Parallel()
	type move struct{ at, to time.Duration } // to: since the beginning; 0 for no deadline
	for name, row := range map[string]struct {
		moves []move
		want  time.Duration
	}{
		"set once":            {[]move{{0, 10}}, 10},
		"put off":             {[]move{{0, 10}, {5, 20}}, 20},
		"put off twice":       {[]move{{0, 10}, {9, 20}, {19, 40}}, 40},
		"brought forward":     {[]move{{0, 60}, {5, 10}}, 10},
		"taken off for long":  {[]move{{0, 10}, {5, 0}, {30, 40}}, 40},
		"taken off for a bit": {[]move{{0, 10}, {5, 0}, {6, 40}}, 40},
		"over when it is set": {[]move{{5, 3}}, 5},
		"net/http's abort":    {[]move{{0, 60}, {5, -1}}, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				near, far := net.Pipe()
				defer far.Close()
				p := &patient{Conn: near}
				defer p.Close()
				began := time.Now()
				for _, m := range row.moves {
					to := began.Add(m.to * time.Second)
					switch m.to {
					case 0:
						to = time.Time{}
					case -1:
						to = past
					}
					time.AfterFunc(m.at*time.Second, func() {
						if err := p.SetReadDeadline(to); err != nil {
							t.Error(err)
						}
					})
				}
				if _, err := p.Read(make([]byte, 1)); !timedOut(err) || time.Since(began) != row.want*time.Second {
					t.Errorf("got %v after %v, want a timeout after %d s", err, time.Since(began), row.want)
				}
				if err := p.SetReadDeadline(began.Add(time.Hour)); err != nil { // the connection is as good as new
					t.Error(err)
				}
				go far.Write([]byte("x"))
				if _, err := p.Read(make([]byte, 1)); err != nil {
					t.Errorf("after a new deadline: got %v, want a byte", err)
				}
				_ = p.Close() // it says nothing new
				if p.ring(); p.bell.Stop() || p.SetReadDeadline(began) == nil {
					t.Error("closed, and still waits for a deadline")
				}
			})
		})
	}
}
