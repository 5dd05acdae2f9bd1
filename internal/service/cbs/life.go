package cbs

import (
	"time"

	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// put makes d the disk from now on and writes down what will become of it if nothing else happens: a prepaid disk
// that nobody renews goes to the recycle bin on its last day, off its instance, and is gone a week later.
// A disk that cannot leave its instance shares the instance's end.
func put(tx *state.Tx, id string, d Disk) {
	disks.Put(tx, id, d)
	if d.Charge != Prepaid || d.Renew == AutoRenew || !d.Portable || d.State == ToRecycle {
		return
	}
	end := time.Unix(d.Deadline, 0)
	if !end.After(tx.Now) {
		return
	}
	disks.Edit(tx, end, id, func(d *Disk) { d.leave(ToRecycle) })
	remove(tx, end.Add(recycleTime), id)
}

// replan changes a disk in a way that changes its end, too. What it is on its way to it still reaches.
func replan(tx *state.Tx, id string, change func(*Disk)) {
	d, ok := disks.Get(tx, id)
	if !ok {
		return
	}
	at, next, pending := disks.Next(tx, id)
	now := *d
	change(&now)
	revive(tx, id)
	put(tx, id, now)
	if pending && next != nil && d.moving() {
		goal := *next
		change(&goal)
		disks.Edit(tx, at, id, func(d *Disk) {
			if d.State != ToRecycle {
				*d = goal
			}
		})
	}
	if now.State != Detaching {
		share(tx, id)
	}
}

// moving says whether a disk is on its way to something.
func (d *Disk) moving() bool {
	switch d.State {
	case Attaching, Detaching, Expanding, Rollbacking:
		return true
	}
	return d.traits().MovesTo != ""
}

// share writes down what becomes of a disk when an instance that holds it ends, where that end is known.
func share(tx *state.Tx, id string) {
	d, ok := disks.Get(tx, id)
	if !ok {
		return
	}
	for _, instanceID := range d.hosts() {
		if at, ends := host.Ends(tx, instanceID); ends {
			part(tx, at, id, instanceID)
		}
	}
}

// part is what becomes of a disk when its instance ends at instant at: it ends, too, or is free.
func part(tx *state.Tx, at time.Time, id, instanceID string) {
	d, ok := disks.Get(tx, id)
	switch {
	case !ok:
	case d.System || d.DeleteWithInstance:
		remove(tx, at, id)
	default:
		disks.Edit(tx, at, id, func(d *Disk) {
			if d.State != ToRecycle {
				d.quit(instanceID)
			}
		})
	}
}

// revive keeps what was to end with a disk that goes on.
func revive(tx *state.Tx, id string) {
	for k := range backups.Where(tx, "disk", id) {
		if at, ends := backups.End(tx, k); ends {
			backups.Forget(tx, at, k)
		}
	}
	for k := range bindings.Where(tx, "disk", id) {
		if at, ends := bindings.End(tx, k); ends {
			bindings.Forget(tx, at, k)
		}
	}
	tag.Keep(tx, volume(id))
}

// begin puts a disk into a state that it will leave again.
func begin(tx *state.Tx, id, doing string, f func(*Disk)) {
	disks.Edit(tx, tx.Now, id, func(d *Disk) {
		if d.State == ToRecycle {
			return // its end, which this is not about
		}
		d.State = doing
		f(d)
	})
}

// finish moves a disk on at instant at, if it is still at what begin began.
func finish(tx *state.Tx, at time.Time, id, doing string, f func(*Disk)) {
	disks.Edit(tx, at, id, func(d *Disk) {
		if d.State == doing {
			f(d)
		}
	})
}

// rest is the state of a disk to which nothing happens.
func (d *Disk) rest() string {
	if len(d.hosts()) > 0 {
		return Attached
	}
	return Unattached
}

// leave takes a disk off whatever holds it.
func (d *Disk) leave(into string) {
	if last := d.Instance; last != "" {
		d.alter(func(t *Traits) { t.LastHost = last })
	}
	if d.More != nil && d.More.Hosts != nil {
		d.alter(func(t *Traits) { t.Hosts = nil })
	}
	d.Instance, d.State = "", into
}

// remove ends a disk at instant at, with all that is nothing without it.
func remove(tx *state.Tx, at time.Time, id string) {
	if d, ok := disks.Get(tx, id); ok && d.More != nil && d.More.DeleteSnapshot {
		removeSnapshots(tx, at, id)
	}
	removeBackups(tx, at, id)
	unbindAll(tx, at, id)
	tag.Drop(tx, at, volume(id))
	disks.Delete(tx, at, id)
}

// until is when a prepaid disk ends as far as is known now: automatic renewals come one after another.
func (d *Disk) until(now time.Time) time.Time {
	bought := time.Unix(d.Deadline, 0)
	end, step := bought, int(max(d.Period, 1))
	for n := step; d.Renew == AutoRenew && !end.After(now); n += step {
		end = clock.AddMonths(bought, n)
	}
	return end
}
