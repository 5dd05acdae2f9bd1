package state

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
)

// fingerprint is what a version looked like when it was stored.
type fingerprint uint64

func fingerprintOf(row any) fingerprint {
	h := fnv.New64a()
	if err := json.NewEncoder(h).Encode(row); err != nil {
		panic(fmt.Sprintf("state: encode a row: %v", err))
	}
	return fingerprint(h.Sum64())
}

// keep is v, from now on watched if there is a detector.
func (tx *Tx) keep(v *version) *version {
	if tx.store.detect {
		remember(v, func() fingerprint { return fingerprintOf(v.row) })
	}
	return v
}

// rowOf is v's row, for handing out.
func (tx *Tx) rowOf(k *kind, id string, v *version) any {
	if tx.store.detect {
		v.check(k.name, id)
	}
	return v.row
}

// check panics if v is no longer what was stored.
func (v *version) check(table, id string) {
	if _, still := v.row.(encoded); still {
		return
	}
	now := fingerprintOf(v.row)
	if then := remember(v, func() fingerprint { return now }); now != then {
		panic(fmt.Sprintf("state: row %s of %s has been changed by somebody who was only to read it", id, table))
	}
}

// check checks all of l, if there is a detector.
func (s *Store) check(table string, l life) {
	if !s.detect {
		return
	}
	l.now.check(table, l.id)
	for c := l.later; c != nil; c = c.next {
		if c.to != nil {
			c.to.check(table, l.id)
		}
	}
}

// checkAll checks every row.
func (s *Store) checkAll() {
	for _, a := range s.accounts.Range {
		for _, tables := range a.(*account).shown.Load().shelves {
			for table, shelf := range tables {
				for at := range shelf.part.Load().rows.All() {
					s.check(table, at.life)
				}
			}
		}
	}
}
