package state

import (
	"slices"
	"sync/atomic"
	"time"
)

// version is what a row is for a while. It never changes.
type version struct {
	row  any // *T, or encoded until its table is first asked for
	memo atomic.Pointer[memo]
}

// encoded is the JSON of a row that nobody has asked for since it was loaded.
type encoded []byte

// life is one row over time: what it is, and what it is to become. It never changes; another takes its place.
//
// The present version has no beginning: once it holds, what was before it is of no interest to anyone.
type life struct {
	id    string
	now   *version
	later []change // by time, each after what has been settled
}

// change is the instant from which a row is another version, or, with none, no more.
type change struct {
	at time.Time
	to *version
}

// by is how many of l's changes have happened at instant t.
func (l *life) by(t time.Time) int {
	for i, c := range l.later {
		if c.at.After(t) {
			return i
		}
	}
	return len(l.later)
}

// at is the version that holds at instant t, nil if l has ended then.
func (l *life) at(t time.Time) *version {
	if i := l.by(t); i > 0 {
		return l.later[i-1].to
	}
	return l.now
}

// settled is what is left of l once t has come, nil if that is nothing.
func (l *life) settled(t time.Time) *life {
	i := l.by(t)
	if i == 0 {
		return l
	}
	if now := l.later[i-1].to; now != nil {
		return &life{l.id, now, slices.Clone(l.later[i:])}
	}
	return nil
}

// edited is l with f's answer in place of every version that holds at instant t, unless that is already past, or later.
// It is nil when there is none at t.
func (l *life) edited(t, now time.Time, f func(*version) *version) *life {
	if !t.After(now) {
		return &life{l.id, f(l.now), each(l.later, f)}
	}
	v := l.at(t)
	if v == nil {
		return nil
	}
	later := append(l.before(t), change{t, f(v)})
	return &life{l.id, l.now, append(later, each(l.later[l.by(t):], f)...)}
}

// ended is l without anything from instant t on, nil if t is not in the future.
func (l *life) ended(t, now time.Time) *life {
	if !t.After(now) {
		return nil
	}
	if l.at(t) == nil {
		return l
	}
	return &life{l.id, l.now, append(l.before(t), change{t, nil})}
}

// before is a copy of the changes that happen before instant t.
func (l *life) before(t time.Time) []change {
	var before []change
	for _, c := range l.later {
		if c.at.Before(t) {
			before = append(before, c)
		}
	}
	return before
}

// each is changes with f's answer in place of every version.
func each(changes []change, f func(*version) *version) []change {
	var all []change
	for _, c := range changes {
		if c.to != nil {
			c.to = f(c.to)
		}
		all = append(all, c)
	}
	return all
}
