package state

// Brief is a short text of each row of a table, such as a line of a list. Those of neighbours that are asked for again are
// made together, and kept in one place until one of these rows changes: a page of them costs less than a look at as many
// rows, which lie all over the memory.
type Brief[T any] struct {
	table  *Table[T]
	newest bool
	write  func(b []byte, id string, row *T) []byte
}

// NewBrief declares the texts of t's rows, to be read newest or oldest first. write appends that of one row, and may look at
// nothing but its arguments. A table has one Brief at most: a second is a programmer's error.
func NewBrief[T any](t *Table[T], newest bool, write func(b []byte, id string, row *T) []byte) *Brief[T] {
	if t.brief {
		panic("state: " + t.kind.name + " has a Brief already")
	}
	t.brief = true
	return &Brief[T]{t, newest, write}
}

// Of is the text of one row.
func (b *Brief[T]) Of(h Hit[T]) string { return string(b.write(nil, h.ID, h.Row)) }

// Page is the texts of a Table.Page, in few pieces: each is those of several rows, one after the other.
func (b *Brief[T]) Page(tx *Tx, i, n int) (pieces []string) {
	p := tx.read(&b.table.kind)
	if p == nil {
		return nil
	}
	if b.newest {
		i = p.len() - 1 - i
	}
	return p.rows.Texts(i, n, b.newest, func(text []byte, s slot) []byte {
		return b.write(text, s.id, b.table.row(tx, s))
	})
}
