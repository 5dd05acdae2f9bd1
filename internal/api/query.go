package api

import (
	"iter"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/state"
)

// Filter is one condition of a Describe: the row must have one of the values under the name.
type Filter struct {
	Name   string
	Values []string
}

// Field is what a filter looks at: the values that a row has under its name.
type Field[T any] struct {
	Of    func(c *Call, id string, row *T) []string
	Index string                                    // an index of the table that holds exactly these values; "" for none
	Fuzzy bool                                      // a part of a value is enough
	Match func(id string, row *T, want string) bool // instead of Of, where being equal is not the question
}

// Query is how a Describe action finds rows. It is declared once and holds none.
type Query[T any] struct {
	Table  *state.Table[T]
	Fields map[string]Field[T]                                // by filter name
	Tags   func(c *Call, id string, row *T) map[string]string // behind tag-key, tag-value and tag:KEY; nil where rows have none
	Newest bool                                               // newest first; else oldest first
	Hidden func(c *Call, id string, row *T) bool              // rows that exist and are never shown; nil for none
	Rules  Rules
}

// Hit is one row that a Query found.
type Hit[T any] struct {
	ID  string
	Row *T
}

// Ask is what a caller wants of a Query. IDs and Filters exclude each other. Offset and Limit are *int64, *uint64 or *string.
type Ask struct {
	IDs           []*string
	Filters       []Filter
	Offset, Limit any
}

// Run finds a page of rows and counts them all. An id that is not there is left out. Without a filter, and with one value
// of one filter that has an index, it costs O(page).
func (q *Query[T]) Run(c *Call, ask Ask) (page []Hit[T], total int, err error) {
	offset, limit, err := q.Rules.Check(ask, func(name string) bool {
		_, ok := q.Fields[name]
		return ok || q.Tags != nil && IsTagFilter(name)
	})
	if err != nil {
		return nil, 0, err
	}
	if from, n, ok := q.counted(c, ask); ok {
		return take(from(offset), min(limit, n-offset)), n, nil
	}
	for hit := range q.matches(c, ask) {
		if total >= offset && len(page) < limit {
			page = append(page, hit)
		}
		total++
	}
	return page, total, nil
}

// counted is what can be counted without a look at the rows: all of them, or those under one key of an index. They are
// read in the query's order, without as many as an offset says.
func (q *Query[T]) counted(c *Call, ask Ask) (from func(offset int) iter.Seq2[string, *T], n int, ok bool) {
	switch {
	case q.Hidden != nil || len(ask.IDs) > 0 || len(ask.Filters) > 1:
		return nil, 0, false
	case len(ask.Filters) == 0:
		read := q.Table.From
		if q.Newest {
			read = q.Table.NewestFrom
		}
		return func(offset int) iter.Seq2[string, *T] { return read(c.Tx, offset) }, q.Table.Len(c.Tx), true
	}
	f := ask.Filters[0]
	field := q.Fields[f.Name]
	if field.Index == "" || field.Fuzzy || len(f.Values) != 1 {
		return nil, 0, false
	}
	read := q.Table.WhereFrom
	if q.Newest {
		read = q.Table.WhereNewestFrom
	}
	return func(offset int) iter.Seq2[string, *T] { return read(c.Tx, field.Index, f.Values[0], offset) },
		q.Table.Count(c.Tx, field.Index, f.Values[0]), true
}

// take is the first n rows.
func take[T any](rows iter.Seq2[string, *T], n int) []Hit[T] {
	if n <= 0 {
		return nil
	}
	page := make([]Hit[T], 0, n)
	for id, row := range rows {
		if page = append(page, Hit[T]{id, row}); len(page) == n {
			break
		}
	}
	return page
}

// matches is every row that the ask means, in order.
func (q *Query[T]) matches(c *Call, ask Ask) func(yield func(Hit[T]) bool) {
	return func(yield func(Hit[T]) bool) {
		for id, row := range q.candidates(c, ask) {
			if q.Hidden != nil && q.Hidden(c, id, row) {
				continue
			}
			if q.all(c, id, row, ask.Filters) && !yield(Hit[T]{id, row}) {
				return
			}
		}
	}
}

// all says whether a row meets every filter.
func (q *Query[T]) all(c *Call, id string, row *T, filters []Filter) bool {
	return !slices.ContainsFunc(filters, func(f Filter) bool { return !q.meets(c, id, row, f) })
}

func (q *Query[T]) meets(c *Call, id string, row *T, f Filter) bool {
	if field, ok := q.Fields[f.Name]; ok && field.Match != nil {
		return slices.ContainsFunc(f.Values, func(want string) bool { return field.Match(id, row, want) })
	} else if ok {
		return slices.ContainsFunc(field.Of(c, id, row), func(v string) bool {
			return slices.ContainsFunc(f.Values, func(want string) bool {
				return v == want || field.Fuzzy && strings.Contains(v, want)
			})
		})
	}
	return MeetsTag(q.Tags(c, id, row), f)
}

// MeetsTag answers tag-key, tag-value and tag:KEY.
func MeetsTag(tags map[string]string, f Filter) bool {
	for k, v := range tags {
		switch f.Name {
		case "tag-key":
			if slices.Contains(f.Values, k) {
				return true
			}
		case "tag-value":
			if slices.Contains(f.Values, v) {
				return true
			}
		case "tag:" + k:
			if slices.Contains(f.Values, v) {
				return true
			}
		}
	}
	return false
}

// IsTagFilter says whether a filter is one of those that look at tags.
func IsTagFilter(name string) bool {
	return name == "tag-key" || name == "tag-value" || strings.HasPrefix(name, "tag:") && len(name) > len("tag:")
}
