package vpc

import (
	"net/netip"
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// route is one line of a route table.
type route struct {
	Number  uint64 // RouteId; 0 for IPv6
	Item    string // RouteItemId: rti-1a2b3c4d
	To, To6 netip.Prefix
	Kind    string // of the gateway: NAT
	Gateway string
	Desc    string
	Off     bool
	Created time.Time
}

const userRoute = "USER"

func showRoutes(tableID string, routes []route) []*sdk.Route {
	return show(routes, func(r *route) *sdk.Route {
		return &sdk.Route{
			DestinationCidrBlock: new(blank(r.To)), GatewayType: &r.Kind, GatewayId: &r.Gateway, RouteId: &r.Number, RouteDescription: &r.Desc,
			Enabled: new(!r.Off), RouteType: new(userRoute), RouteTableId: &tableID, DestinationIpv6CidrBlock: new(blank(r.To6)),
			RouteItemId: &r.Item, PublishedToVbc: new(false), CreatedTime: local(r.Created), CdcId: new(""),
		}
	})
}

// blank is a block as text, or nothing where there is none.
func blank(p netip.Prefix) string { return block6{CIDR: p}.String() }

// routeTo finds a route of a network to exactly this block.
func routeTo(c *api.Call, vpcID string, to netip.Prefix) (id string, ok bool) {
	for id, t := range tables.Where(c.Tx, "vpc", vpcID) {
		if slices.ContainsFunc(t.Routes, func(r route) bool { return r.To == to }) {
			return id, true
		}
	}
	return "", false
}

// newRoute reads a route of a request.
func newRoute(c *api.Call, t *routeTable, in *sdk.Route) (r route, err error) {
	if typ := or(in.RouteType, userRoute); typ != userRoute {
		return r, unsupported(sdk.UNSUPPORTEDOPERATION_SYSTEMROUTE, typ)
	}
	r = route{
		Item: c.NewID("rti"), Kind: val(in.GatewayType), Gateway: val(in.GatewayId), Desc: val(in.RouteDescription),
		Off: !or(in.Enabled, true), Created: c.Now,
	}
	switch {
	case val(in.DestinationCidrBlock) != "":
		if r.To, err = parseCIDR(*in.DestinationCidrBlock, "DestinationCidrBlock"); err != nil {
			return r, err
		}
		r.Number = 1 + c.IDs.Uint64()%(1<<31)
	case val(in.DestinationIpv6CidrBlock) != "":
		if r.To6, err = parseCIDR6(*in.DestinationIpv6CidrBlock, "DestinationIpv6CidrBlock"); err != nil {
			return r, err
		}
	default:
		return r, malformed("", "DestinationCidrBlock")
	}
	n, _ := networks.Get(c.Tx, t.VPC)
	for _, b := range n.blocks() {
		// A route to a whole range that encloses the network is another matter: the longest prefix wins.
		if r.To.IsValid() && b.Bits() <= r.To.Bits() && b.Contains(r.To.Addr()) {
			return r, conflict(sdk.INVALIDPARAMETERVALUE_VPCCIDRCONFLICT, r.To, b)
		}
	}
	return r, checkNextHop(c, t.VPC, r)
}

// checkNextHop refuses a gateway that is not there. Kinds of gateways that are not emulated can have no instance.
func checkNextHop(c *api.Call, vpcID string, r route) error {
	ok := false
	switch r.Kind {
	case "EIP":
		ok = r.Gateway == "" || r.Gateway == "0"
	case "NORMAL_CVM":
		ip, err := parseIP4(r.Gateway, "GatewayId")
		if err != nil {
			return err
		}
		_, ok = holder(c.Tx, vpcID, ip)
	case "CVM":
		_, ok = host.Get(c.Tx, r.Gateway)
	case "NAT":
		ok = hasNAT(c, vpcID, r.Gateway)
	case "HAVIP":
		ok = hasVIP(c, vpcID, r.Gateway)
	case "VPN", "DIRECTCONNECT", "PEERCONNECTION", "LOCAL_GATEWAY", "INTRANAT", "USER_CCN", "GWLB_ENDPOINT":
	default:
		return bad(r.Kind, "GatewayType")
	}
	if !ok {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_ROUTENEXTHOPINVALID, r.Gateway, "GatewayId")
	}
	return nil
}

// clash refuses a route beside others: twice the same, or two ways to one block that are both in use.
func clash(r route, others []route) error {
	for _, o := range others {
		if o.To != r.To || o.To6 != r.To6 || o.Item == r.Item {
			continue
		}
		if o.Kind == r.Kind && o.Gateway == r.Gateway {
			return duplicate(blank(r.To)+blank(r.To6), "DestinationCidrBlock")
		}
		if !o.Off && !r.Off {
			return unsupported(sdk.UNSUPPORTEDOPERATION_ECMPWITHUSERROUTE, o.Item)
		}
	}
	return nil
}

// routesFrom reads a request's routes, each checked against the kept ones and those before it.
func routesFrom(c *api.Call, t *routeTable, kept []route, in []*sdk.Route) ([]route, error) {
	all := slices.Clone(kept)
	for _, w := range in {
		r, err := newRoute(c, t, w)
		if err != nil {
			return nil, err
		}
		if err := clash(r, all); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, full(c, quota.Routes, len(all), 0)
}

func createRoutes(c *api.Call, in *sdk.CreateRoutesRequestParams) (*sdk.CreateRoutesResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	all, err := routesFrom(c, t, t.Routes, in.Routes)
	if err != nil {
		return nil, err
	}
	tables.edit(c, *in.RouteTableId, func(t *routeTable) { t.Routes = all })
	t, _ = tables.Get(c.Tx, *in.RouteTableId)
	return &sdk.CreateRoutesResponseParams{
		TotalCount: new(uint64(len(in.Routes))), RouteTableSet: []*sdk.RouteTable{showTable(c, *in.RouteTableId, t)},
	}, nil
}

// match finds the route that a request means: by its item id, its number, or its destination.
func match(routes []route, in *sdk.Route) (int, error) {
	i := slices.IndexFunc(routes, func(r route) bool {
		switch {
		case val(in.RouteItemId) != "":
			return r.Item == *in.RouteItemId
		case val(in.RouteId) != 0:
			return r.Number == *in.RouteId
		case val(in.DestinationIpv6CidrBlock) != "":
			return blank(r.To6) == *in.DestinationIpv6CidrBlock
		}
		return blank(r.To) == val(in.DestinationCidrBlock)
	})
	if i < 0 {
		return 0, notFound(or(in.RouteItemId, val(in.DestinationCidrBlock)))
	}
	return i, nil
}

func deleteRoutes(c *api.Call, in *sdk.DeleteRoutesRequestParams) (*sdk.DeleteRoutesResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	left, gone := slices.Clone(t.Routes), []route{}
	for _, w := range in.Routes {
		i, err := match(left, w)
		if err != nil {
			return nil, err
		}
		gone = append(gone, left[i])
		left = slices.Delete(left, i, i+1)
	}
	tables.edit(c, *in.RouteTableId, func(t *routeTable) { t.Routes = left })
	return &sdk.DeleteRoutesResponseParams{RouteSet: showRoutes(*in.RouteTableId, gone)}, nil
}

// replaceRoutes gives routes new destinations, gateways and descriptions. Their ids stay.
func replaceRoutes(c *api.Call, in *sdk.ReplaceRoutesRequestParams) (*sdk.ReplaceRoutesResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	all, before, after := slices.Clone(t.Routes), []route{}, []route{}
	for _, w := range in.Routes {
		i, err := match(all, w)
		if err != nil {
			return nil, err
		}
		r, err := newRoute(c, t, w)
		if err != nil {
			return nil, err
		}
		r.Item, r.Number, r.Created = all[i].Item, all[i].Number, all[i].Created
		if err := clash(r, all); err != nil {
			return nil, err
		}
		before, after = append(before, all[i]), append(after, r)
		all[i] = r
	}
	tables.edit(c, *in.RouteTableId, func(t *routeTable) { t.Routes = all })
	return &sdk.ReplaceRoutesResponseParams{OldRouteSet: showRoutes(*in.RouteTableId, before), NewRouteSet: showRoutes(*in.RouteTableId, after)}, nil
}

// resetRoutes renames a table and gives it these routes alone.
func resetRoutes(c *api.Call, in *sdk.ResetRoutesRequestParams) (*sdk.ResetRoutesResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	if err := checkName(*in.RouteTableName, "RouteTableName", 60); err != nil {
		return nil, err
	}
	all, err := routesFrom(c, t, nil, in.Routes)
	if err != nil {
		return nil, err
	}
	tables.edit(c, *in.RouteTableId, func(t *routeTable) { t.Name, t.Routes = *in.RouteTableName, all })
	return &sdk.ResetRoutesResponseParams{}, nil
}
