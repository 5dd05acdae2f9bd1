package tree

import (
	"iter"
	"slices"
)

// All is every item, in order. The tree may not be changed meanwhile; that holds for all walks.
func (t *Tree[T]) All() iter.Seq[T] { return t.Up(0) }

// Up is the items from the i-th on, in order.
func (t *Tree[T]) Up(i int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if i >= 0 && i < t.size {
			t.root.up(i, yield)
		}
	}
}

// Down is the items from the i-th on, backwards.
func (t *Tree[T]) Down(i int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if i >= 0 && i < t.size {
			t.root.down(i, yield)
		}
	}
}

// Page is the first n items of Up, or of Down for who goes backwards, at once and so for less.
func (t *Tree[T]) Page(i, n int, backwards bool) []T {
	if i < 0 || i >= t.size || n <= 0 {
		return nil
	}
	page := make([]T, 0, min(n, t.size))
	for r := range t.runs(i, n, backwards) {
		for k := range r.count {
			page = append(page, r.items[r.first+k*r.step])
		}
	}
	return page
}

// run is items of one leaf: items[first], items[first+step] and so on.
type run[T any] struct {
	*node[T]
	first, count, step int
}

// runs is where the items of a Page lie.
func (t *Tree[T]) runs(i, n int, backwards bool) iter.Seq[run[T]] {
	return func(yield func(run[T]) bool) {
		for n > 0 && i >= 0 && i < t.size {
			leaf, at := t.leaf(i)
			r := run[T]{leaf, at, min(n, len(leaf.items)-at), 1}
			if backwards {
				r.count, r.step = min(n, at+1), -1
			}
			if !yield(r) {
				return
			}
			n -= r.count
			i += r.count * r.step
		}
	}
}

// From is the items that do not come before x, in order.
func (t *Tree[T]) From(x T) iter.Seq[T] {
	return func(yield func(T) bool) {
		if t.root != nil {
			t.from(t.root, x, yield)
		}
	}
}

// To is the items that do not come behind x, backwards.
func (t *Tree[T]) To(x T) iter.Seq[T] {
	return func(yield func(T) bool) {
		if t.root != nil {
			t.to(t.root, x, yield)
		}
	}
}

// up walks from the i-th item below n on; it answers whether to go on behind n.
func (n *node[T]) up(i int, yield func(T) bool) bool {
	if n.children == nil {
		return every(n.items[i:], yield)
	}
	for _, c := range n.children {
		if i >= c.size {
			i -= c.size
			continue
		}
		if !c.up(i, yield) {
			return false
		}
		i = 0
	}
	return true
}

// down walks from the i-th item below n backwards; it answers whether to go on before n.
func (n *node[T]) down(i int, yield func(T) bool) bool {
	if n.children == nil {
		return everyBack(n.items[:i+1], yield)
	}
	k := 0
	for ; i >= n.children[k].size; k++ {
		i -= n.children[k].size
	}
	for ; k >= 0; k-- {
		if !n.children[k].down(i, yield) {
			return false
		}
		if k > 0 {
			i = n.children[k-1].size - 1
		}
	}
	return true
}

func (t *Tree[T]) from(n *node[T], x T, yield func(T) bool) bool {
	i, _ := t.place(n, x)
	if n.children == nil {
		return every(n.items[i:], yield)
	}
	if !t.from(n.children[i].node, x, yield) {
		return false
	}
	for _, c := range n.children[i+1:] {
		if !c.up(0, yield) {
			return false
		}
	}
	return true
}

func (t *Tree[T]) to(n *node[T], x T, yield func(T) bool) bool {
	i, found := t.place(n, x)
	if n.children == nil {
		if found {
			i++
		}
		return everyBack(n.items[:i], yield)
	}
	if !t.to(n.children[i].node, x, yield) {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		if !n.children[k].down(n.children[k].size-1, yield) {
			return false
		}
	}
	return true
}

func every[T any](items []T, yield func(T) bool) bool {
	for _, item := range items {
		if !yield(item) {
			return false
		}
	}
	return true
}

func everyBack[T any](items []T, yield func(T) bool) bool {
	for _, item := range slices.Backward(items) {
		if !yield(item) {
			return false
		}
	}
	return true
}
