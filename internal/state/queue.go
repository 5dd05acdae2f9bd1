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
	commit  func() *journal.Commit // made once, by its writer, or by the queue if that is quicker; nil: no change
	root    *root                  // what readers see once it is durable; nil when the next commit goes on in the same nodes
	done    chan error             // told once; journal.ErrConflict means that the closure has to run again
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
	idle    bool                // the journal waits for tickets that are ready
	closed  bool
}

func newQueue(j journal.Journal) *queue {
	q := &queue{journal: j, stopped: make(chan struct{}), eras: map[*account]uint64{}}
	q.wake = sync.NewCond(&q.mu)
	go q.run()
	return q
}

// admit refuses writers when nothing can be committed any more, and drops what a has ahead if that has lost a conflict.
// join says that a's latest commit will stay as it is in the line until the writer leaves. Under account.writing.
func (q *queue) admit(a *account) (join bool, err error) {
	if q == nil {
		return false, nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if era := q.eras[a]; a.era != era {
		a.era, a.ahead = era, nil
	}
	if err := q.refusal(); err != nil {
		return false, err
	}
	a.joined = a.open != nil
	return a.joined, nil
}

// leave follows admit, once the writer is done with the nodes that it has joined.
func (q *queue) leave(a *account) {
	if q == nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	a.joined = false
	if q.idle {
		a.open = nil
		q.wake.Signal()
	}
}

func (q *queue) refusal() error {
	if q.failed == nil && q.closed {
		return ErrClosed
	}
	return q.failed
}

// add puts a commit in the line. Under account.writing, so that the line has the order in which writers build on one
// another. Others may join it from now on, if it allows. It reports whether it could be added; if not, t knows why.
func (q *queue) add(t *ticket, joinable bool) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.line(t) {
		return false
	}
	a := t.account
	if a.open != nil {
		a.open.root = nil // t has it all
	}
	if a.open = nil; joinable {
		a.open = t
	}
	return true
}

// wait puts a ticket without a commit in the line.
func (q *queue) wait(t *ticket) *ticket {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.line(t)
	return t
}

func (q *queue) line(t *ticket) bool {
	t.done = make(chan error, 1)
	if err := q.refusal(); err != nil {
		t.done <- err
		return false
	}
	if t.account.era != q.eras[t.account] {
		t.done <- journal.ErrConflict
		return false
	}
	q.tickets = append(q.tickets, t)
	return true
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
	for len(q.tickets) > 0 || !q.closed {
		if ts := q.ready(); len(ts) > 0 {
			return ts
		}
		q.idle = true
		q.wake.Wait()
		q.idle = false
	}
	return nil
}

// ready takes the tickets of all accounts whose latest commit nobody is about to change; from now on nobody may.
func (q *queue) ready() (ts []*ticket) {
	var rest []*ticket
	for _, t := range q.tickets {
		if t.account.joined {
			rest = append(rest, t)
			continue
		}
		t.account.open = nil
		ts = append(ts, t)
	}
	q.tickets = rest
	return ts
}

// write makes ts durable, lets readers see them, and tells their writers.
func (q *queue) write(ts []*ticket) {
	var commits []journal.Commit
	for _, t := range ts {
		if t.commit != nil {
			commits = append(commits, *t.commit())
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
	}
	for _, t := range ts { // whose commit may be shown by another's root
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
		a.open = nil
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
