package vpc

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func TestDashboardCountsWhatIsThere(t *testing.T) {
	w := newWorld(t)
	net := w.vpc("10.0.0.0/16")
	sub := w.subnet(net, "10.0.1.0/24")
	w.subnet(net, "10.0.2.0/24")
	w.instance(Placement{VPC: net, Subnet: sub}, Internet{})
	w.card(net, sub)
	w.nat(net)
	got := apitest.Call(w.World, describeVpcResourceDashboard, sdk.DescribeVpcResourceDashboardRequestParams{VpcIds: ptrs([]string{net})}).ResourceDashboardSet[0]
	if *got.CVM != 1 || *got.Subnet != 2 || *got.Nat != 1 || *got.RouteTable != 1 || *got.LB != 0 {
		t.Errorf("got %d instances, %d subnets, %d gateways, %d tables, %d balancers, want 1, 2, 1, 1, 0", *got.CVM, *got.Subnet, *got.Nat, *got.RouteTable, *got.LB)
	}
	in := apitest.Call(w.World, describeSubnetResourceDashboard, sdk.DescribeSubnetResourceDashboardRequestParams{SubnetIds: ptrs([]string{sub})}).ResourceStatisticsSet[0]
	if items := in.ResourceStatisticsItemSet; *in.Ip != 2 || len(items) != 2 || *items[0].ResourceType != "CVM" || *items[1].ResourceCount != 1 {
		t.Errorf("got %d addresses of %d kinds, want an instance and a card with an address each", *in.Ip, len(items))
	}
}

func TestDefaultSubnetIsPossibleOnceInAZone(t *testing.T) {
	w := newWorld(t)
	can := func() bool {
		return *apitest.Call(w.World, checkDefaultSubnet, sdk.CheckDefaultSubnetRequestParams{Zone: new(zone3)}).Result
	}
	before := can()
	apitest.Call(w.World, createDefaultVpc, sdk.CreateDefaultVpcRequestParams{Zone: new(zone3)})
	if after := can(); !before || after {
		t.Errorf("got %v and then %v, want it possible before it is made", before, after)
	}
}
