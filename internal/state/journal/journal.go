// Package journal is where commits are kept: in memory (nowhere), in a bbolt file, later in a cluster.
//
// The store above decides what a commit is; a journal makes it durable, in order, all of it or nothing.
package journal

import (
	"context"
	"errors"
)

// Entry is one row of one table. Data is its encoding, or nil when the row is gone.
type Entry struct {
	Region string // "" for what belongs to no region
	Table  string // "cvm.instance"
	Seq    uint64 // its place in the order of creation: with region and table, the row's name for good
	ID     string
	Data   []byte
}

// Commit is what one transaction changed in one account.
type Commit struct {
	Account  string
	Revision uint64 // of the account after this commit; the first is 1
	ID       string // unique, so that a commit of unknown outcome can be settled
	Entries  []Entry
}

// ErrConflict says that another node has committed to the account since its revision was read. Nothing was written.
var ErrConflict = errors.New("journal: account has moved on")

// Journal keeps commits.
type Journal interface {
	// Load hands over every row that is there, in any order, with the revision its account stands at; for an account
	// without rows, once, an Entry without a table. Data is the receiver's to keep.
	Load(func(account string, revision uint64, e Entry) error) error
	// Append makes a batch durable, in order, and returns once it is: all of it, or nothing and an error.
	Append([]Commit) error
	// Watch hands over the commits that others make, until ctx ends. A journal with one writer returns at once.
	Watch(ctx context.Context, f func(Commit)) error
	Close() error
}
