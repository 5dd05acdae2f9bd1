package state

import (
	"sync/atomic"
	"time"
)

// version is what a row is for a while. It never changes.
type version struct {
	row  any // *T, or encoded until its table is first asked for
	memo atomic.Pointer[memo]
}

// boxed is a version together with its row: one piece of memory, for one walk to it.
type boxed[T any] struct {
	version
	value T
}

func newBoxed[T any]() *boxed[T] {
	b := new(boxed[T])
	b.row = &b.value
	return b
}

// encoded is the JSON of a row that nobody has asked for since it was loaded.
type encoded []byte

// life is one row over time: what it is, and what it is to become. One without a present version has ended.
//
// The present version has no beginning: once it holds, what was before it is of no interest to anyone.
type life struct {
	id    string
	now   *version
	later *change // the next one
}

// change is the instant from which a row is another version, or, with none, no more; and the change after that, if any.
// It never changes itself, hence many lives may share one.
type change struct {
	at   time.Time
	to   *version
	next *change
}

// at is the version that holds at instant t, nil if l has ended then.
func (l life) at(t time.Time) *version { return l.settled(t).now }

// settled is what is left of l once t has come.
func (l life) settled(t time.Time) life {
	for l.later != nil && !l.later.at.After(t) {
		l.now, l.later = l.later.to, l.later.next
	}
	return l
}

// edited is l with f's answer in place of the version that holds at instant t, from t on, and of all that follow.
// An instant that is past counts as now. It reports whether there is a version at t.
func (l life) edited(t, now time.Time, f func(*version) *version) (life, bool) {
	if !t.After(now) {
		return life{l.id, f(l.now), l.later.each(f)}, true
	}
	then := l.settled(t)
	if then.now == nil {
		return l, false
	}
	return life{l.id, l.now, l.later.until(t, &change{t, f(then.now), then.later.each(f)})}, true
}

// ended is l without anything from instant t on. An instant that is past counts as now.
func (l life) ended(t, now time.Time) life {
	switch {
	case !t.After(now):
		return life{id: l.id}
	case l.at(t) == nil:
		return l
	default:
		return life{l.id, l.now, l.later.until(t, &change{at: t})}
	}
}

// without is l with only those changes that happen before instant t.
func (l life) without(t time.Time) life { return life{l.id, l.now, l.later.until(t, nil)} }

// until is the changes before instant t, followed by then.
func (c *change) until(t time.Time, then *change) *change {
	if c == nil || !c.at.Before(t) {
		return then
	}
	return &change{c.at, c.to, c.next.until(t, then)}
}

// each is c and all that follow it, with f's answer in place of every version.
func (c *change) each(f func(*version) *version) *change {
	if c == nil {
		return nil
	}
	e := &change{at: c.at}
	if c.to != nil {
		e.to = f(c.to)
	}
	e.next = c.next.each(f)
	return e
}
