package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// resetInstancesType makes an instance one of another type; ForceStop stops one that runs. It ends RUNNING, even if it
// was stopped before.
func resetInstancesType(c *api.Call, in *sdk.ResetInstancesTypeRequestParams) (*sdk.ResetInstancesTypeResponseParams, error) {
	found, err := admit(c, in.InstanceIds, bounds{max: 1, allowed: or(in.ForceStop, false), paused: true})
	if err != nil {
		return nil, err
	}
	t := found[0]
	kind, err := retype(c, t, *in.InstanceType)
	if err != nil {
		return nil, fit(c, err)
	}
	during := ""
	if t.State == stateRunning {
		during = stateStopping
	}
	o, off := begin(c, t.id, during), t.stoppedThen(modifyTakes)
	o.then(c.After(off), func(i *Instance) {
		i.State = stateStarting
		if t.Charge == prepaid && cheaper(kind, i.kind()) {
			i.alter(func(t *traits) { t.Downgrades++ })
		}
		i.Type = kind.Name
	})
	o.finish(c.After(off+startTakes), func(i *Instance) { i.State = stateRunning })
	return &sdk.ResetInstancesTypeResponseParams{}, nil
}

// retype checks that an instance can become one of another type, and finds that.
func retype(c *api.Call, t target, name string) (*offer.Type, error) {
	to, err := newKind(c, t, name)
	if err != nil {
		return nil, err
	}
	if name == t.Type {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, name, "InstanceType")
	}
	if err := changeable(c, t, to); err != nil {
		return nil, err
	}
	if t.Charge == prepaid && cheaper(to, t.kind()) && t.traits().Downgrades >= c.Quota(quota.InstanceDowngrades) {
		return nil, tcerr.New(quota.InstanceDowngrades.Code(), "The instance `%s` was downgraded `%d` times, which is the limit.", t.id, t.traits().Downgrades).
			Zh("实例 `%s` 已降配 `%d` 次，达到上限。")
	}
	return to, nil
}

// changeable says what stands between an instance and another type: families that do not mix, what is attached to the
// instance, and stock.
func changeable(c *api.Call, t target, to *offer.Type) error {
	if code := mixes(t.kind(), to); code != "" {
		code = listedCode(c, code, sdk.UNSUPPORTEDOPERATION_HETEROGENEOUSCHANGEINSTANCEFAMILY)
		return tcerr.New(code, "The instance `%s` of the type `%s` can not become one of the type `%s`.", t.id, t.Type, to.Name).
			Zh("实例 `%s`（机型 `%s`）不支持变更为机型 `%s`。")
	}
	if err := t.checkTerms(c, to); err != nil {
		return err
	}
	if n := vpc.Cards(c.Tx, t.id); n > to.Interfaces() {
		return tcerr.New(sdk.LIMITEXCEEDED_ENINUMLIMIT, "The instance `%s` has `%d` network interfaces, more than the type `%s` allows.", t.id, n, to.Name).
			Zh("实例 `%s` 已绑定 `%d` 个网卡，超过机型 `%s` 的上限。")
	}
	if n := len(network(c, t.id).Public); n > to.PublicAddresses() {
		return tcerr.New(sdk.LIMITEXCEEDED_EIPNUMLIMIT, "The instance `%s` has `%d` public addresses, more than the type `%s` allows.", t.id, n, to.Name).
			Zh("实例 `%s` 已绑定 `%d` 个公网 IP，超过机型 `%s` 的上限。")
	}
	if net := network(c, t.id).Internet; to.Bandwidth > 0 && float64(net.Bandwidth) > 1000*to.Bandwidth {
		return tcerr.New(sdk.LIMITEXCEEDED_INSTANCETYPEBANDWIDTH, "The bandwidth `%d` of the instance `%s` exceeds what the type `%s` has.", net.Bandwidth, t.id, to.Name).
			Zh("带宽 `%d`（实例 `%s`）超过机型 `%s` 的上限。")
	}
	return t.checkSupply(c, to)
}

// mixes is the code by which an instance of one type cannot become one of another; "" where it can.
func mixes(from, to *offer.Type) string {
	a, b := from.Family, to.Family
	switch {
	case a == b:
		return ""
	case a.Batch(): // Simulated: which types of those that are for batches alone are refused by what
		return sdk.UNSUPPORTEDOPERATION_ORIGINALINSTANCETYPEINVALID
	case b.Batch():
		return sdk.UNSUPPORTEDOPERATION_UNSUPPORTEDCHANGEINSTANCEFAMILY
	case a.Arch == offer.ARM && b.Arch != offer.ARM:
		return sdk.UNSUPPORTEDOPERATION_UNSUPPORTEDARMCHANGEINSTANCEFAMILY
	case a.Arch != offer.ARM && b.Arch == offer.ARM:
		return sdk.UNSUPPORTEDOPERATION_UNSUPPORTEDCHANGEINSTANCEFAMILYTOARM
	case a.GPUType != "" && b.GPUType != "":
		return sdk.INVALIDPARAMETERVALUE_INVALIDGPUFAMILYCHANGE
	case a.GPUType != "":
		return sdk.UNSUPPORTEDOPERATION_HETEROGENEOUSCHANGEINSTANCEFAMILY
	case b.GPUType != "":
		return sdk.INVALIDPARAMETERVALUE_GPUINSTANCEFAMILY
	case a.LocalDisk != "":
		return sdk.UNSUPPORTEDOPERATION_LOCALDATADISKCHANGEINSTANCEFAMILY
	case b.LocalDisk != "":
		return sdk.UNSUPPORTEDOPERATION_UNSUPPORTEDCHANGEINSTANCETOTHISINSTANCEFAMILY
	}
	return ""
}

// cheaper says whether a type costs less than another.
func cheaper(a, b *offer.Type) bool {
	hour := func(t *offer.Type) float64 { return offer.TypePrice(t, "", offer.Term{}).Paid }
	return hour(a) < hour(b)
}

// maxModified is how many instances DescribeInstancesModification takes at once.
const maxModified = 20

// describeInstancesModification lists the types that all of some instances of one zone could become.
func describeInstancesModification(c *api.Call, in *sdk.DescribeInstancesModificationRequestParams) (*sdk.DescribeInstancesModificationResponseParams, error) {
	found, err := lookup(c, in.InstanceIds, maxModified)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if t.Zone != found[0].Zone {
			return nil, tcerr.New(sdk.FAILEDOPERATION_ZONEINCONSISTENT, "The instances `%s` and `%s` are not in the same zone.", found[0].id, t.id).
				Zh("实例 `%s` 与 `%s` 不在同一可用区。")
		}
	}
	for _, t := range found {
		switch {
		case t.State == stateLaunchFailed:
			return nil, notSupported(t.id)
		case t.Charge == cdhpaid: // cut to measure: there is no other type
			return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_UNSUPPORTEDCHANGEINSTANCEFAMILY, "The instance `%s` of the type `%s` can not become one of another type.", t.id, t.Type).
				Zh("实例 `%s`（机型 `%s`）不支持变更机型。")
		}
	}
	wanted, err := askOffers(c, in.Filters, 2, "status")
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeInstancesModificationResponseParams{InstanceTypeConfigStatusSet: []*sdk.InstanceTypeConfigStatus{}}
	for o := range offer.Offers(found[0].Zone) {
		if s := modification(c, found, o); s != nil && wanted.meets("status", *s.Status) {
			out.InstanceTypeConfigStatusSet = append(out.InstanceTypeConfigStatusSet, s)
		}
	}
	out.TotalCount = new(int64(len(out.InstanceTypeConfigStatusSet)))
	return out, nil
}

// modification is what stands between instances and a type; nil for the type that one of them has.
func modification(c *api.Call, found []target, o offer.Offer) *sdk.InstanceTypeConfigStatus {
	s := &sdk.InstanceTypeConfigStatus{Status: new("SELL"), Message: new(""), InstanceTypeConfig: typeConfig(o)}
	for _, t := range found {
		if t.Type == o.Type.Name {
			return nil
		}
		if e := tcerr.Of(changeable(c, t, o.Type)); e != nil {
			s.Status, s.Message = new("UNAVAILABLE"), new(e.Message(c.Language))
		}
	}
	return s
}

// What DescribeInstancesOperationLimit counts.
const (
	downgrades      = "INSTANCE_DEGRADE"
	internetCharges = "INTERNET_CHARGE_TYPE_CHANGE"
)

// unlimited is how the API counts what has no limit.
const unlimited = -1

// describeInstancesOperationLimit counts what may be done to instances only so often.
func describeInstancesOperationLimit(c *api.Call, in *sdk.DescribeInstancesOperationLimitRequestParams) (*sdk.DescribeInstancesOperationLimitResponseParams, error) {
	if err := checkChoice(in.Operation, "Operation", downgrades, internetCharges); err != nil {
		return nil, err
	}
	found, err := lookup(c, in.InstanceIds, 0)
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeInstancesOperationLimitResponseParams{}
	for _, t := range found {
		count, limit := unlimited, unlimited
		if *in.Operation == downgrades && t.Charge == prepaid {
			count, limit = t.traits().Downgrades, c.Quota(quota.InstanceDowngrades)
		}
		out.InstanceOperationLimitSet = append(out.InstanceOperationLimitSet, &sdk.OperationCountLimit{
			Operation: in.Operation, InstanceId: &t.id, CurrentCount: new(int64(count)), LimitCount: new(int64(limit)),
		})
	}
	return out, nil
}
