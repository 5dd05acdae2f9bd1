package state

import (
	"slices"
	"testing"

	"github.com/tengyun/tengyun/internal/state/journal"
)

func restart(t *testing.T, s *Store, dir string) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, openFile(t, dir))
}

func TestRestartChangesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, openFile(t, dir))
	name := "a b"
	update(t, s, 0, func(tx *Tx) {
		for i := range 100 {
			boxes.Put(tx.In([]string{"", "ap-beijing"}[i%2]), machineID(i), box{Name: &name, Sizes: map[string]int{"x": i}})
		}
		boxes.Edit(tx.In(""), after(10), machineID(0), func(b *box) { b.State = "later" })
		boxes.Delete(tx.In(""), after(20).Add(7), machineID(0))
		boxes.Delete(tx.In(""), after(0), machineID(2))
	})
	before := dump(t, s)
	s = restart(t, s, dir)
	if got := dump(t, s); !slices.Equal(got, before) {
		t.Errorf("got %q, want %q", got, before)
	}
	update(t, s, 15, func(tx *Tx) { // a table that nobody has asked for is settled, kept and handed on all the same
		crates.Put(tx, "a", box{})
	})
	s = restart(t, s, dir)
	defer s.Close()
	view(t, s, 15, func(tx *Tx) {
		b, ok := boxes.Get(tx.In(""), machineID(0))
		at, row, coming := boxes.Next(tx.In(""), machineID(0))
		if !ok || b.State != "later" || !coming || row != nil || !at.Equal(after(20).Add(7)) {
			t.Errorf("got %+v %v, then %+v at %s", b, ok, row, at)
		}
		if n := boxes.Len(tx.In("")); n != 49 {
			t.Errorf("got %d rows, want 49", n)
		}
		if id, _ := boxes.At(tx.In("ap-beijing"), 7); id != machineID(15) {
			t.Errorf("got %s as the eighth, want %s: the order of creation", id, machineID(15))
		}
	})
}

func TestTableOfANewerVersionSurvives(t *testing.T) {
	t.Parallel()
	type future struct{ New string }
	j := newEngine(nil)
	s := open(t, j)
	futures := NewTable[future]("test.future")
	update(t, s, 0, func(tx *Tx) {
		futures.Put(tx, "a", future{"one"})
		futures.Edit(tx, after(10), "a", func(f *future) { f.New = "two" })
		futures.Edit(tx, after(20), "a", func(f *future) { f.New = "three" })
	})
	s = open(t, j) // nobody knows futures here
	update(t, s, 15, func(tx *Tx) { boxes.Put(tx, "b", box{}) })
	s = open(t, j)
	view(t, s, 15, func(tx *Tx) {
		if f, ok := futures.Get(tx, "a"); !ok || f.New != "two" {
			t.Errorf("got %+v %v, want two", f, ok)
		}
	})
	view(t, s, 20, func(tx *Tx) {
		if f, _ := futures.Get(tx, "a"); f.New != "three" {
			t.Errorf("got %+v, want three", f)
		}
	})
}

func TestJournalForgetsWhatTimeHasEnded(t *testing.T) {
	t.Parallel()
	var last []journal.Commit
	j := newEngine(func(c []journal.Commit) error { last = c; return nil })
	s := open(t, j)
	update(t, s, 0, func(tx *Tx) {
		boxes.Put(tx, "a", box{})
		boxes.Put(tx, "b", box{})
		boxes.Put(tx, "c", box{})
		boxes.Delete(tx, after(10), "a")
		boxes.Delete(tx, after(10), "b")
	})
	view(t, s, 10, func(tx *Tx) { boxes.Len(tx) })
	update(t, s, 10, func(tx *Tx) { boxes.Put(tx, "b", box{State: "anew"}) })
	if rows := j.rows[home.Account]; len(rows) != 2 {
		t.Errorf("the journal holds %d rows, want b and c: %v", len(rows), rows)
	}
	update(t, s, 10, func(tx *Tx) { boxes.Put(tx, "c", box{State: "changed"}) })
	if entries := last[0].Entries; len(entries) != 1 {
		t.Errorf("the journal is told %d rows, want c alone: it has been told of the others", len(entries))
	}
	s = open(t, j)
	view(t, s, 0, func(tx *Tx) {
		if got := ids(tx); !slices.Equal(got, []string{"c", "b"}) {
			t.Errorf("got %v, want c b", got)
		}
	})
}

func TestResetForgetsEverything(t *testing.T) {
	t.Parallel()
	for name, reopens := range map[string]bool{"memory": false, "file": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := open(t, journal.Memory{})
			if reopens {
				s = open(t, openFile(t, dir))
			}
			for _, account := range []string{"100", "200"} {
				err := s.Update(Scope{Account: account}, t0, func(tx *Tx) error {
					boxes.Put(tx, "a", box{})
					boxes.Put(tx.In("ap-beijing"), "b", box{})
					boxes.Delete(tx.In("ap-beijing"), after(10), "b")
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Reset(); err != nil {
				t.Fatal(err)
			}
			if reopens {
				s = restart(t, s, dir)
			}
			if got, accounts := dump(t, s), s.Accounts(); got != nil || accounts != nil {
				t.Errorf("got %q of accounts %v, want nothing", got, accounts)
			}
			update(t, s, 5, func(tx *Tx) { boxes.Put(tx, "a", box{}) })
			view(t, s, 20, func(tx *Tx) {
				if got := ids(tx); !slices.Equal(got, []string{"a"}) {
					t.Errorf("got %v, want a", got)
				}
			})
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
