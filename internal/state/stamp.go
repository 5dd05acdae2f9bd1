package state

// Stamp numbers what a table stands at in the transaction's region. Two stamps of a table are equal only if no row has
// changed between them, so that what was made of the whole table is still good. 0 is a table that has never had a row; the
// stamps of a transaction that writes equal no others. The greatest of some tables' stamps is one of them all, for each
// change brings one that is greater than all those it builds on.
func (t *Table[T]) Stamp(tx *Tx) uint64 {
	p := tx.read(&t.kind)
	switch {
	case tx.draft != nil:
		return tx.store.stamp()
	case p == nil:
		return 0
	}
	return p.stamp
}

// loadedStamp is the stamp of what comes from the journal; what changes is numbered from there on.
const loadedStamp = 1

// stamp is one that no part has.
func (s *Store) stamp() uint64 { return loadedStamp + s.stamps.Add(1) }
