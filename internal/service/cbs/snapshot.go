package cbs

import (
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// Snapshot is what a disk held at an instant. It is shared and nobody may change it. Times are Unix seconds.
type Snapshot struct {
	Name     string
	Disk     string
	Zone     string
	State    string
	Size     uint64 // GiB of the disk
	Project  uint64
	Created  int64
	Making   span
	Changed  int64
	Deadline int64  // 0 for a permanent one
	Group    string // of snapshots taken together
	Policy   string // that took it

	System, Encrypt, Permanent, Copied bool

	Shares []Share
	Copies []Copy
}

// Share is an account that may read a snapshot.
type Share struct {
	Account string
	Since   int64
}

// Copy is a copy on its way to another region.
type Copy struct {
	Region string
	Way    span
}

// The states of a snapshot.
const (
	Normal   = "NORMAL"
	Creating = "CREATING"
	Copying  = "COPYING_FROM_REMOTE"
	// ROLLBACKING it shares with disks.
)

var snapshots = state.NewTable("cbs.snapshot",
	state.By("disk", func(_ string, s *Snapshot) []string { return []string{s.Disk} }),
	state.By("group", func(_ string, s *Snapshot) []string { return some(s.Group) }),
	state.By("policy", func(_ string, s *Snapshot) []string { return some(s.Policy) }),
)

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// GetSnapshot reads one snapshot of the caller's own.
func GetSnapshot(tx *state.Tx, id string) (*Snapshot, bool) { return snapshots.Get(tx, id) }

// Usage is SYSTEM_DISK or DATA_DISK.
func (s *Snapshot) Usage() string {
	if s.System {
		return SystemDisk
	}
	return DataDisk
}

// takeSnapshot makes a snapshot of a disk, with what s says of it already, and answers its id.
func takeSnapshot(c *api.Call, diskID string, d *Disk, s Snapshot) string {
	id := api.NewID(c, snapshots, "snap")
	s.Disk, s.Zone, s.Size, s.Project = diskID, d.Zone, d.Size, d.Project
	s.System, s.Encrypt = s.System || d.System, d.Encrypt
	addSnapshot(c.Tx, id, c.After(snapshotTime), Creating, s)
	return id
}

// addSnapshot makes a snapshot that is ready at an instant, and gone on its last day.
func addSnapshot(tx *state.Tx, id string, ready time.Time, doing string, s Snapshot) {
	s.State, s.Created, s.Changed, s.Making = doing, tx.Now.Unix(), tx.Now.Unix(), until(tx.Now, ready)
	keepSnapshot(tx, id, s)
}

// removeSnapshot ends a snapshot at instant at.
func removeSnapshot(tx *state.Tx, at time.Time, id string) {
	tag.Drop(tx, at, snapshotResource(id))
	snapshots.Delete(tx, at, id)
}

// removeSnapshots ends the snapshots of a disk that need not be kept, at instant at.
func removeSnapshots(tx *state.Tx, at time.Time, diskID string) {
	for id, s := range snapshots.Where(tx, "disk", diskID) {
		if !s.Permanent && images.Count(tx, "snapshot", id) == 0 {
			removeSnapshot(tx, at, id)
		}
	}
}

// snapshotsOf counts the snapshots of a disk and their GiB.
func snapshotsOf(tx *state.Tx, diskID string) (count int, size uint64) {
	if count = snapshots.Count(tx, "disk", diskID); count == 0 {
		return 0, 0
	}
	for _, s := range snapshots.Where(tx, "disk", diskID) {
		size += s.Size
	}
	return count, size
}

// snapshotting says whether a snapshot of the disk is still being made.
func snapshotting(tx *state.Tx, diskID string) bool {
	for _, s := range snapshots.Where(tx, "disk", diskID) {
		if s.State == Creating {
			return true
		}
	}
	return false
}

// readable is a snapshot of the caller's own, or one that another account shares with the caller.
func readable(c *api.Call, id string) (*Snapshot, bool) {
	if s, ok := snapshots.Get(c.Tx, id); ok {
		return s, true
	}
	return received(c, id)
}
