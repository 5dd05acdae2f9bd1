package cbs

import (
	"time"

	"github.com/tengyun/tengyun/internal/state"
)

// binding is a disk under a snapshot policy, kept as "policy/disk".
type binding struct{ Policy, Disk string }

var bindings = state.NewTable("cbs.policy-binding",
	state.By("policy", func(_ string, b *binding) []string { return []string{b.Policy} }),
	state.By("disk", func(_ string, b *binding) []string { return []string{b.Disk} }),
)

// policiesOf is the snapshot policies of a disk.
func policiesOf(tx *state.Tx, diskID string) []string {
	all := []string{}
	for _, b := range bindings.Where(tx, "disk", diskID) {
		all = append(all, b.Policy)
	}
	return all
}

// unbindAll takes a disk out of every policy at instant at.
func unbindAll(tx *state.Tx, at time.Time, diskID string) {
	for id := range bindings.Where(tx, "disk", diskID) {
		bindings.Delete(tx, at, id)
	}
}
