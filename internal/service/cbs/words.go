package cbs

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// beijing is the clock of this product's answers, whatever the region.
var beijing = time.FixedZone("CST", 8*60*60)

const (
	localTime = "2006-01-02 15:04:05"
	untitled  = "未命名"
	maxName   = 60 // bytes
)

// stamp is an instant as this product writes it; nil for none.
func stamp(unix int64) *string {
	if unix == 0 {
		return nil
	}
	return p(time.Unix(unix, 0).In(beijing).Format(localTime))
}

func p[T any](v T) *T { return &v }

// or is what a pointer points to, or what is meant where there is none.
func or[T any](v *T, absent T) T {
	if v == nil {
		return absent
	}
	return *v
}

// strings of an SDK list; a nil element is nobody's.
func plain(list []*string) []string {
	all := make([]string, 0, len(list))
	for _, s := range list {
		if s != nil && !slices.Contains(all, *s) {
			all = append(all, *s)
		}
	}
	return all
}

// pointers is a list as the SDK has it.
func pointers[T any](list []T) []*T {
	all := make([]*T, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	return all
}

// span is when something that takes a while began and ends, in Unix milliseconds: at a higher speed it takes less than
// a second.
type span struct{ From, End int64 }

// until is the span from now on.
func until(now, end time.Time) span { return span{now.UnixMilli(), end.UnixMilli()} }

// over says whether it has ended.
func (s span) over(now time.Time) bool { return now.UnixMilli() >= s.End }

// percent is how much of it is over, 100 once all is.
func (s span) percent(now time.Time) uint64 {
	if s.over(now) || s.End <= s.From {
		return 100
	}
	return uint64((now.UnixMilli() - s.From) * 100 / (s.End - s.From))
}

// bad refuses the value of a parameter.
func bad(value any, name string) error {
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, value, name)
}

// tooMany refuses a list that is longer than its action takes, or empty.
func tooMany(n, most int, name string) error {
	switch {
	case n == 0:
		return tcerr.Missing(name)
	case n > most:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `%s` is `%d`, which exceeds the limit `%d`.", name, n, most).
			Zh("参数 `%s` 的数量为 `%d`，超过上限 `%d`。")
	}
	return nil
}

// Resources as the tag store names them.
func volume(id string) tag.Resource { return tag.Resource{Service: "cvm", Prefix: "volume", ID: id} }

func snapshotResource(id string) tag.Resource {
	return tag.Resource{Service: "cvm", Prefix: "snapshot", ID: id}
}

var tagCodes = tag.Codes{
	Key: sdk.INVALIDPARAMETERVALUE, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.INVALIDPARAMETERVALUE,
	Quota: sdk.LIMITEXCEEDED_TAGQUOTALIMITEXCEEDED, Duplicate: sdk.INVALIDPARAMETERVALUE,
}

// checkTags makes a map of the tags that a create brings.
func checkTags(in []*sdk.Tag) (map[string]string, error) {
	pairs := make([]tag.Pair, 0, len(in))
	for _, t := range in {
		pairs = append(pairs, tag.Pair{Key: or(t.Key, ""), Value: or(t.Value, "")})
	}
	return tag.Check(pairs, tagCodes)
}

// showTags is a resource's tags, sorted.
func showTags(c *api.Call, r tag.Resource) []*sdk.Tag {
	tags := tag.Of(c.Tx, r)
	all := make([]*sdk.Tag, 0, len(tags))
	for _, k := range tag.Keys(tags) {
		all = append(all, &sdk.Tag{Key: p(k), Value: p(tags[k])})
	}
	return all
}

// filters reads an SDK's filters.
func filters(in []*sdk.Filter) []api.Filter {
	all := make([]api.Filter, 0, len(in))
	for _, f := range in {
		all = append(all, api.Filter{Name: or(f.Name, ""), Values: plain(f.Values)})
	}
	return all
}

// rules bound every Describe of this product. Simulated: which code refuses ids together with filters.
var rules = api.Rules{
	MaxIDs: 100, DefaultLimit: 20, MaxLimit: 100,
	TooManyIDs: sdk.INVALIDPARAMETERVALUE, TooManyFilters: sdk.INVALIDFILTER, UnknownFilter: sdk.INVALIDFILTER,
	Both: sdk.INVALIDPARAMETERVALUE, BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE,
}

// youngRules are rules as the product's younger actions word them.
var youngRules = func() api.Rules {
	r := rules
	r.TooManyIDs, r.Both, r.BadOffset, r.BadLimit = sdk.INVALIDPARAMETER, sdk.INVALIDPARAMETER, sdk.INVALIDPARAMETER, sdk.INVALIDPARAMETER
	return r
}()

// ordered is a query in the order that a caller asks for by Order; the oldest comes first unless asked otherwise.
// Simulated for disks and snapshots: the cloud documents the default order of backup points alone.
func ordered[T any](q api.Query[T], order *string) (*api.Query[T], error) {
	switch or(order, "ASC") {
	case "ASC":
		q.Newest = false
	case "DESC":
		q.Newest = true
	default:
		return nil, bad(*order, "Order")
	}
	return &q, nil
}
