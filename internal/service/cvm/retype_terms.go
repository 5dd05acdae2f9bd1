package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// newKind finds the type that an instance is to be of: what its zone sells or, on a dedicated host, a share of that.
func newKind(c *api.Call, t target, name string) (*offer.Type, error) {
	if t.Charge == cdhpaid {
		return newShare(c, t, name)
	}
	zone, _ := region.FindZone(t.Zone)
	return sold(name, t.Zone, zone.ID)
}

// newShare cuts an instance anew on its dedicated host.
func newShare(c *api.Call, t target, name string) (*offer.Type, error) {
	o := &order{charge: cdhpaid, in: &sdk.RunInstancesRequestParams{InstanceType: &name}}
	o.zone, _ = region.FindZone(t.Zone)
	if err := checkShare(o); err != nil {
		return nil, err
	}
	room, err := roomOn(c, o, t.traits().HostID, t.kind())
	if err == nil && room == 0 {
		err = tcerr.New(sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE, "The host has no room for the instance type `%s`.", name).
			Zh("专用宿主机资源不足，无法变更为 `%s`。")
	}
	return o.kind, err
}

// checkTerms says what stands between an instance and another type by how it is paid.
func (t target) checkTerms(c *api.Call, to *offer.Type) error {
	switch {
	case t.Charge == spotpaid && inUse(c, t.Zone, spotpaid)+int(to.CPU-t.kind().CPU) > c.Quota(quota.SpotVCPUs):
		return tcerr.New(sdk.LIMITEXCEEDED_SPOTQUOTA, "The quota of spot instances does not allow the instance type `%s`.", to.Name).
			Zh("竞价实例配额不足，不支持机型 `%s`。")
	case t.Charge == spotpaid:
		return notSupported(t.id)
	case t.Charge == prepaid && c.Standing() == account.UnpaidOrder && lists(c, sdk.UNSUPPORTEDOPERATION_NOTSUPPORTUNPAIDORDER):
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_NOTSUPPORTUNPAIDORDER, "The instance `%s` has an unpaid order.", t.id).Zh("实例 `%s` 存在未支付订单。")
	case t.stopMode() == stopCharging && t.kind().Family == to.Family:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_STOPPEDMODESTOPCHARGINGSAMEFAMILY, "The instance `%s` is stopped without charge and can not change within its family.", t.id).
			Zh("关机不收费的实例 `%s` 不支持同类型变配。")
	case t.stopMode() == stopCharging:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_STOPPEDMODESTOPCHARGING, "The instance `%s` is stopped without charge, which does not support this operation.", t.id).
			Zh("实例 `%s` 处于关机不收费状态，不支持该操作。")
	}
	return nil
}

// checkSupply refuses a type that has run out, and one where the instance's disks could not be moved to. Simulated: that
// they are bought anew, and which code is for which way to pay.
func (t target) checkSupply(c *api.Call, to *offer.Type) error {
	zone, _ := region.FindZone(t.Zone)
	switch {
	case t.Charge == cdhpaid:
		return nil
	case soldOut(c, zone) && lists(c, sdk.RESOURCESSOLDOUT_AVAILABLEZONE):
		return tcerr.New(sdk.RESOURCESSOLDOUT_AVAILABLEZONE, "The zone `%s` is sold out.", t.Zone).Zh("可用区 `%s` 已售罄。")
	case !c.InStock(t.Zone, to.Name) && t.Charge == prepaid && lists(c, sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE):
		return tcerr.New(sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE, "The specified type of instance is sold out.").Zh("所选机型已售罄。")
	case !c.InStock(t.Zone, to.Name):
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_SPECIFIEDINSTANCETYPE, "The specified type of instance is understocked.").Zh("所选机型库存不足。")
	}
	for _, d := range cbs.Of(c.Tx, t.id) {
		if !c.InStock(t.Zone, d.Type) && t.kind().Family != to.Family {
			return tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKSOLDOUT, "The cloud disk type `%s` is sold out.", d.Type).Zh("云硬盘类型 `%s` 已售罄。")
		}
	}
	return nil
}
