package cvm

import (
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// An instance's future is written down in its row: what the operation under way will make of it, and behind that its
// end, where one is known. Every operation writes that future anew, so none can wipe or move an end by mistake.

// What happens to an instance that nobody renews. It goes on working for a day, then waits in the recycle bin.
const (
	graced   = 24 * time.Hour
	recycled = 7 * 24 * time.Hour
)

// failedStays is how long an instance that could not be launched is listed. Simulated: "for a while" is all that is known.
const failedStays = time.Hour

// RestrictState and IsolatedSource of an instance.
const (
	unrestricted = "NORMAL"
	expired      = "EXPIRED"
	notIsolated  = "NOTISOLATED"
	byArrears    = "ARREAR"
	byExpiry     = "EXPIRE"
	byHand       = "MANMADE"
)

// operation is something that is done to an instance and takes a while.
type operation struct {
	c   *api.Call
	id  string
	was time.Time // when the instance was going to end; zero for never
}

// begin starts the call's operation: from now on the instance is OPERATING and in state during, "" for the one it is in.
func begin(c *api.Call, id, during string) operation {
	was, _ := host.Ends(c.Tx, id)
	i, ok := instances.Get(c.Tx, id)
	if !ok {
		return operation{c, id, was}
	}
	row := *i
	row.Operation, row.OperationState, row.OperationRequest = c.Action, operating, c.RequestID
	row.alter(func(t *traits) { t.OperationError = "" })
	if during != "" {
		row.State = during
	}
	instances.Put(c.Tx, id, row)
	host.Put(c.Tx, id, row.host())
	return operation{c, id, was}
}

// then lets the operation go on at an instant.
func (o operation) then(at time.Time, f func(*Instance)) { edit(o.c, at, o.id, f) }

// finish lets the operation succeed at an instant, when f, which may be nil, has its effect.
func (o operation) finish(done time.Time, f func(*Instance)) {
	after := new(Instance)
	edit(o.c, done, o.id, func(i *Instance) {
		i.OperationState = succeeded
		if f != nil {
			f(i)
		}
		after = i
	})
	plan(o.c, o.id, after)
	follow(o.c, o.id, o.was)
}

// follow lets what is attached to an instance learn of its end, if that is no longer when it was.
func follow(c *api.Call, id string, was time.Time) {
	is, ends := host.Ends(c.Tx, id)
	if is.Equal(was) {
		return
	}
	vpc.Follow(c, was, id)
	cbs.Follow(c, id)
	tag.Keep(c.Tx, tagged(id))
	if ends {
		tag.Drop(c.Tx, is, tagged(id))
	}
}

// operate is an operation of one step.
func operate(c *api.Call, id, during string, done time.Time, f func(*Instance)) {
	begin(c, id, during).finish(done, f)
}

// succeed is an operation that is over at once.
func succeed(c *api.Call, id string, f func(*Instance)) { operate(c, id, "", c.Now, f) }

// cycle is an operation for which the instance must be off: one that runs is stopped and started again.
func cycle(c *api.Call, t target, f func(*Instance)) {
	if t.State != stateRunning {
		operate(c, t.id, "", c.After(modifyTakes), f)
		return
	}
	o := begin(c, t.id, stateStopping)
	o.then(c.After(stopTakes), func(i *Instance) { i.State = stateStarting })
	o.finish(c.After(stopTakes+modifyTakes+startTakes), func(i *Instance) {
		i.State = stateRunning
		if f != nil {
			f(i)
		}
	})
}

// plan writes down what becomes of an instance, i once its operation is over, if nothing else is done to it.
func plan(c *api.Call, id string, i *Instance) {
	switch more := i.traits(); {
	case i.State == stateTerminating:
		return
	case i.State == stateShutdown, i.State == stateLaunchFailed:
		vanish(c, time.Unix(more.Gone, 0), id)
	case more.HostID != "":
		i.planOn(c, id)
	case i.Charge == prepaid && (i.Renew != renewByItself || more.Owed != 0):
		i.planTerm(c, id)
	case i.Charge != prepaid && more.Owed != 0:
		i.planDebt(c, id)
	}
	if i.Doom != 0 {
		i.planDoom(c, id)
	}
}

// planTerm writes down what becomes of an instance that nobody renews.
func (i *Instance) planTerm(c *api.Call, id string) {
	end := i.until(c.Now)
	gone := end.Add(graced + recycled)
	edit(c, end, id, func(i *Instance) { i.Restrict = expired })
	edit(c, end.Add(graced), id, func(i *Instance) { i.recycle(gone, byExpiry) })
	vanish(c, gone, id)
}

// replan changes an instance, and writes its end anew in place of what was to become of it from an instant on, zero for
// nothing. Whatever is being done to it before goes on.
func replan(c *api.Call, id string, from time.Time, f func(*Instance)) {
	was, _ := host.Ends(c.Tx, id)
	if !from.IsZero() {
		instances.Forget(c.Tx, from, id)
		host.Forget(c.Tx, from, id)
	}
	last := new(Instance)
	edit(c, c.Now, id, func(i *Instance) {
		f(i)
		last = i
	})
	plan(c, id, last)
	follow(c, id, was)
}

// recycle puts an instance into the recycle bin, where it is until an instant.
func (i *Instance) recycle(until time.Time, why string) {
	was := i.State
	i.State, i.Isolated = stateShutdown, why
	i.alter(func(t *traits) { t.Gone, t.Was = until.Unix(), was })
}

// restore takes an instance out of the recycle bin again.
func (i *Instance) restore() {
	i.Restrict, i.Isolated = unrestricted, notIsolated
	i.alter(func(t *traits) { t.Gone, t.Was, t.Owed = 0, "", 0 })
	if i.State == stateShutdown {
		i.State = stateRunning // Simulated: no document says that it has to be started by hand.
	}
}

// until is when a prepaid instance ends as far as is known now: automatic renewals come month by month, while there is
// money for them.
func (i *Instance) until(now time.Time) time.Time {
	if owed := i.traits().Owed; owed != 0 {
		now = time.Unix(owed, 0)
	}
	bought := time.Unix(i.Expires, 0)
	end := bought
	for n := 1; i.Renew == renewByItself && !end.After(now); n++ {
		end = clock.AddMonths(bought, n)
	}
	return end
}

// prolong lets an instance that had expired be like any again if it has time left after all.
func (i *Instance) prolong(now time.Time) {
	if i.until(now).After(now) {
		i.Restrict = unrestricted
	}
}

// edit changes an instance, and the host that others see, from instant at on.
func edit(c *api.Call, at time.Time, id string, f func(*Instance)) {
	var seen []host.Host // one for each version, of which the host has the same, since it is always edited along
	instances.Edit(c.Tx, at, id, func(i *Instance) {
		f(i)
		seen = append(seen, i.host())
	})
	host.Edit(c.Tx, at, id, func(h *host.Host) { *h, seen = seen[0], seen[1:] })
}

// vanish ends an instance at instant at.
func vanish(c *api.Call, at time.Time, id string) {
	instances.Delete(c.Tx, at, id)
	host.Delete(c.Tx, at, id)
}
