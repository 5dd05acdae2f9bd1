package state

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// panics runs f and answers what it panicked with, as far as that is text.
func panics(f func()) (text string) {
	defer func() { text, _ = recover().(string) }()
	f()
	return ""
}

func TestUpdateThatFailsLeavesNoTrace(t *testing.T) {
	t.Parallel()
	no := errors.New("no")
	for name, fail := range map[string]func() error{
		"error": func() error { return no },
		"panic": func() error { panic("no") },
	} {
		for engine, j := range map[string]journal.Journal{"memory": journal.Memory{}, "durable": newEngine(nil)} {
			t.Run(name+" "+engine, func(t *testing.T) {
				t.Parallel()
				s := open(t, j, WithDetector())
				update(t, s, 0, func(tx *Tx) {
					boxes.Put(tx, "a", box{State: "RUNNING"})
					boxes.Edit(tx, after(10), "a", func(b *box) { b.State = "STOPPED" })
				})
				before := dump(t, s)
				panicked := panics(func() {
					err := s.Update(home, after(1), func(tx *Tx) error {
						boxes.Put(tx, "b", box{})
						boxes.Put(tx.In(""), "c", box{})
						boxes.Edit(tx, tx.Now, "a", func(b *box) { b.State = "WRONG" })
						boxes.Delete(tx, after(5), "a")
						return fail()
					})
					if !errors.Is(err, no) {
						t.Errorf("got %v, want the closure's own error", err)
					}
				})
				if (panicked == "no") != (name == "panic") {
					t.Errorf("got panic %q", panicked)
				}
				if got := dump(t, s); !slices.Equal(got, before) {
					t.Errorf("got %q, want %q", got, before)
				}
				update(t, s, 2, func(tx *Tx) { boxes.Put(tx, "d", box{}) }) // the account is not locked
			})
		}
	}
}

// dump is all that s holds, a row a line.
func dump(t *testing.T, s *Store) (all []string) {
	t.Helper()
	err := s.Dump(func(account string, _ uint64, e journal.Entry) error {
		all = append(all, strings.Join([]string{account, e.Region, e.Table, fmt.Sprint(e.Seq), e.ID, string(e.Data)}, "|"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestProgrammersErrorsPanic(t *testing.T) {
	t.Parallel()
	twin := NewTable[box]("test.box")
	s := open(t, journal.Memory{})
	var kept *Tx
	update(t, s, 0, func(tx *Tx) {
		boxes.Put(tx, "a", box{})
		kept = tx
	})
	for name, c := range map[string]struct {
		f    func(*Tx)
		want string
	}{
		"put while reading":    {func(tx *Tx) { boxes.Put(tx, "a", box{}) }, "may only read"},
		"edit while reading":   {func(tx *Tx) { boxes.Edit(tx, tx.Now, "a", func(*box) {}) }, "may only read"},
		"delete while reading": {func(tx *Tx) { boxes.Delete(tx, tx.Now, "a") }, "may only read"},
		"write while peeking":  {func(tx *Tx) { boxes.Put(tx.Peek("100"), "a", box{}) }, "may only read"},
		"write after the end":  {func(*Tx) { boxes.Put(kept, "b", box{}) }, "after the end"},
		"unknown index":        {func(tx *Tx) { boxes.Count(tx, "size", "1") }, `no index "size"`},
		"one name twice":       {func(tx *Tx) { twin.Len(tx) }, "two tables are named test.box"},
		"long id":              {func(*Tx) { update(t, s, 0, func(tx *Tx) { boxes.Put(tx, strings.Repeat("a", 5000), box{}) }) }, "id of 5000 bytes"},
	} {
		if got := panics(func() { view(t, s, 0, c.f) }); !strings.Contains(got, c.want) {
			t.Errorf("%s: got panic %q, want …%s…", name, got, c.want)
		}
	}
}

func TestRegionsAndAccountsAreApart(t *testing.T) {
	t.Parallel()
	s := open(t, journal.Memory{})
	update(t, s, 0, func(tx *Tx) {
		boxes.Put(tx, "a", box{State: "here"})
		boxes.Put(tx.In(""), "a", box{State: "nowhere"})
		boxes.Edit(tx.In("").In(home.Region), after(9), "a", func(b *box) { b.State = "later" })
	})
	other := Scope{"200", home.Region}
	err := s.Update(other, after(10), func(tx *Tx) error {
		if n := boxes.Len(tx); n != 0 {
			t.Errorf("another account sees %d rows", n)
		}
		if b, ok := boxes.Get(tx.Peek("100"), "a"); !ok || b.State != "later" {
			t.Errorf("peek: got %+v %v, want the other account's row as it is now", b, ok)
		}
		if b, ok := boxes.Get(tx.Peek("100").In(""), "a"); !ok || b.State != "nowhere" {
			t.Errorf("peek at no region: got %+v %v", b, ok)
		}
		if n := boxes.Len(tx.Peek("300")); n != 0 {
			t.Errorf("an account that does not exist has %d rows", n)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if got := s.Accounts(); !slices.Equal(got, []string{"100"}) {
		t.Errorf("got accounts %v, want 100 alone", got)
	}
}

func TestPutAfterTheEndIsANewCreation(t *testing.T) {
	t.Parallel()
	s := open(t, journal.Memory{})
	update(t, s, 0, func(tx *Tx) {
		for _, id := range []string{"a", "b", "c"} {
			boxes.Put(tx, id, box{})
		}
		boxes.Delete(tx, tx.Now, "a")
		boxes.Put(tx, "a", box{})
		boxes.Delete(tx, after(5), "b")
		boxes.Put(tx, "b", box{}) // it had not ended
	})
	view(t, s, 10, func(tx *Tx) {
		if got := ids(tx); !slices.Equal(got, []string{"b", "c", "a"}) {
			t.Errorf("got %v, want b c a", got)
		}
	})
}

func TestLoopsMeetWhatWasThereWhenTheyBegan(t *testing.T) {
	t.Parallel()
	for name, loop := range map[string]func(*Tx) iter.Seq2[string, *box]{
		"All":         boxes.All,
		"Newest":      boxes.Newest,
		"Where":       func(tx *Tx) iter.Seq2[string, *box] { return boxes.Where(tx, "state", "old") },
		"WhereNewest": func(tx *Tx) iter.Seq2[string, *box] { return boxes.WhereNewest(tx, "state", "old") },
	} {
		s := open(t, journal.Memory{})
		update(t, s, 0, func(tx *Tx) {
			for i := range 500 {
				boxes.Put(tx, machineID(i), box{State: "old"})
			}
			met := map[string]bool{}
			for id, b := range loop(tx) {
				if met[id] || b.State != "old" {
					t.Fatalf("%s: got %s %+v, seen before: %v", name, id, b, met[id])
				}
				met[id] = true
				boxes.Delete(tx, tx.Now, id)
				boxes.Put(tx, id, box{State: "old"}) // at the end of the line, under the same key
			}
			if len(met) != 500 || boxes.Len(tx) != 500 {
				t.Errorf("%s: met %d rows, %d are left, want 500 and 500", name, len(met), boxes.Len(tx))
			}
		})
	}
}

func TestEndStaysWhereItIsWhenItIsOrderedAgainForLater(t *testing.T) {
	t.Parallel()
	s := open(t, journal.Memory{})
	update(t, s, 0, func(tx *Tx) {
		boxes.Put(tx, "a", box{})
		boxes.Delete(tx, after(10), "a")
		boxes.Delete(tx, after(20), "a")
	})
	for _, sec := range []int{9, 10, 15, 20, 30} {
		view(t, s, sec, func(tx *Tx) {
			if got, want := boxes.Len(tx), map[bool]int{true: 1}[sec < 10]; got != want {
				t.Errorf("at %d s: got %d rows, want %d", sec, got, want)
			}
		})
	}
}

func TestClockFarAheadSettlesEverything(t *testing.T) {
	t.Parallel()
	s := open(t, journal.Memory{}, WithDetector())
	update(t, s, 0, func(tx *Tx) {
		for i := range 3000 {
			boxes.Put(tx, machineID(i), box{State: "PENDING"})
			boxes.Edit(tx, after(i+1), machineID(i), func(b *box) { b.State = "RUNNING" })
			if i%3 == 0 {
				boxes.Delete(tx, after(2*i+9), machineID(i))
			}
		}
	})
	far := t0.AddDate(1000, 0, 0)
	for _, now := range []time.Time{far, t0} { // a reader a little late sees what has been settled
		err := s.View(home, now, func(tx *Tx) error {
			if n, running, pending := boxes.Len(tx), boxes.Count(tx, "state", "RUNNING"), boxes.Count(tx, "state", "PENDING"); n != 2000 || running != 2000 || pending != 0 {
				t.Errorf("got %d rows, %d running, %d pending, want 2000, 2000, 0", n, running, pending)
			}
			if _, _, ok := boxes.Next(tx, machineID(1)); ok {
				t.Error("something is still to come")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
