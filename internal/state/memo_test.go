package state

import (
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/state/journal"
)

func TestDetectorNamesTheRowThatWasChanged(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(*Store){
		"get":    func(s *Store) { view(t, s, 0, func(tx *Tx) { boxes.Get(tx, "a") }) },
		"next":   func(s *Store) { view(t, s, 0, func(tx *Tx) { boxes.Next(tx, "a") }) },
		"all":    func(s *Store) { view(t, s, 0, func(tx *Tx) { ids(tx) }) },
		"settle": func(s *Store) { view(t, s, 60, func(tx *Tx) { boxes.Len(tx) }) },
		"close":  func(s *Store) { _ = s.Close() },
	} {
		s := open(t, journal.Memory{}, WithDetector())
		update(t, s, 0, func(tx *Tx) {
			boxes.Put(tx, "a", box{Sizes: map[string]int{"x": 1}})
			boxes.Edit(tx, after(60), "a", func(b *box) { b.State = "later" })
		})
		view(t, s, 0, func(tx *Tx) {
			b, _ := boxes.Get(tx, "a")
			b.Sizes["x"] = 2
			_, b, _ = boxes.Next(tx, "a")
			b.Sizes["x"] = 3
		})
		if got := panics(func() { read(s) }); !strings.Contains(got, "row a of test.box") {
			t.Errorf("%s: got panic %q, want one that names row a of test.box", name, got)
		}
	}
}

func TestMemoIsMadeOnceForAVersion(t *testing.T) {
	t.Parallel()
	type upper string
	type length int
	s := open(t, journal.Memory{})
	made := 0
	memo := func(tx *Tx) (string, int) {
		b, _ := boxes.Get(tx, "a")
		u := Memo(b, crates.Stamp(tx), func() upper { made++; return upper(strings.ToUpper(b.State)) })
		n := Memo(b, 0, func() length { made++; return length(len(b.State)) })
		return string(u), int(n)
	}
	want := func(sec, times int, upper string) {
		t.Helper()
		view(t, s, sec, func(tx *Tx) {
			if u, n := memo(tx); u != upper || n != len(upper) || made != times {
				t.Errorf("got %s, %d after %d, want %s after %d", u, n, made, upper, times)
			}
		})
	}
	update(t, s, 0, func(tx *Tx) { boxes.Put(tx, "a", box{State: "pending"}) })
	want(0, 2, "PENDING")
	update(t, s, 0, func(tx *Tx) { boxes.Edit(tx, after(10), "a", func(b *box) { b.State = "running" }) })
	want(1, 2, "PENDING") // what is to come is none of its business
	want(10, 4, "RUNNING")
	want(11, 4, "RUNNING")
	update(t, s, 12, func(tx *Tx) { boxes.Put(tx, "b", box{}) })
	want(12, 4, "RUNNING") // another row
	update(t, s, 13, func(tx *Tx) { crates.Put(tx, "a", box{}) })
	want(13, 5, "RUNNING") // what the first memo was made of, too
	want(14, 5, "RUNNING")
	var stray struct {
		_   boxed[box]
		row box
	}
	if got := panics(func() { Memo(&stray.row, 0, func() int { return 0 }) }); !strings.Contains(got, "no table") {
		t.Errorf("a memo of a row that is none: got panic %q, want one", got)
	}
}

func TestTableHasOneBriefAtMost(t *testing.T) {
	t.Parallel()
	table := NewTable[box]("test.brief")
	NewBrief(table, false, tell)
	if got := panics(func() { NewBrief(table, true, tell) }); !strings.Contains(got, "test.brief has a Brief") {
		t.Errorf("a second Brief: got panic %q, want one", got)
	}
}
