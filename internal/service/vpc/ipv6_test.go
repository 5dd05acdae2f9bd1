package vpc

import (
	"strings"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func TestIPv6ReachesFromTheNetworkToTheCard(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	sub := w.subnet(vpcID, "10.0.0.0/24")
	ins := w.instance(Placement{vpcID, sub}, Internet{})
	k := w.of(ins).Card
	assign := sdk.AssignIpv6AddressesRequestParams{NetworkInterfaceId: &k, Ipv6AddressCount: new(uint64(2))}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_UNASSIGNCIDRBLOCK, assignIpv6Addresses, assign)

	block := *apitest.Call(w.World, assignIpv6CidrBlock, sdk.AssignIpv6CidrBlockRequestParams{VpcId: &vpcID}).Ipv6CidrBlock
	apitest.Refused(w.World, sdk.LIMITEXCEEDED_CIDRBLOCK, assignIpv6CidrBlock, sdk.AssignIpv6CidrBlockRequestParams{VpcId: &vpcID})
	part := strings.TrimSuffix(block, "/56") + "/64"
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_SUBNETRANGE, assignIpv6SubnetCidrBlock, sdk.AssignIpv6SubnetCidrBlockRequestParams{
		VpcId: &vpcID, Ipv6SubnetCidrBlocks: []*sdk.Ipv6SubnetCidrBlock{{SubnetId: &sub, Ipv6CidrBlock: new("2001:db8::/64")}},
	})
	apitest.Call(w.World, assignIpv6SubnetCidrBlock, sdk.AssignIpv6SubnetCidrBlockRequestParams{
		VpcId: &vpcID, Ipv6SubnetCidrBlocks: []*sdk.Ipv6SubnetCidrBlock{{SubnetId: &sub, Ipv6CidrBlock: &part}},
	})
	set := apitest.Call(w.World, assignIpv6Addresses, assign).Ipv6AddressSet
	if a := w.of(ins); len(a.IPv6) != 2 || a.IPv6[0] != *set[0].Address {
		t.Errorf("got %v at the instance, want %s and another", a.IPv6, *set[0].Address)
	}
	apitest.Refused(w.World, sdk.RESOURCEINUSE_ADDRESS, assignIpv6Addresses, sdk.AssignIpv6AddressesRequestParams{NetworkInterfaceId: &k, Ipv6Addresses: set[:1]})
	apitest.Refused(w.World, sdk.RESOURCEINUSE, unassignIpv6CidrBlock, sdk.UnassignIpv6CidrBlockRequestParams{VpcId: &vpcID, Ipv6CidrBlock: &block})
	listed := apitest.Call(w.World, describeVpcIpv6Addresses, sdk.DescribeVpcIpv6AddressesRequestParams{VpcId: &vpcID})
	if *listed.TotalCount != 2 || *listed.Ipv6AddressSet[0].CidrBlock != part {
		t.Errorf("got %d addresses, want two of %s", *listed.TotalCount, part)
	}
}

func TestPublicIPv6EndsWithItsInstance(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	sub := w.subnet(vpcID, "10.0.0.0/24")
	ins := w.instance(Placement{vpcID, sub}, Internet{})
	k := w.of(ins).Card
	block := *apitest.Call(w.World, assignIpv6CidrBlock, sdk.AssignIpv6CidrBlockRequestParams{VpcId: &vpcID}).Ipv6CidrBlock
	part := strings.TrimSuffix(block, "/56") + "/64"
	apitest.Call(w.World, assignIpv6SubnetCidrBlock, sdk.AssignIpv6SubnetCidrBlockRequestParams{
		VpcId: &vpcID, Ipv6SubnetCidrBlocks: []*sdk.Ipv6SubnetCidrBlock{{SubnetId: &sub, Ipv6CidrBlock: &part}},
	})
	set := apitest.Call(w.World, assignIpv6Addresses, sdk.AssignIpv6AddressesRequestParams{NetworkInterfaceId: &k, Ipv6AddressCount: new(uint64(2))}).Ipv6AddressSet
	old := apitest.Call(w.World, allocateIp6AddressesBandwidth, sdk.AllocateIp6AddressesBandwidthRequestParams{Ip6Addresses: []*string{set[0].Address}}).AddressSet[0]
	elasticID := apitest.Call(w.World, allocateIPv6Addresses, sdk.AllocateIPv6AddressesRequestParams{}).AddressSet[0]
	w.Advance(addressTakes)
	apitest.Call(w.World, associateIPv6Address, sdk.AssociateIPv6AddressRequestParams{IPv6AddressId: elasticID, NetworkInterfaceId: &k, PrivateIPv6Address: set[1].Address})
	w.Advance(addressTakes)
	shown := apitest.Call(w.World, describeIPv6Addresses, sdk.DescribeIPv6AddressesRequestParams{IPv6AddressIds: []*string{elasticID}}).AddressSet[0]
	if *shown.AddressStatus != bound || *shown.InstanceId != ins || *shown.PrivateAddressIp != *set[1].Address {
		t.Errorf("got %s at %s, want it bound to the instance", *shown.AddressStatus, *shown.InstanceId)
	}
	apitest.Call(w.World, modifyIp6AddressesBandwidth, sdk.ModifyIp6AddressesBandwidthRequestParams{Ip6AddressIds: []*string{old}, InternetMaxBandwidthOut: new(int64(7))})
	w.release(ins, false)
	gone := apitest.Call(w.World, describeIp6Addresses, sdk.DescribeIp6AddressesRequestParams{})
	shown = apitest.Call(w.World, describeIPv6Addresses, sdk.DescribeIPv6AddressesRequestParams{}).AddressSet[0]
	if *gone.TotalCount != 0 || *shown.AddressStatus != unbound || shown.NetworkInterfaceId != nil {
		t.Errorf("got %d traditional addresses, the elastic one %s; want none, UNBIND", *gone.TotalCount, *shown.AddressStatus)
	}
}

func TestLimitsAreThoseThatHold(t *testing.T) {
	w := newWorld(t)
	for name := range limitTypes() {
		out := apitest.Call(w.World, describeVpcLimits, sdk.DescribeVpcLimitsRequestParams{LimitTypes: []*string{&name}})
		if len(out.VpcLimitSet) != 1 || *out.VpcLimitSet[0].LimitValue == 0 {
			t.Errorf("%s: got %v, want a number", name, out.VpcLimitSet)
		}
	}
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, describeVpcLimits, sdk.DescribeVpcLimitsRequestParams{LimitTypes: []*string{new("unicorns")}})
}
