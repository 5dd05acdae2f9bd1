package state

import (
	"iter"
	"math"
	"time"
)

// Get reads row id as it is now. The row is shared: nobody may change it.
func (t *Table[T]) Get(tx *Tx, id string) (*T, bool) {
	s, ok := tx.read(&t.kind).find(id)
	if !ok {
		return nil, false
	}
	return t.row(tx, s), true
}

// Has says whether there is a row id now.
func (t *Table[T]) Has(tx *Tx, id string) bool {
	_, ok := tx.read(&t.kind).find(id)
	return ok
}

// Len is how many rows there are now.
func (t *Table[T]) Len(tx *Tx) int { return tx.read(&t.kind).len() }

// At is the i-th row by creation, 0 the oldest, in O(log n); a nil row when there are not so many.
func (t *Table[T]) At(tx *Tx, i int) (id string, row *T) {
	p := tx.read(&t.kind)
	if i < 0 || i >= p.len() {
		return "", nil
	}
	s, _ := p.rows.GetAt(i)
	return s.id, t.row(tx, s)
}

// All is every row that is there now, oldest first. Writes in the loop do not change what it meets.
func (t *Table[T]) All(tx *Tx) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.walk(&t.kind); p != nil {
			p.rows.Scan(func(s slot) bool { return yield(s.id, t.row(tx, s)) })
		}
	}
}

// Newest is every row that is there now, newest first. Writes in the loop do not change what it meets.
func (t *Table[T]) Newest(tx *Tx) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.walk(&t.kind); p != nil {
			p.rows.Reverse(func(s slot) bool { return yield(s.id, t.row(tx, s)) })
		}
	}
}

// Where is every row that the index holds under key, oldest first. Writes in the loop do not change what it meets.
func (t *Table[T]) Where(tx *Tx, index, key string) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.walk(&t.kind); p != nil {
			p.index(index).Ascend(entry{key, 0}, t.under(tx, p, key, yield))
		}
	}
}

// WhereNewest is Where, newest first.
func (t *Table[T]) WhereNewest(tx *Tx, index, key string) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.walk(&t.kind); p != nil {
			p.index(index).Descend(entry{key, math.MaxUint64}, t.under(tx, p, key, yield))
		}
	}
}

// under yields the rows of entries, as long as they are under key.
func (t *Table[T]) under(tx *Tx, p *part, key string, yield func(string, *T) bool) func(entry) bool {
	return func(e entry) bool {
		if e.key != key {
			return false
		}
		s, _ := p.rows.Get(slot{seq: e.seq})
		return yield(s.id, t.row(tx, s))
	}
}

// WhereAt is the i-th row by creation, 0 the oldest, of those that the index holds under key; a nil row when there are
// not so many. It costs O(log² n), a microsecond.
func (t *Table[T]) WhereAt(tx *Tx, index, key string, i int) (id string, row *T) {
	p := tx.read(&t.kind)
	if p == nil || i < 0 {
		return "", nil
	}
	entries := p.index(index)
	e, ok := entries.GetAt(rank(entries, entry{key, 0}) + i)
	if !ok || e.key != key {
		return "", nil
	}
	s, _ := p.rows.Get(slot{seq: e.seq})
	return s.id, t.row(tx, s)
}

// Count is how many rows the index holds under key, in O(log² n).
func (t *Table[T]) Count(tx *Tx, index, key string) int {
	p := tx.read(&t.kind)
	if p == nil {
		return 0
	}
	from, to := span(p.index(index), key)
	return to - from
}

// Next is what row id changes to next, and when; a nil row is its end. ok is false when nothing is to come.
func (t *Table[T]) Next(tx *Tx, id string) (at time.Time, row *T, ok bool) {
	s, there := tx.read(&t.kind).find(id)
	if !there || len(s.later) == 0 {
		return time.Time{}, nil, false
	}
	c := s.later[0]
	if c.to != nil {
		row = tx.rowOf(&t.kind, id, c.to).(*T)
	}
	return c.at, row, true
}

func (t *Table[T]) row(tx *Tx, s slot) *T { return tx.rowOf(&t.kind, s.id, s.now).(*T) }
