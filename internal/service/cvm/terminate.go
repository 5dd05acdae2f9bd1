package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// terminateInstances gives instances back. Postpaid and spot ones are TERMINATING and then gone; a prepaid one goes
// to the recycle bin (SHUTDOWN) first and is gone after a second call or seven days. Source: document/api/213/15723.
func terminateInstances(c *api.Call, in *sdk.TerminateInstancesRequestParams) (*sdk.TerminateInstancesResponseParams, error) {
	found, err := admit(c, in.InstanceIds, bounds{paused: true})
	if err != nil {
		return nil, err
	}
	if err := checkTerminable(found); err != nil {
		return nil, err
	}
	if err := checkReturns(c, found); err != nil {
		return nil, err
	}
	for _, t := range found {
		release := release{addresses: or(in.ReleaseAddress, false), prepaidDisks: or(in.ReleasePrepaidDataDisks, false)}
		if t.Charge == prepaid && t.State != stateShutdown {
			recycle(c, t, release)
			continue
		}
		dropTimers(c, t.id)
		done := c.After(terminateTakes)
		operate(c, t.id, stateTerminating, done, nil)
		release.at(c, done, t.id)
	}
	return &sdk.TerminateInstancesResponseParams{}, nil
}

func checkTerminable(found []target) error {
	for _, t := range found {
		if t.Protected {
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCESPROTECTED, "The instance `%s` is protected against termination by API.", t.id).
				Zh("实例 `%s` 已开启实例销毁保护，不允许销毁。")
		}
	}
	return checkAlike(found)
}

// checkAlike refuses prepaid instances together with others.
func checkAlike(found []target) error {
	for _, t := range found {
		if (t.Charge == prepaid) != (found[0].Charge == prepaid) {
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCEMIXEDPRICINGMODEL, "The instances `%s` and `%s` differ in their pricing model.", found[0].id, t.id).
				Zh("实例 `%s` 与 `%s` 的计费模式不同，不能同时操作。")
		}
	}
	return nil
}

// checkReturns refuses to take back what was paid ahead and has expired, which goes by itself, and more than the account
// may give back. Simulated: that those in the recycle bin of the region are counted.
func checkReturns(c *api.Call, found []target) error {
	more := 0
	for _, t := range found {
		if t.Charge != prepaid || t.State == stateShutdown {
			continue
		}
		if t.Restrict == expired {
			return tcerr.New(sdk.INVALIDINSTANCENOTSUPPORTEDPREPAIDINSTANCE, "The prepaid instance `%s` has expired and can not be returned.", t.id).
				Zh("包年包月实例 `%s` 已到期，不满足退还规则。")
		}
		more++
	}
	if more == 0 {
		return nil
	}
	for _, i := range instances.Where(c.Tx, "state", stateShutdown) {
		if i.Isolated == byHand {
			more++
		}
	}
	if most := c.Quota(quota.Returns); more > most && lists(c, sdk.LIMITEXCEEDED_USERRETURNQUOTA) {
		return tcerr.New(sdk.LIMITEXCEEDED_USERRETURNQUOTA, "The number of returned instances `%d` exceeds the limit `%d`.", more, most).
			Zh("退还实例的数量 `%d` 超过上限 `%d`。")
	}
	return nil
}

// recycle puts a prepaid instance into the recycle bin, from which it is gone after seven days.
func recycle(c *api.Call, t target, r release) {
	done := c.After(terminateTakes)
	operate(c, t.id, "", done, func(i *Instance) { i.recycle(done.Add(recycled), byHand) })
	if r.addresses {
		vpc.Release(c, done.Add(recycled), t.id, true)
	}
	if r.prepaidDisks {
		cbs.Recycle(c, done, t.id)
	}
}

// release is what a termination takes along besides the instance, its system disk and plain public address.
type release struct{ addresses, prepaidDisks bool }

// at ends an instance, and all that ends with it, at an instant.
func (r release) at(c *api.Call, at time.Time, id string) {
	vanish(c, at, id)
	vpc.Release(c, at, id, r.addresses)
	cbs.Release(c, at, id)
	tag.Drop(c.Tx, at, tagged(id))
}

// tagged is how tags know an instance.
func tagged(id string) tag.Resource { return tag.Resource{Service: "cvm", Prefix: "instance", ID: id} }
