// Package state is the house's one memory: tables of rows over time, transactions, journals below.
//
// A row is what it is now and what it will become: to edit it at an instant is to change it from then on, so nothing
// has to run in between. An account, over all its regions, is the unit of consistency: one writer at a time in it, and
// readers who never wait, for what they read never changes. A commit is durable before anybody sees it.
package state

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// Scope is whose rows, and of which region, a transaction sees. The account is the unit of consistency:
// one writer at a time in it, over all of its regions.
type Scope struct {
	Account string // OwnerUin
	Region  string // "" for what belongs to no region
}

// ErrClosed is the answer to an Update when the journal below is closed.
var ErrClosed = errors.New("state: store is closed")

// Store holds every table of every account.
type Store struct {
	journal  journal.Journal
	queue    *queue // nil when the journal keeps nothing: commits need not wait then
	accounts sync.Map
	stamps   atomic.Uint64 // given away
	detect   bool
}

// Option is a way to open a Store.
type Option func(*Store)

// WithDetector makes the Store panic, naming table and id, when a row that it holds has been changed by anybody: on the
// next read of that row, or at Close. For tests: it encodes a row whenever it is read.
func WithDetector() Option { return func(s *Store) { s.detect = true } }

// Open makes a Store of what j has kept.
func Open(j journal.Journal, options ...Option) (*Store, error) {
	s := &Store{journal: j}
	for _, o := range options {
		o(s)
	}
	if _, keepsNothing := j.(journal.Memory); keepsNothing {
		return s, nil
	}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("load the state: %w", err)
	}
	s.queue = newQueue(j)
	return s, nil
}

// View runs f on a transaction that may only read.
func (s *Store) View(sc Scope, now time.Time, f func(*Tx) error) error {
	return f(&Tx{Scope: sc, Now: now, store: s, root: s.root(sc.Account, now)})
}

// Update runs f on a transaction that may write. nil commits and returns once the commit is durable; anything
// else, a panic too, leaves no trace. f may run again, so it has no effect but on its transaction, and starts no other
// Update: two that wait for each other's account would wait for ever. An error means that nothing was written, but for
// one of the journal itself, whose outcome nobody knows; after that, every Update answers that error.
func (s *Store) Update(sc Scope, now time.Time, f func(*Tx) error) error {
	a := s.account(sc.Account)
	for range tries {
		t, err := a.update(sc, now, f)
		if t == nil {
			return err
		}
		if t.commit != nil {
			t.commit()
		}
		if lost := <-t.done; lost == nil {
			return err
		} else if !errors.Is(lost, journal.ErrConflict) {
			return lost
		}
	}
	return fmt.Errorf("account %s, %d times: %w", sc.Account, tries, journal.ErrConflict)
}

// tries is how often Update runs its closure before it gives an account up to its competitors.
const tries = 100

// Accounts is every account that has a row, in order. Rows that time has ended since anybody looked still count.
func (s *Store) Accounts() []string {
	var names []string
	for name, a := range s.accounts.Range {
		if !a.(*account).shown.Load().empty() {
			names = append(names, name.(string))
		}
	}
	slices.Sort(names)
	return names
}

// Reset forgets everything, durably, one account after the other.
func (s *Store) Reset() error {
	for name := range s.accounts.Range {
		err := s.Update(Scope{Account: name.(string)}, time.Time{}, func(tx *Tx) error {
			tx.draft.clear()
			return nil
		})
		if err != nil {
			return fmt.Errorf("reset account %s: %w", name, err)
		}
	}
	return nil
}

// Commits counts the commits that made what is there, of all accounts together. It grows with each, and outlives the
// process as they do.
func (s *Store) Commits() (n uint64) {
	for _, a := range s.accounts.Range {
		n += a.(*account).shown.Load().revision
	}
	return n
}

// Close waits for what is under way and closes the journal.
func (s *Store) Close() error {
	if s.queue != nil {
		s.queue.close()
	}
	if s.detect {
		s.checkAll()
	}
	return s.journal.Close()
}

// root is what readers of an account see at now.
func (s *Store) root(name string, now time.Time) *root {
	if a, ok := s.accounts.Load(name); ok {
		return a.(*account).at(now)
	}
	return newRoot()
}

// account is the account called name, made if need be.
func (s *Store) account(name string) *account {
	if a, ok := s.accounts.Load(name); ok {
		return a.(*account)
	}
	a, _ := s.accounts.LoadOrStore(name, newAccount(s, name))
	return a.(*account)
}
