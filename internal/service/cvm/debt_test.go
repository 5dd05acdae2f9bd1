package cvm

import (
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
)

// stand says how the account stands from now on.
func (d *desk) stand(word account.Standing) {
	d.Helper()
	d.Settings.Standing = func(string) account.Standing { return word }
	d.Must(func(c *api.Call) { Settle(c) })
}

func TestAnInstanceWhoseAccountCannotPayEnds(t *testing.T) {
	d := newDesk(t)
	id, spot := d.run(online, stocked), d.run(func(in *sdk.RunInstancesRequestParams) { in.InstanceChargeType = p(spotpaid) })
	d.stand(account.NoBalance)
	d.stand(account.NoBalance) // again, which changes nothing
	d.Advance(lent - time.Second)
	d.wantState(id, stateRunning, unrestricted, notIsolated)
	d.Advance(time.Second)
	d.wantState(id, stateShutdown, unrestricted, byArrears)
	d.wantState(spot, stateShutdown, unrestricted, byArrears)
	call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(spot)})
	d.stand(account.Good)
	d.stand(account.NoBalance)
	d.Advance(lent)
	d.wantGone(spot)
	d.wantState(id, stateShutdown, unrestricted, byArrears)
	d.Advance(awaits)
	d.wantGone(id)
}

func TestABalanceThatIsBackLeavesWhatIsUnderWayAlone(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	d.stand(account.NoBalance)
	d.Advance(lent - stopTakes/2)
	call(d, stopInstances, sdk.StopInstancesRequestParams{InstanceIds: ps(id)})
	d.Advance(time.Second)
	d.stand(account.Good)
	d.Advance(stopTakes)
	d.wantState(id, stateStopped, unrestricted, notIsolated)
	if got := d.row(id).OperationState; got != succeeded {
		t.Errorf("got its stop %s, want %s", got, succeeded)
	}
}

func TestATimerActsBesidesADebt(t *testing.T) {
	d := newDesk(t)
	soon, late := d.run(), d.run()
	d.timer(time.Hour, soon)
	d.timer(30*24*time.Hour, late)
	d.stand(account.NoBalance)
	d.Advance(time.Hour + terminateTakes)
	d.wantGone(soon)
	d.Advance(time.Hour)
	d.wantState(late, stateShutdown, unrestricted, byArrears)
	d.stand(account.Good)
	d.wantState(late, stateStopped, unrestricted, notIsolated)
	d.Advance(29 * 24 * time.Hour)
	d.wantState(late, stateStopped, unrestricted, notIsolated)
	d.Advance(24 * time.Hour)
	d.wantGone(late)
}
