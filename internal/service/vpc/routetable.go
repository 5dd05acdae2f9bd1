package vpc

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// routeTable says where what leaves a subnet goes. The way within the network is not among its routes; it cannot be changed.
type routeTable struct {
	Name, VPC string
	Main      bool // the one that new subnets get
	Created   time.Time
	Routes    []route
}

var tables = resource[routeTable]{
	Table: state.NewTable("vpc.route-table",
		state.By("vpc", func(_ string, t *routeTable) []string { return []string{t.VPC} }),
		state.By("gateway", func(_ string, t *routeTable) []string {
			return present(show(t.Routes, func(r *route) string { return r.Gateway })...)
		}),
	),
	prefix: "rtb", field: "RouteTableId", filter: "route-table-id", tags: tag.Resource{Service: "vpc", Prefix: "rtb"},
}

var tableQuery = api.Query[routeTable]{
	Table: tables.Table,
	Fields: map[string]api.Field[routeTable]{
		"route-table-id":   self[routeTable](),
		"route-table-name": fuzzy(func(t *routeTable) string { return t.Name }),
		"vpc-id":           indexed("vpc", func(t *routeTable) string { return t.VPC }),
		"association.main": yesNo(func(t *routeTable) bool { return t.Main }),
		"visible":          yesNo(func(*routeTable) bool { return true }),
		"next-hop-type": {Of: func(_ *api.Call, _ string, t *routeTable) []string {
			return append(show(t.Routes, func(r *route) string { return r.Kind }), "LOCAL")
		}},
	},
	Tags:  tables.tagsOf,
	Rules: rules(),
}

func describeRouteTables(c *api.Call, in *sdk.DescribeRouteTablesRequestParams) (*sdk.DescribeRouteTablesResponseParams, error) {
	hits, total, err := tables.page(c, &tableQuery, api.Ask{IDs: in.RouteTableIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeRouteTablesResponseParams{
		TotalCount: new(uint64(total)),
		RouteTableSet: show(hits, func(h *api.Hit[routeTable]) *sdk.RouteTable {
			t := showTable(c, h.ID, h.Row)
			if !or(in.NeedRouterInfo, true) {
				t.RouteSet = []*sdk.Route{}
			}
			return t
		}),
	}, nil
}

func showTable(c *api.Call, id string, t *routeTable) *sdk.RouteTable {
	set := []*sdk.RouteTableAssociation{}
	for subnetID := range subnets.Where(c.Tx, "table", id) {
		set = append(set, &sdk.RouteTableAssociation{SubnetId: new(subnetID), RouteTableId: new(id)})
	}
	local4 := []*sdk.CidrForCcn{}
	if n, ok := networks.Get(c.Tx, t.VPC); ok {
		for _, p := range n.blocks() {
			local4 = append(local4, &sdk.CidrForCcn{Cidr: new(p.String()), PublishedToVbc: new(false)})
		}
	}
	return &sdk.RouteTable{
		VpcId: &t.VPC, RouteTableId: &id, RouteTableName: &t.Name, AssociationSet: set, RouteSet: showRoutes(id, t.Routes), Main: &t.Main,
		CreatedTime: local(t.Created), TagSet: tables.tagSet(c, id), LocalCidrForCcn: local4,
	}
}

// mainTable is the route table that new subnets of a network get.
func mainTable(c *api.Call, vpcID string) string {
	for id, t := range tables.Where(c.Tx, "vpc", vpcID) {
		if t.Main {
			return id
		}
	}
	return ""
}

func createRouteTable(c *api.Call, in *sdk.CreateRouteTableRequestParams) (*sdk.CreateRouteTableResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	if err := checkName(*in.RouteTableName, "RouteTableName", 60); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.RouteTables, tables.Count(c.Tx, "vpc", *in.VpcId), 1); err != nil {
		return nil, err
	}
	id, t := api.NewID(c, tables.Table, "rtb"), routeTable{Name: *in.RouteTableName, VPC: *in.VpcId, Created: c.Now}
	tables.Put(c.Tx, id, t)
	tables.setTags(c, id, tags)
	return &sdk.CreateRouteTableResponseParams{RouteTable: showTable(c, id, &t)}, nil
}

func modifyRouteTableAttribute(c *api.Call, in *sdk.ModifyRouteTableAttributeRequestParams) (*sdk.ModifyRouteTableAttributeResponseParams, error) {
	if _, err := tables.find(c, in.RouteTableId); err != nil {
		return nil, err
	}
	if err := checkName(*in.RouteTableName, "RouteTableName", 60); err != nil {
		return nil, err
	}
	tables.edit(c, *in.RouteTableId, func(t *routeTable) { t.Name = *in.RouteTableName })
	return &sdk.ModifyRouteTableAttributeResponseParams{}, nil
}

func deleteRouteTable(c *api.Call, in *sdk.DeleteRouteTableRequestParams) (*sdk.DeleteRouteTableResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	switch {
	case err != nil:
		return nil, err
	case t.Main:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_DELDEFAULTROUTE, *in.RouteTableId)
	case subnets.Count(c.Tx, "table", *in.RouteTableId) > 0:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_DELROUTEWITHSUBNET, *in.RouteTableId)
	}
	tables.drop(c, c.Now, *in.RouteTableId)
	return &sdk.DeleteRouteTableResponseParams{}, nil
}

func replaceRouteTableAssociation(c *api.Call, in *sdk.ReplaceRouteTableAssociationRequestParams) (*sdk.ReplaceRouteTableAssociationResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	s, err := subnets.find(c, in.SubnetId)
	if err != nil {
		return nil, err
	}
	if s.VPC != t.VPC {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_VPCMISMATCH, *in.SubnetId)
	}
	subnets.edit(c, *in.SubnetId, func(s *subnet) { s.Table = *in.RouteTableId })
	return &sdk.ReplaceRouteTableAssociationResponseParams{}, nil
}
