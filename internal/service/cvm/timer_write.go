package cvm

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// importInstancesActionTimer sets a timer upon each of some postpaid instances, which ends it without the recycle bin.
func importInstancesActionTimer(c *api.Call, in *sdk.ImportInstancesActionTimerRequestParams) (*sdk.ImportInstancesActionTimerResponseParams, error) {
	at, err := readTimer(c, in.ActionTimer)
	if err != nil {
		return nil, err
	}
	found, err := lookup(c, in.InstanceIds, maxBatch)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if err := checkTimeable(t); err != nil {
			return nil, err
		}
	}
	out := &sdk.ImportInstancesActionTimerResponseParams{}
	for _, t := range found {
		doom(c, t.id, at)
		out.ActionTimerIds = append(out.ActionTimerIds, new(setTimer(c, t.id, at)))
	}
	return out, nil
}

func checkTimeable(t target) error {
	switch {
	case t.Charge != postpaid && t.Charge != spotpaid, t.State == stateTerminating, t.State == stateShutdown, t.State == stateLaunchFailed:
		return noTimer(t.id)
	case t.Doom != 0:
		return tcerr.New(sdk.FAILEDOPERATION_MUTACTIONTIMEREXIST, "The instance `%s` has an action timer already.", t.id).Zh("实例 `%s` 已存在定时任务。")
	}
	return nil
}

// deleteInstancesActionTimer takes away timers that have not acted yet. The action has no code of its own for others.
func deleteInstancesActionTimer(c *api.Call, in *sdk.DeleteInstancesActionTimerRequestParams) (*sdk.DeleteInstancesActionTimerResponseParams, error) {
	if len(in.ActionTimerIds) == 0 {
		return nil, tcerr.Missing("ActionTimerIds")
	}
	for _, id := range in.ActionTimerIds {
		t, ok := timers.Get(c.Tx, or(id, ""))
		if !ok || t.status(c) != timerWaits {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, or(id, ""), "ActionTimerIds")
		}
	}
	for _, id := range in.ActionTimerIds {
		if t, ok := timers.Get(c.Tx, *id); ok {
			doom(c, t.Instance, time.Time{})
			timers.Delete(c.Tx, c.Now, *id)
		}
	}
	return &sdk.DeleteInstancesActionTimerResponseParams{}, nil
}

// describeInstancesActionTimer lists timers, oldest first. What is not there is left out. Source: document/product/213/103950.
func describeInstancesActionTimer(c *api.Call, in *sdk.DescribeInstancesActionTimerRequestParams) (*sdk.DescribeInstancesActionTimerResponseParams, error) {
	if n := len(in.InstanceIds); n > maxBatch {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `InstanceIds` `%d` exceeds the limit `%d`.", n, maxBatch).
			Zh("`InstanceIds` 的数量 `%d` 超过上限 `%d`。")
	}
	from, err := readWallTime(in.StartActionTime, "StartActionTime")
	if err != nil {
		return nil, err
	}
	to, err := readWallTime(in.EndActionTime, "EndActionTime")
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeInstancesActionTimerResponseParams{ActionTimers: []*sdk.ActionTimer{}}
	for id, t := range timers.All(c.Tx) {
		status, at := t.status(c), time.Unix(t.At, 0)
		if amid(in.ActionTimerIds, id) && amid(in.InstanceIds, t.Instance) && amid(in.StatusList, status) && or(in.TimerAction, timerAction) == timerAction &&
			(in.StartActionTime == nil || !at.Before(from)) && (in.EndActionTime == nil || !at.After(to)) {
			out.ActionTimers = append(out.ActionTimers, &sdk.ActionTimer{
				TimerAction: new(timerAction), ActionTime: new(iso(t.At)), Externals: &sdk.Externals{}, ActionTimerId: &id, Status: &status, InstanceId: &t.Instance,
			})
		}
	}
	return out, nil
}

// amid says whether a value is among those asked for, of which none means any.
func amid(asked []*string, value string) bool {
	return len(asked) == 0 || slices.ContainsFunc(asked, func(p *string) bool { return or(p, "") == value })
}

var beijing = time.FixedZone("CST", 8*60*60)

// readWallTime reads a time of Beijing's clock, "2018-05-01 19:00:00".
func readWallTime(in *string, name string) (time.Time, error) {
	if in == nil {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation(time.DateTime, *in, beijing)
	if err != nil {
		return at, badTime(*in, name)
	}
	return at, nil
}
