package state

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/tengyun/tengyun/internal/state/tree"
)

// place is a table in a region.
type place struct{ region, table string }

// address is a row of an account.
type address struct {
	place
	seq uint64
	id  string
}

// boundary is when a row changes next.
type boundary struct {
	at time.Time
	address
}

func byTime(a, b boundary) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.seq, b.seq)) }

// root is all of an account at one moment. Once others see it, it never changes.
type root struct {
	revision uint64 // how many commits made it
	seq      uint64 // the latest slot given away
	shelves  map[string]map[string]*shelf
	due      *tree.Tree[boundary]
	faded    []address // what time has ended since the last commit: the journal is told with the next one
}

func newRoot() *root { return &root{due: tree.New(byTime)} }

// ripe says whether something that was to happen has happened at now.
func (r *root) ripe(now time.Time) bool {
	next, ok := r.due.At(0)
	return ok && !next.at.After(now)
}

// empty says whether no table has a row.
func (r *root) empty() bool {
	for _, tables := range r.shelves {
		for _, s := range tables {
			if s.part.Load().len() > 0 {
				return false
			}
		}
	}
	return true
}

// draft is a root in the making: a copy, of which only what changes is copied really.
type draft struct {
	root
	of       *account
	parts    map[place]*part // those already copied
	walks    map[*part]int   // how many are on their way through it
	dueIsOwn bool            // whether root.due is copied, too
	done     bool
	changed  []address       // in order of the first time, if there is a journal to tell
	known    map[uint64]bool // those in changed, by slot, of which an account gives each away once
	wrote    bool
	joined   bool   // it goes on in the nodes of the commit before
	steps    []step // back to that commit, if joined
	kept     bool   // it is on its way to the journal
}

func (a *account) draft(r *root) *draft {
	return &draft{root: *r, of: a, parts: map[place]*part{}}
}

// part is the part at p as k knows it (nil: as it is), for changing.
func (d *draft) part(p place, k *kind) *part {
	if d.done {
		panic("state: write after the end of a transaction")
	}
	own := d.parts[p]
	if own != nil && d.walks[own] == 0 && (k == nil || own.kind == k) {
		return own
	}
	own = d.fork(d.shelves[p.region][p.table], k)
	own.stamp = d.of.store.stamp()
	d.parts[p] = own
	d.shelves = with(d.shelves, p.region, with(d.shelves[p.region], p.table, newShelf(own)))
	return own
}

func (d *draft) fork(s *shelf, k *kind) *part {
	if s == nil {
		return newPart(k)
	}
	p := s.part.Load()
	if k != nil {
		p = s.open(k)
	}
	return p.fork()
}

// enter keeps p as it is until whoever walks through it leaves: who writes meanwhile gets another copy.
func (d *draft) enter(p *part) {
	if d.walks == nil {
		d.walks = map[*part]int{}
	}
	d.walks[p]++
}

func (d *draft) leave(p *part) { d.walks[p]-- }

// replace puts is where was was in the part p at the place at, as part.replace does.
func (d *draft) replace(at place, p *part, was, is slot) {
	p.replace(was, is)
	d.remind(at, was, is)
	if d.joined {
		d.steps = append(d.steps, step{p, d.due, at, was, is})
	}
}

// remind keeps what is due in step with a row.
func (d *draft) remind(at place, was, is slot) {
	if was.later == nil && is.later == nil {
		return
	}
	if !d.dueIsOwn {
		d.due, d.dueIsOwn = d.due.Fork(), true
	}
	remind(d.due, at, was, is)
}

func remind(due *tree.Tree[boundary], at place, was, is slot) {
	if from := was.later; from != nil {
		due.Delete(boundary{from.at, address{at, was.seq, was.id}})
	}
	if to := is.later; to != nil {
		due.Set(boundary{to.at, address{at, is.seq, is.id}})
	}
}

// write is replace by a transaction: the journal is to know.
func (d *draft) write(at place, p *part, was, is slot) {
	d.replace(at, p, was, is)
	d.wrote = true
	d.touch(address{at, is.seq, is.id})
}

// touch notes that a row is no longer what the journal says.
func (d *draft) touch(a address) {
	if d.of.store.queue == nil || d.known[a.seq] {
		return
	}
	if d.known == nil {
		d.known = map[uint64]bool{}
	}
	d.known[a.seq] = true
	d.changed = append(d.changed, a)
}

// clear drops every row.
func (d *draft) clear() {
	for region, tables := range d.shelves {
		for table, s := range tables {
			for s := range s.part.Load().rows.All() {
				d.touch(address{place{region, table}, s.seq, s.id})
			}
		}
	}
	d.wrote = d.wrote || !d.empty() || len(d.faded) > 0
	d.shelves, d.due, d.dueIsOwn, d.seq = nil, tree.New(byTime), true, 0
	d.parts = map[place]*part{}
}

// result is what the draft has come to.
func (d *draft) result() *root {
	r := d.root
	return &r
}

// settle makes d what it is once now has come. Each row takes one step, straight to what it is at now: rows do not depend
// on one another, so this is the same as taking all boundaries in order of time.
func (d *draft) settle(now time.Time) {
	d.faded = slices.Clip(d.faded) // that of the root is not ours
	for d.ripe(now) {
		b, _ := d.due.At(0)
		p := d.part(b.place, nil)
		was, _ := p.rows.Get(slot{seq: b.seq})
		is := slot{was.seq, was.life.settled(now)}
		d.of.store.check(b.table, was.life)
		d.replace(b.place, p, was, is)
		if is.now == nil && d.of.store.queue != nil {
			d.faded = append(d.faded, b.address)
		}
	}
}

// with is a copy of m with v under k.
func with[V any](m map[string]V, k string, v V) map[string]V {
	c := make(map[string]V, len(m)+1)
	maps.Copy(c, m)
	c[k] = v
	return c
}
