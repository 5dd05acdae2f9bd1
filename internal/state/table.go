package state

import (
	"encoding/json"
	"time"
)

// Table names a set of rows of one type. It holds no rows itself.
type Table[T any] struct {
	kind  kind
	brief bool // it has one
}

// Index finds rows by what they hold.
type Index[T any] struct {
	name string
	keys func(id string, row *T) []string
}

// By declares an index: under which keys a row is found. keys may look at nothing but its arguments.
func By[T any](name string, keys func(id string, row *T) []string) Index[T] {
	return Index[T]{name, keys}
}

// NewTable names a table, "vpc.subnet", at the start of the program. Twice the same name is a programmer's error, and
// shows when both meet in a Store. So is a type that JSON would not give back as it was: rows are kept as JSON.
func NewTable[T any](name string, indexes ...Index[T]) *Table[T] {
	t := &Table[T]{kind: kind{name: name, decode: decode[T]}}
	mustKeep[T](name)
	for _, x := range indexes {
		t.kind.indexes = append(t.kind.indexes, index{x.name, func(id string, row any) []string { return x.keys(id, row.(*T)) }})
	}
	return t
}

func decode[T any](data encoded) (*version, error) {
	b := newBoxed[T]()
	return &b.version, json.Unmarshal(data, &b.value)
}

// Put makes row the row id from now on, whatever it was or was to be. The row, with all it points to, is the store's
// from then on: nobody may change it.
func (t *Table[T]) Put(tx *Tx, id string, row T) {
	at, p := tx.write(&t.kind, id)
	was, there := p.find(id)
	b := newBoxed[T]()
	b.value = row
	is := slot{was.seq, life{id: id, now: tx.keep(&b.version)}}
	if !there {
		tx.draft.seq++
		is.seq = tx.draft.seq
	}
	tx.draft.write(at, p, was, is)
}

// Edit changes row id from instant at on: the version that holds then, and all later ones. f gets a copy of its own,
// of one version at a time. An instant that is past counts as now. It reports whether there is such a row at that instant.
func (t *Table[T]) Edit(tx *Tx, at time.Time, id string, f func(*T)) bool {
	place, p := tx.write(&t.kind, id)
	was, there := p.find(id)
	if !there {
		return false
	}
	l, there := was.edited(plain(at), tx.Now, func(v *version) *version {
		b := newBoxed[T]()
		clone(&b.value, tx.rowOf(&t.kind, id, v).(*T))
		f(&b.value)
		return tx.keep(&b.version)
	})
	if !there {
		return false
	}
	_, p = tx.write(&t.kind, id) // f may have written, too: to this table, even to this row
	is := slot{was.seq, l}
	if was, there = p.find(id); there {
		is.seq = was.seq
	}
	tx.draft.write(place, p, was, is)
	return true
}

// Delete ends row id at instant at; an instant that is past counts as now. A row put after its end is a new one.
func (t *Table[T]) Delete(tx *Tx, at time.Time, id string) {
	place, p := tx.write(&t.kind, id)
	if was, there := p.find(id); there {
		tx.draft.write(place, p, was, slot{was.seq, was.ended(plain(at), tx.Now)})
	}
}

// Forget drops what row id was to become from instant at on, its end too: what it is before then, it stays.
func (t *Table[T]) Forget(tx *Tx, at time.Time, id string) {
	place, p := tx.write(&t.kind, id)
	if was, there := p.find(id); there {
		tx.draft.write(place, p, was, slot{was.seq, was.without(plain(at))})
	}
}

// plain is t as it is after a restart: without place and monotonic clock.
func plain(t time.Time) time.Time { return t.UTC().Round(0) }
