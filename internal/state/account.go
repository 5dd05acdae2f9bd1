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

	ahead *draft // what the latest writer has made, on its way to the journal; under writing
	era   uint64 // ahead counts only while this is still the queue's era for the account; under writing

	open   *ticket // the latest in the line, while who comes next may still change what it shows; under the queue's mu
	joined bool    // somebody is about to; under the queue's mu
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
	s := d.result()
	a.shown.CompareAndSwap(r, s) // when a commit was faster, the next reader settles that
	return s
}

// next is a draft of what a writer builds on: what is shown, or what is on its way to the journal. Under writing.
//
// With join, nobody has seen what is on its way, nor will before the next commit: the draft goes on in its nodes, so that
// commits that share an fsync share the copies, too.
func (a *account) next(join bool) *draft {
	r := a.shown.Load()
	switch {
	case a.ahead == nil || a.ahead.revision <= r.revision:
		return a.draft(r)
	case join:
		return a.ahead.continued()
	}
	return a.draft(&a.ahead.root)
}

// update runs f once. A ticket means that its outcome, error included, holds only if what it has seen gets durable.
func (a *account) update(sc Scope, now time.Time, f func(*Tx) error) (*ticket, error) {
	a.writing.Lock()
	defer a.writing.Unlock()
	q := a.store.queue
	join, err := q.admit(a)
	if err != nil {
		return nil, err
	}
	defer q.leave(a)
	d := a.next(join)
	defer d.end()
	d.settle(now)
	if err := f(&Tx{Scope: sc, Now: now, store: a.store, root: &d.root, draft: d}); err != nil || !d.wrote {
		if a.ahead == nil || a.ahead.revision <= a.shown.Load().revision {
			return nil, err
		}
		return q.wait(&ticket{account: a}), err
	}
	return a.commit(d), nil
}

// commit sends what d has come to on its way. Under writing.
func (a *account) commit(d *draft) *ticket {
	d.revision++
	q := a.store.queue
	if q == nil {
		a.shown.Store(d.result())
		return nil
	}
	for _, at := range d.faded {
		d.touch(at)
	}
	d.faded = nil
	t := &ticket{account: a, commit: d.commit(a.name), root: d.result()}
	if q.add(t, d.whole()) {
		d.kept, a.ahead = true, d
	}
	return t
}
