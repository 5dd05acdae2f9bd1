package state

import (
	"maps"
	"slices"

	"github.com/tengyun/tengyun/internal/state/tree"
)

// A commit on its way to the journal is shown only once it is durable, and then together with all that became durable
// with it. Until the journal takes it, whoever comes next can go on in its nodes instead of in copies; copies are most
// of what a small commit costs. That next one may still fail, and then takes back what it has done.

// step is one change of a row by a draft that may have to be taken back.
type step struct {
	part    *part
	due     *tree.Tree[boundary]
	at      place
	was, is slot
}

// continued is a draft that goes on in the nodes of d, which is on its way and needs its steps no more.
func (d *draft) continued() *draft {
	return &draft{root: d.root, of: d.of, parts: maps.Clone(d.parts), dueIsOwn: d.dueIsOwn, joined: true, steps: d.steps[:0]}
}

// whole says whether another draft can go on in the nodes of d. Rows that are still encoded may be decoded, into other
// nodes, at any time.
func (d *draft) whole() bool {
	for _, p := range d.parts {
		if p.kind == nil {
			return false
		}
	}
	return true
}

// end is that of the transaction. What is not kept leaves no trace.
func (d *draft) end() {
	d.done = true
	if d.kept {
		return
	}
	for _, s := range slices.Backward(d.steps) {
		s.part.replace(s.is, s.was)
		remind(s.due, s.at, s.is, s.was)
	}
}
