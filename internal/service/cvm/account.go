package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// quotaTypes are the parts of an account's quota in a region.
var quotaTypes = []string{"PostPaidQuotaSet", "PrePaidQuotaSet", "SpotPaidQuotaSet", "ImageQuotaSet", "DisasterRecoverGroupQuotaSet"}

// describeAccountQuota tells how much the account may have in the region, in each zone where that is counted by zone,
// and how much of it is used. Filters choose zones and parts.
func describeAccountQuota(c *api.Call, in *sdk.DescribeAccountQuotaRequestParams) (*sdk.DescribeAccountQuotaResponseParams, error) {
	asked, err := askOffers(c, in.Filters, 10, "zone", "quota-type")
	if err != nil {
		return nil, fit(c, err)
	}
	for _, name := range asked["zone"] {
		if _, err := zoneHere(c, name); err != nil {
			return nil, err
		}
	}
	for _, kind := range asked["quota-type"] {
		if !slices.Contains(quotaTypes, kind) {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, kind, "Filters.quota-type")
		}
	}
	all := &sdk.AccountQuota{}
	for _, zone := range zonesOf(c) {
		if asked.meets("zone", zone) {
			addZoneQuota(c, all, zone, asked)
		}
	}
	if asked.meets("quota-type", "ImageQuotaSet") {
		all.ImageQuotaSet = append(all.ImageQuotaSet, &sdk.ImageQuota{
			UsedQuota: new(uint64(countImages(c))), TotalQuota: new(uint64(c.Quota(quota.PrivateImages))),
		})
	}
	if asked.meets("quota-type", "DisasterRecoverGroupQuotaSet") {
		all.DisasterRecoverGroupQuotaSet = append(all.DisasterRecoverGroupQuotaSet, placementNumbers(c))
	}
	return &sdk.DescribeAccountQuotaResponseParams{
		AppId: &c.Caller.AppID, AccountQuotaOverview: &sdk.AccountQuotaOverview{Region: &c.Region, AccountQuota: all},
	}, nil
}

// addZoneQuota adds what is counted by zone.
func addZoneQuota(c *api.Call, all *sdk.AccountQuota, zone string, asked asked) {
	if asked.meets("quota-type", "PostPaidQuotaSet") {
		used, left, total := quotaIn(c, zone, postpaid, quota.PostpaidInstances)
		all.PostPaidQuotaSet = append(all.PostPaidQuotaSet, &sdk.PostPaidQuota{UsedQuota: used, RemainingQuota: left, TotalQuota: total, Zone: &zone})
	}
	if asked.meets("quota-type", "PrePaidQuotaSet") {
		used, left, total := quotaIn(c, zone, prepaid, quota.PrepaidInstances)
		all.PrePaidQuotaSet = append(all.PrePaidQuotaSet, &sdk.PrePaidQuota{
			UsedQuota: used, OnceQuota: new(uint64(c.Quota(quota.PrepaidInstancesOnce))), RemainingQuota: left, TotalQuota: total, Zone: &zone,
		})
	}
	if asked.meets("quota-type", "SpotPaidQuotaSet") {
		used, left, total := quotaIn(c, zone, spotpaid, quota.SpotVCPUs)
		all.SpotPaidQuotaSet = append(all.SpotPaidQuotaSet, &sdk.SpotPaidQuota{UsedQuota: used, RemainingQuota: left, TotalQuota: total, Zone: &zone})
	}
}

func quotaIn(c *api.Call, zone, charge string, l quota.Limit) (used, left, total *uint64) {
	has, may := inUse(c, zone, charge), c.Quota(l)
	return new(uint64(has)), new(uint64(max(0, may-has))), new(uint64(may))
}

func countImages(c *api.Call) (n int) {
	for range customImages(c.Tx) {
		n++
	}
	return n
}
