package cvm

import (
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
)

// What happens to an instance that is paid by the hour when its account has nothing left: it works on for a while, then
// it is off and waits for the balance. What is paid ahead has been paid, but no more renews itself.
const (
	lent   = 2 * time.Hour
	awaits = 15 * 24 * time.Hour
)

// Settle lets the instances of the call's account and region take note of how the account stands, and since when: their
// future is written down anew where it has changed. Simulated: that spot ones wait like others, and that disks are not
// concerned.
func Settle(c *api.Call) {
	broke := c.Standing() == account.NoBalance
	for id, i := range instances.All(c.Tx) {
		owes := i.traits().Owed != 0
		switch {
		case broke == owes, i.State == stateTerminating, i.State == stateLaunchFailed, i.Charge == cdhpaid:
		case broke:
			owe(c, id, i, c.Now.Unix())
		case i.Isolated != byExpiry: // which only a renewal brings back
			owe(c, id, i, 0)
		}
	}
}

// owe lets an instance's account have nothing left since an instant, in UNIX seconds, or be solvent again at 0.
func owe(c *api.Call, id string, i *Instance, since int64) {
	end, _ := host.Ends(c.Tx, id)
	if at := time.Unix(i.Doom, 0); i.Doom != 0 && at.Before(end) {
		end = at
	}
	off := i.Isolated == byArrears
	replan(c, id, end, func(i *Instance) {
		i.alter(func(t *traits) { t.Owed = since })
		if since == 0 {
			i.absolve(off)
			i.prolong(c.Now)
		}
	})
}

// absolve takes an end for want of money off an instance: one that is off already stays so until it is started, one that
// was going to be goes on. Simulated: that it has to be started by hand.
func (i *Instance) absolve(off bool) {
	if i.Isolated != byArrears && i.Isolated != byExpiry {
		return
	}
	i.State, i.Isolated = i.traits().Was, notIsolated
	i.alter(func(t *traits) { t.Gone, t.Was = 0, "" })
	if off && i.State != stateStopped {
		i.State, i.StopCharging = stateStopped, keepCharging
	}
}

// planDebt writes down what becomes of an instance whose account has nothing left.
func (i *Instance) planDebt(c *api.Call, id string) {
	off := time.Unix(i.traits().Owed, 0).Add(lent)
	edit(c, off, id, func(i *Instance) { i.recycle(off.Add(awaits), byArrears) })
	vanish(c, off.Add(awaits), id)
}
