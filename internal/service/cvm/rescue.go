package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// userName is the form of a user of Linux.
var userName = formOf(`^[A-Za-z_][A-Za-z0-9_-]{0,31}$`)

// enterRescueMode starts an instance from a rescue system, with a user and password of its own:
// ENTER_RESCUE_MODE, then RESCUE_MODE.
func enterRescueMode(c *api.Call, in *sdk.EnterRescueModeRequestParams) (*sdk.EnterRescueModeResponseParams, error) {
	if err := checkStopType(in.StopType, in.ForceStop, "ForceStop"); err != nil {
		return nil, fit(c, err)
	}
	found, err := admit(c, []*string{in.InstanceId}, bounds{})
	if err != nil {
		return nil, err
	}
	t := found[0]
	if t.kind().Family.Arch == offer.ARM {
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_ARMARCHITECTURE, "The instance `%s` of the ARM architecture does not support this operation.", t.id).
			Zh("ARM 架构实例 `%s` 不支持该操作。")
	}
	if user := or(in.Username, "root"); !userName.fits(user) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, user, "Username")
	}
	if err := checkPassword(*in.Password, t.Windows); err != nil {
		return nil, err
	}
	operate(c, t.id, stateEnterRescue, c.After(rescueTakes), func(i *Instance) { i.State = stateRescue })
	return &sdk.EnterRescueModeResponseParams{}, nil
}

// exitRescueMode starts an instance from its own system again: EXIT_RESCUE_MODE, then RUNNING.
func exitRescueMode(c *api.Call, in *sdk.ExitRescueModeRequestParams) (*sdk.ExitRescueModeResponseParams, error) {
	found, err := admit(c, []*string{in.InstanceId}, bounds{})
	if err != nil {
		return nil, err
	}
	operate(c, found[0].id, stateExitRescue, c.After(rescueTakes), func(i *Instance) { i.State = stateRunning })
	return &sdk.ExitRescueModeResponseParams{}, nil
}
