package api

import (
	"iter"
	"slices"
)

// candidates narrows the search as far as ids or an index can: every match is among them, in the query's order.
func (q *Query[T]) candidates(c *Call, ask Ask) iter.Seq2[string, *T] {
	if len(ask.IDs) > 0 {
		return q.byID(c, ask.IDs)
	}
	index, values, least := "", []string(nil), q.Table.Len(c.Tx)
	for _, f := range ask.Filters {
		field := q.Fields[f.Name]
		if field.Index == "" || field.Fuzzy {
			continue
		}
		n := 0
		for _, v := range f.Values {
			n += q.Table.Count(c.Tx, field.Index, v)
		}
		if n < least {
			index, values, least = field.Index, f.Values, n
		}
	}
	switch {
	case index != "" && len(values) == 1 && !q.Newest:
		return q.Table.Where(c.Tx, index, values[0])
	case index != "" && len(values) == 1:
		return q.Table.WhereNewest(c.Tx, index, values[0])
	case q.Newest:
		return q.Table.Newest(c.Tx)
	}
	return q.Table.All(c.Tx)
}

// byID is the rows of these ids, each once, in the order asked.
func (q *Query[T]) byID(c *Call, ids []*string) iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		var seen []string
		for _, id := range ids {
			if id == nil || slices.Contains(seen, *id) {
				continue
			}
			seen = append(seen, *id)
			if row, ok := q.Table.Get(c.Tx, *id); ok && !yield(*id, row) {
				return
			}
		}
	}
}
