package vpc

import (
	"errors"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/quota"
)

func TestCreateVpcRefusesBlocks(t *testing.T) {
	w := newWorld(t)
	for _, row := range []struct{ name, cidr, code string }{
		{"no block", "10.0.0.0", sdk.INVALIDPARAMETERVALUE_MALFORMED},
		{"host bits", "10.0.0.1/16", sdk.INVALIDPARAMETERVALUE_MALFORMED},
		{"IPv6", "fd00::/56", sdk.INVALIDPARAMETERVALUE_MALFORMED},
		{"public", "8.8.0.0/16", sdk.INVALIDPARAMETERVALUE},
		{"too large", "10.0.0.0/8", sdk.INVALIDPARAMETERVALUE},
		{"too large for its range", "192.168.0.0/12", sdk.INVALIDPARAMETERVALUE_MALFORMED},
		{"too small", "10.0.0.0/29", sdk.INVALIDPARAMETERVALUE},
	} {
		apitest.Refused(w.World, row.code, createVpc, sdk.CreateVpcRequestParams{VpcName: &row.name, CidrBlock: &row.cidr})
	}
}

func TestVpcIsMadeReadChangedAndDeleted(t *testing.T) {
	w := newWorld(t)
	made := apitest.Call(w.World, createVpc, sdk.CreateVpcRequestParams{
		VpcName: new("one"), CidrBlock: new("10.0.0.0/16"), Tags: []*sdk.Tag{{Key: new("team"), Value: new("web")}},
	}).Vpc
	if got := *made.CreatedTime; got != "2026-03-01 12:00:00" {
		t.Errorf("got created %s, want Beijing's time", got)
	}
	apitest.Call(w.World, modifyVpcAttribute, sdk.ModifyVpcAttributeRequestParams{VpcId: made.VpcId, VpcName: new("two"), DnsServers: ptrs([]string{"1.1.1.1"})})
	found := apitest.Call(w.World, describeVpcs, sdk.DescribeVpcsRequestParams{Filters: filter("tag:team", "web")})
	if *found.TotalCount != 1 || *found.VpcSet[0].VpcName != "two" || *found.VpcSet[0].DnsServerSet[0] != "1.1.1.1" {
		t.Errorf("got %+v, want the changed network", found.VpcSet)
	}
	tables := apitest.Call(w.World, describeRouteTables, sdk.DescribeRouteTablesRequestParams{Filters: filter("vpc-id", *made.VpcId)})
	if *tables.TotalCount != 1 || !*tables.RouteTableSet[0].Main {
		t.Errorf("got %d route tables, want the main one", *tables.TotalCount)
	}
	apitest.Call(w.World, deleteVpc, sdk.DeleteVpcRequestParams{VpcId: made.VpcId})
	apitest.Refused(w.World, sdk.RESOURCENOTFOUND, describeVpcs, sdk.DescribeVpcsRequestParams{VpcIds: []*string{made.VpcId}})
	gone := apitest.Call(w.World, describeVpcs, sdk.DescribeVpcsRequestParams{Filters: filter("vpc-id", *made.VpcId)})
	if *gone.TotalCount != 0 {
		t.Errorf("got %d, want a filter to find nothing", *gone.TotalCount)
	}
}

func TestDescribeVpcsKeepsItsRules(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	for _, row := range []struct {
		name, code string
		in         sdk.DescribeVpcsRequestParams
	}{
		{"ids and filters", sdk.INVALIDPARAMETER_COEXIST, sdk.DescribeVpcsRequestParams{VpcIds: []*string{&id}, Filters: filter("vpc-name", "x")}},
		{"unknown filter", sdk.INVALIDPARAMETER_FILTERINVALIDKEY, sdk.DescribeVpcsRequestParams{Filters: filter("colour", "red")}},
		{"malformed id", sdk.INVALIDPARAMETERVALUE_MALFORMED, sdk.DescribeVpcsRequestParams{VpcIds: ptrs([]string{"vpc-1"})}},
		{"limit too large", sdk.INVALIDPARAMETERVALUE_RANGE, sdk.DescribeVpcsRequestParams{Limit: new("101")}},
		{"limit no number", sdk.INVALIDPARAMETERVALUE_RANGE, sdk.DescribeVpcsRequestParams{Limit: new("many")}},
	} {
		t.Run(row.name, func(*testing.T) { apitest.Refused(w.World, row.code, describeVpcs, row.in) })
	}
}

func TestQuotaOfVpcsLeavesTheDefaultOneOut(t *testing.T) {
	w := newWorld(t)
	w.Settings.Quotas = func(_ string, l quota.Limit) int { return map[quota.Limit]int{quota.VPCs: 1}[l] }
	apitest.Call(w.World, createDefaultVpc, sdk.CreateDefaultVpcRequestParams{})
	w.vpc("10.0.0.0/16")
	apitest.Refused(w.World, sdk.LIMITEXCEEDED, createVpc, sdk.CreateVpcRequestParams{VpcName: new("second"), CidrBlock: new("10.1.0.0/16")})
}

func TestSubnetsLieInTheirNetworkAndApart(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	w.subnet(id, "10.0.0.0/24")
	for _, row := range []struct{ name, cidr, zone, code string }{
		{"outside", "10.1.0.0/24", zone3, sdk.INVALIDPARAMETERVALUE_SUBNETRANGE},
		{"overlapping", "10.0.0.128/25", zone3, sdk.INVALIDPARAMETERVALUE_SUBNETCONFLICT},
		{"malformed", "10.0.0.0/33", zone3, sdk.INVALIDPARAMETERVALUE_MALFORMED},
		{"zone of another region", "10.0.1.0/24", "ap-shanghai-2", sdk.INVALIDPARAMETERVALUE_ZONECONFLICT},
	} {
		apitest.Refused(w.World, row.code, createSubnet, sdk.CreateSubnetRequestParams{
			VpcId: &id, SubnetName: new("s"), CidrBlock: &row.cidr, Zone: &row.zone,
		})
	}
	// The second of a batch meets the first: nothing of it stays.
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_SUBNETCONFLICT, createSubnets, sdk.CreateSubnetsRequestParams{VpcId: &id, Subnets: []*sdk.SubnetInput{
		{CidrBlock: new("10.0.1.0/24"), Zone: new(zone3), SubnetName: new("a")}, {CidrBlock: new("10.0.1.0/25"), Zone: new(zone3), SubnetName: new("b")},
	}})
	if got := apitest.Call(w.World, describeSubnets, sdk.DescribeSubnetsRequestParams{}); *got.TotalCount != 1 {
		t.Errorf("got %d subnets, want 1", *got.TotalCount)
	}
}

func TestSubnetMayBeTheWholeNetwork(t *testing.T) {
	w := newWorld(t)
	w.subnet(w.vpc("10.0.0.0/16"), "10.0.0.0/16")
}

func TestAssistantCidrGivesRoomForSubnets(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	apitest.Call(w.World, createAssistantCidr, sdk.CreateAssistantCidrRequestParams{VpcId: &id, CidrBlocks: ptrs([]string{"172.16.0.0/16"})})
	sub := w.subnet(id, "172.16.1.0/24")
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteAssistantCidr, sdk.DeleteAssistantCidrRequestParams{VpcId: &id, CidrBlocks: ptrs([]string{"172.16.0.0/16"})})
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_VPCCIDRCONFLICT, createAssistantCidr,
		sdk.CreateAssistantCidrRequestParams{VpcId: &id, CidrBlocks: ptrs([]string{"10.0.0.0/8"})})
	apitest.Call(w.World, deleteSubnet, sdk.DeleteSubnetRequestParams{SubnetId: &sub})
	apitest.Call(w.World, modifyAssistantCidr, sdk.ModifyAssistantCidrRequestParams{
		VpcId: &id, OldCidrBlocks: ptrs([]string{"172.16.0.0/16"}), NewCidrBlocks: ptrs([]string{"172.16.0.0/20"}),
	})
	set := apitest.Call(w.World, describeAssistantCidr, sdk.DescribeAssistantCidrRequestParams{VpcIds: []*string{&id}}).AssistantCidrSet
	if len(set) != 1 || *set[0].CidrBlock != "172.16.0.0/20" {
		t.Errorf("got %v, want the new block alone", set)
	}
}

func TestDefaultPlaceIsMadeOnce(t *testing.T) {
	w := newWorld(t)
	var first, second, other Placement
	w.Must(func(c *api.Call) { first, _ = Place(c, zone3, "", "") })
	w.Must(func(c *api.Call) { second, _ = Place(c, zone3, "DEFAULT", "DEFAULT") })
	w.Must(func(c *api.Call) { other, _ = Place(c, "ap-guangzhou-6", "", "") })
	if first != second || other.VPC != first.VPC || other.Subnet == first.Subnet {
		t.Errorf("got %v, %v and %v, want one network and a subnet each zone", first, second, other)
	}
	vpc := apitest.Call(w.World, describeVpcs, sdk.DescribeVpcsRequestParams{Filters: filter("is-default", "true")}).VpcSet
	if len(vpc) != 1 || *vpc[0].VpcName != "Default-VPC" || *vpc[0].CidrBlock != "172.16.0.0/16" {
		t.Errorf("got %v, want Default-VPC", vpc)
	}
	if got := w.free(first.Subnet); got != 4093 {
		t.Errorf("got %d free addresses, want 4093", got)
	}
}

func TestPlaceSaysWhyNot(t *testing.T) {
	w := newWorld(t)
	id, other := w.vpc("10.0.0.0/16"), w.vpc("10.0.0.0/16")
	sub := w.subnet(id, "10.0.0.0/24")
	for _, row := range []struct {
		vpc, subnet, zone string
		want              Reason
	}{
		{"vpc", sub, zone3, VPCMalformed},
		{id, "subnet", zone3, SubnetMalformed},
		{"vpc-00000000", sub, zone3, VPCMissing},
		{id, "subnet-00000000", zone3, SubnetMissing},
		{other, sub, zone3, SubnetElsewhere},
		{id, sub, "ap-guangzhou-6", ZoneElsewhere},
	} {
		w.Must(func(c *api.Call) {
			if _, err := Place(c, row.zone, row.vpc, row.subnet); !errors.Is(err, row.want) {
				t.Errorf("Place(%s, %s, %s): got %v, want %v", row.zone, row.vpc, row.subnet, err, row.want)
			}
		})
	}
}
