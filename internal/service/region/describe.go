package region

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/region/v20220627"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func describeProducts(_ *api.Call, in *sdk.DescribeProductsRequestParams) (*sdk.DescribeProductsResponseParams, error) {
	return Products(in.Offset, in.Limit)
}

// Products lists products by name; offset and limit are as in an api.Ask. Source: document/api/1596/77931.
// Simulated: all products that there are; the cloud lists some, and does not say which.
func Products(offset, limit any) (*sdk.DescribeProductsResponseParams, error) {
	rules := api.Rules{DefaultLimit: 20, MaxLimit: 100, BadOffset: sdk.INVALIDPARAMETER, BadLimit: sdk.INVALIDPARAMETER}
	from, n, err := rules.Check(api.Ask{Offset: offset, Limit: limit}, nil)
	if err != nil {
		return nil, err
	}
	names := catalog.Names()
	out := &sdk.DescribeProductsResponseParams{TotalCount: new(int64(len(names)))}
	for _, name := range names[min(from, len(names)):min(from+n, len(names))] {
		out.Products = append(out.Products, &sdk.RegionProduct{Name: &name})
	}
	return out, nil
}

// DescribeRegions lists the regions of a product. Source: document/api/1596/77930.
// Simulated: all products are in the same regions, and Scene makes no difference: nobody has written down where each is.
func DescribeRegions(c *api.Call, in *sdk.DescribeRegionsRequestParams) (*sdk.DescribeRegionsResponseParams, error) {
	if err := checkProduct(*in.Product); err != nil {
		return nil, err
	}
	out := &sdk.DescribeRegionsResponseParams{}
	for _, r := range region.Listed() {
		out.RegionSet = append(out.RegionSet, &sdk.RegionInfo{Region: &r.Name, RegionName: new(r.Title(c.Language)), RegionState: &r.State})
	}
	out.TotalCount = new(uint64(len(out.RegionSet)))
	return out, nil
}

// DescribeZones lists the zones of a product in the region of the call. Source: document/api/1596/77929.
// Simulated: those of all listed regions for a call without a region, which the documentation allows without a word on it.
func DescribeZones(c *api.Call, in *sdk.DescribeZonesRequestParams) (*sdk.DescribeZonesResponseParams, error) {
	if err := checkProduct(*in.Product); err != nil {
		return nil, err
	}
	out := &sdk.DescribeZonesResponseParams{}
	for _, r := range regionsOf(c) {
		for _, z := range r.Zones() {
			out.ZoneSet = append(out.ZoneSet, &sdk.ZoneInfo{Zone: &z.Name, ZoneName: new(z.Title(c.Language)), ZoneId: &z.ID, ZoneState: new(state(c, *in.Product, z))})
		}
	}
	out.TotalCount = new(uint64(len(out.ZoneSet)))
	return out, nil
}

// regionsOf are those that a call asks about.
func regionsOf(c *api.Call) []*region.Region {
	if c.Asked == "" {
		return region.Listed()
	}
	if r, ok := region.Find(c.Asked); ok {
		return []*region.Region{r}
	}
	return nil
}

// state is that of a zone for a product: cvm's says whether there is anything to buy.
func state(c *api.Call, product string, z *region.Zone) string {
	if product == cvm.Service.Name {
		return cvm.ZoneState(c, z)
	}
	return z.State
}

// Simulated: the code is documented, its text is not.
func checkProduct(name string) error {
	if _, ok := catalog.Lookup(name); !ok {
		return tcerr.New(sdk.INVALIDPARAMETER, "The specified product `%s` does not exist.", name).Zh("产品 `%s` 不存在。")
	}
	return nil
}
