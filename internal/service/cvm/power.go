package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// StopChargingMode of an instance.
const (
	keepCharging  = "KEEP_CHARGING"
	stopCharging  = "STOP_CHARGING"
	notApplicable = "NOT_APPLICABLE"
)

// startInstances starts STOPPED instances: STARTING, then RUNNING. One that runs is refused, not passed over.
// Source: document/api/213/15735.
func startInstances(c *api.Call, in *sdk.StartInstancesRequestParams) (*sdk.StartInstancesResponseParams, error) {
	found, err := admit(c, in.InstanceIds, bounds{paused: true})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if t.Charge == cdhpaid && t.Restrict == expired { // until its host is renewed
			return nil, wrongState(t.id, t.State)
		}
		done := c.After(startTakes)
		if wan := t.traits().Wan; wan != nil {
			vpc.GiveWanIP(c, done, t.id, *wan)
		}
		operate(c, t.id, stateStarting, done, func(i *Instance) {
			i.State = stateRunning
			i.alter(func(t *traits) { t.Wan = nil })
		})
	}
	return &sdk.StartInstancesResponseParams{}, nil
}

// stopInstances stops RUNNING instances: STOPPING, then STOPPED. StoppedMode STOP_CHARGING gives processor, memory
// and plain public address back where the instance is postpaid; others keep charging. Source: document/api/213/15743.
func stopInstances(c *api.Call, in *sdk.StopInstancesRequestParams) (*sdk.StopInstancesResponseParams, error) {
	if err := checkStopType(in.StopType, in.ForceStop, "ForceStop"); err != nil {
		return nil, err
	}
	mode := or(in.StoppedMode, keepCharging)
	if mode != keepCharging && mode != stopCharging {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, mode, "StoppedMode")
	}
	found, err := admit(c, in.InstanceIds, bounds{})
	if err != nil {
		return nil, err
	}
	if mode == stopCharging && !slices.ContainsFunc(found, target.savesCharge) {
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_STOPPEDMODESTOPCHARGING, "The instance `%s` can not be stopped without charge.", found[0].id).
			Zh("实例 `%s` 不支持关机不收费。")
	}
	for _, t := range found {
		stop(c, t, mode)
	}
	return &sdk.StopInstancesResponseParams{}, nil
}

// savesCharge says whether a stop without charge means anything to an instance, or is at least passed over: a spot one, or
// one with local disks, which would be lost, cannot be stopped so. Among others that can, it keeps charging.
func (t target) savesCharge() bool {
	return t.Charge != spotpaid && (t.Charge == prepaid || t.kind().Family.LocalDisk == "")
}

func stop(c *api.Call, t target, mode string) {
	done := c.After(stopTakes)
	var wan *vpc.Internet
	if t.Charge != postpaid || !t.savesCharge() {
		mode = keepCharging
	}
	if mode == stopCharging {
		if a := network(c, t.id); len(a.Public) > 0 && !a.Elastic {
			wan = &a.Internet
			vpc.DropWanIP(c, done, t.id)
		}
	}
	operate(c, t.id, stateStopping, done, func(i *Instance) {
		i.State, i.StopCharging = stateStopped, mode
		i.alter(func(t *traits) { t.Wan = wan })
	})
}

// rebootInstances reboots RUNNING instances: REBOOTING, then RUNNING again. Source: document/api/213/15742.
func rebootInstances(c *api.Call, in *sdk.RebootInstancesRequestParams) (*sdk.RebootInstancesResponseParams, error) {
	if err := checkStopType(in.StopType, in.ForceReboot, "ForceReboot"); err != nil {
		return nil, err
	}
	found, err := admit(c, in.InstanceIds, bounds{})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		back := t.State // RESCUE_MODE stays so
		operate(c, t.id, stateRebooting, c.After(rebootTakes), func(i *Instance) { i.State = back })
	}
	return &sdk.RebootInstancesResponseParams{}, nil
}

// checkStopType refuses a StopType that is none, and one beside the older switch that it replaced.
func checkStopType(stopType *string, force *bool, forceName string) error {
	switch or(stopType, "SOFT") {
	case "SOFT", "SOFT_FIRST", "HARD":
	default:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *stopType, "StopType")
	}
	if stopType != nil && force != nil {
		return tcerr.New(sdk.INVALIDPARAMETERCOMBINATION, "The parameters `StopType` and `%s` cannot be specified together.", forceName).
			Zh("参数 `StopType` 与 `%s` 不能同时指定。")
	}
	return nil
}
