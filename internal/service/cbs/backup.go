package cbs

import (
	"time"

	"github.com/tengyun/tengyun/internal/state"
)

// maxBackups is the greatest backup quota of a disk.
const maxBackups = 1024

// backup is a backup point of a disk. Times are Unix seconds.
type backup struct {
	Name    string
	Disk    string
	State   string
	Size    uint64
	Created int64
	Ready   int64

	System, Encrypt bool
}

var backups = state.NewTable("cbs.backup",
	state.By("disk", func(_ string, b *backup) []string { return []string{b.Disk} }),
)

// removeBackups ends the backup points of a disk at instant at.
func removeBackups(tx *state.Tx, at time.Time, diskID string) {
	for id := range backups.Where(tx, "disk", diskID) {
		backups.Delete(tx, at, id)
	}
}
