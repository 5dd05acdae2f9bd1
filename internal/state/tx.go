package state

import (
	"fmt"
	"time"
)

// Tx is one consistent view of an account, frozen at one instant. It is for one goroutine, and ends with the function
// that it was handed to.
type Tx struct {
	Scope
	Now   time.Time
	store *Store
	root  *root
	draft *draft // nil when the transaction may only read; root is its root otherwise
}

// In is the same transaction looking at another region of the same account ("" for what belongs to none).
func (tx *Tx) In(region string) *Tx {
	in := *tx
	in.Region = region
	return &in
}

// Accounts is every account that has a row, in order: those that one can Peek at, and the transaction's own.
func (tx *Tx) Accounts() []string { return tx.store.Accounts() }

// Peek is a view, for reading only, of another account at the same instant, in the same region: as it was last made
// durable. Two Peeks at one account may see two states of it.
func (tx *Tx) Peek(account string) *Tx {
	return &Tx{Scope: Scope{account, tx.Region}, Now: tx.Now, store: tx.store, root: tx.store.root(account, tx.Now)}
}

// read is the part of k that the transaction sees, nil if there is none.
func (tx *Tx) read(k *kind) *part {
	s := tx.root.shelves[tx.Region][k.name]
	if s == nil {
		return nil
	}
	return s.open(k)
}

// maxID is the length of an id, in bytes, that every journal can keep.
const maxID = 4096

// write is the part of k in which the transaction changes row id.
func (tx *Tx) write(k *kind, id string) (place, *part) {
	if tx.draft == nil {
		panic("state: write to " + k.name + " in a transaction that may only read")
	}
	if len(id) > maxID {
		panic(fmt.Sprintf("state: %s: an id of %d bytes", k.name, len(id)))
	}
	p := place{tx.Region, k.name}
	return p, tx.draft.part(p, k)
}
