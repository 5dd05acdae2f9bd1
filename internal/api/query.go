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
	Params map[string]Field[T]                                // by the name of a parameter that is a condition, and no filter
	Tags   func(c *Call, id string, row *T) map[string]string // behind tag-key, tag-value and tag:KEY; nil where rows have none
	Newest bool                                               // newest first; else oldest first
	Hidden func(c *Call, id string, row *T) bool              // rows that exist and are never shown; nil for none
	Rules  Rules
}

// Hit is one row that a Query found.
type Hit[T any] = state.Hit[T]

// Ask is what a caller wants of a Query. IDs and Filters exclude each other. Offset and Limit are *int64, *uint64 or *string.
type Ask struct {
	IDs           []*string
	Filters       []Filter
	Params        []Filter // what parameters of their own ask for, by their names
	Offset, Limit any
}

// Run finds a page of rows and counts them all. An id that is not there is left out. Without a filter, and with one value
// of one filter that has an index, it costs O(page).
func (q *Query[T]) Run(c *Call, ask Ask) (page []Hit[T], total int, err error) {
	offset, limit, err := q.check(&ask)
	if err != nil {
		return nil, 0, err
	}
	page, total = q.find(c, ask, offset, limit)
	return page, total, nil
}

// check holds an ask against the rules, and makes one list of its conditions.
func (q *Query[T]) check(ask *Ask) (offset, limit int, err error) {
	offset, limit, err = q.Rules.Check(*ask, func(name string) bool {
		_, ok := q.Fields[name]
		return ok || q.Tags != nil && IsTagFilter(name)
	})
	ask.Filters = append(slices.Clip(ask.Filters), ask.Params...)
	return offset, limit, err
}

// find is Run for an ask that has been checked.
func (q *Query[T]) find(c *Call, ask Ask, offset, limit int) (page []Hit[T], total int) {
	if s, ok := q.counted(c, ask); ok {
		return q.page(c, s, offset, min(limit, s.n-offset)), s.n
	}
	return q.search(c, ask, offset, limit)
}

// search looks at every row that may be meant.
func (q *Query[T]) search(c *Call, ask Ask, offset, limit int) (page []Hit[T], total int) {
	for hit := range q.matches(c, ask) {
		if total >= offset && len(page) < limit {
			page = append(page, hit)
		}
		total++
	}
	return page, total
}

// stretch is rows that can be counted without a look at them: all of them, or those under one key of an index.
type stretch struct {
	index, key string
	n          int
}

// counted is the stretch that an ask means, if it means one.
func (q *Query[T]) counted(c *Call, ask Ask) (s stretch, ok bool) {
	switch {
	case q.Hidden != nil || len(ask.IDs) > 0 || len(ask.Filters) > 1:
		return s, false
	case len(ask.Filters) == 0:
		return stretch{n: q.Table.Len(c.Tx)}, true
	}
	f := ask.Filters[0]
	field, _ := q.field(f.Name)
	if field.Index == "" || field.Fuzzy || len(f.Values) != 1 {
		return s, false
	}
	return stretch{field.Index, f.Values[0], q.Table.Count(c.Tx, field.Index, f.Values[0])}, true
}

// page is n rows of a stretch in the query's order, without as many before them as an offset says.
func (q *Query[T]) page(c *Call, s stretch, offset, n int) []Hit[T] {
	switch {
	case s.index == "":
		return q.Table.Page(c.Tx, offset, n, q.Newest)
	case q.Newest:
		return take(q.Table.WhereNewestFrom(c.Tx, s.index, s.key, offset), n)
	default:
		return take(q.Table.WhereFrom(c.Tx, s.index, s.key, offset), n)
	}
}

// take is the first n rows.
func take[T any](rows iter.Seq2[string, *T], n int) []Hit[T] {
	if n <= 0 {
		return nil
	}
	page, i := make([]Hit[T], n), 0
	for id, row := range rows {
		page[i] = Hit[T]{ID: id, Row: row}
		if i++; i == n {
			break
		}
	}
	return page[:i]
}

// matches is every row that the ask means, in order.
func (q *Query[T]) matches(c *Call, ask Ask) func(yield func(Hit[T]) bool) {
	return func(yield func(Hit[T]) bool) {
		for id, row := range q.candidates(c, ask) {
			if q.Hidden != nil && q.Hidden(c, id, row) {
				continue
			}
			if q.all(c, id, row, ask.Filters) && !yield(Hit[T]{ID: id, Row: row}) {
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
	if field, ok := q.field(f.Name); ok && field.Match != nil {
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

// field is what a filter or a parameter of a name looks at.
func (q *Query[T]) field(name string) (f Field[T], ok bool) {
	if f, ok = q.Fields[name]; !ok {
		f, ok = q.Params[name]
	}
	return f, ok
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
