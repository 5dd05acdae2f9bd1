package vpc

import (
	"cmp"
	"maps"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// describeVpcResourceDashboard counts what stands in networks. Products that are not emulated have nothing there.
func describeVpcResourceDashboard(c *api.Call, in *sdk.DescribeVpcResourceDashboardRequestParams) (*sdk.DescribeVpcResourceDashboardResponseParams, error) {
	if err := networks.each(c, in.VpcIds); err != nil {
		return nil, err
	}
	set := []*sdk.ResourceDashboard{}
	for _, id := range vals(in.VpcIds) {
		set = append(set, dashboard(c, id))
	}
	return &sdk.DescribeVpcResourceDashboardResponseParams{ResourceDashboardSet: set}, nil
}

func dashboard(c *api.Call, id string) *sdk.ResourceDashboard {
	count := func(n int) *uint64 { return new(uint64(n)) }
	none := func() *uint64 { return new(uint64(0)) }
	return &sdk.ResourceDashboard{
		VpcId: &id,
		CVM:   count(cards.Count(c.Tx, "vpc", id) - cards.Count(c.Tx, "vpc", id+"/eni")),
		Ip:    count(leases.Count(c.Tx, "vpc", id)), Nat: count(gateways.Count(c.Tx, "vpc", id)),
		NetworkACL: count(acls.Count(c.Tx, "vpc", id)), FlowLog: count(flowLogs.Count(c.Tx, "vpc", id)),
		Subnet: count(subnets.Count(c.Tx, "vpc", id)), RouteTable: count(tables.Count(c.Tx, "vpc", id)),
		Classiclink: none(), Dcg: none(), Pcx: none(), Vpngw: none(), NetworkDetect: none(), LB: none(), CDB: none(), Cmem: none(),
		CTSDB: none(), MariaDB: none(), SQLServer: none(), Postgres: none(), NAS: none(), Greenplumn: none(), Ckafka: none(),
		Grocery: none(), HSM: none(), Tcaplus: none(), Cnas: none(), TiDB: none(), Emr: none(), SEAL: none(), CFS: none(),
		Oracle: none(), ElasticSearch: none(), TBaaS: none(), Itop: none(), DBAudit: none(), CynosDBPostgres: none(), Redis: none(),
		MongoDB: none(), DCDB: none(), CynosDBMySQL: none(),
	}
}

// describeSubnetResourceDashboard counts who has addresses in subnets.
// Simulated: the cloud does not document the names of the kinds beyond CVM and ENI.
func describeSubnetResourceDashboard(c *api.Call, in *sdk.DescribeSubnetResourceDashboardRequestParams) (*sdk.DescribeSubnetResourceDashboardResponseParams, error) {
	if err := subnets.each(c, in.SubnetIds); err != nil {
		return nil, err
	}
	set := []*sdk.ResourceStatistics{}
	for _, id := range vals(in.SubnetIds) {
		s, _ := subnets.Get(c.Tx, id)
		set = append(set, &sdk.ResourceStatistics{
			VpcId: &s.VPC, SubnetId: &id, Ip: new(uint64(used(c.Tx, id))), ResourceStatisticsItemSet: dwellers(c, id),
		})
	}
	return &sdk.DescribeSubnetResourceDashboardResponseParams{ResourceStatisticsSet: set}, nil
}

// dwellers counts what has addresses in a subnet by its kind. Kinds of which nothing is there are left out.
func dwellers(c *api.Call, subnetID string) []*sdk.ResourceStatisticsItem {
	found := map[string]uint64{}
	for _, k := range cards.Where(c.Tx, "subnet", subnetID) {
		if k.Primary {
			found["CVM"]++
			continue
		}
		found["ENI"]++
	}
	for _, l := range leases.Where(c.Tx, "subnet", subnetID) {
		found[l.Type]++
	}
	names := map[string]string{"CVM": "云服务器", "ENI": "弹性网卡"}
	set := []*sdk.ResourceStatisticsItem{}
	for _, kind := range slices.Sorted(maps.Keys(found)) {
		set = append(set, &sdk.ResourceStatisticsItem{ResourceType: &kind, ResourceName: new(cmp.Or(names[kind], kind)), ResourceCount: new(found[kind])})
	}
	return set
}
