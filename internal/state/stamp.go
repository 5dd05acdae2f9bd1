package state

// Stamp is what a table stands at in the transaction's region. Two stamps are equal only if no row has changed between
// them, so that what was made of the whole table is still good. A transaction that writes has none.
func (t *Table[T]) Stamp(tx *Tx) any { return tx.read(&t.kind) }
