package cvm

import (
	"errors"
	"fmt"
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Deed is what the cloud's own people do to an instance, and no customer can.
type Deed string

// The deeds. Ban, Freeze, Corrupt and Promote put a hold on an instance, of which it has one at most.
const (
	Ban       Deed = "ban"        // for what it did: RestrictState is PROTECTIVELY_ISOLATED
	Freeze    Deed = "freeze"     // for what its owner did
	Corrupt   Deed = "corrupt"    // its machine is broken for good
	Promote   Deed = "promote"    // it was sold in a promotion: it keeps its type and way to pay, and is not taken back
	Lift      Deed = "lift"       // ends the hold, whichever it is
	Migrate   Deed = "migrate"    // moves it to another machine while it runs
	FailReset Deed = "fail-reset" // lets its next reinstallation fail
	Reclaim   Deed = "reclaim"    // takes a spot one back, after a notice
)

// allDeeds is each of them once.
func allDeeds() []Deed {
	return []Deed{Ban, Freeze, Corrupt, Promote, Lift, Migrate, FailReset, Reclaim}
}

// Check refuses a word that is no deed.
func (d Deed) Check() error {
	if !slices.Contains(allDeeds(), d) {
		return fmt.Errorf("%q is not a deed: there are %q", string(d), allDeeds())
	}
	return nil
}

// What stands against a deed.
var (
	ErrNoInstance = errors.New("no account has this instance")
	ErrImpossible = errors.New("not possible")
)

// Holds of an instance.
const (
	banned          = "banned"
	frozen          = "frozen"
	corrupted       = "corrupted"
	promoted        = "promoted"
	reinstallFailed = "reinstall-failed"
)

// isolated is the RestrictState of a banned instance.
const isolated = "PROTECTIVELY_ISOLATED"

// Condition is how an instance is, in the eyes of the cloud's own people.
type Condition struct {
	Account string `json:"account"` // OwnerUin
	Region  string `json:"region"`
	State   string `json:"state"`          // InstanceState
	Hold    string `json:"hold,omitempty"` // "banned", "frozen", "corrupted", "promoted", "reinstall-failed"; "" for none
	Fails   bool   `json:"resetFails,omitempty"`
}

// Look finds how an instance of the transaction's account and region is.
func Look(tx *state.Tx, id string) (Condition, bool) {
	i, ok := instances.Get(tx, id)
	if !ok {
		return Condition{}, false
	}
	more := i.traits()
	return Condition{tx.Account, tx.Region, i.State, more.Hold, more.ResetFails}, true
}

// Act does a deed to an instance of the call's account and region. Answers ErrNoInstance, or an ErrImpossible that says why.
func Act(c *api.Call, id string, d Deed) error {
	i, ok := instances.Get(c.Tx, id)
	if !ok {
		return ErrNoInstance
	}
	if err := possible(d, i); err != nil {
		return fmt.Errorf("%s %s: %w: %w", d, id, ErrImpossible, err)
	}
	hold := map[Deed]string{Ban: banned, Freeze: frozen, Corrupt: corrupted, Promote: promoted, Lift: ""}
	switch d {
	case Migrate:
		migrate(c, id, i)
	case Reclaim:
		reclaim(c, id, i)
	case FailReset:
		edit(c, c.Now, id, func(i *Instance) { i.alter(func(t *traits) { t.ResetFails = true }) })
	default:
		edit(c, c.Now, id, func(i *Instance) { i.alter(func(t *traits) { t.Hold = hold[d] }) })
	}
	return nil
}

// possible says what stands between an instance and a deed.
func possible(d Deed, i *Instance) error {
	hold := i.traits().Hold
	switch {
	case i.State == stateTerminating || i.State == stateLaunchFailed:
		return errors.New("it is " + i.State)
	case d == Lift && hold == "":
		return errors.New("nothing holds it")
	case d != Lift && d != FailReset && hold != "":
		return errors.New("it is " + hold)
	case d == Reclaim && i.Charge != spotpaid:
		return fmt.Errorf("it is %s; only what is %s is taken back", i.Charge, spotpaid)
	case d == Migrate && (i.State != stateRunning || i.OperationState == operating):
		return fmt.Errorf("it is %s, its operation %s; only what runs and is left alone can be migrated", i.State, i.OperationState)
	}
	return nil
}

// reclaimNotice is how long before its end who has a spot instance is told of it.
const reclaimNotice = 2 * time.Minute

// reclaim terminates an instance after the notice, unless its timer does so before.
func reclaim(c *api.Call, id string, i *Instance) {
	at := c.Now.Add(reclaimNotice)
	if i.Doom != 0 && !at.Before(time.Unix(i.Doom, 0)) {
		return
	}
	dropTimers(c, id)
	doom(c, id, at)
}

// migrate moves an instance to another machine while it works. Until that is over, the customer can begin nothing.
// Simulated: LatestOperation stays what the customer did last.
func migrate(c *api.Call, id string, i *Instance) {
	was, _ := host.Ends(c.Tx, id)
	row := *i
	row.State, row.OperationState = stateEnterMigrate, operating
	instances.Put(c.Tx, id, row)
	host.Put(c.Tx, id, row.host())
	o := operation{c, id, was}
	at := time.Duration(0)
	next := func(takes time.Duration) time.Time { at += takes; return c.After(at) }
	o.then(next(enterTakes), func(i *Instance) { i.State = stateMigrate })
	o.then(next(migrateTakes), func(i *Instance) { i.State = stateExitMigrate })
	o.finish(next(exitTakes), func(i *Instance) { i.State = stateRunning })
}

// checkHold refuses what an instance that is held cannot do: that is, to actions that list a code of its hold. To others
// it is an instance like any. Simulated: that it is so for others.
func checkHold(c *api.Call, id string, i *Instance) error {
	hold := i.traits().Hold
	if hold == "" {
		return nil
	}
	code := listedCode(c, append(holdCodes(hold), "")...)
	if code == "" {
		return nil
	}
	return tcerr.New(code, "The instance `%s` is %s, which does not support this operation.", id, hold).
		Zh("实例 `%s` 处于特殊状态（%s），不支持该操作。")
}

// holdCodes are those by which a hold refuses, the most exact first. Simulated: that an inquiry tells of a promotion by
// the code of one that gave away a larger type.
func holdCodes(hold string) []string {
	switch hold {
	case banned:
		return []string{sdk.UNSUPPORTEDOPERATION_INSTANCESTATEBANNING, sdk.INVALIDINSTANCESTATE}
	case frozen:
		return []string{sdk.UNSUPPORTEDOPERATION_INSTANCESTATEFREEZING, sdk.INVALIDINSTANCESTATE}
	case corrupted:
		return []string{sdk.UNSUPPORTEDOPERATION_INSTANCESTATECORRUPTED, sdk.INVALIDINSTANCESTATE}
	case reinstallFailed:
		return []string{sdk.UNSUPPORTEDOPERATION_INSTANCEREINSTALLFAILED}
	case promoted:
		return []string{
			sdk.FAILEDOPERATION_PROMOTIONALPERIORESTRICTION, sdk.FAILEDOPERATION_UNRETURNABLE, sdk.INVALIDPARAMETERVALUE_INVALIDINSTANCESOURCE,
		}
	}
	return nil
}
