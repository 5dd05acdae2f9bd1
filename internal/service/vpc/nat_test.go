package vpc

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

// nat is a gateway with one public address of its own making.
func (w *world) nat(vpcID string) (id, ip string) {
	w.T.Helper()
	id = *apitest.Call(w.World, createNatGateway, sdk.CreateNatGatewayRequestParams{
		VpcId: &vpcID, NatGatewayName: new("nat"), AddressCount: new(uint64(1)),
	}).NatGatewaySet[0].NatGatewayId
	w.Advance(gatewayTakes)
	return id, *w.shownGateway(id).PublicIpAddressSet[0].PublicIpAddress
}

func (w *world) shownGateway(id string) *sdk.NatGateway {
	w.T.Helper()
	return apitest.Call(w.World, describeNatGateways, sdk.DescribeNatGatewaysRequestParams{NatGatewayIds: []*string{&id}}).NatGatewaySet[0]
}

func TestGatewayIsMadeAndDeletedWithItsAddresses(t *testing.T) {
	w := newWorld(t)
	vpcID, eip := w.vpc("10.0.0.0/16"), w.eip()
	own := *w.address(eip).AddressIp
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_EMPTY, createNatGateway, sdk.CreateNatGatewayRequestParams{VpcId: &vpcID, NatGatewayName: new("n")})
	made := apitest.Call(w.World, createNatGateway, sdk.CreateNatGatewayRequestParams{
		VpcId: &vpcID, NatGatewayName: new("n"), PublicIpAddresses: []*string{&own}, AddressCount: new(uint64(1)),
	}).NatGatewaySet[0]
	if *made.State != pending || len(made.PublicIpAddressSet) != 2 {
		t.Errorf("got %s with %d addresses, want PENDING with two", *made.State, len(made.PublicIpAddressSet))
	}
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteVpc, sdk.DeleteVpcRequestParams{VpcId: &vpcID})
	w.Advance(gatewayTakes)
	if a := w.address(eip); *a.AddressStatus != bound || *a.InstanceId != *made.NatGatewayId || *a.InstanceType != "NAT" {
		t.Errorf("got %s at %s, want it bound to the gateway", *a.AddressStatus, *a.InstanceId)
	}
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_RESOURCENOTSUPPORT, disassociateAddress, sdk.DisassociateAddressRequestParams{AddressId: &eip})
	apitest.Call(w.World, deleteNatGateway, sdk.DeleteNatGatewayRequestParams{NatGatewayId: made.NatGatewayId})
	w.Advance(gatewayTakes)
	gone := apitest.Call(w.World, describeNatGateways, sdk.DescribeNatGatewaysRequestParams{NatGatewayIds: []*string{made.NatGatewayId}})
	if *gone.TotalCount != 0 || *w.address(eip).AddressStatus != unbound {
		t.Errorf("got %d gateways, address %s; want none, UNBIND", *gone.TotalCount, *w.address(eip).AddressStatus)
	}
	apitest.Call(w.World, deleteVpc, sdk.DeleteVpcRequestParams{VpcId: &vpcID})
}

func TestGatewayWithRoutesStays(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	id, _ := w.nat(vpcID)
	rt := w.table(vpcID)
	apitest.Call(w.World, createRoutes, sdk.CreateRoutesRequestParams{RouteTableId: &rt, Routes: []*sdk.Route{{
		DestinationCidrBlock: new("0.0.0.0/0"), GatewayType: new("NAT"), GatewayId: &id,
	}}})
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_NATGATEWAYHAVEROUTE, deleteNatGateway, sdk.DeleteNatGatewayRequestParams{NatGatewayId: &id})
	apitest.Call(w.World, deleteNatGateway, sdk.DeleteNatGatewayRequestParams{NatGatewayId: &id, IgnoreOperationRisk: new(true)})
	if got := apitest.Call(w.World, describeRouteTables, sdk.DescribeRouteTablesRequestParams{RouteTableIds: []*string{&rt}}); len(got.RouteTableSet[0].RouteSet) != 0 {
		t.Errorf("got %d routes, want the one to the gateway gone", len(got.RouteTableSet[0].RouteSet))
	}
}

func TestForwardsLeadToWhatIsThere(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	sub := w.subnet(vpcID, "10.0.0.0/24")
	id, ip := w.nat(vpcID)
	inner := w.of(w.instance(Placement{vpcID, sub}, Internet{})).Private[0]
	rule := func(public, private string, port uint64) *sdk.DestinationIpPortTranslationNatRule {
		return &sdk.DestinationIpPortTranslationNatRule{IpProtocol: new("tcp"), PublicIpAddress: &public, PublicPort: &port, PrivateIpAddress: &private, PrivatePort: new(uint64(80)), Description: new("web")}
	}
	create := func(code string, rules ...*sdk.DestinationIpPortTranslationNatRule) {
		t.Helper()
		in := sdk.CreateNatGatewayDestinationIpPortTranslationNatRuleRequestParams{NatGatewayId: &id, DestinationIpPortTranslationNatRules: rules}
		if code == "" {
			apitest.Call(w.World, createNatGatewayDestinationIpPortTranslationNatRule, in)
			return
		}
		apitest.Refused(w.World, code, createNatGatewayDestinationIpPortTranslationNatRule, in)
	}
	create("", rule(ip, inner, 80))
	create(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULEEXISTED, rule(ip, inner, 80))
	create(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULEREPEATED, rule(ip, inner, 81), rule(ip, inner, 81))
	create(sdk.INVALIDPARAMETERVALUE_NATGATEWAYDNATRULEPIPNEEDVM, rule(ip, "10.0.0.99", 82))
	create(sdk.UNSUPPORTEDOPERATION_NATGATEWAYEIPNOTEXISTS, rule("1.2.3.4", inner, 83))
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_PUBLICIPADDRESSDISASSOCIATE, disassociateNatGatewayAddress,
		sdk.DisassociateNatGatewayAddressRequestParams{NatGatewayId: &id, PublicIpAddresses: []*string{&ip}})
	apitest.Call(w.World, modifyNatGatewayDestinationIpPortTranslationNatRule, sdk.ModifyNatGatewayDestinationIpPortTranslationNatRuleRequestParams{
		NatGatewayId: &id, SourceNatRule: rule(ip, inner, 80), DestinationNatRule: rule(ip, inner, 8080),
	})
	list := apitest.Call(w.World, describeNatGatewayDestinationIpPortTranslationNatRules,
		sdk.DescribeNatGatewayDestinationIpPortTranslationNatRulesRequestParams{Filters: filter("public-port", "8080")})
	if *list.TotalCount != 1 || *list.NatGatewayDestinationIpPortTranslationNatRuleSet[0].PrivateIpAddress != inner {
		t.Errorf("got %d rules, want the changed one", *list.TotalCount)
	}
	apitest.Call(w.World, deleteNatGatewayDestinationIpPortTranslationNatRule, sdk.DeleteNatGatewayDestinationIpPortTranslationNatRuleRequestParams{
		NatGatewayId: &id, DestinationIpPortTranslationNatRules: []*sdk.DestinationIpPortTranslationNatRule{rule(ip, inner, 8080)},
	})
}

func TestSourcesKeepTheirSubnet(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	sub := w.subnet(vpcID, "10.0.0.0/24")
	id, ip := w.nat(vpcID)
	apitest.Call(w.World, createNatGatewaySourceIpTranslationNatRule, sdk.CreateNatGatewaySourceIpTranslationNatRuleRequestParams{
		NatGatewayId: &id, SourceIpTranslationNatRules: []*sdk.SourceIpTranslationNatRule{{
			ResourceId: &sub, ResourceType: new("SUBNET"), PublicIpAddresses: []*string{&ip}, Description: new("out"),
		}},
	})
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteSubnet, sdk.DeleteSubnetRequestParams{SubnetId: &sub})
	list := apitest.Call(w.World, describeNatGatewaySourceIpTranslationNatRules, sdk.DescribeNatGatewaySourceIpTranslationNatRulesRequestParams{
		NatGatewayId: &id, Filters: filter("resource-id", sub),
	})
	if *list.TotalCount != 1 || *list.SourceIpTranslationNatRuleSet[0].PrivateIpAddress != "10.0.0.0/24" {
		t.Fatalf("got %d rules, want the subnet's", *list.TotalCount)
	}
	apitest.Call(w.World, deleteNatGatewaySourceIpTranslationNatRule, sdk.DeleteNatGatewaySourceIpTranslationNatRuleRequestParams{
		NatGatewayId: &id, NatGatewaySnatIds: []*string{list.SourceIpTranslationNatRuleSet[0].NatGatewaySnatId},
	})
	apitest.Call(w.World, deleteSubnet, sdk.DeleteSubnetRequestParams{SubnetId: &sub})
}
