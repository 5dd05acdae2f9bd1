package cvm

import (
	"errors"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

// act does a deed that must be possible.
func (d *desk) act(id string, deed Deed) {
	d.Helper()
	if err := d.Do(func(c *api.Call) error { return Act(c, id, deed) }); err != nil {
		d.Fatal(err)
	}
}

func TestAMigrationPassesThroughItsStatesAndKeepsTheEnd(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand))
	d.act(id, Migrate)
	d.wantState(id, stateEnterMigrate, unrestricted, notIsolated)
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATEENTERSERVICELIVEMIGRATE, stopInstances, sdk.StopInstancesRequestParams{InstanceIds: ps(id)})
	d.Advance(enterTakes)
	d.wantState(id, stateMigrate, unrestricted, notIsolated)
	d.Advance(migrateTakes)
	d.wantState(id, stateExitMigrate, unrestricted, notIsolated)
	d.Advance(exitTakes)
	d.wantState(id, stateRunning, unrestricted, notIsolated)
	if got := d.row(id); got.OperationState != succeeded || got.Operation != "RunInstances" {
		d.Errorf("got %s %s, want the launch as the latest operation", got.Operation, got.OperationState)
	}
	d.until("2026-04-02T04:00:00Z")
	d.wantState(id, stateShutdown, expired, byExpiry)
	d.until("2026-04-09T04:00:00Z")
	d.wantGone(id)
}

func TestHoldsRefuseWhatListsThem(t *testing.T) {
	d := newDesk(t)
	for _, row := range []struct {
		deed     Deed
		code     string // of StopInstances
		restrict string
	}{
		{Ban, sdk.UNSUPPORTEDOPERATION_INSTANCESTATEBANNING, isolated},
		{Freeze, sdk.UNSUPPORTEDOPERATION_INSTANCESTATEFREEZING, unrestricted},
		{Corrupt, sdk.UNSUPPORTEDOPERATION_INSTANCESTATECORRUPTED, unrestricted},
	} {
		id := d.run()
		stop := sdk.StopInstancesRequestParams{InstanceIds: ps(id)}
		d.act(id, row.deed)
		refused(d, row.code, stopInstances, stop)
		if got := *d.shown(id).RestrictState; got != row.restrict {
			d.Errorf("%s: got RestrictState %s, want %s", row.deed, got, row.restrict)
		}
		d.act(id, Lift)
		call(d, stopInstances, stop)
	}
}

func TestAReinstallationThatFailsCanBeRepeated(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	d.act(id, FailReset)
	reset := sdk.ResetInstanceRequestParams{InstanceId: p(id)}
	call(d, resetInstance, reset)
	d.Advance(resetTakes)
	if got := d.shown(id); *got.LatestOperationState != failed || *got.LatestOperationErrorMsg == "" {
		d.Errorf("got %s %q, want %s and why", *got.LatestOperationState, *got.LatestOperationErrorMsg, failed)
	}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCEREINSTALLFAILED, startInstances, sdk.StartInstancesRequestParams{InstanceIds: ps(id)})
	call(d, resetInstance, reset)
	d.Advance(resetTakes)
	d.wantState(id, stateRunning, unrestricted, notIsolated)
	call(d, rebootInstances, sdk.RebootInstancesRequestParams{InstanceIds: ps(id)})
}

func TestDeedsThatCannotBe(t *testing.T) {
	d := newDesk(t)
	id, held := d.run(), d.run()
	d.act(held, Freeze)
	d.stop(id)
	for _, row := range []struct {
		id   string
		deed Deed
		want error
	}{
		{"ins-00000000", Ban, ErrNoInstance},
		{id, Lift, ErrImpossible},
		{id, Migrate, ErrImpossible},
		{held, Ban, ErrImpossible},
		{held, Migrate, ErrImpossible},
	} {
		if err := d.Do(func(c *api.Call) error { return Act(c, row.id, row.deed) }); !errors.Is(err, row.want) {
			d.Errorf("%s %s: got %v, want %v", row.deed, row.id, err, row.want)
		}
	}
	if err := Deed("destroy").Check(); err == nil {
		d.Error("destroy: got a deed, want none")
	}
}
