package api

import "github.com/tengyun/tengyun/internal/state"

// Brief answers a Describe action that tells a line of each row. Pages of all rows are spliced from lines that are kept.
type Brief[T any] struct {
	query *Query[T]
	texts *state.Brief[T]
}

// NewBrief declares what is told of a row that q finds: write appends the JSON, and may look at nothing but its arguments.
// A table has one Brief at most: a second is a programmer's error.
func NewBrief[T any](q *Query[T], write func(b []byte, id string, row *T) []byte) *Brief[T] {
	return &Brief[T]{q, state.NewBrief(q.Table, q.Newest, func(b []byte, id string, row *T) []byte {
		return append(write(b, id, row), ',')
	})}
}

// Run is Query.Run; the page is what is told of the rows.
func (b *Brief[T]) Run(c *Call, ask Ask) (page Told, total int, err error) {
	offset, limit, err := b.query.check(&ask)
	if err != nil {
		return nil, 0, err
	}
	if q := b.query; q.Hidden == nil && len(ask.IDs) == 0 && len(ask.Filters) == 0 {
		n := q.Table.Len(c.Tx)
		return b.texts.Page(c.Tx, offset, min(limit, n-offset)), n, nil
	}
	hits, total := b.query.find(c, ask, offset, limit)
	for _, h := range hits {
		page = append(page, b.texts.Of(h))
	}
	return page, total, nil
}

// Told is a list of JSON values, in pieces of one or more. A comma follows each value, the last one too.
type Told []string

// AppendWire appends the list. The encoder of answers knows of it.
func (t *Told) AppendWire(b []byte) []byte {
	b = append(b, '[')
	for _, piece := range *t {
		b = append(b, piece...)
	}
	if b[len(b)-1] == ',' {
		b = b[:len(b)-1]
	}
	return append(b, ']')
}
