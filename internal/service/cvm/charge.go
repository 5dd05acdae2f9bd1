package cvm

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// modifyInstancesRenewFlag says what comes after the last day of prepaid instances.
func modifyInstancesRenewFlag(c *api.Call, in *sdk.ModifyInstancesRenewFlagRequestParams) (*sdk.ModifyInstancesRenewFlagResponseParams, error) {
	if err := checkRenewFlag(*in.RenewFlag, "RenewFlag"); err != nil {
		return nil, err
	}
	found, err := admitPaid(c, in.InstanceIds, prepaid)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		end := t.until(c.Now)
		succeed(c, t.id, func(i *Instance) {
			i.Expires, i.Renew = end.Unix(), *in.RenewFlag
			i.prolong(c.Now)
		})
		cbs.Renew(c, t.id, cbs.Renewal{Deadline: end, Renew: *in.RenewFlag})
	}
	return &sdk.ModifyInstancesRenewFlagResponseParams{}, nil
}

// admitPaid is admit for instances that are paid in one way.
func admitPaid(c *api.Call, ids []*string, charge string) ([]target, error) {
	found, err := admit(c, ids, bounds{})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if t.Charge != charge {
			return nil, wrongCharge(t)
		}
	}
	return found, nil
}

func wrongCharge(t target) error {
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCECHARGETYPE, "The charge type `%s` of the instance `%s` does not support this operation.", t.Charge, t.id).
		Zh("计费模式 `%s`（实例 `%s`）不支持该操作。")
}

// renewInstances lets prepaid instances end later, by whole months from their last day on. One in the recycle bin comes
// back with all that it had.
func renewInstances(c *api.Call, in *sdk.RenewInstancesRequestParams) (*sdk.RenewInstancesResponseParams, error) {
	months, flag, err := readPrepaid(in.InstanceChargePrepaid)
	if err != nil {
		return nil, err
	}
	found, err := admit(c, in.InstanceIds, bounds{})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		switch {
		case t.Charge != found[0].Charge:
			return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INSTANCENOTSUPPORTEDMIXPRICINGMODEL, "The instances `%s` and `%s` differ in their pricing model.", found[0].id, t.id).
				Zh("实例 `%s` 与 `%s` 的计费模式不同，不能同时操作。")
		case t.Charge != prepaid:
			return nil, wrongCharge(t)
		}
	}
	if err := checkBackups(c, found, or(in.RenewPortableDataDisk, true)); err != nil {
		return nil, err
	}
	for _, t := range found {
		renew(c, t, cbs.Renewal{Months: months, Renew: flag, Portable: or(in.RenewPortableDataDisk, true)})
	}
	return &sdk.RenewInstancesResponseParams{}, nil
}

// checkBackups refuses to renew instances with disks that have bought room for backup points.
func checkBackups(c *api.Call, found []target, portable bool) error {
	for _, t := range found {
		for id, d := range cbs.Of(c.Tx, t.id) {
			if d.BackupQuota() > 0 && (portable || !d.Portable) {
				return tcerr.New(sdk.UNSUPPORTEDOPERATION_INVALIDDISKBACKUPQUOTA, "The disk `%s` of the instance `%s` has backup points.", id, t.id).
					Zh("云盘 `%s`（实例 `%s`）带有备份点，不支持该操作。")
			}
		}
	}
	return nil
}

// renew lets one instance end later.
func renew(c *api.Call, t target, r cbs.Renewal) {
	done := c.Now
	if t.State == stateShutdown {
		done = c.After(startTakes)
	}
	r.Deadline = clock.AddMonths(t.renewsFrom(c.Now), r.Months)
	operate(c, t.id, "", done, func(i *Instance) {
		i.Expires = r.Deadline.Unix()
		if r.Renew != "" {
			i.Renew = r.Renew
		}
		i.restore()
	})
	cbs.Renew(c, t.id, r)
}

// renewsFrom is where the months of a renewal begin: on the last day, and at once where what was left has been given back.
func (i *Instance) renewsFrom(now time.Time) time.Time {
	if i.Isolated == byHand {
		return now
	}
	return i.until(now)
}

// readPrepaid reads for how long something is paid ahead, in months, and what comes then; "" where nothing is said.
func readPrepaid(in *sdk.InstanceChargePrepaid) (months int, flag string, err error) {
	if in == nil {
		return 0, "", tcerr.Missing("InstanceChargePrepaid")
	}
	if !slices.Contains(periods, or(in.Period, 0)) {
		return 0, "", tcerr.BadFieldValue(sdk.INVALIDPERIOD, or(in.Period, 0), "InstanceChargePrepaid.Period")
	}
	if in.RenewFlag != nil {
		err = checkRenewFlag(*in.RenewFlag, "InstanceChargePrepaid.RenewFlag")
	}
	return int(*in.Period), or(in.RenewFlag, ""), err
}

// maxRecharged is how many instances one call may pay in another way.
const maxRecharged = 20

// modifyInstancesChargeType makes postpaid instances prepaid, or the reverse.
func modifyInstancesChargeType(c *api.Call, in *sdk.ModifyInstancesChargeTypeRequestParams) (*sdk.ModifyInstancesChargeTypeResponseParams, error) {
	to, err := readCharge(in)
	if err != nil {
		return nil, err
	}
	found, err := admitCharge(c, in.InstanceIds, to, bounds{max: maxRecharged})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		to.apply(c, t)
	}
	return &sdk.ModifyInstancesChargeTypeResponseParams{}, nil
}

// charge is a way to pay, with what it says of the future.
type charge struct {
	kind     string
	months   int
	renew    string
	portable bool // data disks that can leave the instance are paid in the same way
}

func readCharge(in *sdk.ModifyInstancesChargeTypeRequestParams) (to charge, err error) {
	to = charge{kind: *in.InstanceChargeType, portable: or(in.ModifyPortableDataDisk, false)}
	switch to.kind {
	case postpaid:
		return to, nil
	case prepaid:
		to.months, to.renew, err = readPrepaid(in.InstanceChargePrepaid)
		if to.renew == "" {
			to.renew = renewByHand
		}
		return to, err
	case underwritten: // for contracts, which the types on sale here are not offered for
		return to, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDINSTANCETYPEUNDERWRITE, to.kind, "InstanceChargeType")
	}
	return to, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, to.kind, "InstanceChargeType")
}

// admitCharge is admit for instances that are to be paid in another way, of which the account may have only so many.
func admitCharge(c *api.Call, ids []*string, to charge, b bounds) ([]target, error) {
	found, err := admit(c, ids, b)
	if err != nil {
		return nil, err
	}
	limit, more := quota.PostpaidInstances, map[string]int{}
	if to.kind == prepaid {
		limit = quota.PrepaidInstances
	}
	for _, t := range found {
		switch {
		case t.Charge == to.kind, t.Charge != prepaid && t.Charge != postpaid:
			return nil, wrongCharge(t)
		case t.Doom != 0:
			return nil, notSupported(t.id)
		}
		if err := to.check(c, t); err != nil {
			return nil, err
		}
		if more[t.Zone]++; inUse(c, t.Zone, to.kind)+more[t.Zone] > c.Quota(limit) {
			return nil, fit(c, tcerr.New(sdk.LIMITEXCEEDED_INSTANCEQUOTA, "Your current quota does not allow you to have `%d` more instances of the charge type `%s`.", len(found), to.kind).
				Zh("您当前的配额不足，不允许再有 `%d` 个计费模式为 `%s` 的实例。"))
		}
	}
	return found, nil
}

// underwritten is a way to pay: so many instances for so long.
const underwritten = "UNDERWRITE"

// check refuses what an instance has and could not have if it were paid in the new way.
func (to charge) check(c *api.Call, t target) error {
	if most, known := maxBandwidth(to.kind, t.internetCharge(to.kind)); known && int64(t.Bandwidth) > most {
		return tcerr.New(sdk.LIMITEXCEEDED_INSTANCETYPEBANDWIDTH, "The bandwidth `%d` of the instance `%s` exceeds the limit `%d`.", t.Bandwidth, t.id, most).
			Zh("带宽 `%d`（实例 `%s`）超过上限 `%d`。")
	}
	for id, d := range cbs.Of(c.Tx, t.id) {
		if to.kind == prepaid && (!d.Portable || to.portable) && !c.InStock(t.Zone, d.Type) { // Simulated: what is paid ahead is bought
			return tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKUNAVAILABLE, "The disk `%s` of the type `%s` is sold out in the zone.", id, d.Type).
				Zh("云盘 `%s`（类型 `%s`）在该可用区已售罄。")
		}
	}
	return nil
}

// apply pays for an instance in another way from now on.
func (to charge) apply(c *api.Call, t target) {
	var end time.Time
	if to.kind == prepaid {
		end = clock.AddMonths(c.Now, to.months)
		buy(c, t.Zone, 1)
	}
	internet := t.internetCharge(to.kind)
	operate(c, t.id, "", c.After(modifyTakes), func(i *Instance) {
		i.Charge, i.Renew, i.Expires, i.InternetCharge = to.kind, to.renew, 0, internet
		i.Restrict, i.StopCharging = unrestricted, keepCharging
		if to.kind == prepaid {
			i.Expires = end.Unix()
		}
	})
	cbs.Pay(c, t.id, end, to.renew, to.portable)
	if a := network(c, t.id); a.Internet.Charge != "" && !a.Elastic {
		vpc.SetCharge(c, t.id, internet, a.Internet.Package)
	}
}

// internetCharge is how an instance's bandwidth is paid once the instance is paid in another way: a bandwidth paid by
// itself is paid as the instance is.
func (i *Instance) internetCharge(kind string) string {
	switch {
	case kind == prepaid && i.InternetCharge == byBandwidth:
		return byBandwidthAhead
	case kind == postpaid && i.InternetCharge == byBandwidthAhead:
		return byBandwidth
	}
	return i.InternetCharge
}
