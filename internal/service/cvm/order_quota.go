package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// bought is how many prepaid instances were bought this month in a zone, whose name is the id. A row ends with its month.
var bought = state.NewTable[int]("cvm.bought")

// buy counts prepaid instances, whatever becomes of them. Simulated: the month is one of Beijing.
func buy(c *api.Call, zone string, n int) {
	year, month, _ := c.Now.In(beijing).Date()
	bought.Put(c.Tx, zone, inUse(c, zone, prepaid)+n)
	bought.Delete(c.Tx, time.Date(year, month+1, 1, 0, 0, 0, 0, beijing), zone)
}

// checkOnce refuses more prepaid instances than the account may order at once.
func checkOnce(c *api.Call, o *order) error {
	if most := c.Quota(quota.PrepaidInstancesOnce); o.charge == prepaid && o.count > most {
		return tcerr.New(quota.PrepaidInstancesOnce.Code(), "The number of prepaid instances `%d` of one order exceeds the limit `%d`.", o.count, most).
			Zh("单次购买包年包月实例的数量 `%d` 超过上限 `%d`。")
	}
	return nil
}

// checkQuota refuses more instances of a way to pay than the account may have in the zone, or buy there in a month.
func checkQuota(c *api.Call, o *order) error {
	limit, wanted, least := quota.PostpaidInstances, o.count, o.count
	never := sdk.LIMITEXCEEDED_CVMINSTANCEQUOTA
	switch o.charge {
	case cdhpaid: // bounded by the host
		return nil
	case prepaid:
		limit, never = quota.PrepaidInstances, quota.PrepaidInstances.Code()
	case spotpaid:
		limit, never = quota.SpotVCPUs, sdk.LIMITEXCEEDED_SPOTQUOTA
		least = int(o.kind.CPU)
		wanted *= least
	}
	most := c.Quota(limit)
	if inUse(c, o.zone.Name, o.charge)+wanted <= most {
		return nil
	}
	code := limit.Code()
	if least > most { // Simulated: the code of what would not fit into an empty zone either
		code = listedCode(c, never, code)
	}
	return tcerr.New(code, "Your current quota does not allow you to specified the value `%d` in the parameter `InstanceCount`.", o.count).
		Zh("您当前的配额不足，参数 `InstanceCount` 的取值 `%d` 不被允许。")
}

// inUse is how much of a zone's quota is used: instances, cores of spot ones, or what was bought of prepaid ones.
func inUse(c *api.Call, zone, charge string) (n int) {
	switch charge {
	case prepaid:
		count, _ := bought.Get(c.Tx, zone)
		return or(count, 0)
	case postpaid:
		return instances.Count(c.Tx, "quota", zone+"/"+charge)
	}
	for _, i := range instances.Where(c.Tx, "quota", zone+"/"+charge) {
		n += int(i.kind().CPU)
	}
	return n
}
