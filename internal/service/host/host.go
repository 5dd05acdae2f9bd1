// Package host is what disks, network cards and addresses can be attached to: instances, seen from below.
//
// The products that attach things need to know that an instance is there, where, and in what state, but not what it
// is. cvm writes these rows in the transactions in which it writes its own.
package host

import (
	"time"

	"github.com/tengyun/tengyun/internal/state"
)

// Host is an instance as the products below it see one.
type Host struct {
	Zone  string // ap-guangzhou-3
	State string // as InstanceState: PENDING, RUNNING, STOPPED, …
	CPU   int    // cores, which bound how many network cards and addresses it can have
	Name  string
	Spot  bool `json:",omitempty"` // the cloud may take it back at any time; its disks keep their size
}

var hosts = state.NewTable[Host]("host.instance")

// Get reads the host with an instance's id.
func Get(tx *state.Tx, instanceID string) (*Host, bool) { return hosts.Get(tx, instanceID) }

// Put makes an instance a host from now on.
func Put(tx *state.Tx, instanceID string, h Host) { hosts.Put(tx, instanceID, h) }

// Edit changes a host from instant at on.
func Edit(tx *state.Tx, at time.Time, instanceID string, f func(*Host)) {
	hosts.Edit(tx, at, instanceID, f)
}

// Delete ends a host at instant at.
func Delete(tx *state.Tx, at time.Time, instanceID string) { hosts.Delete(tx, at, instanceID) }

// Forget drops what a host was to become from instant at on, its end too.
func Forget(tx *state.Tx, at time.Time, instanceID string) { hosts.Forget(tx, at, instanceID) }

// Ends is when the host will be no more, as far as is known now. What is attached to it is let go then, and whoever
// attaches something writes that down in the same transaction. ok is false when no end is known.
func Ends(tx *state.Tx, instanceID string) (at time.Time, ok bool) { return hosts.End(tx, instanceID) }
