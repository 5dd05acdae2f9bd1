package tree

import "slices"

// texts are those of a leaf's items, one after the other, and where each ends.
type texts struct {
	all  string
	ends [most]uint32
}

// asked stands for the texts of a leaf that was asked for once: most of a large tree is never asked for again.
var asked = new(texts)

// Texts is a text of each item of a Page, in its order, in few pieces: each is those of several items, one after the other.
// To read them costs less than to look at as many things that the items point to, which lie all over the memory: the texts of
// a leaf that is asked for again are made together, and kept until one of its items changes. write appends that of one item,
// and may look at nothing but it. Every call on a tree and its forks must pass the same write and the same backwards.
func (t *Tree[T]) Texts(i, n int, backwards bool, write func(b []byte, item T) []byte) (pieces []string) {
	for r := range t.runs(i, n, backwards) {
		pieces = append(pieces, r.text(backwards, write))
	}
	return pieces
}

// text is those of a run. Two readers at once may both make those of its leaf, and make the same.
func (r run[T]) text(backwards bool, write func(b []byte, item T) []byte) string {
	kept := r.texts.Load()
	switch kept {
	case nil:
		r.texts.Store(asked)
		var all []byte
		for k := range r.count {
			all = write(all, r.items[r.first+k*r.step])
		}
		return string(all)
	case asked:
		kept = makeTexts(r.items, backwards, write)
		r.texts.Store(kept)
	}
	from := r.first
	if backwards {
		from = len(r.items) - 1 - r.first
	}
	return kept.of(from, from+r.count)
}

func makeTexts[T any](items []T, backwards bool, write func(b []byte, item T) []byte) *texts {
	if backwards {
		items = slices.Clone(items)
		slices.Reverse(items)
	}
	made, all := new(texts), []byte(nil)
	for i, item := range items {
		all = write(all, item)
		made.ends[i] = uint32(len(all))
	}
	made.all = string(all)
	return made
}

// of is those from one on up to another.
func (t *texts) of(from, to int) string {
	start := uint32(0)
	if from > 0 {
		start = t.ends[from-1]
	}
	return t.all[start:t.ends[to-1]]
}
