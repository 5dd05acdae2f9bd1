package vpc

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

func enableRoutes(c *api.Call, in *sdk.EnableRoutesRequestParams) (*sdk.EnableRoutesResponseParams, error) {
	return &sdk.EnableRoutesResponseParams{}, switchRoutes(c, in.RouteTableId, in.RouteIds, in.RouteItemIds, false)
}

func disableRoutes(c *api.Call, in *sdk.DisableRoutesRequestParams) (*sdk.DisableRoutesResponseParams, error) {
	return &sdk.DisableRoutesResponseParams{}, switchRoutes(c, in.RouteTableId, in.RouteIds, in.RouteItemIds, true)
}

// switchRoutes turns routes off or on. They are named by numbers or by item ids, not by both.
func switchRoutes(c *api.Call, tableID *string, numbers []*uint64, items []*string, off bool) error {
	t, err := tables.find(c, tableID)
	switch {
	case err != nil:
		return err
	case len(numbers) > 0 && len(items) > 0:
		return coexist("RouteIds", "RouteItemIds")
	case len(numbers)+len(items) == 0:
		return missing("RouteIds")
	case len(numbers)+len(items) > 100:
		return badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(numbers)+len(items), "RouteIds")
	}
	var wanted []*sdk.Route
	for _, n := range numbers {
		wanted = append(wanted, &sdk.Route{RouteId: n})
	}
	for _, id := range items {
		wanted = append(wanted, &sdk.Route{RouteItemId: id})
	}
	all := slices.Clone(t.Routes)
	for _, w := range wanted {
		i, err := match(all, w)
		if err != nil {
			return err
		}
		all[i].Off = off
		if err := clash(all[i], all); err != nil {
			return err
		}
	}
	tables.edit(c, *tableID, func(t *routeTable) { t.Routes = all })
	return nil
}

// describeRouteList finds routes over all tables of a network. Limit is 1–100, default 20.
func describeRouteList(c *api.Call, in *sdk.DescribeRouteListRequestParams) (*sdk.DescribeRouteListResponseParams, error) {
	asked := filters(in.Filters)
	q := api.Query[routeTable]{Table: tables.Table, Rules: rules(), Fields: map[string]api.Field[routeTable]{
		"vpc-id": tableQuery.Fields["vpc-id"], "route-table-id": self[routeTable](),
		"gateway-id": {Index: "gateway", Of: func(_ *api.Call, _ string, t *routeTable) []string {
			return show(t.Routes, func(r *route) string { return r.Gateway })
		}},
		"description": {Fuzzy: true, Of: func(_ *api.Call, _ string, t *routeTable) []string {
			return show(t.Routes, func(r *route) string { return r.Desc })
		}},
		"dest-cidr": {Fuzzy: true, Of: func(_ *api.Call, _ string, t *routeTable) []string {
			return show(t.Routes, func(r *route) string { return blank(r.To) })
		}},
	}}
	q.Rules.MaxLimit = 1 << 30
	hits, _, err := q.Run(c, api.Ask{Filters: asked, Limit: new(uint64(1 << 30))})
	if err != nil {
		return nil, err
	}
	all := []*sdk.Route{}
	for _, h := range hits {
		for _, r := range showRoutes(h.ID, h.Row.Routes) {
			if meetsRoute(r, asked) {
				all = append(all, r)
			}
		}
	}
	page, err := window(all, in.Offset, in.Limit)
	return &sdk.DescribeRouteListResponseParams{RouteSet: page, TotalCount: new(uint64(len(all)))}, err
}

func meetsRoute(r *sdk.Route, asked []api.Filter) bool {
	return !slices.ContainsFunc(asked, func(f api.Filter) bool {
		return !slices.ContainsFunc(f.Values, func(v string) bool {
			switch f.Name {
			case "gateway-id":
				return *r.GatewayId == v
			case "description":
				return strings.Contains(*r.RouteDescription, v)
			case "dest-cidr":
				return strings.HasPrefix(*r.DestinationCidrBlock, v)
			}
			return true
		})
	})
}

// describeRouteConflicts tells which routes of a table meet the blocks asked about.
func describeRouteConflicts(c *api.Call, in *sdk.DescribeRouteConflictsRequestParams) (*sdk.DescribeRouteConflictsResponseParams, error) {
	t, err := tables.find(c, in.RouteTableId)
	if err != nil {
		return nil, err
	}
	set := []*sdk.RouteConflict{}
	for _, s := range vals(in.DestinationCidrBlocks) {
		p, err := parseCIDR(s, "DestinationCidrBlocks")
		if err != nil {
			return nil, err
		}
		met := slices.DeleteFunc(slices.Clone(t.Routes), func(r route) bool { return !r.To.IsValid() || !r.To.Overlaps(p) })
		set = append(set, &sdk.RouteConflict{RouteTableId: in.RouteTableId, DestinationCidrBlock: &s, ConflictSet: showRoutes(*in.RouteTableId, met)})
	}
	return &sdk.DescribeRouteConflictsResponseParams{RouteConflictSet: set}, nil
}
