package vpc

import (
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// describeNatGatewayDestinationIpPortTranslationNatRules lists the forwards of the gateways named, or of all.
func describeNatGatewayDestinationIpPortTranslationNatRules(c *api.Call, in *sdk.DescribeNatGatewayDestinationIpPortTranslationNatRulesRequestParams) (*sdk.DescribeNatGatewayDestinationIpPortTranslationNatRulesResponseParams, error) {
	if len(in.NatGatewayIds) > 0 && len(in.Filters) > 0 {
		return nil, coexist("NatGatewayIds", "Filters")
	}
	type rule = sdk.NatGatewayDestinationIpPortTranslationNatRule
	all := []*rule{}
	for id, g := range chosenGateways(c, in.NatGatewayIds) {
		for i := range g.Forwards {
			f := &g.Forwards[i]
			all = append(all, &rule{
				IpProtocol: &f.Protocol, PublicIpAddress: &f.Public, PublicPort: new(uint64(f.PublicPort)), PrivateIpAddress: &f.Private,
				PrivatePort: new(uint64(f.PrivatePort)), Description: &f.Desc, NatGatewayId: new(id), VpcId: &g.VPC, CreatedTime: local(f.Made),
			})
		}
	}
	all, err := sift(all, filters(in.Filters), map[string]func(**rule) string{
		"nat-gateway-id":     func(r **rule) string { return *(*r).NatGatewayId },
		"vpc-id":             func(r **rule) string { return *(*r).VpcId },
		"public-ip-address":  func(r **rule) string { return *(*r).PublicIpAddress },
		"public-port":        func(r **rule) string { return strconv.FormatUint(*(*r).PublicPort, 10) },
		"private-ip-address": func(r **rule) string { return *(*r).PrivateIpAddress },
		"private-port":       func(r **rule) string { return strconv.FormatUint(*(*r).PrivatePort, 10) },
		"description":        func(r **rule) string { return *(*r).Description },
	})
	if err != nil {
		return nil, err
	}
	page, err := window(all, in.Offset, in.Limit)
	return &sdk.DescribeNatGatewayDestinationIpPortTranslationNatRulesResponseParams{
		NatGatewayDestinationIpPortTranslationNatRuleSet: page, TotalCount: new(uint64(len(all))),
	}, err
}

// describeNatGatewayDirectConnectGatewayRoute lists no routes: there are no direct connect gateways.
func describeNatGatewayDirectConnectGatewayRoute(c *api.Call, in *sdk.DescribeNatGatewayDirectConnectGatewayRouteRequestParams) (*sdk.DescribeNatGatewayDirectConnectGatewayRouteResponseParams, error) {
	if _, err := gateways.find(c, in.NatGatewayId); err != nil {
		return nil, err
	}
	if !hasNAT(c, val(in.VpcId), *in.NatGatewayId) {
		return nil, notFound(val(in.VpcId))
	}
	if n := or(in.Limit, 10); n < 0 || n > 200 {
		return nil, bad(n, "Limit")
	}
	if val(in.Offset) < 0 {
		return nil, bad(*in.Offset, "Offset")
	}
	return &sdk.DescribeNatGatewayDirectConnectGatewayRouteResponseParams{
		NatDirectConnectGatewayRouteSet: []*sdk.NatDirectConnectGatewayRoute{}, Total: new(int64(0)),
	}, nil
}

// chosenGateways is the gateways of these ids, or all.
func chosenGateways(c *api.Call, ids []*string) func(yield func(string, *gateway) bool) {
	if len(ids) == 0 {
		return gateways.All(c.Tx)
	}
	return func(yield func(string, *gateway) bool) {
		for _, id := range vals(ids) {
			if g, ok := gateways.Get(c.Tx, id); ok && !yield(id, g) {
				return
			}
		}
	}
}

func describeNatGatewaySourceIpTranslationNatRules(c *api.Call, in *sdk.DescribeNatGatewaySourceIpTranslationNatRulesRequestParams) (*sdk.DescribeNatGatewaySourceIpTranslationNatRulesResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	asked := filters(in.Filters)
	var kept []source
	for _, s := range g.Sources {
		// One of several public addresses is enough, so each is tried as if it were the only one.
		for _, ip := range s.Public {
			one, err := sift([]source{s}, asked, map[string]func(*source) string{
				"resource-id":       func(s *source) string { return s.Resource },
				"public-ip-address": func(*source) string { return ip },
				"description":       func(s *source) string { return s.Desc },
			})
			if err != nil {
				return nil, err
			}
			if len(one) > 0 {
				kept = append(kept, s)
				break
			}
		}
	}
	page, err := window(kept, unsigned(in.Offset), unsigned(in.Limit))
	return &sdk.DescribeNatGatewaySourceIpTranslationNatRulesResponseParams{
		TotalCount: new(int64(len(kept))),
		SourceIpTranslationNatRuleSet: show(page, func(s *source) *sdk.SourceIpTranslationNatRule {
			return showSource(*in.NatGatewayId, g.VPC, s)
		}),
	}, err
}
