package state

import (
	"sync"
	"sync/atomic"
	"time"
)

// account is one account's rows, over all regions.
type account struct {
	name  string
	store *Store
	shown atomic.Pointer[root] // what readers see: durable

	writing  sync.Mutex // one writer at a time
	settling sync.Mutex // held while time is applied to shown, so that not every reader does the same work

	ahead *root  // what the latest writer has made, on its way to the journal; under writing
	era   uint64 // ahead counts only while this is still the queue's era for the account; under writing
}

func newAccount(s *Store, name string) *account {
	a := &account{name: name, store: s}
	a.shown.Store(newRoot())
	return a
}

// at is what readers see at now: what is shown, with time applied as far as now.
//
// Time is applied to an account for good: a reader whose now is a little before that of another still sees what the
// other has settled. Between two requests under way at once there is no before and after to be wrong about.
func (a *account) at(now time.Time) *root {
	if r := a.shown.Load(); !r.ripe(now) {
		return r
	}
	a.settling.Lock()
	defer a.settling.Unlock()
	r := a.shown.Load()
	if !r.ripe(now) {
		return r
	}
	d := a.draft(r)
	d.settle(now)
	s := d.finish()
	a.shown.CompareAndSwap(r, s) // when a commit was faster, the next reader settles that
	return s
}

// head is what a writer builds on: what is shown, or what is on its way to the journal. Under writing.
func (a *account) head() *root {
	r := a.shown.Load()
	if a.ahead == nil || a.ahead.revision <= r.revision {
		return r
	}
	return a.ahead
}

// update runs f once. A ticket means that its outcome, error included, holds only if what it has seen gets durable.
func (a *account) update(sc Scope, now time.Time, f func(*Tx) error) (*ticket, error) {
	a.writing.Lock()
	defer a.writing.Unlock()
	q := a.store.queue
	if err := q.admit(a); err != nil {
		return nil, err
	}
	d := a.draft(a.head())
	d.settle(now)
	tx := &Tx{Scope: sc, Now: now, store: a.store, root: &d.root, draft: d}
	defer func() { d.done = true }()
	err := f(tx)
	if err != nil || !d.wrote {
		if a.ahead == nil || a.ahead.revision <= a.shown.Load().revision {
			return nil, err
		}
		return q.add(&ticket{account: a}), err
	}
	return a.commit(d), nil
}

// commit sends what d has come to on its way. Under writing.
func (a *account) commit(d *draft) *ticket {
	d.revision++
	if a.store.queue == nil {
		a.shown.Store(d.finish())
		return nil
	}
	for _, at := range d.faded {
		d.touch(at)
	}
	d.faded = nil
	t := &ticket{account: a, commit: d.commit(a.name)}
	t.root = d.finish()
	a.ahead = t.root
	return a.store.queue.add(t)
}
