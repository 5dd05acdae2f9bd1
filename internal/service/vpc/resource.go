package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// resource is a table whose rows have ids of one shape and bear tags.
type resource[T any] struct {
	*state.Table[T]
	prefix string       // of ids: "vpc"
	field  string       // how requests name an id: "VpcId"
	filter string       // the filter that means an id: "vpc-id"
	tags   tag.Resource // how the tag room names it, but for the id
}

// find reads the row that a request names.
func (r resource[T]) find(c *api.Call, id *string) (*T, error) {
	if !wellFormed(r.prefix, val(id)) {
		return nil, malformed(val(id), r.field)
	}
	row, ok := r.Get(c.Tx, *id)
	if !ok {
		return nil, notFound(*id)
	}
	return row, nil
}

// each reads the rows that a request lists, refusing the whole when one is not there.
func (r resource[T]) each(c *api.Call, ids []*string) error {
	for _, id := range ids {
		if _, err := r.find(c, id); err != nil {
			return err
		}
	}
	return nil
}

// page answers a Describe whose product refuses ids that are not there. A filter by id finds its rows as ids do,
// but lets those that are not there be.
func (r resource[T]) page(c *api.Call, q *api.Query[T], ask api.Ask) ([]api.Hit[T], int, error) {
	if len(ask.Filters) == 0 {
		if err := r.each(c, ask.IDs); err != nil {
			return nil, 0, err
		}
		return q.Run(c, ask)
	}
	i := slices.IndexFunc(ask.Filters, func(f api.Filter) bool { return f.Name == r.filter })
	if len(ask.IDs) > 0 || i < 0 {
		return q.Run(c, ask)
	}
	direct := *q
	direct.Rules.Both = ""
	ask.IDs = ptrs(ask.Filters[i].Values)
	ask.Filters = slices.Delete(slices.Clone(ask.Filters), i, i+1)
	return direct.Run(c, ask)
}

// edit changes a row from now on.
func (r resource[T]) edit(c *api.Call, id string, f func(*T)) { r.Edit(c.Tx, c.Now, id, f) }

// drop ends a row and takes its tags away.
func (r resource[T]) drop(c *api.Call, at time.Time, id string) {
	r.Delete(c.Tx, at, id)
	tag.Drop(c.Tx, at, r.bearer(id))
}

func (r resource[T]) bearer(id string) tag.Resource {
	return tag.Resource{Service: r.tags.Service, Prefix: r.tags.Prefix, ID: id}
}

// setTags gives a new row the tags of its request, which have been checked.
func (r resource[T]) setTags(c *api.Call, id string, tags map[string]string) {
	tag.Set(c.Tx, r.bearer(id), tags)
}

// tagsOf is what filters of a query look at.
func (r resource[T]) tagsOf(c *api.Call, id string, _ *T) map[string]string {
	return tag.Of(c.Tx, r.bearer(id))
}

// tagSet is a row's tags as they stand in an answer.
func (r resource[T]) tagSet(c *api.Call, id string) []*sdk.Tag {
	tags := tag.Of(c.Tx, r.bearer(id))
	set := make([]*sdk.Tag, 0, len(tags))
	for _, k := range tag.Keys(tags) {
		set = append(set, &sdk.Tag{Key: new(k), Value: new(tags[k])})
	}
	return set
}

// checkTags refuses tags of a create by this product's codes.
func checkTags(in []*sdk.Tag) (map[string]string, error) {
	return tag.Check(pairs(in), tag.Codes{
		Key:       sdk.INVALIDPARAMETERVALUE_TAGINVALIDKEY,
		Value:     sdk.INVALIDPARAMETERVALUE_TAGINVALIDVAL,
		Reserved:  sdk.UNSUPPORTEDOPERATION_TAGSYSTEMRESERVEDTAGKEY,
		Quota:     sdk.LIMITEXCEEDED_TAGTAGSEXCEEDED,
		Duplicate: sdk.INVALIDPARAMETERVALUE_TAGDUPLICATEKEY,
	})
}

// rules are the bounds that nearly every Describe of this product shares.
func rules() api.Rules {
	return api.Rules{
		MaxIDs: 100, DefaultLimit: 20, MaxLimit: 100,
		TooManyIDs:     sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
		TooManyFilters: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
		UnknownFilter:  sdk.INVALIDPARAMETER_FILTERINVALIDKEY,
		Both:           sdk.INVALIDPARAMETER_COEXIST,
		BadOffset:      sdk.INVALIDPARAMETERVALUE_RANGE,
		BadLimit:       sdk.INVALIDPARAMETERVALUE_RANGE,
	}
}

// text makes a field of a row that is one string.
func text[T any](of func(*T) string) api.Field[T] {
	return api.Field[T]{Of: func(_ *api.Call, _ string, row *T) []string { return []string{of(row)} }}
}

// indexed makes a field that an index of the same values answers.
func indexed[T any](index string, of func(*T) string) api.Field[T] {
	f := text(of)
	f.Index = index
	return f
}

// fuzzy makes a field of which a part is enough.
func fuzzy[T any](of func(*T) string) api.Field[T] {
	f := text(of)
	f.Fuzzy = true
	return f
}

// yesNo makes a field that is true or false.
func yesNo[T any](of func(*T) bool) api.Field[T] {
	return api.Field[T]{Of: func(_ *api.Call, _ string, row *T) []string { return flags(of(row)) }}
}

// self makes the field that is the row's own id.
func self[T any]() api.Field[T] {
	return api.Field[T]{Of: func(_ *api.Call, id string, _ *T) []string { return []string{id} }}
}

// pageLenient is page where ids that are not there are left out.
func (r resource[T]) pageLenient(c *api.Call, q *api.Query[T], ask api.Ask) ([]api.Hit[T], int, error) {
	if len(ask.IDs) > 0 && len(ask.Filters) == 0 {
		return q.Run(c, ask)
	}
	return r.page(c, q, ask)
}
