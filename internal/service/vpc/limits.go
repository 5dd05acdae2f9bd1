package vpc

import (
	"maps"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// limitTypes are the quotas that DescribeVpcLimits knows and that hold here, by the names that it has for them.
// Source: document/api/215/42942.
func limitTypes() map[string]quota.Limit {
	return map[string]quota.Limit{
		"appid-max-vpcs": quota.VPCs, "vpc-max-subnets": quota.Subnets, "vpc-max-route-tables": quota.RouteTables,
		"route-table-max-policies": quota.Routes, "vpc-max-network-acls": quota.NetworkACLs,
		"network-acl-max-inbound-policies": quota.NetworkACLRules, "network-acl-max-outbound-policies": quota.NetworkACLRules,
		"vpc-max-nat-gateways": quota.NATGateways, "nat-gateway-max-eips": quota.NATAddresses, "nat-gateway-max-dnapts": quota.NATForwards,
		"vpc-max-enis": quota.SecondaryInterfaces, "vpc-max-havips": quota.HAVIPs, "vpc-max-assistant_cidrs": quota.AssistantCIDRs,
	}
}

// otherLimits are quotas of what is not emulated, or that follow from other facts.
func otherLimits() map[string]int {
	_, perCard := cardsPer(1 << 10)
	return map[string]int{
		"vpc-max-vpn-gateways": 10, "appid-max-custom-gateways": 20, "appid-max-vpn-connections": 50, "custom-gateway-max-vpn-connections": 10,
		"vpn-gateway-max-custom-gateways": 20, "vpc-max-vpcpeers": 10, "vpc-max-available-vpcpeers": 10,
		"vpc-max-basic-network-interconnections": 100, "direct-connection-max-snats": 100, "direct-connection-max-dnats": 100,
		"direct-connection-max-snapts": 100, "direct-connection-max-dnapts": 100, "eni-max-private-ips": perCard, "eni-max-ipv6s": perCard,
		"vpc-max-ipv6s": 1000, "appid-max-end-point-services": 10, "appid-max-end-point-service-white-lists": 20,
	}
}

func describeVpcLimits(c *api.Call, in *sdk.DescribeVpcLimitsRequestParams) (*sdk.DescribeVpcLimitsResponseParams, error) {
	if len(in.LimitTypes) > 100 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(in.LimitTypes), "LimitTypes")
	}
	known, others := limitTypes(), otherLimits()
	set := []*sdk.VpcLimit{}
	for _, name := range vals(in.LimitTypes) {
		n, ok := others[name]
		if l, here := known[name]; here {
			n, ok = c.Quota(l), true
		}
		if !ok {
			return nil, bad(name, "LimitTypes")
		}
		set = append(set, &sdk.VpcLimit{LimitType: new(name), LimitValue: new(uint64(n))})
	}
	return &sdk.DescribeVpcLimitsResponseParams{VpcLimitSet: set}, nil
}

// describeAccountAttributes says what kinds of networks the account has.
// Simulated: the cloud does not document the names of the attributes.
func describeAccountAttributes(c *api.Call, _ *sdk.DescribeAccountAttributesRequestParams) (*sdk.DescribeAccountAttributesResponseParams, error) {
	var defaults []string
	for id := range networks.Where(c.Tx, "default", "true") {
		defaults = append(defaults, id)
	}
	return &sdk.DescribeAccountAttributesResponseParams{AccountAttributeSet: []*sdk.AccountAttribute{
		{AttributeName: new("supported-platforms"), AttributeValues: ptrs([]string{"VPC"})},
		{AttributeName: new("default-vpc"), AttributeValues: ptrs(defaults)},
	}}, nil
}

// productQuotas is the quotas of a network product with what is there of each.
func productQuotas(c *api.Call, product string) map[quota.Limit]int {
	switch product {
	case "vpc":
		return map[quota.Limit]int{
			quota.VPCs: networks.Len(c.Tx), quota.Subnets: 0, quota.RouteTables: 0, quota.Routes: 0, quota.NATGateways: 0, quota.NetworkACLs: 0,
			quota.NetworkACLRules: 0, quota.SecondaryInterfaces: 0, quota.HAVIPs: 0, quota.AssistantCIDRs: 0,
		}
	case "dfw":
		return map[quota.Limit]int{
			quota.SecurityGroups: groups.Len(c.Tx), quota.SecurityGroupIngress: 0, quota.SecurityGroupEgress: 0, quota.SecurityGroupReferences: 0,
			quota.SecurityGroupInstances: 0, quota.InstanceSecurityGroups: 0,
		}
	case "eip":
		return map[quota.Limit]int{
			quota.Addresses: addresses.Count(c.Tx, "kind", notWan), quota.AddressAllocationsPerDay: doneToday(c, "allocate"),
			quota.AddressReassignmentsPerDay: doneToday(c, "reassign"), quota.BandwidthPackages: bundles.Len(c.Tx),
		}
	case "ccn", "vpn", "dc", "clb":
		return map[quota.Limit]int{}
	}
	return nil
}

// describeProductQuota lists a product's quotas. Those of what is not emulated are empty.
func describeProductQuota(c *api.Call, in *sdk.DescribeProductQuotaRequestParams) (*sdk.DescribeProductQuotaResponseParams, error) {
	have := productQuotas(c, *in.Product)
	if have == nil {
		return nil, bad(*in.Product, "Product")
	}
	set := []*sdk.ProductQuota{}
	for _, l := range slices.Sorted(maps.Keys(have)) {
		fact, _ := l.Fact()
		set = append(set, &sdk.ProductQuota{
			QuotaId: new(string(l)), QuotaName: &fact.Of, QuotaCurrent: new(int64(have[l])), QuotaLimit: new(int64(c.Quota(l))), QuotaRegion: new(true),
		})
	}
	return &sdk.DescribeProductQuotaResponseParams{ProductQuotaSet: set, TotalCount: new(uint64(len(set)))}, nil
}

// describeCrossBorderCompliance lists no applications: nobody can make one here.
func describeCrossBorderCompliance(*api.Call, *sdk.DescribeCrossBorderComplianceRequestParams) (*sdk.DescribeCrossBorderComplianceResponseParams, error) {
	return &sdk.DescribeCrossBorderComplianceResponseParams{CrossBorderComplianceSet: []*sdk.CrossBorderCompliance{}, TotalCount: new(uint64(0))}, nil
}

// describeCustomerGatewayVendors lists whose gateways a VPN connection could be configured for.
func describeCustomerGatewayVendors(*api.Call, *sdk.DescribeCustomerGatewayVendorsRequestParams) (*sdk.DescribeCustomerGatewayVendorsResponseParams, error) {
	set := []*sdk.CustomerGatewayVendor{}
	for _, v := range [][3]string{{"comware", "h3c", "V1.0"}, {"comware", "huawei", "V1.0"}, {"ios", "cisco", "V1.0"}} {
		set = append(set, &sdk.CustomerGatewayVendor{Platform: &v[0], VendorName: &v[1], SoftwareVersion: &v[2]})
	}
	return &sdk.DescribeCustomerGatewayVendorsResponseParams{CustomerGatewayVendorSet: set}, nil
}
