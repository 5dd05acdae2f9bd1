package state

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// engine is a journal that keeps commits for as long as the test runs, and asks before it does.
type engine struct {
	ask func([]journal.Commit) error // nil agrees

	mu        sync.Mutex
	rows      map[string]map[address]journal.Entry // by account
	revisions map[string]uint64
}

func newEngine(ask func([]journal.Commit) error) *engine {
	return &engine{ask: ask, rows: map[string]map[address]journal.Entry{}, revisions: map[string]uint64{}}
}

func (e *engine) Load(f func(string, uint64, journal.Entry) error) error {
	for account, rows := range e.rows {
		for _, row := range rows {
			if err := f(account, e.revisions[account], row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *engine) Append(commits []journal.Commit) error {
	if e.ask != nil {
		if err := e.ask(commits); err != nil {
			return err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, c := range commits {
		if e.revisions[c.Account]+1 != c.Revision {
			return errors.New("revisions are not in order")
		}
		e.revisions[c.Account] = c.Revision
		for _, row := range c.Entries {
			e.keep(c.Account, row)
		}
	}
	return nil
}

func (e *engine) keep(account string, row journal.Entry) {
	if e.rows[account] == nil {
		e.rows[account] = map[address]journal.Entry{}
	}
	at := address{place: place{row.Region, row.Table}, seq: row.Seq}
	if e.rows[account][at] = row; row.Data == nil {
		delete(e.rows[account], at)
	}
}

func (e *engine) Watch(context.Context, func(journal.Commit)) error { return nil }
func (e *engine) Close() error                                      { return nil }

func put(s *Store, id string) error {
	return s.Update(home, t0, func(tx *Tx) error { boxes.Put(tx, id, box{}); return nil })
}

func ids(tx *Tx) (all []string) {
	for id := range boxes.All(tx) {
		all = append(all, id)
	}
	return all
}

func TestFailedAppendEndsAllWriting(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	var now error
	s := open(t, newEngine(func([]journal.Commit) error { return now }))
	if err := put(s, "a"); err != nil {
		t.Fatal(err)
	}
	now = full
	if err := put(s, "b"); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
	now = nil
	if err := put(s, "c"); !errors.Is(err, full) {
		t.Errorf("after the failure: got %v, want %v", err, full)
	}
	view(t, s, 0, func(tx *Tx) {
		if got := ids(tx); len(got) != 1 || got[0] != "a" {
			t.Errorf("got %v, want what was durable before the failure", got)
		}
	})
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestConflictRunsTheClosureAgain(t *testing.T) {
	t.Parallel()
	asked, runs := 0, 0
	s := open(t, newEngine(func([]journal.Commit) error {
		if asked++; asked == 1 {
			return journal.ErrConflict
		}
		return nil
	}))
	err := s.Update(home, t0, func(tx *Tx) error {
		runs++
		if boxes.Has(tx, "a") {
			t.Error("the second run sees what the first has lost")
		}
		boxes.Put(tx, "a", box{})
		return nil
	})
	if err != nil || runs != 2 {
		t.Errorf("got %v after %d runs, want success after 2", err, runs)
	}
	view(t, s, 0, func(tx *Tx) {
		if got := ids(tx); len(got) != 1 {
			t.Errorf("got %v, want a alone", got)
		}
	})
}

// held is a store on a journal that lets a batch pass for each value sent to the gate, and tells when it has one.
func held(t *testing.T) (s *Store, arrived chan []journal.Commit, gate chan error) {
	arrived, gate = make(chan []journal.Commit), make(chan error)
	return open(t, newEngine(func(c []journal.Commit) error { arrived <- c; return <-gate })), arrived, gate
}

// start puts a row in a goroutine, and waits until the row is on its way to the journal.
func start(t *testing.T, s *Store, id string) (done chan error) {
	t.Helper()
	done, closureRan := make(chan error, 1), make(chan bool, 2)
	go func() {
		done <- s.Update(home, t0, func(tx *Tx) error {
			boxes.Put(tx, id, box{})
			closureRan <- true
			return nil
		})
	}()
	<-closureRan
	a := s.account(home.Account)
	a.writing.Lock() // held by the writer until its commit is in the queue
	defer a.writing.Unlock()
	return done
}

func TestReadersSeeWhatIsDurableAndWritersWhatIsAhead(t *testing.T) {
	t.Parallel()
	s, arrived, gate := held(t)
	a := start(t, s, "a")
	<-arrived
	b, c := start(t, s, "b"), start(t, s, "c")
	refused := errors.New("refused")
	answer := make(chan error, 1)
	go func() {
		answer <- s.Update(home, t0, func(tx *Tx) error {
			if got := boxes.Len(tx); got != 3 {
				t.Errorf("a writer sees %d rows, want 3", got)
			}
			return refused
		})
	}()
	view(t, s, 0, func(tx *Tx) {
		if got := ids(tx); got != nil {
			t.Errorf("before it is durable: got %v, want nothing", got)
		}
	})
	gate <- nil
	if err := <-a; err != nil {
		t.Error(err)
	}
	if batch := <-arrived; len(batch) != 2 {
		t.Errorf("got a batch of %d, want b and c in one", len(batch))
	}
	gate <- nil
	for _, done := range []chan error{b, c} {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if err := <-answer; !errors.Is(err, refused) {
		t.Errorf("got %v, want %v", err, refused)
	}
	view(t, s, 0, func(tx *Tx) {
		if got := ids(tx); len(got) != 3 {
			t.Errorf("got %v, want a, b and c", got)
		}
	})
}

func TestConflictTakesAllThatBuildOnIt(t *testing.T) {
	t.Parallel()
	s, arrived, gate := held(t)
	a := start(t, s, "a")
	<-arrived
	runs := make(chan int, 10)
	b := make(chan error, 1)
	go func() {
		b <- s.Update(home, t0, func(tx *Tx) error {
			runs <- boxes.Len(tx)
			boxes.Put(tx, "b", box{})
			return nil
		})
	}()
	if got := <-runs; got != 1 {
		t.Errorf("b sees %d rows, want a", got)
	}
	gate <- journal.ErrConflict
	for a != nil || b != nil {
		select {
		case err := <-a:
			if a = nil; err != nil {
				t.Error(err)
			}
		case err := <-b:
			if b = nil; err != nil {
				t.Error(err)
			}
		case <-arrived:
			gate <- nil
		case <-runs:
		}
	}
	view(t, s, 0, func(tx *Tx) {
		if got := ids(tx); len(got) != 2 {
			t.Errorf("got %v, want a and b", got)
		}
	})
}
