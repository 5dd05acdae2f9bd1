// Package state is the house's one memory: tables of rows over time, transactions, journals below.
package state

import (
	"iter"
	"time"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// Scope is whose rows, and of which region, a transaction sees. The account is the unit of consistency:
// one writer at a time in it, over all of its regions.
type Scope struct {
	Account string // OwnerUin
	Region  string // "" for what belongs to no region
}

// Store holds every table.
type Store struct{}

// Open makes a Store of what j has kept.
func Open(j journal.Journal) (*Store, error) { panic("state") }

// View runs f on a transaction that may only read.
func (s *Store) View(sc Scope, now time.Time, f func(*Tx) error) error { panic("state") }

// Update runs f on a transaction that may write. nil commits and returns once the commit is durable; anything
// else, a panic too, leaves no trace. f may run again, so it has no effect but on its transaction.
func (s *Store) Update(sc Scope, now time.Time, f func(*Tx) error) error { panic("state") }

// Reset forgets everything, durably.
func (s *Store) Reset() error { panic("state") }

// Close waits for what is under way and closes the journal.
func (s *Store) Close() error { panic("state") }

// Tx is one consistent view of an account, frozen at one instant.
type Tx struct {
	Scope
	Now time.Time
}

// In is the same transaction looking at another region of the same account ("" for what belongs to none).
func (tx *Tx) In(region string) *Tx { panic("state") }

// Table names a set of rows of one type. It holds no rows itself.
type Table[T any] struct{}

// Index finds rows by what they hold.
type Index[T any] struct{}

// By declares an index: under which keys a row is found.
func By[T any](name string, keys func(id string, row *T) []string) Index[T] { panic("state") }

// NewTable names a table, "vpc.subnet", at the start of the program. Twice the same name is a programmer's error.
func NewTable[T any](name string, indexes ...Index[T]) *Table[T] { panic("state") }

// Get reads row id as it is now. The row is shared: nobody may change it.
func (t *Table[T]) Get(tx *Tx, id string) (*T, bool) { panic("state") }

// Len is how many rows there are now.
func (t *Table[T]) Len(tx *Tx) int { panic("state") }

// At is the i-th row by creation, 0 the oldest, in O(log n).
func (t *Table[T]) At(tx *Tx, i int) (id string, row *T) { panic("state") }

// All is every row that is there now, oldest first.
func (t *Table[T]) All(tx *Tx) iter.Seq2[string, *T] { panic("state") }

// Newest is every row that is there now, newest first.
func (t *Table[T]) Newest(tx *Tx) iter.Seq2[string, *T] { panic("state") }

// Where is every row that the index holds under key, oldest first.
func (t *Table[T]) Where(tx *Tx, index, key string) iter.Seq2[string, *T] { panic("state") }

// Count is how many rows the index holds under key, in O(log n).
func (t *Table[T]) Count(tx *Tx, index, key string) int { panic("state") }

// Put makes row the row id from now on, whatever it was or was to be.
func (t *Table[T]) Put(tx *Tx, id string, row T) { panic("state") }

// Edit changes row id from instant at on: the version that holds then, and all later ones. f gets a copy of its own.
// It reports whether there is such a row at that instant.
func (t *Table[T]) Edit(tx *Tx, at time.Time, id string, f func(*T)) bool { panic("state") }

// Delete ends row id at instant at.
func (t *Table[T]) Delete(tx *Tx, at time.Time, id string) { panic("state") }

// Next is what row id changes to next, and when; a nil row is its end.
func (t *Table[T]) Next(tx *Tx, id string) (at time.Time, row *T, ok bool) { panic("state") }

// Memo is what make derives from the version of row id that holds now, made once and kept with that version.
func Memo[T, D any](t *Table[T], tx *Tx, id string, make func(id string, row *T) D) (D, bool) { panic("state") }
