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
	s, ok := tx.read(&t.kind).at(i)
	if !ok {
		return "", nil
	}
	return s.id, t.row(tx, s)
}

// All is every row that is there now, oldest first. Writes in the loop do not change what it meets; that holds for all
// iterators here.
func (t *Table[T]) All(tx *Tx) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.read(&t.kind); p != nil {
			t.yield(tx, p, p.rows.All(), yield)
		}
	}
}

// Newest is every row that is there now, newest first.
func (t *Table[T]) Newest(tx *Tx) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.read(&t.kind); p != nil {
			t.yield(tx, p, p.rows.Down(p.len()-1), yield)
		}
	}
}

// Hit is a row that was found, and its id.
type Hit[T any] struct {
	ID  string
	Row *T
}

// Page is up to n rows of All, or of Newest, without the first i: a Limit and an Offset, in O(n + log all). The rows are
// found before any is looked at, so that a processor need not wait for the memory of one before it asks for the next.
func (t *Table[T]) Page(tx *Tx, i, n int, newest bool) []Hit[T] {
	p := tx.read(&t.kind)
	if p == nil {
		return nil
	}
	if newest {
		i = p.len() - 1 - i
	}
	slots := p.rows.Page(i, n, newest)
	page := make([]Hit[T], len(slots))
	for k, s := range slots {
		page[k] = Hit[T]{s.id, t.row(tx, s)}
	}
	return page
}

// yield hands over rows of p, which stays as it is meanwhile.
func (t *Table[T]) yield(tx *Tx, p *part, slots iter.Seq[slot], yield func(string, *T) bool) {
	if tx.draft != nil {
		tx.draft.enter(p)
		defer tx.draft.leave(p)
	}
	for s := range slots {
		if !yield(s.id, t.row(tx, s)) {
			return
		}
	}
}

// Where is every row that the index holds under key, oldest first.
func (t *Table[T]) Where(tx *Tx, index, key string) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.read(&t.kind); p != nil {
			h := hash(key)
			t.yield(tx, p, p.under(h, p.index(index).From(entry{h, 0})), yield)
		}
	}
}

// WhereNewest is Where, newest first.
func (t *Table[T]) WhereNewest(tx *Tx, index, key string) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.read(&t.kind); p != nil {
			h := hash(key)
			t.yield(tx, p, p.under(h, p.index(index).To(entry{h, math.MaxUint64})), yield)
		}
	}
}

// WhereFrom is Where without the first i: an Offset, in O(log n).
func (t *Table[T]) WhereFrom(tx *Tx, index, key string, i int) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.read(&t.kind); p != nil && i >= 0 {
			entries := p.index(index)
			from, _ := span(entries, key)
			t.yield(tx, p, p.under(hash(key), entries.Up(from+i)), yield)
		}
	}
}

// WhereNewestFrom is WhereNewest without the first i: an Offset, in O(log n).
func (t *Table[T]) WhereNewestFrom(tx *Tx, index, key string, i int) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		if p := tx.read(&t.kind); p != nil && i >= 0 {
			entries := p.index(index)
			_, to := span(entries, key)
			t.yield(tx, p, p.under(hash(key), entries.Down(to-1-i)), yield)
		}
	}
}

// WhereAt is the i-th row by creation, 0 the oldest, of those that the index holds under key; a nil row when there are
// not so many. For a page WhereFrom is cheaper.
func (t *Table[T]) WhereAt(tx *Tx, index, key string, i int) (id string, row *T) {
	if i >= 0 {
		for id, row := range t.WhereFrom(tx, index, key, i) {
			return id, row
		}
	}
	return "", nil
}

// Count is how many rows the index holds under key, in O(log n).
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
	if !there || s.later == nil {
		return time.Time{}, nil, false
	}
	c := s.later
	if c.to != nil {
		row = tx.rowOf(&t.kind, id, c.to).(*T)
	}
	return c.at, row, true
}

// End is when row id ends as far as is planned. ok is false when no end is, or there is no such row.
func (t *Table[T]) End(tx *Tx, id string) (at time.Time, ok bool) {
	s, _ := tx.read(&t.kind).find(id)
	for c := s.later; c != nil; c = c.next {
		if c.to == nil {
			return c.at, true
		}
	}
	return time.Time{}, false
}

func (t *Table[T]) row(tx *Tx, s slot) *T { return tx.rowOf(&t.kind, s.id, s.now).(*T) }
