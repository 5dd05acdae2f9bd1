package cbs

import (
	"strconv"
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/tag"
)

// The functions of this file and of image.go are for the product whose instances hold the disks. They check nothing
// that Check does, and work on the caller's transaction.

// Launch is the disks that an instance starts with.
type Launch struct {
	InstanceID, InstanceName string
	Zone                     string
	Project                  uint64
	System                   Spec
	Data                     []Spec
	Tags                     map[string]string
	Ready                    time.Time // when the instance has its disks

	// How they are paid. Prepaid disks end at Deadline; all others are postpaid, whatever the instance is.
	Prepaid  bool
	Deadline time.Time
	Renew    string
}

// Start makes an instance's disks: ATTACHING now, ATTACHED when it is ready. The first id is the system disk's,
// the others are in the order of l.Data.
func Start(c *api.Call, l Launch) []string {
	ids := make([]string, 0, len(l.Data)+1)
	l.System.System = true
	for i, s := range append([]Spec{l.System}, l.Data...) {
		id := api.NewID(c, disks, "disk")
		d := l.disk(c, s, i)
		put(c.Tx, id, d)
		finish(c.Tx, l.Ready, id, Attaching, func(d *Disk) { d.State = Attached })
		tag.Set(c.Tx, volume(id), l.Tags)
		ids = append(ids, id)
	}
	return ids
}

// disk is the i-th disk of a launch. Data disks without a name are called after the instance and numbered from 1:
// Terraform reads their order out of that.
func (l *Launch) disk(c *api.Call, s Spec, i int) Disk {
	d := Disk{
		Name: s.Name, Zone: l.Zone, Instance: l.InstanceID, Type: s.Type, State: Attaching, Charge: Postpaid,
		Size: s.Size, Project: l.Project, Created: c.Now.Unix(), System: s.System, Portable: !s.System,
		DeleteWithInstance: s.System || !s.KeepOnExit && !l.Prepaid, Encrypt: s.Encrypt, More: s.traits(),
	}
	if d.Name == "" {
		d.Name = l.InstanceName + "_" + strconv.Itoa(i)
	}
	if s.Size == 0 && s.Snapshot != "" {
		d.Size, _ = s.size(c)
	}
	if l.Prepaid {
		d.Charge, d.Deadline, d.Renew = Prepaid, l.Deadline.Unix(), l.Renew
	}
	return d
}

// Release is what becomes of an instance's disks when it is no more, from instant at on: the system disk and those
// that are deleted with it end, the others are free.
func Release(c *api.Call, at time.Time, instanceID string) {
	for _, hit := range collect(c, instanceID) {
		part(c.Tx, at, hit.ID, instanceID)
	}
}

// Undo ends all disks of an instance that comes to nothing, at instant at.
func Undo(c *api.Call, at time.Time, instanceID string) {
	for _, hit := range collect(c, instanceID) {
		remove(c.Tx, at, hit.ID)
	}
}

// Follow lets the disks of an instance end, or be free, when its host ends, and no longer when it was going to.
func Follow(c *api.Call, instanceID string) {
	for _, hit := range collect(c, instanceID) {
		replan(c.Tx, hit.ID, func(*Disk) {})
	}
}

// Recycle sends the prepaid data disks of an instance to the recycle bin at instant at, as an isolation with
// ReleasePrepaidDataDisks does.
func Recycle(c *api.Call, at time.Time, instanceID string) {
	for _, hit := range collect(c, instanceID) {
		id, d := hit.ID, hit.Row
		if !d.System && d.Charge == Prepaid {
			disks.Edit(c.Tx, at, id, func(d *Disk) { d.leave(ToRecycle) })
			remove(c.Tx, at.Add(recycleTime), id)
		}
	}
}

// collect is the disks of an instance, to be changed while one goes over them.
func collect(c *api.Call, instanceID string) (all []api.Hit[Disk]) {
	for id, d := range Of(c.Tx, instanceID) {
		all = append(all, api.Hit[Disk]{ID: id, Row: d})
	}
	return all
}

// Grow gives a disk a larger size at instant at; until then it is EXPANDING. Grows must have agreed.
func Grow(c *api.Call, at time.Time, id string, size uint64) {
	begin(c.Tx, id, Expanding, func(*Disk) {})
	finish(c.Tx, at, id, Expanding, func(d *Disk) { d.Size, d.State = size, d.rest() })
}

// Reset gives an instance's system disk a fresh image and, if size is not 0, a size. It keeps its id and its snapshots.
func Reset(c *api.Call, at time.Time, instanceID string, size uint64) {
	id, _, ok := SystemOf(c.Tx, instanceID)
	if !ok {
		return
	}
	disks.Edit(c.Tx, at, id, func(d *Disk) {
		if size > 0 {
			d.Size = size
		}
		if d.More != nil {
			d.alter(func(t *Traits) { t.Snapshot = "" })
		}
	})
}

// Pay makes the disks of an instance prepaid until deadline, or postpaid if deadline is zero. Portable disks follow
// only if they are to.
func Pay(c *api.Call, instanceID string, deadline time.Time, renew string, portable bool) {
	for _, hit := range collect(c, instanceID) {
		id, d := hit.ID, hit.Row
		if d.Portable && !portable {
			continue
		}
		replan(c.Tx, id, func(d *Disk) {
			d.Charge, d.Deadline, d.Renew = Postpaid, 0, ""
			if !deadline.IsZero() {
				d.Charge, d.Deadline, d.Renew = Prepaid, deadline.Unix(), renew
				d.DeleteWithInstance = d.System
			}
		})
	}
}

// Renewal is a prepaid instance that is paid for longer.
type Renewal struct {
	Deadline time.Time // of the instance
	Months   int       // by which it was moved
	Renew    string    // the RenewFlag; "" leaves what the disks have
	Portable bool      // portable disks go along, each from its own last day on
}

// Renew lets the prepaid disks of an instance end later. Those that cannot leave it end when it does.
func Renew(c *api.Call, instanceID string, r Renewal) {
	for _, hit := range collect(c, instanceID) {
		d := hit.Row
		if d.Charge != Prepaid || d.Portable && !r.Portable {
			continue
		}
		end := r.Deadline
		if d.Portable {
			end = clock.AddMonths(d.until(c.Now), r.Months)
		}
		replan(c.Tx, hit.ID, func(d *Disk) {
			d.Deadline = end.Unix()
			if r.Renew != "" {
				d.Renew = r.Renew
			}
		})
	}
}

// Move puts the disks that cannot leave an instance into its project.
func Move(c *api.Call, instanceID string, project uint64) {
	for _, hit := range collect(c, instanceID) {
		id, d := hit.ID, hit.Row
		if !d.Portable {
			disks.Edit(c.Tx, c.Now, id, func(d *Disk) { d.Project = project })
		}
	}
}
