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
// write appends that of one item, and may look at nothing but it: the texts of a leaf that is asked for again are made
// together, and kept until one of its items changes. So a tree has one sort of texts, in one of the two orders, and no other. To
// read them costs less than to look at as many things that the items point to, which lie all over the memory.
func (t *Tree[T]) Texts(i, n int, backwards bool, write func(b []byte, item T) []byte) (pieces []string) {
	for s := range t.leaves(i, n, backwards) {
		pieces = append(pieces, s.texts(backwards, write))
	}
	return pieces
}

// texts is those of a stretch. Two readers at once may both make those of its leaf, and make the same.
func (s stretch[T]) texts(backwards bool, write func(b []byte, item T) []byte) string {
	kept := s.node.texts.Load()
	switch kept {
	case nil:
		s.node.texts.Store(asked)
		var all []byte
		for k := range s.count {
			all = write(all, s.items[s.first+k*s.step])
		}
		return string(all)
	case asked:
		kept = makeTexts(s.items, backwards, write)
		s.node.texts.Store(kept)
	}
	from := s.first
	if backwards {
		from = len(s.items) - 1 - s.first
	}
	return kept.of(from, from+s.count)
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
