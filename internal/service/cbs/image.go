package cbs

import (
	"slices"
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/state"
)

// image is an image that is made of snapshots, as they see it.
type image struct {
	Name      string
	Snapshots []string
}

var images = state.NewTable("cbs.image",
	state.By("snapshot", func(_ string, i *image) []string { return i.Snapshots }),
)

// BindImage makes an image of snapshots: until it is unbound, they can only be deleted together with it.
func BindImage(tx *state.Tx, imageID, name string, snapshotIDs []string) {
	images.Put(tx, imageID, image{Name: name, Snapshots: slices.Clone(snapshotIDs)})
}

// UnbindImage frees an image's snapshots, which are still there.
func UnbindImage(tx *state.Tx, imageID string) { images.Delete(tx, tx.Now, imageID) }

// ImageBound says whether an image that was bound still is. It no longer is once somebody deleted its snapshots and
// asked for the image to go with them: then the image is no more.
func ImageBound(tx *state.Tx, imageID string) bool { return images.Has(tx, imageID) }

// Snap makes a snapshot of each disk, ready when snapshots are, all of the same name. Ids are in the disks' order.
func Snap(c *api.Call, name string, diskIDs []string) []string {
	ids := make([]string, 0, len(diskIDs))
	for _, id := range diskIDs {
		if d, ok := disks.Get(c.Tx, id); ok {
			ids = append(ids, takeSnapshot(c, id, d, Snapshot{Name: name, Permanent: true}))
		}
	}
	return ids
}

// Carry copies the snapshots of an image, read from where it is, into a region, ready at an instant. Ids are in the
// snapshots' order; one that is not there is passed over.
func Carry(c *api.Call, from *state.Tx, snapshotIDs []string, to Carriage) []string {
	ids := make([]string, 0, len(snapshotIDs))
	r, ok := region.Find(to.Region)
	if !ok || r.Bare() {
		return ids
	}
	for _, was := range snapshotIDs {
		s, ok := snapshots.Get(from, was)
		if !ok {
			continue
		}
		id := api.NewID(c.There(to.Region), snapshots, "snap")
		addSnapshot(c.In(to.Region), id, to.Ready, Copying, Snapshot{
			Name: to.Name, Disk: s.Disk, Zone: r.Zones()[0].Name, Size: s.Size, System: s.System, Encrypt: to.Encrypt, Permanent: true, Copied: true,
		})
		ids = append(ids, id)
	}
	return ids
}

// Carriage is where an image's snapshots are copied to, when they are there and what they are called then.
type Carriage struct {
	Region, Name string
	Ready        time.Time
	Encrypt      bool
}

// DropSnapshots deletes snapshots that an image no longer needs.
func DropSnapshots(c *api.Call, ids []string) {
	for _, id := range ids {
		removeSnapshot(c.Tx, c.Now, id)
	}
}
