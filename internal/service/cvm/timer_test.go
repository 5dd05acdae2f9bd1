package cvm

import (
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// ending is a timer that acts after a while.
func (d *desk) ending(after time.Duration) *sdk.ActionTimer {
	return &sdk.ActionTimer{TimerAction: p(timerAction), ActionTime: p(d.Now.Add(after).Format("2006-01-02T15:04:05Z"))}
}

func (d *desk) timer(after time.Duration, instance string) string {
	d.Helper()
	return *call(d, importInstancesActionTimer, sdk.ImportInstancesActionTimerRequestParams{InstanceIds: ps(instance), ActionTimer: d.ending(after)}).ActionTimerIds[0]
}

// timerStatus is what a timer is doing, "" when it is not there.
func (d *desk) timerStatus(id string) string {
	d.Helper()
	set := call(d, describeInstancesActionTimer, sdk.DescribeInstancesActionTimerRequestParams{ActionTimerIds: ps(id)}).ActionTimers
	if len(set) == 0 {
		return ""
	}
	d.wantFull(set[0])
	return *set[0].Status
}

func TestTimerTerminatesItsInstance(t *testing.T) {
	d := newDesk(t)
	instance := d.run(withData(1))
	disks := d.disks(instance)
	id := d.timer(time.Hour, instance)
	if got := d.timerStatus(id); got != timerWaits {
		t.Errorf("got %s, want %s", got, timerWaits)
	}
	d.stop(instance) // an operation in between changes nothing
	d.Advance(time.Hour - stopTakes)
	if got, i := d.timerStatus(id), d.row(instance); got != timerActs || i == nil || i.State != stateTerminating {
		t.Errorf("at its time: got %s, %+v, want it terminating", got, i)
	}
	d.Advance(terminateTakes)
	if got, i := d.timerStatus(id), d.row(instance); got != timerDone || i != nil {
		t.Errorf("then: got %s, %+v, want it gone", got, i)
	}
	d.Must(func(c *api.Call) {
		if _, there := vpc.Of(c.Tx, instance); there {
			t.Error("its network card is still there")
		}
		for _, disk := range disks {
			if _, there := cbs.Get(c.Tx, disk); there {
				t.Errorf("its disk %s is still there", disk)
			}
		}
	})
}

func TestDeletedTimerDoesNothing(t *testing.T) {
	d := newDesk(t)
	instance := d.run()
	id := d.timer(time.Hour, instance)
	refused(d, sdk.FAILEDOPERATION_MUTACTIONTIMEREXIST, importInstancesActionTimer, sdk.ImportInstancesActionTimerRequestParams{
		InstanceIds: ps(instance), ActionTimer: d.ending(time.Hour),
	})
	call(d, rebootInstances, sdk.RebootInstancesRequestParams{InstanceIds: ps(instance)}) // under way while the timer goes
	drop := sdk.DeleteInstancesActionTimerRequestParams{ActionTimerIds: ps(id)}
	call(d, deleteInstancesActionTimer, drop)
	refused(d, "InvalidParameterValue", deleteInstancesActionTimer, drop)
	if i := d.later(rebootTakes, instance); i.State != stateRunning || i.OperationState != succeeded {
		t.Errorf("got %+v, want the reboot to end", i)
	}
	d.Advance(2 * time.Hour)
	if i := d.row(instance); i == nil || i.State != stateRunning || i.Doom != 0 {
		t.Errorf("got %+v, want it running", i)
	}
	if got := len(d.disks(instance)); got != 1 {
		t.Errorf("got %d disks, want it with its disk", got)
	}
	if got := d.timerStatus(id); got != "" {
		t.Errorf("got %s, want no timer", got)
	}
	d.timer(time.Hour, instance)
}

func TestTimerOfALaunchAndOfATerminatedInstance(t *testing.T) {
	d := newDesk(t)
	launched := d.run(func(in *sdk.RunInstancesRequestParams) { in.ActionTimer = d.ending(time.Hour) })
	set := call(d, describeInstancesActionTimer, sdk.DescribeInstancesActionTimerRequestParams{InstanceIds: ps(launched)}).ActionTimers
	if len(set) != 1 || *set[0].Status != timerWaits {
		t.Fatalf("got %+v, want the timer of the launch", set)
	}
	call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(launched)})
	d.Advance(2 * time.Hour)
	if got := d.timerStatus(*set[0].ActionTimerId); got != "" {
		t.Errorf("got %s, want the timer gone with its instance", got)
	}
	other := d.run(func(in *sdk.RunInstancesRequestParams) { in.ActionTimer = d.ending(time.Hour) })
	d.Advance(time.Hour + terminateTakes)
	if i := d.row(other); i != nil {
		t.Errorf("got %+v, want it gone by its timer", i)
	}
}

func TestTimerRefusals(t *testing.T) {
	d := newDesk(t)
	instance := d.run()
	month := d.run(func(in *sdk.RunInstancesRequestParams) {
		in.InstanceChargeType, in.InstanceChargePrepaid = p(prepaid), &sdk.InstanceChargePrepaid{Period: p(int64(1))}
	})
	for name, row := range map[string]struct {
		code, instance string
		timer          *sdk.ActionTimer
	}{
		"action":     {"InvalidParameterValue", instance, &sdk.ActionTimer{TimerAction: p("StopInstances"), ActionTime: d.ending(time.Hour).ActionTime}},
		"no time":    {"MissingParameter", instance, &sdk.ActionTimer{TimerAction: p(timerAction)}},
		"format":     {sdk.INVALIDPARAMETERVALUE_INVALIDTIMEFORMAT, instance, &sdk.ActionTimer{TimerAction: p(timerAction), ActionTime: p("tomorrow")}},
		"too soon":   {"InvalidParameterValue", instance, d.ending(timerNotice)},
		"prepaid":    {sdk.UNSUPPORTEDOPERATION_NOTSUPPORTIMPORTINSTANCESACTIONTIMER, month, d.ending(time.Hour)},
		"not there":  {sdk.INVALIDINSTANCEID_NOTFOUND, "ins-00000000", d.ending(time.Hour)},
		"no such id": {sdk.INVALIDPARAMETERVALUE_INSTANCEIDMALFORMED, "web", d.ending(time.Hour)},
	} {
		d.Log(name)
		refused(d, row.code, importInstancesActionTimer, sdk.ImportInstancesActionTimerRequestParams{InstanceIds: ps(instance, row.instance), ActionTimer: row.timer})
	}
	ask := sdk.DescribeInstancesActionTimerRequestParams{StartActionTime: p("2026-03-01T12:00:00Z")}
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDTIMEFORMAT, describeInstancesActionTimer, ask)
	d.timer(time.Hour, instance) // 13:00:30 in Beijing
	for from, want := range map[string]int{"2026-03-01 13:00:00": 1, "2026-03-01 14:00:00": 0} {
		out := call(d, describeInstancesActionTimer, sdk.DescribeInstancesActionTimerRequestParams{StartActionTime: &from})
		if len(out.ActionTimers) != want {
			t.Errorf("from %s: got %d timers, want %d", from, len(out.ActionTimers), want)
		}
	}
}
