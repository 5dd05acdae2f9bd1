package state

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/tidwall/btree"
)

// kind is what the untyped rooms of the store know of a table.
type kind struct {
	name    string
	indexes []index
	decode  func(encoded) (*version, error)
}

// index is one way to find rows: under which keys a row is found.
type index struct {
	name string
	keys func(id string, row any) []string
}

// slot is where a row lives: its place in the order of creation.
type slot struct {
	seq uint64
	life
}

// entry leads from a key, or an id, to a slot.
type entry struct {
	key string
	seq uint64
}

// part is the rows of one table in one region of one account, as they are now. Once others see it, it never changes.
type part struct {
	kind  *kind  // nil while the rows are encoded
	stamp uint64 // another one in each part that the store has ever had
	rows  *btree.BTreeG[slot]
	ids   *btree.BTreeG[entry]
	keys  []*btree.BTreeG[entry] // one for each index of kind
}

// degree makes tree nodes of up to 31 items: small enough to copy on each write, wide enough to be shallow.
const degree = 16

func bySeq(a, b slot) bool { return a.seq < b.seq }
func byID(a, b entry) bool { return a.key < b.key }
func byKey(a, b entry) bool {
	if a.key == b.key {
		return a.seq < b.seq
	}
	return a.key < b.key
}

// tree makes an empty tree. It has no lock of its own: see account.fork.
func tree[T any](less func(a, b T) bool) *btree.BTreeG[T] {
	return btree.NewBTreeGOptions(less, btree.Options{NoLocks: true, Degree: degree})
}

func newPart(k *kind) *part {
	p := &part{kind: k, rows: tree(bySeq), ids: tree(byID)}
	if k != nil {
		for range k.indexes {
			p.keys = append(p.keys, tree(byKey))
		}
	}
	return p
}

// copy is a part that may change without p changing. Only under account.fork: btree's Copy marks the original too.
func (p *part) copy() *part {
	c := &part{kind: p.kind, rows: p.rows.Copy(), ids: p.ids.Copy()}
	for _, keys := range p.keys {
		c.keys = append(c.keys, keys.Copy())
	}
	return c
}

func (p *part) find(id string) (slot, bool) {
	if p == nil {
		return slot{}, false
	}
	e, ok := p.ids.Get(entry{key: id})
	if !ok {
		return slot{}, false
	}
	return p.rows.Get(slot{seq: e.seq})
}

// at is the i-th slot, 0 the oldest.
func (p *part) at(i int) (slot, bool) {
	if p == nil {
		return slot{}, false
	}
	return p.rows.GetAt(i)
}

func (p *part) len() int {
	if p == nil {
		return 0
	}
	return p.rows.Len()
}

// replace puts is where was was. A life that has ended, or is the zero life, stands for no row.
func (p *part) replace(was, is slot) {
	switch {
	case is.now == nil:
		p.rows.Delete(was)
		p.ids.Delete(entry{key: was.id})
	case was.now == nil:
		p.ids.Set(entry{is.id, is.seq})
		fallthrough
	default:
		p.rows.Set(is)
	}
	if p.kind == nil {
		return
	}
	for i, x := range p.kind.indexes {
		p.reindex(p.keys[i], keysOf(x, was), keysOf(x, is), max(was.seq, is.seq))
	}
}

func (p *part) reindex(keys *btree.BTreeG[entry], was, is []string, seq uint64) {
	if slices.Equal(was, is) {
		return
	}
	for _, key := range was {
		if !slices.Contains(is, key) {
			keys.Delete(entry{key, seq})
		}
	}
	for _, key := range is {
		keys.Set(entry{key, seq})
	}
}

func keysOf(x index, s slot) []string {
	if s.now == nil {
		return nil
	}
	return x.keys(s.id, s.now.row)
}

// index is the tree of the index called name.
func (p *part) index(name string) *btree.BTreeG[entry] {
	for i, x := range p.kind.indexes {
		if x.name == name {
			return p.keys[i]
		}
	}
	panic(fmt.Sprintf("state: table %s has no index %q", p.kind.name, name))
}

// span is where the entries under key begin in keys, and where those after them do.
func span(keys *btree.BTreeG[entry], key string) (from, to int) {
	return rank(keys, entry{key, 0}), rank(keys, entry{key, math.MaxUint64})
}

// rank is how many entries come before e. The tree keeps counts but does not tell ranks, hence the search.
func rank(keys *btree.BTreeG[entry], e entry) int {
	return sort.Search(keys.Len(), func(i int) bool {
		at, _ := keys.GetAt(i)
		return !byKey(at, e)
	})
}
