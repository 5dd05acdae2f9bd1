package state

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tengyun/tengyun/internal/state/tree"
)

// shelf holds a part, which is decoded when it is first asked for.
type shelf struct {
	opening sync.Mutex
	part    atomic.Pointer[part]
}

func newShelf(p *part) *shelf {
	s := new(shelf)
	s.part.Store(p)
	return s
}

// open is the part as k knows it. The first to ask pays for decoding; a start with much data stays a fast start.
func (s *shelf) open(k *kind) *part {
	p := s.part.Load()
	if p.kind == k {
		return p
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	p = s.part.Load()
	if p.kind == nil {
		p = p.decoded(k)
		s.part.Store(p)
	}
	if p.kind != k {
		panic(fmt.Sprintf("state: two tables are named %s", k.name))
	}
	return p
}

// decoded is p with rows that k can read, and with k's indexes.
func (p *part) decoded(k *kind) *part {
	d := newPart(k)
	d.stamp = p.stamp
	d.ids = p.ids // rows stay in their slots
	entries := make([][]entry, len(k.indexes))
	for s := range p.rows.All() {
		s.life = k.decoded(s.life)
		d.rows.Set(s)
		for i, x := range k.indexes {
			for _, key := range keysOf(x, s) {
				entries[i] = append(entries[i], entry{hash(key), s.seq})
			}
		}
	}
	for i, all := range entries {
		d.keys[i] = sorted(all)
	}
	return d
}

// sorted is a tree of entries, made in their order: that is quicker and leaves no gaps.
func sorted(all []entry) *tree.Tree[entry] {
	slices.SortFunc(all, byHash)
	t := tree.New(byHash)
	for _, e := range all {
		t.Set(e)
	}
	return t
}

func (k *kind) decoded(l life) life {
	read := func(v *version) *version {
		decoded, err := k.decode(v.row.(encoded))
		if err != nil {
			panic(fmt.Sprintf("state: decode row %s of %s: %v", l.id, k.name, err))
		}
		return decoded
	}
	return life{l.id, read(l.now), l.later.each(read)}
}
