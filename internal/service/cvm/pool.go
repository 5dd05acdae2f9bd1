package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Resource pool packs are whole machines, bought ahead. The cloud offers them to accounts on a list, which an emulated
// one is not: whatever is in order is then refused as it refuses all others.

func invisiblePool() error {
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_RESOURCEPOOLPACKAGEINVISIBLEFORUSER, "Resource pool packs are not available to the account.").
		Zh("当前账号不支持实例资源池。")
}

var packID = shape("rpp")

// checkPacks refuses ids that are none.
func checkPacks(ids []*string) error {
	if len(ids) == 0 {
		return tcerr.Missing("DedicatedResourcePackIds")
	}
	if len(ids) > maxBatch {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, len(ids), "DedicatedResourcePackIds")
	}
	for _, id := range ids {
		if !packID.fits(or(id, "")) {
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RESOURCEPOOLPACKIDMALFORMED, or(id, ""), "DedicatedResourcePackIds")
		}
	}
	return nil
}

// checkPool refuses to launch instances from packs: there are none.
func checkPool(c *api.Call, o *order) error {
	tenancy, ids := or(o.in.Placement.DedicatedResourcePackTenancy, ""), o.in.Placement.DedicatedResourcePackIds
	switch {
	case tenancy != "" && tenancy != "ResourcePool":
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, tenancy, "Placement.DedicatedResourcePackTenancy")
	case len(ids) == 0 && tenancy != "":
		code := listedCode(c, sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKNOTVALID, sdk.INVALIDPARAMETERVALUE)
		return tcerr.New(code, "There is no valid resource pool pack.").Zh("未找到有效的实例资源池。")
	case len(ids) > 0 && tenancy == "":
		code := listedCode(c, sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKTENANCYMISMATCH, sdk.INVALIDPARAMETERVALUE)
		return tcerr.New(code, "The parameter `DedicatedResourcePackIds` needs `DedicatedResourcePackTenancy`.").
			Zh("指定 `DedicatedResourcePackIds` 时必须指定 `DedicatedResourcePackTenancy`。")
	case len(ids) > 0:
		code := listedCode(c, sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKIDSNOTFOUND, sdk.INVALIDPARAMETERVALUE)
		return tcerr.New(code, "The resource pool pack `%s` does not exist.", or(ids[0], "")).Zh("实例资源池 `%s` 不存在。")
	}
	return nil
}

// Bounds of a purchase of packs.
const (
	maxPacks  = 100
	maxMonths = 60
)

// checkPackOrder refuses what no pack can be.
func checkPackOrder(c *api.Call, zone, kind string, count, period int64) error {
	place, err := zoneHere(c, zone)
	if err != nil {
		return err
	}
	if soldOut(c, place) && lists(c, sdk.RESOURCESSOLDOUT_AVAILABLEZONE) {
		return tcerr.New(sdk.RESOURCESSOLDOUT_AVAILABLEZONE, "The zone `%s` is sold out.", zone).Zh("可用区 `%s` 已售罄。")
	}
	if err := checkTypeName(kind); err != nil {
		return err
	}
	if _, ok := offer.FindType(kind); !ok {
		return tcerr.New(sdk.INVALIDPARAMETER_INSTANCETYPENOTSUPPORT, "The instance type `%s` is not supported.", kind).Zh("不支持机型 `%s`。")
	}
	switch {
	case count < 1 || count > maxPacks:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, count, "InstanceCount")
	case period < 1 || period > maxMonths:
		return tcerr.BadFieldValue(sdk.INVALIDPERIOD, period, "Period")
	}
	return nil
}

// checkPackStock refuses a type that the zone does not sell, or of which nothing is left there.
func checkPackStock(c *api.Call, zone, kind string) error {
	if _, ok := offer.Find(zone, kind); !ok {
		return tcerr.New(sdk.RESOURCENOTFOUND_INVALIDZONEINSTANCETYPE, "The zone `%s` does not have the instance type `%s`.", zone, kind).
			Zh("可用区 `%s` 不支持机型 `%s`。")
	}
	if !c.InStock(zone, kind) {
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_SPECIFIEDINSTANCETYPE, "The specified type of instance is understocked.").Zh("所选机型库存不足。")
	}
	return nil
}

// inquirePricePurchaseResourcePoolPacks is the price of packs that one might buy.
func inquirePricePurchaseResourcePoolPacks(c *api.Call, in *sdk.InquirePricePurchaseResourcePoolPacksRequestParams) (*sdk.InquirePricePurchaseResourcePoolPacksResponseParams, error) {
	if err := checkPackOrder(c, *in.Zone, *in.InstanceType, *in.InstanceCount, *in.Period); err != nil {
		return nil, err
	}
	return nil, invisiblePool()
}

// packName is the form of a pack's name.
var packName = formOf(`^[\p{Han}A-Za-z0-9_-]{1,60}$`)

// purchaseResourcePoolPacks buys packs.
func purchaseResourcePoolPacks(c *api.Call, in *sdk.PurchaseResourcePoolPacksRequestParams) (*sdk.PurchaseResourcePoolPacksResponseParams, error) {
	count, period := min(*in.InstanceCount, maxPacks+1), min(*in.Period, maxMonths+1) // no larger than an int64
	if err := checkPackOrder(c, *in.Zone, *in.InstanceType, int64(count), int64(period)); err != nil {
		return nil, err
	}
	if kind := or(in.ResourcePoolPackType, "EXCLUSIVE"); kind != "EXCLUSIVE" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RESOURCEPOOLPACKTYPENOTSUPPORTED, kind, "ResourcePoolPackType")
	}
	if name := in.DedicatedResourcePoolPackName; name != nil && !packName.fits(*name) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKNAME, *name, "DedicatedResourcePoolPackName")
	}
	if err := checkRenewFlag(or(in.RenewFlag, renewByHand), "RenewFlag"); err != nil {
		return nil, err
	}
	if err := checkPackStock(c, *in.Zone, *in.InstanceType); err != nil {
		return nil, err
	}
	return nil, invisiblePool()
}

// terminateResourcePoolPacks gives packs back.
func terminateResourcePoolPacks(_ *api.Call, in *sdk.TerminateResourcePoolPacksRequestParams) (*sdk.TerminateResourcePoolPacksResponseParams, error) {
	if err := checkPacks(in.DedicatedResourcePackIds); err != nil {
		return nil, err
	}
	return nil, invisiblePool()
}

// describeResourcePoolPackInstances lists the instances in packs.
func describeResourcePoolPackInstances(_ *api.Call, in *sdk.DescribeResourcePoolPackInstancesRequestParams) (*sdk.DescribeResourcePoolPackInstancesResponseParams, error) {
	if err := checkPacks(in.DedicatedResourcePackIds); err != nil {
		return nil, err
	}
	return nil, invisiblePool()
}

// Bounds of a page of packs.
const minPackPage, maxPackPage = 10, 100

// describeResourcePoolPacks lists packs.
func describeResourcePoolPacks(c *api.Call, in *sdk.DescribeResourcePoolPacksRequestParams) (*sdk.DescribeResourcePoolPacksResponseParams, error) {
	if n := or(in.MaxResults, minPackPage); n < minPackPage || n > maxPackPage {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, n, "MaxResults")
	}
	if or(in.NextToken, "") != "" { // nobody was given one
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.NextToken, "NextToken")
	}
	asked, err := askOffers(c, in.Filters, 10, "dedicated-resource-pack-id", "zone", "instance-family", "instance-type", "status")
	if err != nil {
		return nil, err
	}
	for _, name := range asked["zone"] {
		if _, err := zoneHere(c, name); err != nil {
			return nil, err
		}
	}
	if ids := asked["dedicated-resource-pack-id"]; len(ids) > 0 {
		if err := checkPacks(pointers(ids)); err != nil {
			return nil, err
		}
	}
	return nil, invisiblePool()
}

// describeResourcePoolPackTypeConfigs lists the types of which there are packs.
func describeResourcePoolPackTypeConfigs(c *api.Call, in *sdk.DescribeResourcePoolPackTypeConfigsRequestParams) (*sdk.DescribeResourcePoolPackTypeConfigsResponseParams, error) {
	asked, err := askOffers(c, in.Filters, 10, "zone", "instance-family", "instance-type")
	if err != nil {
		return nil, err
	}
	if len(asked["zone"]) == 0 {
		return nil, tcerr.Missing("Filters.zone")
	}
	for _, name := range asked["zone"] {
		if !slices.Contains(zonesOf(c), name) {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, name, "Filters.zone")
		}
	}
	return nil, invisiblePool()
}
