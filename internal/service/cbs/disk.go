package cbs

import (
	"iter"
	"time"

	"github.com/tengyun/tengyun/internal/state"
)

// Disk is one cloud disk as it is kept: plain values, since a busy region holds a disk for every instance.
// It is shared and nobody may change it. Times are Unix seconds.
type Disk struct {
	Name     string
	Zone     string
	Instance string `json:",omitempty"` // that it is attached to, or being attached to; "" for none and for shareable disks
	Type     string // CLOUD_PREMIUM, …
	State    string // one of the states below
	Charge   string // PREPAID, POSTPAID_BY_HOUR
	Renew    string `json:",omitempty"` // NOTIFY_AND_MANUAL_RENEW, … of prepaid disks
	Size     uint64 // GiB
	Project  uint64 `json:",omitempty"`
	Created  int64
	Deadline int64  `json:",omitempty"` // of prepaid disks; as bought, before any automatic renewal
	Period   uint64 `json:",omitempty"` // months of an automatic renewal; 0 means one

	System             bool `json:",omitempty"` // the disk an instance boots from, which cannot leave it
	Portable           bool `json:",omitempty"`
	Alone              bool `json:",omitempty"` // made without an instance
	DeleteWithInstance bool `json:",omitempty"`
	Encrypt            bool `json:",omitempty"`

	More *Traits `json:",omitempty"` // what few disks have; nil for none
}

// Traits are what few disks have. A stored value is replaced, never changed.
type Traits struct {
	Throughput  uint64   // extra MiB/s bought
	Backups     uint64   // how many backup points it may have
	Snapshot    string   // that it was made of
	LastHost    string   // the instance that it was last attached to
	Hosts       []string // of a shareable disk
	KmsKey      string
	EncryptType string

	Shareable, Burst, DeleteSnapshot bool

	MovesTo string // the type it is being changed to
	Moving  span   // during that
	Rolling span   // during the last rollback
}

// The states of a disk.
const (
	Unattached  = "UNATTACHED"
	Attaching   = "ATTACHING"
	Attached    = "ATTACHED"
	Detaching   = "DETACHING"
	Expanding   = "EXPANDING"
	Rollbacking = "ROLLBACKING"
	ToRecycle   = "TORECYCLE"
)

// How a disk is used and paid.
const (
	SystemDisk = "SYSTEM_DISK"
	DataDisk   = "DATA_DISK"
	Prepaid    = "PREPAID"
	Postpaid   = "POSTPAID_BY_HOUR"
	Dedicated  = "CDCPAID"

	AutoRenew   = "NOTIFY_AND_AUTO_RENEW"
	ManualRenew = "NOTIFY_AND_MANUAL_RENEW"
	NoRenew     = "DISABLE_NOTIFY_AND_MANUAL_RENEW"
)

// How long things take. Simulated: the cloud promises nothing; these are the lower end of what its users see.
const (
	attachTime   = 2 * time.Second
	detachTime   = 2 * time.Second
	expandTime   = 3 * time.Second
	migrateTime  = 60 * time.Second
	rollbackTime = 5 * time.Second
	snapshotTime = 5 * time.Second
	backupTime   = 5 * time.Second
	copyTime     = 30 * time.Second
)

// recycleTime is how long a returned prepaid disk can still be had back.
const recycleTime = 7 * 24 * time.Hour

var disks = state.NewTable("cbs.disk",
	state.By("instance", func(_ string, d *Disk) []string { return d.hosts() }),
	state.By("name", func(_ string, d *Disk) []string { return []string{d.Name} }),
	state.By("data", func(_ string, d *Disk) []string { return d.data() }),
	state.By("alone", func(_ string, d *Disk) []string { return d.alone() }),
	state.By("state", func(_ string, d *Disk) []string { return []string{d.State} }),
)

// data is the key of data disks, which are few beside the disks that instances boot from.
func (d *Disk) data() []string {
	if d.System {
		return nil
	}
	return []string{DataDisk}
}

// alone is the key of what counts against the quota of disks.
func (d *Disk) alone() []string {
	if d.Alone {
		return []string{""}
	}
	return nil
}

// hosts is every instance that the disk is at.
func (d *Disk) hosts() []string {
	switch {
	case d.Instance != "":
		return []string{d.Instance}
	case d.More != nil:
		return d.More.Hosts
	}
	return nil
}

// Usage is SYSTEM_DISK or DATA_DISK.
func (d *Disk) Usage() string {
	if d.System {
		return SystemDisk
	}
	return DataDisk
}

// traits is More, or none of it.
func (d *Disk) traits() Traits {
	if d.More == nil {
		return Traits{}
	}
	return *d.More
}

// BackupQuota is how many backup points the disk has bought room for.
func (d *Disk) BackupQuota() uint64 { return d.traits().Backups }

// alter replaces More by a changed copy.
func (d *Disk) alter(f func(*Traits)) {
	t := d.traits()
	f(&t)
	d.More = &t
}

// attached says whether an instance can use the disk.
func (d *Disk) attached() bool {
	return d.State != Attaching && len(d.hosts()) > 0
}

// Get reads one disk.
func Get(tx *state.Tx, id string) (*Disk, bool) { return disks.Get(tx, id) }

// Of is every disk at an instance, by id, oldest first: the system disk, then the data disks in the order in which
// they were made. Disks on their way there or away are among them.
func Of(tx *state.Tx, instanceID string) iter.Seq2[string, *Disk] {
	return disks.Where(tx, "instance", instanceID)
}

// SystemOf is the disk that an instance boots from.
func SystemOf(tx *state.Tx, instanceID string) (id string, d *Disk, ok bool) {
	for id, d := range Of(tx, instanceID) {
		if d.System {
			return id, d, true
		}
	}
	return "", nil, false
}

// elastic is how many portable disks an instance holds, which is what its limit counts.
func elastic(tx *state.Tx, instanceID string) (n int) {
	for _, d := range Of(tx, instanceID) {
		if d.Portable && !d.System {
			n++
		}
	}
	return n
}

// Stamp is what the disks of the transaction's region stand at; see state.Table.Stamp.
func Stamp(tx *state.Tx) uint64 { return disks.Stamp(tx) }
