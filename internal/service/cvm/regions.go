package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
)

// describeRegions lists the regions open to an ordinary account, in the cloud's own order. Source: document/api/213/15708.
func describeRegions(c *api.Call, _ *sdk.DescribeRegionsRequestParams) (*sdk.DescribeRegionsResponseParams, error) {
	out := &sdk.DescribeRegionsResponseParams{}
	for _, r := range region.Listed() {
		out.RegionSet = append(out.RegionSet, &sdk.RegionInfo{Region: &r.Name, RegionName: new(r.Title(c.Language)), RegionState: &r.State})
	}
	out.TotalCount = new(uint64(len(out.RegionSet)))
	return out, nil
}

// describeZones lists the zones of the request's region, by number. Source: document/api/213/15707.
func describeZones(c *api.Call, _ *sdk.DescribeZonesRequestParams) (*sdk.DescribeZonesResponseParams, error) {
	out := &sdk.DescribeZonesResponseParams{}
	if r, ok := region.Find(c.Asked); ok {
		for _, z := range r.Zones() {
			out.ZoneSet = append(out.ZoneSet, &sdk.ZoneInfo{Zone: &z.Name, ZoneName: new(z.Title(c.Language)), ZoneId: &z.ID, ZoneState: new(ZoneState(c, z))})
		}
	}
	out.TotalCount = new(uint64(len(out.ZoneSet)))
	return out, nil
}

// ZoneState is the state of a zone for those who buy instances: one that has nothing left is UNAVAILABLE.
func ZoneState(c *api.Call, z *region.Zone) string {
	if soldOut(c, z) {
		return region.Unavailable
	}
	return z.State
}
