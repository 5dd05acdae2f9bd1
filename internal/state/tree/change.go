package tree

import "slices"

// Set puts x where it belongs, in place of the item that compares as equal.
func (t *Tree[T]) Set(x T) {
	if t.root == nil {
		t.root = &node[T]{owner: t.owner}
	}
	more, right := t.set(&t.root, x)
	if more {
		t.size++
	}
	if right != nil {
		left := t.root
		t.root = &node[T]{owner: t.owner, items: []T{left.items[0], right.items[0]}, children: []child[T]{{left, left.size()}, {right, right.size()}}}
	}
}

// set puts x below the node at. It answers whether that is one item more, and what was split off at the right.
func (t *Tree[T]) set(at **node[T], x T) (more bool, right *node[T]) {
	n := t.own(at)
	i, found := t.place(n, x)
	switch {
	case found:
		n.items[i] = x
		return false, nil
	case n.children == nil:
		n.items = insert(n.items, i, x)
		return true, t.split(n, i)
	}
	more, right = t.set(&n.children[i].node, x)
	if more {
		n.children[i].size++
	}
	if right == nil {
		return more, nil
	}
	n.items = insert(n.items, i+1, right.items[0])
	n.children = insert(n.children, i+1, child[T]{right, right.size()})
	n.children[i].size -= n.children[i+1].size
	return more, t.split(n, i+1)
}

// own makes the node at one that may be changed.
func (t *Tree[T]) own(at **node[T]) *node[T] {
	n := *at
	if n.owner != t.owner {
		n = &node[T]{owner: t.owner, items: roomy(n.items), children: roomy(n.children)}
		*at = n
	}
	if n.texts.Load() != nil {
		n.texts.Store(nil)
	}
	return n
}

// roomy is a copy with room for one more, as often as not all that a transaction adds.
func roomy[E any](from []E) []E {
	if from == nil {
		return nil
	}
	return append(make([]E, 0, len(from)+1), from...)
}

// insert is slices.Insert that takes no more room than a node can ever need.
func insert[E any](s []E, i int, e E) []E {
	if len(s) == cap(s) {
		s = append(make([]E, 0, min(2*len(s)+2, most+1)), s...)
	}
	return slices.Insert(s, i, e)
}

// split cuts off the right part of a node that is too large: half of it, or, where the last one is the one that has
// just come, this alone, for more will come behind it.
func (t *Tree[T]) split(n *node[T], came int) *node[T] {
	if len(n.items) <= most {
		return nil
	}
	cut := len(n.items) / 2
	if came == len(n.items)-1 {
		cut = came
	}
	right := &node[T]{owner: t.owner, items: slices.Clone(n.items[cut:])}
	n.items = slices.Delete(n.items, cut, len(n.items))
	if n.children != nil {
		right.children = slices.Clone(n.children[cut:])
		n.children = slices.Delete(n.children, cut, len(n.children))
	}
	return right
}

// size is how many items lie in n and below.
func (n *node[T]) size() int {
	if n.children == nil {
		return len(n.items)
	}
	size := 0
	for _, below := range n.children {
		size += below.size
	}
	return size
}

// Delete takes the item that compares as equal to x away.
func (t *Tree[T]) Delete(x T) {
	if _, ok := t.Get(x); !ok {
		return
	}
	t.size--
	if t.drop(&t.root, x); t.size == 0 {
		t.root = nil
		return
	}
	for len(t.root.children) == 1 {
		t.root = t.root.children[0].node
	}
}

// drop takes x, which is there, from below the node at.
func (t *Tree[T]) drop(at **node[T], x T) {
	n := t.own(at)
	i, _ := t.place(n, x)
	if n.children == nil {
		n.items = slices.Delete(n.items, i, i+1)
		return
	}
	n.children[i].size--
	t.drop(&n.children[i].node, x)
	switch {
	case n.children[i].size == 0:
		n.remove(i)
	case len(n.children[i].items) < most/4 && i > 0:
		t.merge(n, i)
	case len(n.children[i].items) < most/4 && i+1 < len(n.children):
		t.merge(n, i+1)
	}
}

func (n *node[T]) remove(i int) {
	n.items = slices.Delete(n.items, i, i+1)
	n.children = slices.Delete(n.children, i, i+1)
}

// merge makes one child of the i-th and the one before it, unless that would soon have to be split again.
func (t *Tree[T]) merge(n *node[T], i int) {
	right := n.children[i]
	if len(n.children[i-1].items)+len(right.items) > most*3/4 {
		return
	}
	left := t.own(&n.children[i-1].node)
	bound := len(left.items)
	left.items = append(left.items, right.items...)
	if left.children != nil {
		left.items[bound] = n.items[i] // it counts now, and may have been out of date
		left.children = append(left.children, right.children...)
	}
	n.children[i-1].size += n.children[i].size
	n.remove(i)
}
