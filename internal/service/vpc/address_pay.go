package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// What public addresses cost, and how they are paid.

func modifyAddressesBandwidth(c *api.Call, in *sdk.ModifyAddressesBandwidthRequestParams) (*sdk.ModifyAddressesBandwidthResponseParams, error) {
	mbps := int(*in.InternetMaxBandwidthOut)
	for _, id := range in.AddressIds {
		a, err := findAddress(c, id)
		if err != nil {
			return nil, err
		}
		if err := steady(*id, a, bound, boundCard, unbound); err != nil {
			return nil, err
		}
		if err := checkBandwidth(a.Charge, mbps); err != nil {
			return nil, err
		}
		addresses.edit(c, *id, func(a *address) { a.Bandwidth = mbps })
	}
	return &sdk.ModifyAddressesBandwidthResponseParams{TaskId: numbered(c)}, nil
}

// modifyAddressInternetChargeType changes how an address is paid, twice at most.
func modifyAddressInternetChargeType(c *api.Call, in *sdk.ModifyAddressInternetChargeTypeRequestParams) (*sdk.ModifyAddressInternetChargeTypeResponseParams, error) {
	row, err := findAddress(c, in.AddressId)
	if err != nil {
		return nil, err
	}
	a, id := *row, *in.AddressId
	if err := steady(id, &a, bound, boundCard, unbound); err != nil {
		return nil, err
	}
	switch charge := *in.InternetChargeType; {
	case charge == a.Charge:
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_INTERNETCHARGETYPENOTCHANGED, charge, "InternetChargeType")
	case charge == byPackage || a.Charge == byPackage:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDADDRESSINTERNETCHARGETYPE, id)
	case a.Recharged >= 2:
		return nil, badCode(sdk.LIMITEXCEEDED_MODIFYADDRESSINTERNETCHARGETYPEQUOTA, id, "AddressId")
	}
	a.Charge, a.Bandwidth = *in.InternetChargeType, int(*in.InternetMaxBandwidthOut)
	a.Recharged++
	if err := checkBandwidth(a.Charge, a.Bandwidth); err != nil {
		return nil, err
	}
	if a.Charge == byMonth {
		if err := a.prepay(in.AddressChargePrepaid, c.Now); err != nil {
			return nil, err
		}
	}
	addresses.edit(c, id, func(row *address) { *row = a })
	return &sdk.ModifyAddressInternetChargeTypeResponseParams{}, nil
}

func renewAddresses(c *api.Call, in *sdk.RenewAddressesRequestParams) (*sdk.RenewAddressesResponseParams, error) {
	for _, id := range in.AddressIds {
		row, err := findAddress(c, id)
		if err != nil {
			return nil, err
		}
		a := *row
		if a.Charge != byMonth {
			return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDADDRESSINTERNETCHARGETYPE, *id)
		}
		if err := a.prepay(in.AddressChargePrepaid, a.Deadline); err != nil {
			return nil, err
		}
		a.Arrears = false
		addresses.edit(c, *id, func(row *address) { *row = a })
	}
	return &sdk.RenewAddressesResponseParams{}, nil
}

func modifyAddressesRenewFlag(c *api.Call, in *sdk.ModifyAddressesRenewFlagRequestParams) (*sdk.ModifyAddressesRenewFlagResponseParams, error) {
	flags := []string{"NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"}
	if !slices.Contains(flags, *in.RenewFlag) {
		return nil, bad(*in.RenewFlag, "RenewFlag")
	}
	for _, id := range in.AddressIds {
		a, err := findAddress(c, id)
		if err != nil {
			return nil, err
		}
		if a.Charge != byMonth {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTSUPPORT, *id, "AddressIds")
		}
		addresses.edit(c, *id, func(a *address) { a.Renew = *in.RenewFlag })
	}
	return &sdk.ModifyAddressesRenewFlagResponseParams{}, nil
}

func describeAddressQuota(c *api.Call, _ *sdk.DescribeAddressQuotaRequestParams) (*sdk.DescribeAddressQuotaResponseParams, error) {
	of := func(id string, current, limit int) *sdk.Quota {
		return &sdk.Quota{QuotaId: new(id), QuotaCurrent: new(int64(current)), QuotaLimit: new(int64(limit)), QuotaGroup: new("")}
	}
	return &sdk.DescribeAddressQuotaResponseParams{QuotaSet: []*sdk.Quota{
		of("TOTAL_EIP_QUOTA", addresses.Count(c.Tx, "kind", notWan), c.Quota(quota.Addresses)),
		of("DAILY_EIP_APPLY", doneToday(c, "allocate"), c.Quota(quota.AddressAllocationsPerDay)),
		of("DAILY_PUBLIC_IP_ASSIGN", doneToday(c, "reassign"), c.Quota(quota.AddressReassignmentsPerDay)),
	}}, nil
}

// describeNetworkAccountType: every account here is of the kind that pays for addresses, not for instances' bandwidth.
func describeNetworkAccountType(*api.Call, *sdk.DescribeNetworkAccountTypeRequestParams) (*sdk.DescribeNetworkAccountTypeResponseParams, error) {
	return &sdk.DescribeNetworkAccountTypeResponseParams{NetworkAccountType: new("STANDARD")}, nil
}
