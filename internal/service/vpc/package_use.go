package vpc

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

func modifyBandwidthPackageAttribute(c *api.Call, in *sdk.ModifyBandwidthPackageAttributeRequestParams) (*sdk.ModifyBandwidthPackageAttributeResponseParams, error) {
	b, err := findPackage(c, in.BandwidthPackageId)
	if err != nil {
		return nil, err
	}
	if len([]rune(val(in.BandwidthPackageName))) > 60 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_ILLEGAL, *in.BandwidthPackageName, "BandwidthPackageName")
	}
	charge := orText(val(in.ChargeType), b.Charge)
	if _, _, ok := packageRange(charge); !ok || (charge == fixedPrepaid) != (b.Charge == fixedPrepaid) {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_INVALIDBANDWIDTHPACKAGECHARGETYPE, charge, "ChargeType")
	}
	bundles.edit(c, *in.BandwidthPackageId, func(b *bundle) { b.Name, b.Charge = or(in.BandwidthPackageName, b.Name), charge })
	return &sdk.ModifyBandwidthPackageAttributeResponseParams{}, nil
}

func modifyBandwidthPackageBandwidth(c *api.Call, in *sdk.ModifyBandwidthPackageBandwidthRequestParams) (*sdk.ModifyBandwidthPackageBandwidthResponseParams, error) {
	b, err := findPackage(c, in.BandwidthPackageId)
	if err != nil {
		return nil, err
	}
	mbps := int(*in.InternetMaxBandwidth)
	if err := checkPackageBandwidth(b.Charge, mbps); err != nil {
		return nil, err
	}
	bundles.edit(c, *in.BandwidthPackageId, func(b *bundle) { b.Bandwidth = mbps })
	return &sdk.ModifyBandwidthPackageBandwidthResponseParams{}, nil
}

// addBandwidthPackageResources makes addresses be paid by a package.
func addBandwidthPackageResources(c *api.Call, in *sdk.AddBandwidthPackageResourcesRequestParams) (*sdk.AddBandwidthPackageResourcesResponseParams, error) {
	b, err := findPackage(c, in.BandwidthPackageId)
	if err != nil {
		return nil, err
	}
	switch {
	case or(in.ResourceType, "Address") != "Address":
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTFOUND, *in.ResourceType, "ResourceType")
	case or(in.Protocol, "ipv4") != "ipv4":
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDRESOURCEPROTOCOL, *in.BandwidthPackageId)
	case or(in.NetworkType, b.Network) != b.Network:
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, *in.NetworkType, "NetworkType")
	}
	have := addresses.Count(c.Tx, "package", *in.BandwidthPackageId)
	if err := full(c, quota.BandwidthPackageResources, have, len(in.ResourceIds)); err != nil {
		return nil, err
	}
	for _, id := range vals(in.ResourceIds) {
		a, err := packable(c, id)
		if err != nil {
			return nil, err
		}
		switch {
		case a.Package != "":
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCEALREADYEXISTED, id, "ResourceIds")
		case a.Charge == byMonth:
			return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDRESOURCEINTERNETCHARGETYPE, id)
		}
		mbps := int(or(in.InternetMaxBandwidthOut, uint64(a.Bandwidth)))
		if mbps > mostBandwidth(byPackage) {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, mbps, "InternetMaxBandwidthOut")
		}
		addresses.edit(c, id, func(a *address) { a.Charge, a.Package, a.Bandwidth = byPackage, *in.BandwidthPackageId, mbps })
	}
	return &sdk.AddBandwidthPackageResourcesResponseParams{}, nil
}

// packable reads an address that is to enter or leave a package.
func packable(c *api.Call, id string) (*address, error) {
	if !wellFormed("eip", id) {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCEIDMALFORMED, id, "ResourceIds")
	}
	a, ok := addresses.Get(c.Tx, id)
	if !ok {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTFOUND, id, "ResourceIds")
	}
	return a, nil
}

// removeBandwidthPackageResources makes addresses be paid by themselves again, by traffic unless the request says otherwise.
func removeBandwidthPackageResources(c *api.Call, in *sdk.RemoveBandwidthPackageResourcesRequestParams) (*sdk.RemoveBandwidthPackageResourcesResponseParams, error) {
	if _, err := findPackage(c, in.BandwidthPackageId); err != nil {
		return nil, err
	}
	if or(in.ResourceType, "Address") != "Address" {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTFOUND, *in.ResourceType, "ResourceType")
	}
	charge := or(in.InternetChargeType, byTraffic)
	for _, id := range vals(in.ResourceIds) {
		a, err := packable(c, id)
		if err != nil {
			return nil, err
		}
		if a.Package != *in.BandwidthPackageId {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTEXISTED, id, "ResourceIds")
		}
		addresses.edit(c, id, func(a *address) {
			a.Charge, a.Package = charge, ""
			a.Bandwidth = int(or(in.InternetMaxBandwidthOut, uint64(min(a.Bandwidth, 100))))
		})
	}
	return &sdk.RemoveBandwidthPackageResourcesResponseParams{}, nil
}

func migrateBandwidthPackageResources(c *api.Call, in *sdk.MigrateBandwidthPackageResourcesRequestParams) (*sdk.MigrateBandwidthPackageResourcesResponseParams, error) {
	from, err := findPackage(c, in.BandwidthPackageId)
	if err != nil {
		return nil, err
	}
	to, err := findPackage(c, in.TargetBandwidthPackageId)
	if err != nil {
		return nil, err
	}
	if from.Network != to.Network {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_BANDWIDTHPACKAGEIDNOTSUPPORTED, *in.TargetBandwidthPackageId)
	}
	for _, id := range vals(in.ResourceIds) {
		a, err := packable(c, id)
		if err != nil {
			return nil, err
		}
		if a.Package != *in.BandwidthPackageId {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTFOUND, id, "ResourceIds")
		}
		addresses.edit(c, id, func(a *address) { a.Package = *in.TargetBandwidthPackageId })
	}
	return &sdk.MigrateBandwidthPackageResourcesResponseParams{}, full(c, quota.BandwidthPackageResources, addresses.Count(c.Tx, "package", *in.TargetBandwidthPackageId), 0)
}

func describeBandwidthPackageResources(c *api.Call, in *sdk.DescribeBandwidthPackageResourcesRequestParams) (*sdk.DescribeBandwidthPackageResourcesResponseParams, error) {
	if _, err := findPackage(c, in.BandwidthPackageId); err != nil {
		return nil, err
	}
	type item = *sdk.Resource
	all, err := sift(packed(c, *in.BandwidthPackageId), filters(in.Filters), map[string]func(*item) string{
		"resource-id":   func(r *item) string { return *(*r).ResourceId },
		"resource-type": func(r *item) string { return *(*r).ResourceType },
	})
	if err != nil {
		return nil, err
	}
	page, err := window(all, unsigned(in.Offset), unsigned(in.Limit))
	return &sdk.DescribeBandwidthPackageResourcesResponseParams{TotalCount: new(int64(len(all))), ResourceSet: page}, err
}

func describeBandwidthPackageQuota(c *api.Call, _ *sdk.DescribeBandwidthPackageQuotaRequestParams) (*sdk.DescribeBandwidthPackageQuotaResponseParams, error) {
	return &sdk.DescribeBandwidthPackageQuotaResponseParams{QuotaSet: []*sdk.Quota{{
		QuotaId: new("TOTAL_BANDWIDTHPKG_QUOTA"), QuotaGroup: new(""),
		QuotaCurrent: new(int64(bundles.Len(c.Tx))), QuotaLimit: new(int64(c.Quota(quota.BandwidthPackages))),
	}}}, nil
}

// describeBandwidthPackageBillUsage has nothing to bill: no traffic flows here.
func describeBandwidthPackageBillUsage(c *api.Call, in *sdk.DescribeBandwidthPackageBillUsageRequestParams) (*sdk.DescribeBandwidthPackageBillUsageResponseParams, error) {
	if _, err := findPackage(c, in.BandwidthPackageId); err != nil {
		return nil, err
	}
	return &sdk.DescribeBandwidthPackageBillUsageResponseParams{
		BandwidthPackageBillBandwidthSet: []*sdk.BandwidthPackageBillBandwidth{{BandwidthUsage: new(0.0)}},
	}, nil
}

func describeBandwidthPackageBandwidthRange(c *api.Call, in *sdk.DescribeBandwidthPackageBandwidthRangeRequestParams) (*sdk.DescribeBandwidthPackageBandwidthRangeResponseParams, error) {
	if len(in.BandwidthPackageIds) > 20 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(in.BandwidthPackageIds), "BandwidthPackageIds")
	}
	set := []*sdk.BandwidthRange{}
	for _, id := range in.BandwidthPackageIds {
		b, err := findPackage(c, id)
		if err != nil {
			return nil, err
		}
		least, most, _ := packageRange(b.Charge)
		set = append(set, &sdk.BandwidthRange{ResourceId: id, BandwidthLowerLimit: new(uint64(least)), BandwidthUpperLimit: new(uint64(most))})
	}
	return &sdk.DescribeBandwidthPackageBandwidthRangeResponseParams{BandwidthRangeSet: set}, nil
}

// describeAddressBandwidthRange tells how much bandwidth each address may have, by how it is paid.
func describeAddressBandwidthRange(c *api.Call, in *sdk.DescribeAddressBandwidthRangeRequestParams) (*sdk.DescribeAddressBandwidthRangeResponseParams, error) {
	if len(in.AddressIds) > 20 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(in.AddressIds), "AddressIds")
	}
	set := []*sdk.BandwidthRange{}
	for _, id := range in.AddressIds {
		a, err := findAddress(c, id)
		if err != nil {
			return nil, err
		}
		set = append(set, &sdk.BandwidthRange{ResourceId: id, BandwidthLowerLimit: new(uint64(1)), BandwidthUpperLimit: new(uint64(mostBandwidth(a.Charge)))})
	}
	return &sdk.DescribeAddressBandwidthRangeResponseParams{BandwidthRangeSet: set}, nil
}
