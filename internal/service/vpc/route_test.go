package vpc

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func (w *world) table(vpcID string) string {
	w.T.Helper()
	return *apitest.Call(w.World, createRouteTable, sdk.CreateRouteTableRequestParams{VpcId: &vpcID, RouteTableName: new("rt")}).RouteTable.RouteTableId
}

func eipRoute(to string) *sdk.Route {
	return &sdk.Route{DestinationCidrBlock: &to, GatewayType: new("EIP"), GatewayId: new("0"), RouteDescription: new("out")}
}

func TestRouteTableIsMadeTiedAndDeleted(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	sub, rt := w.subnet(id, "10.0.0.0/24"), w.table(id)
	main := *apitest.Call(w.World, describeSubnets, sdk.DescribeSubnetsRequestParams{}).SubnetSet[0].RouteTableId
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_DELDEFAULTROUTE, deleteRouteTable, sdk.DeleteRouteTableRequestParams{RouteTableId: &main})
	apitest.Call(w.World, replaceRouteTableAssociation, sdk.ReplaceRouteTableAssociationRequestParams{RouteTableId: &rt, SubnetId: &sub})
	shown := apitest.Call(w.World, describeRouteTables, sdk.DescribeRouteTablesRequestParams{RouteTableIds: []*string{&rt}}).RouteTableSet[0]
	if len(shown.AssociationSet) != 1 || *shown.AssociationSet[0].SubnetId != sub {
		t.Errorf("got %v, want the subnet", shown.AssociationSet)
	}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_DELROUTEWITHSUBNET, deleteRouteTable, sdk.DeleteRouteTableRequestParams{RouteTableId: &rt})
	apitest.Call(w.World, replaceRouteTableAssociation, sdk.ReplaceRouteTableAssociationRequestParams{RouteTableId: &main, SubnetId: &sub})
	apitest.Call(w.World, deleteRouteTable, sdk.DeleteRouteTableRequestParams{RouteTableId: &rt})
	apitest.Refused(w.World, sdk.RESOURCENOTFOUND, deleteRouteTable, sdk.DeleteRouteTableRequestParams{RouteTableId: &rt})
}

func TestRoutesAreMadeSwitchedReplacedAndDeleted(t *testing.T) {
	w := newWorld(t)
	rt := w.table(w.vpc("10.0.0.0/16"))
	made := apitest.Call(w.World, createRoutes, sdk.CreateRoutesRequestParams{RouteTableId: &rt, Routes: []*sdk.Route{eipRoute("0.0.0.0/0"), eipRoute("8.8.0.0/16")}})
	routes := made.RouteTableSet[0].RouteSet
	if *made.TotalCount != 2 || len(routes) != 2 || *routes[0].RouteId == 0 || *routes[0].RouteType != userRoute {
		t.Fatalf("got %d routes, want two of the user's", len(routes))
	}
	apitest.Call(w.World, disableRoutes, sdk.DisableRoutesRequestParams{RouteTableId: &rt, RouteIds: []*uint64{routes[0].RouteId}})
	apitest.Call(w.World, enableRoutes, sdk.EnableRoutesRequestParams{RouteTableId: &rt, RouteItemIds: []*string{routes[0].RouteItemId}})
	replaced := apitest.Call(w.World, replaceRoutes, sdk.ReplaceRoutesRequestParams{RouteTableId: &rt, Routes: []*sdk.Route{{
		RouteItemId: routes[1].RouteItemId, DestinationCidrBlock: new("9.9.0.0/16"), GatewayType: new("EIP"), GatewayId: new("0"),
	}}})
	if *replaced.NewRouteSet[0].RouteId != *routes[1].RouteId || *replaced.NewRouteSet[0].DestinationCidrBlock != "9.9.0.0/16" {
		t.Errorf("got %v, want the same route elsewhere", replaced.NewRouteSet[0])
	}
	gone := apitest.Call(w.World, deleteRoutes, sdk.DeleteRoutesRequestParams{RouteTableId: &rt, Routes: []*sdk.Route{{RouteId: routes[0].RouteId}}})
	if *gone.RouteSet[0].DestinationCidrBlock != "0.0.0.0/0" {
		t.Errorf("got %s, want what was deleted", *gone.RouteSet[0].DestinationCidrBlock)
	}
	list := apitest.Call(w.World, describeRouteList, sdk.DescribeRouteListRequestParams{Filters: filter("route-table-id", rt)})
	if *list.TotalCount != 1 || *list.RouteSet[0].RouteItemId != *routes[1].RouteItemId {
		t.Errorf("got %d routes, want the second alone", *list.TotalCount)
	}
}

func TestRouteRefusals(t *testing.T) {
	w := newWorld(t)
	rt := w.table(w.vpc("10.0.0.0/16"))
	apitest.Call(w.World, createRoutes, sdk.CreateRoutesRequestParams{RouteTableId: &rt, Routes: []*sdk.Route{eipRoute("8.8.0.0/16")}})
	other := eipRoute("8.8.0.0/16")
	other.GatewayId = new("")
	for _, row := range []struct {
		name, code string
		route      *sdk.Route
	}{
		{"inside the network", sdk.INVALIDPARAMETERVALUE_VPCCIDRCONFLICT, eipRoute("10.0.1.0/24")},
		{"again", sdk.INVALIDPARAMETERVALUE_DUPLICATE, eipRoute("8.8.0.0/16")},
		{"two ways", sdk.UNSUPPORTEDOPERATION_ECMPWITHUSERROUTE, other},
		{"malformed", sdk.INVALIDPARAMETERVALUE_MALFORMED, eipRoute("8.8.0/16")},
		{"no such gateway", sdk.INVALIDPARAMETERVALUE_ROUTENEXTHOPINVALID, &sdk.Route{DestinationCidrBlock: new("9.0.0.0/8"), GatewayType: new("NAT"), GatewayId: new("nat-00000000")}},
		{"no such kind", sdk.INVALIDPARAMETERVALUE, &sdk.Route{DestinationCidrBlock: new("9.0.0.0/8"), GatewayType: new("PIGEON"), GatewayId: new("0")}},
	} {
		t.Run(row.name, func(*testing.T) {
			apitest.Refused(w.World, row.code, createRoutes, sdk.CreateRoutesRequestParams{RouteTableId: &rt, Routes: []*sdk.Route{row.route}})
		})
	}
}
