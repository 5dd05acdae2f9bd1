// Package tree keeps items in order and can be copied at any moment for nothing: a B-tree whose copies share their nodes
// until one of them changes.
//
// It knows how many items lie below each node, so that the i-th of a million costs as much as the first; and items that
// come in order, as rows of a table do, fill their nodes to the last place.
package tree

import (
	"slices"
	"sync/atomic"
)

// Tree is an ordered set. Any number of goroutines may read one that nobody changes.
type Tree[T any] struct {
	compare func(a, b T) int
	root    *node[T] // nil when empty
	size    int
	owner   *owner
}

// owner marks the nodes that a tree need not share. It has a size, so that no two are the same.
type owner struct{ _ byte }

// node is a leaf with items, or has children and for each a bound: no item below it comes before that. The first bound
// does not count, for what comes before all others goes to the first child, too.
type node[T any] struct {
	owner    *owner
	items    []T // of a leaf; else the bounds
	children []child[T]
	texts    atomic.Pointer[texts] // of a leaf that was asked for them
}

// child is a node below another, and how many items it has.
type child[T any] struct {
	*node[T]
	size int
}

// most is how many items or children a node has at most: few enough to copy at each write, enough to be shallow.
const most = 31

// New makes an empty tree in the order of compare.
func New[T any](compare func(a, b T) int) *Tree[T] {
	return &Tree[T]{compare: compare, owner: new(owner)}
}

// Fork is a copy that may change. The tree itself may not from now on: both would see it.
func (t *Tree[T]) Fork() *Tree[T] {
	return &Tree[T]{t.compare, t.root, t.size, new(owner)}
}

// Len is how many items there are.
func (t *Tree[T]) Len() int { return t.size }

// Get finds the item that compares as equal to x.
func (t *Tree[T]) Get(x T) (item T, ok bool) {
	for n := t.root; n != nil; {
		i, found := t.place(n, x)
		if n.children == nil {
			if found {
				item = n.items[i]
			}
			return item, found
		}
		n = n.children[i].node
	}
	return item, false
}

// At is the i-th item, from 0 on.
func (t *Tree[T]) At(i int) (item T, ok bool) {
	if i < 0 || i >= t.size {
		return item, false
	}
	leaf, at := t.leaf(i)
	return leaf.items[at], true
}

// leaf is the one that has the i-th item of the tree, and where that is in it.
func (t *Tree[T]) leaf(i int) (leaf *node[T], at int) {
	n := t.root
	for n.children != nil {
		k := 0
		for i >= n.children[k].size {
			i -= n.children[k].size
			k++
		}
		n = n.children[k].node
	}
	return n, i
}

// Rank is how many items come before x.
func (t *Tree[T]) Rank(x T) (rank int) {
	for n := t.root; n != nil; {
		i, _ := t.place(n, x)
		if n.children == nil {
			return rank + i
		}
		for _, before := range n.children[:i] {
			rank += before.size
		}
		n = n.children[i].node
	}
	return rank
}

// place is where x is in a leaf, or belongs; or the child of another node below which it is, or belongs.
func (t *Tree[T]) place(n *node[T], x T) (i int, found bool) {
	if n.children == nil {
		return slices.BinarySearchFunc(n.items, x, t.compare)
	}
	low, high := 1, len(n.items)
	for low < high {
		if mid := (low + high) / 2; t.compare(n.items[mid], x) <= 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1, false
}
