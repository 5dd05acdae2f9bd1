package state

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"iter"
	"math"
	"slices"

	"github.com/tengyun/tengyun/internal/state/tree"
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

// entry leads from the hash of a key, or of an id, to a slot. Hashes instead of keys make an entry a third in size, without
// a pointer for the collector to follow, and quick to compare. That two keys of an index, of which there may be a
// million, have the same 64 bits is less likely than that memory errs; of ids the slot tells which it is.
type entry struct{ hash, seq uint64 }

var seed = maphash.MakeSeed() // hashes are for this process alone

func hash(key string) uint64 { return maphash.String(seed, key) }

// part is the rows of one table in one region of one account, as they are now. Once others see it, it never changes.
type part struct {
	kind  *kind  // nil while the rows are encoded
	stamp uint64 // another one in each part that the store has ever had
	rows  *tree.Tree[slot]
	ids   *tree.Tree[entry]
	keys  []*tree.Tree[entry] // one for each index of kind
}

func bySeq(a, b slot) int { return cmp.Compare(a.seq, b.seq) }

func byHash(a, b entry) int {
	if a.hash == b.hash {
		return cmp.Compare(a.seq, b.seq)
	}
	return cmp.Compare(a.hash, b.hash)
}

func newPart(k *kind) *part {
	p := &part{kind: k, rows: tree.New(bySeq), ids: tree.New(byHash)}
	if k != nil {
		for range k.indexes {
			p.keys = append(p.keys, tree.New(byHash))
		}
	}
	return p
}

// fork is a part that may change, as p may not from now on.
func (p *part) fork() *part {
	f := &part{kind: p.kind, rows: p.rows.Fork(), ids: p.ids.Fork()}
	for _, keys := range p.keys {
		f.keys = append(f.keys, keys.Fork())
	}
	return f
}

func (p *part) find(id string) (slot, bool) {
	if p == nil {
		return slot{}, false
	}
	h := hash(id)
	for e := range p.ids.From(entry{hash: h}) {
		if e.hash != h {
			break
		}
		if s, _ := p.rows.Get(slot{seq: e.seq}); s.id == id {
			return s, true
		}
	}
	return slot{}, false
}

// at is the i-th slot, 0 the oldest.
func (p *part) at(i int) (slot, bool) {
	if p == nil {
		return slot{}, false
	}
	return p.rows.At(i)
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
		p.ids.Delete(entry{hash(was.id), was.seq})
	case was.now == nil:
		p.ids.Set(entry{hash(is.id), is.seq})
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

func (p *part) reindex(keys *tree.Tree[entry], was, is []string, seq uint64) {
	if slices.Equal(was, is) {
		return
	}
	for _, key := range was {
		if !slices.Contains(is, key) {
			keys.Delete(entry{hash(key), seq})
		}
	}
	for _, key := range is {
		keys.Set(entry{hash(key), seq})
	}
}

func keysOf(x index, s slot) []string {
	if s.now == nil {
		return nil
	}
	return x.keys(s.id, s.now.row)
}

// index is the tree of the index called name.
func (p *part) index(name string) *tree.Tree[entry] {
	for i, x := range p.kind.indexes {
		if x.name == name {
			return p.keys[i]
		}
	}
	panic(fmt.Sprintf("state: table %s has no index %q", p.kind.name, name))
}

// span is where the entries under key begin in keys, and where those after them do.
func span(keys *tree.Tree[entry], key string) (from, to int) {
	h := hash(key)
	return keys.Rank(entry{h, 0}), keys.Rank(entry{h, math.MaxUint64})
}

// under is the slots of the entries up to the first one with another hash.
func (p *part) under(h uint64, entries iter.Seq[entry]) iter.Seq[slot] {
	return func(yield func(slot) bool) {
		for e := range entries {
			if e.hash != h {
				return
			}
			if s, _ := p.rows.Get(slot{seq: e.seq}); !yield(s) {
				return
			}
		}
	}
}
