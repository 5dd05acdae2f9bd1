package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// timer terminates an instance at an instant. That the instance ends then, it knows itself.
type timer struct {
	Instance string
	At       int64 // UNIX seconds
}

var timers = state.NewTable("cvm.action-timer",
	state.By("instance", func(_ string, t *timer) []string { return []string{t.Instance} }),
)

// Statuses of a timer.
const (
	timerWaits = "UNDO"
	timerActs  = "DOING"
	timerDone  = "DONE"
)

const (
	timerAction = "TerminateInstances" // the only one
	timerNotice = 5 * time.Minute      // how far ahead a timer must be set

	// timerKept is how long one that has acted is still shown. Simulated: the cloud does not document it.
	timerKept = 30 * 24 * time.Hour
)

// status is what a timer is doing. One whose instance was terminated before has gone with it.
func (t *timer) status(c *api.Call) string {
	switch {
	case c.Now.Before(time.Unix(t.At, 0)):
		return timerWaits
	case instances.Has(c.Tx, t.Instance):
		return timerActs
	}
	return timerDone
}

// readTimer is when a timer of a request acts.
func readTimer(c *api.Call, in *sdk.ActionTimer) (at time.Time, err error) {
	if in.TimerAction == nil {
		return at, tcerr.Missing("ActionTimer.TimerAction")
	}
	if *in.TimerAction != timerAction {
		return at, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.TimerAction, "ActionTimer.TimerAction")
	}
	if in.ActionTime == nil {
		return at, tcerr.Missing("ActionTimer.ActionTime")
	}
	at, err = time.Parse(time.RFC3339, *in.ActionTime)
	if err != nil {
		return at, badTime(*in.ActionTime, "ActionTimer.ActionTime")
	}
	if !at.After(c.Now.Add(timerNotice)) {
		return at, tcerr.New(sdk.INVALIDPARAMETERVALUE, "The time `%s` of the parameter `ActionTimer.ActionTime` must be more than 5 minutes ahead.", *in.ActionTime).
			Zh("参数 `ActionTimer.ActionTime` 的时间 `%s` 必须晚于当前时间 5 分钟以上。")
	}
	return at, nil
}

func badTime(value, name string) error {
	return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDTIMEFORMAT, "The format of the time `%s` of the parameter `%s` is invalid.", value, name).
		Zh("时间 `%s` 格式不合法，参数 `%s`。")
}

// checkTimer settles when an order's instances are to be terminated.
func checkTimer(c *api.Call, o *order) (err error) {
	if o.in.ActionTimer == nil {
		return nil
	}
	if o.charge != postpaid && o.charge != spotpaid {
		return noTimer(o.charge)
	}
	o.doom, err = readTimer(c, o.in.ActionTimer)
	return err
}

func noTimer(what string) error {
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_NOTSUPPORTIMPORTINSTANCESACTIONTIMER, "An action timer cannot be set: `%s` does not support it.", what).
		Zh("`%s` 不支持设置定时任务。")
}

// setTimer puts a timer upon an instance whose row says already when it ends.
func setTimer(c *api.Call, instance string, at time.Time) (id string) {
	id = c.IDs.UUID()
	timers.Put(c.Tx, id, timer{instance, at.Unix()})
	timers.Delete(c.Tx, at.Add(timerKept), id)
	return id
}

// dropTimers takes the timers of an instance away: it ends before they act.
func dropTimers(c *api.Call, instance string) {
	for id, t := range timers.Where(c.Tx, "instance", instance) {
		if t.status(c) == timerWaits {
			timers.Delete(c.Tx, c.Now, id)
		}
	}
}

// planDoom writes down that an instance is terminated at its time, which shows as an operation like any other. Simulated:
// that no request is named.
func (i *Instance) planDoom(c *api.Call, id string) {
	end := time.Unix(i.Doom, 0)
	edit(c, end, id, func(i *Instance) {
		i.State, i.Operation, i.OperationState, i.OperationRequest = stateTerminating, timerAction, operating, ""
	})
	vanish(c, end.Add(c.Takes(terminateTakes)), id)
}

// doom lets an instance be terminated at an instant, zero for no more. Whatever is being done to it goes on.
func doom(c *api.Call, id string, at time.Time) {
	row, ok := instances.Get(c.Tx, id)
	if !ok {
		return
	}
	var from time.Time
	if row.Doom != 0 {
		from = time.Unix(row.Doom, 0)
	}
	replan(c, id, from, func(i *Instance) {
		i.Doom = 0
		if !at.IsZero() {
			i.Doom = at.Unix()
		}
	})
}
