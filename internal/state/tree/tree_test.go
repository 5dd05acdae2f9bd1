package tree

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// model is what a tree should hold: sorted, without doubles.
type model []int

func (m model) with(x int) model {
	if i, there := slices.BinarySearch(m, x); !there {
		return slices.Insert(m, i, x)
	}
	return m
}

func (m model) without(x int) model {
	if i, there := slices.BinarySearch(m, x); there {
		return slices.Delete(m, i, i+1)
	}
	return m
}

// TestTreeIsASortedList plays at random with trees and their forks. None may change by what is done to another.
func TestTreeIsASortedList(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 0))
			span := 1 + r.IntN(3000)
			type state struct {
				*Tree[int]
				model
			}
			var past []state
			now := state{New(cmp.Compare[int]), nil}
			next := 0
			for range 40 {
				kind := r.IntN(4)
				for range r.IntN(span/4 + 2) {
					switch x := r.IntN(span); kind {
					case 0: // in order
						next++
						now.Set(span + next)
						now.model = now.with(span + next)
					case 1: // from one end
						if len(now.model) > 0 {
							now.Delete(now.model[0])
							now.model = now.without(now.model[0])
						}
					case 2:
						now.Set(x)
						now.model = now.with(x)
					default:
						now.Delete(x)
						now.model = now.without(x)
					}
				}
				check(t, r, now.Tree, now.model)
				past = append(past, now)
				now = state{now.Fork(), slices.Clone(now.model)}
				if old := past[r.IntN(len(past))]; r.IntN(10) == 0 {
					now = state{old.Fork(), slices.Clone(old.model)}
				}
			}
			for _, old := range past {
				check(t, r, old.Tree, old.model)
			}
		})
	}
}

func check(t *testing.T, r *rand.Rand, tree *Tree[int], want model) {
	t.Helper()
	if got := slices.Collect(tree.All()); !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	if got := tree.Len(); got != len(want) {
		t.Fatalf("length: got %d, want %d", got, len(want))
	}
	for range 5 {
		i := r.IntN(len(want)+3) - 1
		x, ok := tree.At(i)
		if there := i >= 0 && i < len(want); ok != there || there && x != want[i] {
			t.Fatalf("at %d: got %d, %v of %d", i, x, ok, len(want))
		}
		probe := r.IntN(5000)
		rank, there := slices.BinarySearch(want, probe)
		if got := tree.Rank(probe); got != rank {
			t.Fatalf("rank of %d: got %d, want %d", probe, got, rank)
		}
		if got, ok := tree.Get(probe); ok != there || there && got != probe {
			t.Fatalf("get %d: got %d, %v, want %v", probe, got, ok, there)
		}
		if got := slices.Collect(tree.From(probe)); !slices.Equal(got, want[rank:]) {
			t.Fatalf("from %d: got %v, want %v", probe, got, want[rank:])
		}
		if there {
			rank++
		}
		if got := slices.Collect(tree.To(probe)); !slices.Equal(got, backwards(want[:rank])) {
			t.Fatalf("to %d: got %v, want %v", probe, got, backwards(want[:rank]))
		}
		if i < 0 || i >= len(want) {
			continue
		}
		if got := slices.Collect(tree.Up(i)); !slices.Equal(got, want[i:]) {
			t.Fatalf("up from %d: got %v, want %v", i, got, want[i:])
		}
		if got := slices.Collect(tree.Down(i)); !slices.Equal(got, backwards(want[:i+1])) {
			t.Fatalf("down from %d: got %v, want %v", i, got, backwards(want[:i+1]))
		}
		n := r.IntN(100)
		if got, want := tree.Page(i, n, false), want[i:min(len(want), i+n)]; !slices.Equal(got, want) {
			t.Fatalf("page of %d from %d: got %v, want %v", n, i, got, want)
		}
		down := backwards(want[max(0, i+1-n) : i+1])
		if got := tree.Page(i, n, true); !slices.Equal(got, down) {
			t.Fatalf("page of %d down from %d: got %v, want %v", n, i, got, down)
		}
		if got, want := strings.Join(tree.Texts(i, n, true, write), ""), textOf(down); got != want {
			t.Fatalf("texts of %d down from %d: got %s, want %s", n, i, got, want)
		}
	}
	for _, walk := range []iter.Seq[int]{tree.Up(0), tree.Down(tree.Len() - 1), tree.From(0), tree.To(9999)} {
		left := 40 // a walk may end early
		for range walk {
			if left--; left == 0 {
				break
			}
		}
	}
}

func write(b []byte, x int) []byte { return fmt.Appendf(b, "%d ", x) }

func textOf(m model) (text string) {
	for _, x := range m {
		text = string(write([]byte(text), x))
	}
	return text
}

func backwards(m model) model {
	m = slices.Clone(m)
	slices.Reverse(m)
	return m
}

func TestSetReplacesItsEqual(t *testing.T) {
	t.Parallel()
	type pair struct{ key, value int }
	tree := New(func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	for i := range 200 {
		tree.Set(pair{i % 100, i})
	}
	if got, _ := tree.Get(pair{key: 7}); got.value != 107 || tree.Len() != 100 {
		t.Errorf("got %d of %d, want 107 of 100", got.value, tree.Len())
	}
}

// TestTextsFollowTheirItems changes a tree that nobody else shares, time and again, in every way.
func TestTextsFollowTheirItems(t *testing.T) {
	t.Parallel()
	type pair struct{ key, value int }
	tree := New(func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	write := func(b []byte, p pair) []byte { return fmt.Append(b, p) }
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		switch p := (pair{r.IntN(300), i}); r.IntN(3) {
		case 0:
			tree.Delete(p)
		default:
			tree.Set(p)
		}
		from, n := r.IntN(tree.Len()+1), r.IntN(80)
		want := ""
		for _, p := range tree.Page(from, n, false) {
			want = string(write([]byte(want), p))
		}
		for range 3 { // written for the first, made for the second, kept for the third
			if got := strings.Join(tree.Texts(from, n, false, write), ""); got != want {
				t.Fatalf("after %d changes, %d from %d: got %s, want %s", i+1, n, from, got, want)
			}
		}
	}
}

// TestItemsInOrderFillTheirNodes: tables grow at their end, and half empty nodes would be a third of their memory.
func TestItemsInOrderFillTheirNodes(t *testing.T) {
	t.Parallel()
	tree := New(cmp.Compare[int])
	for i := range 10_000 {
		tree.Set(i)
		tree = tree.Fork()
	}
	leaves, room := 0, 0
	var count func(*node[int])
	count = func(n *node[int]) {
		if n.children == nil {
			leaves++
			room += cap(n.items)
		}
		for _, c := range n.children {
			count(c.node)
		}
	}
	count(tree.root)
	if most := 10_000/most + 1; leaves > most || room > 11_000 {
		t.Errorf("got %d leaves with room for %d, want at most %d for 11000", leaves, room, most)
	}
}

// TestReadersNeedNoLock is for the race detector.
func TestReadersNeedNoLock(t *testing.T) {
	t.Parallel()
	var readers sync.WaitGroup
	tree := New(cmp.Compare[int])
	for i := range 300 {
		tree.Set(i * 7919 % 1000)
		if i%10 > 0 {
			continue
		}
		shown := tree
		readers.Go(func() {
			if n := len(slices.Collect(shown.All())); n != shown.Len() {
				t.Errorf("got %d items of %d", n, shown.Len())
			}
		})
		tree = tree.Fork()
	}
	readers.Wait()
}
