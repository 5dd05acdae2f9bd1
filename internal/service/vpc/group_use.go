package vpc

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
)

// describeSecurityGroupAssociationStatistics counts what bears the groups: instances by their primary cards, other cards
// by themselves. Products that are not emulated have nothing.
func describeSecurityGroupAssociationStatistics(c *api.Call, in *sdk.DescribeSecurityGroupAssociationStatisticsRequestParams) (*sdk.DescribeSecurityGroupAssociationStatisticsResponseParams, error) {
	if err := askedGroups(c, in.SecurityGroupIds); err != nil {
		return nil, err
	}
	set := show(vals(in.SecurityGroupIds), func(id *string) *sdk.SecurityGroupAssociationStatistics {
		cvm, eni := instancesIn(c.Tx, *id), cards.Count(c.Tx, "group", *id+"/eni")
		return &sdk.SecurityGroupAssociationStatistics{
			SecurityGroupId: new(*id), CVM: new(uint64(cvm)), CDB: new(uint64(0)), ENI: new(uint64(eni)), CLB: new(uint64(0)),
			SG: new(uint64(len(namedBy(c.Tx, *id)))), TotalCount: new(uint64(cvm + eni)), InstanceStatistics: instanceStatistics(cvm, eni),
		}
	})
	return &sdk.DescribeSecurityGroupAssociationStatisticsResponseParams{SecurityGroupAssociationStatisticsSet: set}, nil
}

func askedGroups(c *api.Call, ids []*string) error {
	if len(ids) > 100 {
		return badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(ids), "SecurityGroupIds")
	}
	return groups.each(c, ids)
}

func instanceStatistics(cvm, eni int) []*sdk.InstanceStatistic {
	set := []*sdk.InstanceStatistic{}
	for _, s := range []sdk.InstanceStatistic{
		{InstanceType: new("CVM"), InstanceCount: new(uint64(cvm))}, {InstanceType: new("ENI"), InstanceCount: new(uint64(eni))},
	} {
		if *s.InstanceCount > 0 {
			set = append(set, &s)
		}
	}
	return set
}

// instancesIn counts the instances in a group.
func instancesIn(tx *state.Tx, id string) int {
	return cards.Count(tx, "group", id) - cards.Count(tx, "group", id+"/eni")
}

// namedBy is the ids of the groups whose policies name a group.
func namedBy(tx *state.Tx, id string) []string { return idsOf(groups.Where(tx, "needs", id)) }

func describeSecurityGroupReferences(c *api.Call, in *sdk.DescribeSecurityGroupReferencesRequestParams) (*sdk.DescribeSecurityGroupReferencesResponseParams, error) {
	if err := askedGroups(c, in.SecurityGroupIds); err != nil {
		return nil, err
	}
	set := []*sdk.ReferredSecurityGroup{}
	for _, id := range vals(in.SecurityGroupIds) {
		if by := namedBy(c.Tx, id); len(by) > 0 {
			set = append(set, &sdk.ReferredSecurityGroup{SecurityGroupId: new(id), ReferredSecurityGroupIds: ptrs(by)})
		}
	}
	return &sdk.DescribeSecurityGroupReferencesResponseParams{ReferredSecurityGroupSet: set}, nil
}

func describeSecurityGroupLimits(c *api.Call, _ *sdk.DescribeSecurityGroupLimitsRequestParams) (*sdk.DescribeSecurityGroupLimitsResponseParams, error) {
	of := func(l quota.Limit) *uint64 { return new(uint64(c.Quota(l))) }
	return &sdk.DescribeSecurityGroupLimitsResponseParams{SecurityGroupLimitSet: &sdk.SecurityGroupLimitSet{
		SecurityGroupLimit: of(quota.SecurityGroups), SecurityGroupPolicyLimit: of(quota.SecurityGroupIngress),
		ReferedSecurityGroupLimit: of(quota.SecurityGroupReferences), SecurityGroupInstanceLimit: of(quota.SecurityGroupInstances),
		InstanceSecurityGroupLimit: of(quota.InstanceSecurityGroups),
		// Simulated: how far policies may unfold is not documented.
		SecurityGroupExtendedPolicyLimit: new(uint64(2000)), SecurityGroupReferedCvmAndEniLimit: new(uint64(2000)), SecurityGroupReferedSvcLimit: new(uint64(2000)),
	}}, nil
}

// describeSecurityGroupPolicies shows both lists, or of each what meets every filter. Places are those in the whole list.
func describeSecurityGroupPolicies(c *api.Call, in *sdk.DescribeSecurityGroupPoliciesRequestParams) (*sdk.DescribeSecurityGroupPoliciesResponseParams, error) {
	g, err := groups.find(c, in.SecurityGroupId)
	if err != nil {
		return nil, err
	}
	asked := filters(in.Filters)
	for _, f := range asked {
		if !slices.Contains([]string{
			"security-group-id", "ip", "address-module", "service-module", "protocol-type", "port", "poly", "direction", "description",
		}, f.Name) {
			return nil, badCode(sdk.INVALIDPARAMETER_FILTERINVALIDKEY, f.Name, "Filters")
		}
	}
	pick := func(list []policy, direction string) []*sdk.SecurityGroupPolicy {
		return slices.DeleteFunc(showPolicies(list), func(p *sdk.SecurityGroupPolicy) bool {
			return slices.ContainsFunc(asked, func(f api.Filter) bool { return !meetsPolicy(p, direction, f) })
		})
	}
	in6 := func(list []policy) int {
		return len(slices.DeleteFunc(slices.Clone(list), func(p policy) bool { return p.CIDR6 == "" }))
	}
	return &sdk.DescribeSecurityGroupPoliciesResponseParams{SecurityGroupPolicySet: &sdk.SecurityGroupPolicySet{
		Version: version(g), Ingress: pick(g.In, "INBOUND"), Egress: pick(g.Out, "OUTBOUND"),
		PolicyStatistics: &sdk.PolicyStatistics{
			IngressIPv4TotalCount: new(uint64(len(g.In) - in6(g.In))), IngressIPv6TotalCount: new(uint64(in6(g.In))),
			EgressIPv4TotalCount: new(uint64(len(g.Out) - in6(g.Out))), EgressIPv6TotalCount: new(uint64(in6(g.Out))),
		},
	}}, nil
}

func meetsPolicy(p *sdk.SecurityGroupPolicy, direction string, f api.Filter) bool {
	return slices.ContainsFunc(f.Values, func(v string) bool {
		switch f.Name {
		case "security-group-id":
			return *p.SecurityGroupId == v
		case "ip":
			return strings.Contains(*p.CidrBlock, v) || strings.Contains(*p.Ipv6CidrBlock, v)
		case "address-module":
			return *p.AddressTemplate.AddressId == v || *p.AddressTemplate.AddressGroupId == v
		case "service-module":
			return *p.ServiceTemplate.ServiceId == v || *p.ServiceTemplate.ServiceGroupId == v
		case "protocol-type":
			return strings.EqualFold(val(p.Protocol), v)
		case "port":
			return v == everything || strings.Contains(val(p.Port), v)
		case "poly":
			return v == everything || *p.Action == v
		case "direction":
			return v == everything || direction == v
		}
		return strings.Contains(*p.PolicyDescription, v)
	})
}
