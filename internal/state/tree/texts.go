package tree

import "slices"

// texts are those of a leaf's items, one after the other, and where each ends.
type texts struct {
	all  string
	ends [most]uint32
}

// Texts is a text of each item of a Page, in its order, in few pieces: each is those of several items, one after the other.
// write appends that of one item, and may look at nothing but it: the texts of a leaf are made together, and kept until one
// of its items changes. So a tree has one sort of texts, in one of the two orders, and no other. To read them costs less
// than to look at as many things that the items point to, which lie all over the memory.
func (t *Tree[T]) Texts(i, n int, backwards bool, write func(b []byte, item T) []byte) (pieces []string) {
	for s := range t.leaves(i, n, backwards) {
		all, from := s.text(backwards, write), s.first
		if backwards {
			from = len(s.items) - 1 - s.first
		}
		pieces = append(pieces, all.of(from, from+s.count))
	}
	return pieces
}

// text is the texts of a leaf, made if it has none. Two readers at once may both make them, and make the same.
func (n *node[T]) text(backwards bool, write func(b []byte, item T) []byte) *texts {
	if made := n.texts.Load(); made != nil {
		return made
	}
	items := n.items
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
	n.texts.Store(made)
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
