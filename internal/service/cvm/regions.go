package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
)

// describeRegions lists the regions open to an ordinary account, in the cloud's own order. Source: document/api/213/15708.
func describeRegions(c *api.Call, _ *sdk.DescribeRegionsRequestParams) (*sdk.DescribeRegionsResponseParams, error) {
	out := &sdk.DescribeRegionsResponseParams{}
	for _, r := range region.All() {
		if r.Listed {
			out.RegionSet = append(out.RegionSet, &sdk.RegionInfo{Region: &r.Name, RegionName: new(r.Title(c.Language)), RegionState: &r.State})
		}
	}
	out.TotalCount = new(uint64(len(out.RegionSet)))
	return out, nil
}

// describeZones lists the zones of the request's region, by number. One that has nothing left is UNAVAILABLE.
// Source: document/api/213/15707.
func describeZones(c *api.Call, _ *sdk.DescribeZonesRequestParams) (*sdk.DescribeZonesResponseParams, error) {
	out := &sdk.DescribeZonesResponseParams{}
	if r, ok := region.Find(c.Asked); ok {
		for _, z := range r.Zones() {
			zone := &sdk.ZoneInfo{Zone: &z.Name, ZoneName: new(z.Title(c.Language)), ZoneId: &z.ID, ZoneState: &z.State}
			if soldOut(c, z) {
				zone.ZoneState = new(region.Unavailable)
			}
			out.ZoneSet = append(out.ZoneSet, zone)
		}
	}
	out.TotalCount = new(uint64(len(out.ZoneSet)))
	return out, nil
}
