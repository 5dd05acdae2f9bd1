package vpc

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// The rules of NAT gateways: forwards lead inwards, sources lead outwards.

// newForward reads a forwarding rule. What it leads to must be there.
func newForward(c *api.Call, id string, g *gateway, in *sdk.DestinationIpPortTranslationNatRule) (f forward, err error) {
	f = forward{
		Protocol: strings.ToUpper(val(in.IpProtocol)), Public: val(in.PublicIpAddress), Private: val(in.PrivateIpAddress), Desc: val(in.Description),
		PublicPort: int(val(in.PublicPort)), PrivatePort: int(val(in.PrivatePort)), Made: c.Now,
	}
	if f.Protocol != "TCP" && f.Protocol != "UDP" {
		return f, malformed(f.Protocol, "IpProtocol")
	}
	for _, port := range []int{f.PublicPort, f.PrivatePort} {
		if port < 1 || port > 65535 {
			return f, malformed(port, "PublicPort")
		}
	}
	if err := checkName(f.Desc, "Description", 60); err != nil {
		return f, err
	}
	if !slices.Contains(exits(c.Tx, id), f.Public) {
		return f, unsupported(sdk.UNSUPPORTEDOPERATION_NATGATEWAYEIPNOTEXISTS, f.Public)
	}
	ip, err := parseIP4(f.Private, "PrivateIpAddress")
	if err != nil {
		return f, err
	}
	if _, ok := holder(c.Tx, g.VPC, ip); !ok {
		return f, badCode(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULEPIPNEEDVM, f.Private, "PrivateIpAddress")
	}
	return f, nil
}

// door is what two forwards cannot share.
func (f forward) door() string { return f.Protocol + f.Public + ":" + strconv.Itoa(f.PublicPort) }

func createNatGatewayDestinationIpPortTranslationNatRule(c *api.Call, in *sdk.CreateNatGatewayDestinationIpPortTranslationNatRuleRequestParams) (*sdk.CreateNatGatewayDestinationIpPortTranslationNatRuleResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(g.Forwards)
	for _, w := range in.DestinationIpPortTranslationNatRules {
		f, err := newForward(c, *in.NatGatewayId, g, w)
		if err != nil {
			return nil, err
		}
		switch i := slices.IndexFunc(all, func(o forward) bool { return o.door() == f.door() }); {
		case i >= len(g.Forwards):
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULEREPEATED, f.door(), "DestinationIpPortTranslationNatRules")
		case i >= 0:
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULEEXISTED, f.door(), "DestinationIpPortTranslationNatRules")
		}
		all = append(all, f)
	}
	if err := full(c, quota.NATForwards, len(all), 0); err != nil {
		return nil, err
	}
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Forwards = all })
	begin(c, 0)
	return &sdk.CreateNatGatewayDestinationIpPortTranslationNatRuleResponseParams{}, nil
}

// sameForward finds the rule that a request means.
func sameForward(all []forward, in *sdk.DestinationIpPortTranslationNatRule) (int, error) {
	want := forward{Protocol: strings.ToUpper(val(in.IpProtocol)), Public: val(in.PublicIpAddress), PublicPort: int(val(in.PublicPort))}
	i := slices.IndexFunc(all, func(f forward) bool { return f.door() == want.door() })
	if i < 0 {
		return 0, badCode(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULENOTEXISTS, want.door(), "DestinationIpPortTranslationNatRules")
	}
	return i, nil
}

func modifyNatGatewayDestinationIpPortTranslationNatRule(c *api.Call, in *sdk.ModifyNatGatewayDestinationIpPortTranslationNatRuleRequestParams) (*sdk.ModifyNatGatewayDestinationIpPortTranslationNatRuleResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(g.Forwards)
	i, err := sameForward(all, in.SourceNatRule)
	if err != nil {
		return nil, err
	}
	f, err := newForward(c, *in.NatGatewayId, g, in.DestinationNatRule)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(all, func(o forward) bool { return o.door() == f.door() }); at >= 0 && at != i {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_RECORDEXISTS, f.door())
	}
	f.Made = all[i].Made
	all[i] = f
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Forwards = all })
	begin(c, 0)
	return &sdk.ModifyNatGatewayDestinationIpPortTranslationNatRuleResponseParams{}, nil
}

func deleteNatGatewayDestinationIpPortTranslationNatRule(c *api.Call, in *sdk.DeleteNatGatewayDestinationIpPortTranslationNatRuleRequestParams) (*sdk.DeleteNatGatewayDestinationIpPortTranslationNatRuleResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(g.Forwards)
	for _, w := range in.DestinationIpPortTranslationNatRules {
		i, err := sameForward(all, w)
		if err != nil {
			return nil, err
		}
		all = slices.Delete(all, i, i+1)
	}
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Forwards = all })
	begin(c, 0)
	return &sdk.DeleteNatGatewayDestinationIpPortTranslationNatRuleResponseParams{}, nil
}

// newSource reads a rule for what leaves.
func newSource(c *api.Call, id string, g *gateway, in *sdk.SourceIpTranslationNatRule) (s source, err error) {
	s = source{
		Resource: val(in.ResourceId), Kind: val(in.ResourceType), Private: val(in.PrivateIpAddress), Desc: val(in.Description),
		Public: vals(in.PublicIpAddresses), Made: c.Now,
	}
	if err := checkExits(c, id, s.Public); err != nil {
		return s, err
	}
	switch s.Kind {
	case "SUBNET":
		sub, err := subnets.find(c, &s.Resource)
		if err != nil {
			return s, err
		}
		s.Private = orText(s.Private, sub.CIDR.String())
		if sub.VPC != g.VPC {
			return s, notFound(s.Resource)
		}
	case "NETWORKINTERFACE":
		ip, err := parseIP4(s.Private, "PrivateIpAddress")
		if err != nil {
			return s, err
		}
		if _, ok := holder(c.Tx, g.VPC, ip); !ok {
			return s, unsupported(sdk.UNSUPPORTEDOPERATION_NATGATEWAYSNATPIPNEEDVM, s.Private)
		}
	case "USERDEFINED":
		if _, err := netip.ParsePrefix(s.Private); err != nil {
			return s, malformed(s.Private, "PrivateIpAddress")
		}
	default:
		return s, bad(s.Kind, "ResourceType")
	}
	s.ID = c.NewID("snat")
	return s, nil
}

// checkExits refuses public addresses that are not the gateway's.
func checkExits(c *api.Call, id string, ips []string) error {
	if len(ips) == 0 {
		return bad("", "PublicIpAddresses")
	}
	own := exits(c.Tx, id)
	for _, ip := range ips {
		if !slices.Contains(own, ip) {
			return unsupported(sdk.UNSUPPORTEDOPERATION_NATGATEWAYEIPNOTEXISTS, ip)
		}
	}
	return nil
}

func createNatGatewaySourceIpTranslationNatRule(c *api.Call, in *sdk.CreateNatGatewaySourceIpTranslationNatRuleRequestParams) (*sdk.CreateNatGatewaySourceIpTranslationNatRuleResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(g.Sources)
	for _, w := range in.SourceIpTranslationNatRules {
		s, err := newSource(c, *in.NatGatewayId, g, w)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(o source) bool { return o.Private == s.Private }) {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_NATSNATRULEEXISTS, s.Private, "SourceIpTranslationNatRules")
		}
		all = append(all, s)
	}
	if err := full(c, quota.NATSources, len(all), 0); err != nil {
		return nil, err
	}
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Sources = all })
	begin(c, 0)
	return &sdk.CreateNatGatewaySourceIpTranslationNatRuleResponseParams{}, nil
}

// sameSource finds a rule by its id.
func sameSource(all []source, id string) (int, error) {
	i := slices.IndexFunc(all, func(s source) bool { return s.ID == id })
	if i < 0 {
		return 0, badCode(sdk.INVALIDPARAMETERVALUE_NATGATEWAYSNATRULENOTEXISTS, id, "NatGatewaySnatId")
	}
	return i, nil
}

func modifyNatGatewaySourceIpTranslationNatRule(c *api.Call, in *sdk.ModifyNatGatewaySourceIpTranslationNatRuleRequestParams) (*sdk.ModifyNatGatewaySourceIpTranslationNatRuleResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	all, w := slices.Clone(g.Sources), in.SourceIpTranslationNatRule
	i, err := sameSource(all, val(w.NatGatewaySnatId))
	if err != nil {
		return nil, err
	}
	if len(w.PublicIpAddresses) > 0 {
		all[i].Public = vals(w.PublicIpAddresses)
	}
	if err := checkExits(c, *in.NatGatewayId, all[i].Public); err != nil {
		return nil, err
	}
	all[i].Desc = or(w.Description, all[i].Desc)
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Sources = all })
	begin(c, 0)
	return &sdk.ModifyNatGatewaySourceIpTranslationNatRuleResponseParams{}, nil
}

func deleteNatGatewaySourceIpTranslationNatRule(c *api.Call, in *sdk.DeleteNatGatewaySourceIpTranslationNatRuleRequestParams) (*sdk.DeleteNatGatewaySourceIpTranslationNatRuleResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(g.Sources)
	for _, id := range vals(in.NatGatewaySnatIds) {
		i, err := sameSource(all, id)
		if err != nil {
			return nil, err
		}
		all = slices.Delete(all, i, i+1)
	}
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Sources = all })
	begin(c, 0)
	return &sdk.DeleteNatGatewaySourceIpTranslationNatRuleResponseParams{}, nil
}
