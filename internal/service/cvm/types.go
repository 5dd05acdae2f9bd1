package cvm

import (
	"iter"
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

// describeInstanceFamilyConfigs lists the families sold in the region. Source: document/api/213/15748.
func describeInstanceFamilyConfigs(c *api.Call, _ *sdk.DescribeInstanceFamilyConfigsRequestParams) (*sdk.DescribeInstanceFamilyConfigsResponseParams, error) {
	if err := checkRegionSells(c); err != nil {
		return nil, err
	}
	out := &sdk.DescribeInstanceFamilyConfigsResponseParams{}
	for _, f := range offer.Families() {
		if slices.ContainsFunc(zonesOf(c), func(zone string) bool { return slices.Contains(offer.FamiliesIn(zone), f) }) {
			out.InstanceFamilyConfigSet = append(out.InstanceFamilyConfigSet, &sdk.InstanceFamilyConfig{
				InstanceFamilyName: new(f.Title(c.Language)), InstanceFamily: &f.Name,
			})
		}
	}
	return out, nil
}

// describeInstanceTypeConfigs lists what types there are in each zone of the region; it says nothing of stock. All
// filters take one value. Source: document/api/213/15749.
func describeInstanceTypeConfigs(c *api.Call, in *sdk.DescribeInstanceTypeConfigsRequestParams) (*sdk.DescribeInstanceTypeConfigsResponseParams, error) {
	asked, err := askOffers(c, in.Filters, 1, "zone", "instance-family", "instance-type")
	if err != nil {
		return nil, err
	}
	if err := asked.check(c); err != nil {
		return nil, err
	}
	out := &sdk.DescribeInstanceTypeConfigsResponseParams{}
	for o := range offers(c, asked) {
		out.InstanceTypeConfigSet = append(out.InstanceTypeConfigSet, typeConfig(o))
	}
	return out, nil
}

// typeConfig is an offer's type without its price.
func typeConfig(o offer.Offer) *sdk.InstanceTypeConfig {
	t := o.Type
	return &sdk.InstanceTypeConfig{
		Zone: &o.Zone.Name, InstanceType: &t.Name, InstanceFamily: &t.Family.Name,
		CPU: &t.CPU, Memory: &t.Memory, GPU: &t.GPU, FPGA: new(int64(0)), GpuCount: &t.GPUCount, GpuType: &t.Family.GPUType,
		GpuMemory: new(float64(t.Family.GPUMemory)),
	}
}

// describeZoneInstanceConfigInfos lists what can be bought in each zone, in which way and for how much. What the
// owner's stock has not is SOLD_OUT here, and RunInstances refuses it. Source: document/api/213/17378.
func describeZoneInstanceConfigInfos(c *api.Call, in *sdk.DescribeZoneInstanceConfigInfosRequestParams) (*sdk.DescribeZoneInstanceConfigInfosResponseParams, error) {
	asked, err := askOffers(c, in.Filters, 100, "zone", "instance-family", "instance-type", "instance-charge-type", "sort-keys")
	if err != nil {
		return nil, err
	}
	if err := asked.check(c); err != nil {
		return nil, err
	}
	out := &sdk.DescribeZoneInstanceConfigInfosResponseParams{}
	for o := range offers(c, asked) {
		for _, charge := range o.ChargeTypes() {
			if asked.meets("instance-charge-type", charge) {
				out.InstanceTypeQuotaSet = append(out.InstanceTypeQuotaSet, showOffer(c, o, charge))
			}
		}
	}
	sortOffers(out.InstanceTypeQuotaSet, asked["sort-keys"])
	return out, nil
}

// offers are what the zones of the region sell of what is asked for.
func offers(c *api.Call, a asked) iter.Seq[offer.Offer] {
	return func(yield func(offer.Offer) bool) {
		for _, zone := range zonesOf(c) {
			if !a.meets("zone", zone) {
				continue
			}
			for o := range offer.Offers(zone) {
				if a.meets("instance-family", o.Type.Family.Name) && a.meets("instance-type", o.Type.Name) && !yield(o) {
					return
				}
			}
		}
	}
}

// zonesOf are the zones of the call's region.
func zonesOf(c *api.Call) (names []string) {
	if r, ok := region.Find(c.Asked); ok {
		for _, z := range r.Zones() {
			names = append(names, z.Name)
		}
	}
	return names
}

// sortOffers sorts by keys such as "cpu:desc", the first key first.
func sortOffers(all []*sdk.InstanceTypeQuotaItem, keys []string) {
	slices.SortStableFunc(all, func(a, b *sdk.InstanceTypeQuotaItem) int {
		for _, key := range keys {
			name, order, _ := strings.Cut(key, ":")
			n := 0
			switch name {
			case "cpu":
				n = int(*a.Cpu - *b.Cpu)
			case "memory":
				n = int(*a.Memory - *b.Memory)
			}
			if n != 0 && order == "desc" {
				return -n
			}
			if n != 0 {
				return n
			}
		}
		return 0
	})
}
