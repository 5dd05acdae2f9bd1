package state

import (
	"errors"
	"fmt"
	"sync"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// ticket is a commit on its way to the journal, or, without entries, the wish to know that those before it are there.
type ticket struct {
	account *account
	commit  journal.Commit
	root    *root      // what readers see once it is durable; nil: no change
	done    chan error // told once; journal.ErrConflict means that the closure has to run again
}

// queue takes commits to a durable journal: all that have come while the last batch was being written make the next, so
// that many writers share one fsync. Writers go on meanwhile and build on what is still on its way.
type queue struct {
	journal journal.Journal
	stopped chan struct{}

	mu      sync.Mutex
	wake    *sync.Cond
	tickets []*ticket
	eras    map[*account]uint64 // counts the conflicts of an account
	failed  error               // why nothing can be committed any more
	closed  bool
}

// batch is how many commits go to the journal at once, at most.
const batch = 512

func newQueue(j journal.Journal) *queue {
	q := &queue{journal: j, stopped: make(chan struct{}), eras: map[*account]uint64{}}
	q.wake = sync.NewCond(&q.mu)
	go q.run()
	return q
}

// admit refuses writers when nothing can be committed any more, and drops what a has ahead if that has lost a conflict.
func (q *queue) admit(a *account) error {
	if q == nil {
		return nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if era := q.eras[a]; a.era != era {
		a.era, a.ahead = era, nil
	}
	return q.refusal()
}

func (q *queue) refusal() error {
	if q.failed == nil && q.closed {
		return ErrClosed
	}
	return q.failed
}

// add puts t in the line. Under account.writing, so that the line has the order in which writers build on one another.
func (q *queue) add(t *ticket) *ticket {
	t.done = make(chan error, 1)
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.refusal(); err != nil {
		t.done <- err
		return t
	}
	if t.account.era != q.eras[t.account] {
		t.done <- journal.ErrConflict
		return t
	}
	q.tickets = append(q.tickets, t)
	q.wake.Signal()
	return t
}

// run ends when the queue is closed and empty.
func (q *queue) run() {
	defer close(q.stopped)
	for ts := q.next(); ts != nil; ts = q.next() {
		q.write(ts)
	}
}

// next waits for tickets; nil is the end.
func (q *queue) next() []*ticket {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tickets) == 0 && !q.closed {
		q.wake.Wait()
	}
	n := min(len(q.tickets), batch)
	if n == 0 {
		return nil
	}
	ts := q.tickets[:n:n]
	q.tickets = q.tickets[n:]
	return ts
}

// write makes ts durable, lets readers see them, and tells their writers.
func (q *queue) write(ts []*ticket) {
	var commits []journal.Commit
	for _, t := range ts {
		if t.root != nil {
			commits = append(commits, t.commit)
		}
	}
	if len(commits) > 0 {
		if err := q.journal.Append(commits); err != nil {
			q.fail(ts, err)
			return
		}
	}
	for _, t := range ts {
		if t.root != nil {
			t.account.shown.Store(t.root)
		}
		t.done <- nil
	}
}

// fail tells the writers of ts, and of all behind them, for they build on ts. After a conflict they run again on what is
// shown then; after any other failure nobody can know what the disk holds, and nothing is committed any more.
func (q *queue) fail(ts []*ticket, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	ts = append(ts, q.tickets...)
	q.tickets = nil
	if !errors.Is(err, journal.ErrConflict) {
		err = fmt.Errorf("append to the journal: %w", err)
		q.failed = err
	}
	lost := map[*account]bool{}
	for _, t := range ts {
		lost[t.account] = true
		t.done <- err
	}
	for a := range lost {
		q.eras[a]++
	}
}

// close lets the queue run dry and waits until it has.
func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.wake.Broadcast()
	<-q.stopped
}
