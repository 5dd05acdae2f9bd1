package state

import (
	"errors"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// box is a row as services have them: values, pointers, slices, maps.
type box struct {
	State string
	Name  *string
	Tags  []*string
	Sizes map[string]int
}

var boxes = NewTable("test.box", boxIndexes()...)

func boxIndexes() []Index[box] {
	return []Index[box]{
		By("state", func(_ string, b *box) []string { return boxKeys("state", b) }),
		By("tag", func(_ string, b *box) []string { return boxKeys("tag", b) }),
	}
}

func boxKeys(index string, b *box) (keys []string) {
	if index == "state" {
		return []string{b.State}
	}
	for _, t := range b.Tags {
		keys = append(keys, *t)
	}
	return keys
}

var t0 = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func after(seconds int) time.Time { return t0.Add(time.Duration(seconds) * time.Second) }

var home = Scope{"100", "ap-guangzhou"}

func open(t testing.TB, j journal.Journal, options ...Option) *Store {
	t.Helper()
	s, err := Open(j, options...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openFile(t testing.TB, dir string) *journal.File {
	t.Helper()
	j, err := journal.OpenFile(dir)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func update(t testing.TB, s *Store, sec int, f func(*Tx)) {
	t.Helper()
	if err := s.Update(home, after(sec), func(tx *Tx) error { f(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, s *Store, sec int, f func(*Tx)) {
	t.Helper()
	if err := s.View(home, after(sec), func(tx *Tx) error { f(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestEditIsFromAnInstantOn(t *testing.T) {
	t.Parallel()
	s := open(t, journal.Memory{}, WithDetector())
	old, renamed := "old", "new"
	update(t, s, 0, func(tx *Tx) {
		boxes.Put(tx, "a", box{State: "PENDING", Name: &old})
		boxes.Edit(tx, after(10), "a", func(b *box) { b.State = "RUNNING" })
	})
	expect := func(sec int, state, name string) {
		t.Helper()
		view(t, s, sec, func(tx *Tx) {
			b, ok := boxes.Get(tx, "a")
			if ok != (state != "") || ok && (b.State != state || *b.Name != name) {
				t.Errorf("at %d s: got %+v %v, want %s %s", sec, b, ok, state, name)
			}
		})
	}
	expect(0, "PENDING", "old")
	update(t, s, 4, func(tx *Tx) { boxes.Edit(tx, tx.Now, "a", func(b *box) { b.Name = &renamed }) })
	expect(5, "PENDING", "new")
	expect(10, "RUNNING", "new")
	update(t, s, 20, func(tx *Tx) {
		boxes.Edit(tx, tx.Now, "a", func(b *box) { b.State = "TERMINATING" })
		boxes.Delete(tx, after(30), "a")
	})
	no := errors.New("no")
	err := s.Update(home, after(25), func(tx *Tx) error {
		boxes.Put(tx, "b", box{})
		boxes.Edit(tx, tx.Now, "a", func(b *box) { b.State = "WRONG" })
		return no
	})
	if !errors.Is(err, no) {
		t.Errorf("got %v, want the closure's own error", err)
	}
	expect(29, "TERMINATING", "new")
	expect(30, "", "")
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestForgetUndoesAPlan(t *testing.T) {
	t.Parallel()
	s := open(t, journal.Memory{}, WithDetector())
	update(t, s, 0, func(tx *Tx) {
		boxes.Put(tx, "a", box{State: "PENDING"})
		boxes.Edit(tx, after(10), "a", func(b *box) { b.State = "RUNNING" })
		boxes.Edit(tx, after(20), "a", func(b *box) { b.State = "SHUTDOWN" })
		if at, ends := boxes.End(tx, "a"); ends {
			t.Errorf("got an end at %v, want none", at)
		}
		boxes.Delete(tx, after(30), "a")
		if at, ends := boxes.End(tx, "a"); !ends || !at.Equal(after(30)) {
			t.Errorf("got %v %v, want the end at 30 s", at, ends)
		}
		boxes.Forget(tx, after(20), "a")
		boxes.Forget(tx, after(20), "b")
		if at, ends := boxes.End(tx, "a"); ends {
			t.Errorf("after Forget: got an end at %v, want none", at)
		}
	})
	view(t, s, 40, func(tx *Tx) {
		if b, ok := boxes.Get(tx, "a"); !ok || b.State != "RUNNING" || boxes.Count(tx, "state", "RUNNING") != 1 {
			t.Errorf("got %+v %v, want what it was before the plan", b, ok)
		}
	})
}
