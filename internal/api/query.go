package api

import (
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
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

// Rules are the bounds of a Describe and the codes by which its product refuses what lies beyond. A bound of 0 is none.
type Rules struct {
	MaxIDs, MaxFilters, MaxValues, DefaultLimit, MaxLimit int

	TooManyIDs, TooManyFilters, UnknownFilter, Both, BadOffset, BadLimit string
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

// Run finds a page of rows and counts them all. An id that is not there is left out. Without ids and filters it costs O(page).
func (q *Query[T]) Run(c *Call, ask Ask) (page []Hit[T], total int, err error) {
	offset, limit, err := q.Rules.window(ask)
	if err != nil {
		return nil, 0, err
	}
	if err := q.check(ask); err != nil {
		return nil, 0, err
	}
	if len(ask.IDs) == 0 && len(ask.Filters) == 0 && q.Hidden == nil {
		return q.plain(c, offset, limit), q.Table.Len(c.Tx), nil
	}
	for hit := range q.matches(c, ask) {
		if total >= offset && len(page) < limit {
			page = append(page, hit)
		}
		total++
	}
	return page, total, nil
}

// plain is a page of all rows.
func (q *Query[T]) plain(c *Call, offset, limit int) (page []Hit[T]) {
	n := q.Table.Len(c.Tx)
	for i := offset; i < n && len(page) < limit; i++ {
		at := i
		if q.Newest {
			at = n - 1 - i
		}
		id, row := q.Table.At(c.Tx, at)
		page = append(page, Hit[T]{id, row})
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
	return meetsTag(q.Tags(c, id, row), f)
}

// meetsTag answers tag-key, tag-value and tag:KEY.
func meetsTag(tags map[string]string, f Filter) bool {
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

func isTagFilter(name string) bool {
	return name == "tag-key" || name == "tag-value" || strings.HasPrefix(name, "tag:") && len(name) > len("tag:")
}

// check refuses asks beyond the rules.
func (q *Query[T]) check(ask Ask) error {
	r := &q.Rules
	switch {
	case r.Both != "" && len(ask.IDs) > 0 && len(ask.Filters) > 0:
		return tcerr.New(r.Both, "The parameter `Filters` can not be specified together with ids.").Zh("参数 `Filters` 不能与 ID 列表同时指定。")
	case r.MaxIDs > 0 && len(ask.IDs) > r.MaxIDs:
		return tcerr.New(r.TooManyIDs, "The number of ids `%d` exceeds the limit `%d`.", len(ask.IDs), r.MaxIDs).Zh("ID 数量 `%d` 超过上限 `%d`。")
	case r.MaxFilters > 0 && len(ask.Filters) > r.MaxFilters:
		return tcerr.New(r.TooManyFilters, "The number of filters `%d` exceeds the limit `%d`.", len(ask.Filters), r.MaxFilters).Zh("过滤条件数量 `%d` 超过上限 `%d`。")
	}
	for _, f := range ask.Filters {
		if _, ok := q.Fields[f.Name]; !ok && !(q.Tags != nil && isTagFilter(f.Name)) {
			return tcerr.New(r.UnknownFilter, "The specified filter `%s` is invalid.", f.Name).Zh("过滤条件 `%s` 不合法。")
		}
		if r.MaxValues > 0 && len(f.Values) > r.MaxValues {
			return tcerr.New(r.TooManyFilters, "The number of values `%d` of the filter `%s` exceeds the limit `%d`.", len(f.Values), f.Name, r.MaxValues).
				Zh("取值数量 `%d` 超过过滤条件 `%s` 的上限 `%d`。")
		}
	}
	return nil
}
