package vpc

import (
	"iter"
	"slices"
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
)

// val is what p points to, or the zero value.
func val[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// or is what p points to, or the default.
func or[T any](p *T, absent T) T {
	if p != nil {
		return *p
	}
	return absent
}

// vals is what the members of a list point to. The nil ones are left out.
func vals(list []*string) []string {
	out := make([]string, 0, len(list))
	for _, p := range list {
		if p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// ptrs is the addresses of a list's members, never nil.
func ptrs(list []string) []*string {
	out := make([]*string, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// show turns every member of a list into its form in an answer, never nil.
func show[T, D any](list []T, f func(*T) D) []D {
	out := make([]D, len(list))
	for i := range list {
		out[i] = f(&list[i])
	}
	return out
}

// first is the first member of a list, or the zero value.
func first[T any](list []T) (v T) {
	if len(list) > 0 {
		v = list[0]
	}
	return v
}

// local is an instant as most of this product writes it: Beijing's clock, no zone.
func local(t time.Time) *string { return new(t.UTC().Add(8 * time.Hour).Format(time.DateTime)) }

// utc is an instant as addresses write it.
func utc(t time.Time) *string { return new(t.UTC().Format(time.RFC3339)) }

// flags is how a filter may spell a truth value.
func flags(b bool) []string {
	if b {
		return []string{"true", "TRUE", "True", "1"}
	}
	return []string{"false", "FALSE", "False", "0"}
}

// truth reads a truth value that travels as a string.
func truth(p *string, field string) (bool, error) {
	switch val(p) {
	case "true", "TRUE", "True":
		return true, nil
	case "", "false", "FALSE", "False":
		return false, nil
	}
	return false, bad(*p, field)
}

// filters turns the request's filters into those of a query.
func filters(in []*sdk.Filter) []api.Filter {
	out := make([]api.Filter, 0, len(in))
	for _, f := range in {
		if f != nil {
			out = append(out, api.Filter{Name: val(f.Name), Values: vals(f.Values)})
		}
	}
	return out
}

// pairs turns a request's tags into those that the tag room checks.
func pairs(in []*sdk.Tag) []tag.Pair {
	out := make([]tag.Pair, 0, len(in))
	for _, t := range in {
		if t != nil {
			out = append(out, tag.Pair{Key: val(t.Key), Value: val(t.Value)})
		}
	}
	return out
}

// present is a list of the strings that are not empty: the keys of an index that holds only some rows.
func present(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// idsOf is the ids of rows, so that rows can be changed while one walks over them.
func idsOf[T any](rows iter.Seq2[string, *T]) (ids []string) {
	for id := range rows {
		ids = append(ids, id)
	}
	return ids
}

// nextToken is where the next page begins, or empty after the last and where the caller pages by Offset.
func nextToken(most *uint64, token *string, n, total int) *string {
	passed, _ := strconv.Atoi(val(token))
	if most == nil || passed+n >= total {
		return new("")
	}
	return new(strconv.Itoa(passed + n))
}

// window cuts a page out of a list. Limit is 1–100, default 20.
func window[T any](all []T, offset, limit *uint64) ([]T, error) {
	n := or(limit, 20)
	if n < 1 || n > 100 {
		return nil, outOfRange(n, "Limit")
	}
	from := min(val(offset), uint64(len(all)))
	return all[from:min(from+n, uint64(len(all)))], nil
}

// unsigned is a number that cannot be below 0; one that is becomes too large for any list.
func unsigned(p *int64) *uint64 {
	if p == nil {
		return nil
	}
	return new(uint64(*p))
}
