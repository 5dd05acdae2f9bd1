// Package tag is the one tag store of the house: every product's tags are its rows, and its API is one of their readers.
//
// A resource's tags are kept in the region of the resource. The tags that an account knows, on a resource or not, and
// its projects belong to no region.
package tag

import (
	"maps"
	"slices"
	"time"

	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Resource names what bears tags, as the last segments of a six-segment name do: cvm, instance, ins-1a2b3c4d.
type Resource struct{ Service, Prefix, ID string }

// key is how a resource is found: "cvm:instance/ins-1a2b3c4d".
func (r Resource) key() string { return r.Service + ":" + r.Prefix + "/" + r.ID }

// tagged is the tags of one resource, none of one that is about to end. Its region is the region of its row.
type tagged struct {
	Resource
	Tags map[string]string
}

// resources holds every resource that has tags, found by their keys ("team") and pairs ("team\x00web").
var resources = state.NewTable("tag.resource",
	state.By("key", func(_ string, t *tagged) []string { return slices.Collect(maps.Keys(t.Tags)) }),
	state.By("pair", func(_ string, t *tagged) []string { return pairs(t.Tags) }),
	state.By("kind", func(_ string, t *tagged) []string { return []string{t.Service + ":" + t.Prefix} }),
)

func pairs(tags map[string]string) (all []string) {
	for k, v := range tags {
		all = append(all, pair(k, v))
	}
	return all
}

func pair(key, value string) string { return key + "\x00" + value }

// Of is the tags that a resource of the transaction's region bears now. Nobody may change the map.
func Of(tx *state.Tx, r Resource) map[string]string {
	if row, ok := resources.Get(tx, r.key()); ok {
		return row.Tags
	}
	return nil
}

// Keys is the keys of tags, sorted, which is the order of every answer.
func Keys(tags map[string]string) []string { return slices.Sorted(maps.Keys(tags)) }

// Limits of the real service: tags of one resource, characters of a key and of a value.
const (
	MaxTags  = 50
	MaxKey   = 127
	MaxValue = 255
)

// Set gives a resource tags: new keys are added, known ones replaced. Keys and values must have passed Check.
func Set(tx *state.Tx, r Resource, tags map[string]string) {
	if len(tags) == 0 {
		return
	}
	all := maps.Clone(Of(tx, r))
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, tags)
	for _, k := range Keys(tags) {
		learn(tx, k, tags[k])
	}
	put(tx, r, all)
}

// Remove takes keys away from a resource; those that it has not are passed over.
func Remove(tx *state.Tx, r Resource, keys ...string) {
	all := maps.Clone(Of(tx, r))
	for _, k := range keys {
		delete(all, k)
	}
	put(tx, r, all)
}

// Drop takes all tags away from instant at on, which is when the resource is no more. Tags that it is given until then
// go along.
func Drop(tx *state.Tx, at time.Time, r Resource) {
	if !resources.Has(tx, r.key()) {
		if !at.After(tx.Now) {
			return
		}
		resources.Put(tx, r.key(), tagged{Resource: r})
	}
	resources.Delete(tx, at, r.key())
}

// Keep undoes a Drop that is still to come.
func Keep(tx *state.Tx, r Resource) {
	switch row, ok := resources.Get(tx, r.key()); {
	case !ok:
	case len(row.Tags) == 0:
		resources.Delete(tx, tx.Now, r.key())
	default:
		resources.Put(tx, r.key(), *row)
	}
}

// put edits a row that is there, so that it still ends when its resource does.
func put(tx *state.Tx, r Resource, tags map[string]string) {
	_, ends := resources.End(tx, r.key())
	switch has := resources.Has(tx, r.key()); {
	case ends, has && len(tags) > 0:
		resources.Edit(tx, tx.Now, r.key(), func(t *tagged) { t.Tags = tags })
	case len(tags) > 0:
		resources.Put(tx, r.key(), tagged{r, tags})
	case has:
		resources.Delete(tx, tx.Now, r.key())
	}
}

// Codes by which a product refuses tags that a create brings.
type Codes struct{ Key, Value, Reserved, Quota, Duplicate string }

// Pair is one tag of a request.
type Pair struct{ Key, Value string }

// Check makes a map of a request's tags, refusing what the real service refuses with the product's own codes.
func Check(in []Pair, codes Codes) (map[string]string, error) {
	if len(in) > MaxTags {
		return nil, tcerr.New(codes.Quota, "The number of tags `%d` exceeds the limit `%d`.", len(in), MaxTags).Zh("标签数量 `%d` 超过上限 `%d`。")
	}
	tags := make(map[string]string, len(in))
	for _, p := range in {
		switch _, twice := tags[p.Key]; {
		case p.Key == "" || len([]rune(p.Key)) > MaxKey:
			return nil, tcerr.New(codes.Key, "The tag key `%s` is illegal.", p.Key).Zh("标签键 `%s` 不合法。")
		case Reserved(p.Key):
			return nil, tcerr.New(codes.Reserved, "The tag key `%s` is reserved.", p.Key).Zh("标签键 `%s` 为系统保留。")
		case len([]rune(p.Value)) > MaxValue:
			return nil, tcerr.New(codes.Value, "The tag value `%s` is illegal.", p.Value).Zh("标签值 `%s` 不合法。")
		case twice:
			return nil, tcerr.New(codes.Duplicate, "The tag key `%s` is given twice.", p.Key).Zh("标签键 `%s` 重复。")
		}
		tags[p.Key] = p.Value
	}
	return tags, nil
}

// Stamp is what the tags of the transaction's region stand at; see state.Table.Stamp.
func Stamp(tx *state.Tx) uint64 { return resources.Stamp(tx) }
