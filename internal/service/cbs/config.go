package cbs

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
)

// describeDiskConfigQuota lists what is sold: every zone, type, usage and way to pay that the request does not rule out.
// INQUIRY_CVM_CONFIG asks what goes with instances and answers once for each family asked about.
func describeDiskConfigQuota(c *api.Call, in *sdk.DescribeDiskConfigQuotaRequestParams) (*sdk.DescribeDiskConfigQuotaResponseParams, error) {
	withInstance := *in.InquiryType == "INQUIRY_CVM_CONFIG"
	if !withInstance && *in.InquiryType != "INQUIRY_CBS_CONFIG" {
		return nil, bad(*in.InquiryType, "InquiryType")
	}
	if or(in.DedicatedClusterId, "") != "" {
		return nil, bad(*in.DedicatedClusterId, "DedicatedClusterId")
	}
	zones, err := offeredZones(c, plain(in.Zones))
	if err != nil {
		return nil, err
	}
	charges, err := choice(in.DiskChargeType, "DiskChargeType", Prepaid, Postpaid)
	if err != nil {
		return nil, err
	}
	usages, err := choice(in.DiskUsage, "DiskUsage", SystemDisk, DataDisk)
	if err != nil {
		return nil, err
	}
	families := plain(in.InstanceFamilies)
	if !withInstance || len(families) == 0 {
		families = []string{""}
	}
	types := plain(in.DiskTypes)
	set := []*sdk.DiskConfig{}
	for _, zone := range zones {
		for i := range kinds {
			k := &kinds[i]
			if len(types) > 0 && !slices.Contains(types, k.Type) || k.Retired || !withInstance && !k.Alone {
				continue
			}
			set = append(set, variants{charges, usages, families}.offers(c, k, zone)...)
		}
	}
	return &sdk.DescribeDiskConfigQuotaResponseParams{DiskConfigSet: set}, nil
}

// variants are the ways in which a disk can be bought.
type variants struct{ charges, usages, families []string }

// offers is every way to buy a kind in a zone.
func (v variants) offers(c *api.Call, k *Kind, zone *region.Zone) (set []*sdk.DiskConfig) {
	for _, usage := range v.usages {
		least, most := k.Range(usage == SystemDisk)
		for _, charge := range v.charges {
			for _, family := range v.families {
				o := &sdk.DiskConfig{
					Available: p(c.InStock(zone.Name, k.Type)), DiskChargeType: p(charge), Zone: &zone.Name, DiskType: &k.Type,
					DiskUsage: p(usage), MinDiskSize: p(least), MaxDiskSize: p(most), StepSize: p(uint64(Step)),
					Price: offerPrice(c, k, charge, least),
				}
				if k.Extra > 0 {
					o.ExtraPerformanceRange = []*int64{p(int64(0)), p(int64(k.Extra))}
				}
				if family != "" {
					o.InstanceFamily = p(family)
				}
				set = append(set, o)
			}
		}
	}
	return set
}

// offerPrice is the price of the smallest disk. Simulated: the cloud's example does not say of what size its price is.
func offerPrice(c *api.Call, k *Kind, charge string, size uint64) *sdk.Price {
	g := Goods{Type: k.Type, Size: size}
	if charge == Prepaid {
		return once(g.Months(1))
	}
	return perHour(g.Hour(c.Region))
}

// offeredZones is the zones named, or all of the region.
func offeredZones(c *api.Call, names []string) ([]*region.Zone, error) {
	r, ok := region.Find(c.Region)
	if !ok {
		return nil, nil
	}
	if len(names) == 0 {
		return r.Zones(), nil
	}
	zones := make([]*region.Zone, 0, len(names))
	for _, n := range names {
		z, ok := region.FindZone(n)
		if !ok || z.Region != c.Region {
			return nil, bad(n, "Zones")
		}
		zones = append(zones, z)
	}
	return zones, nil
}

// choice is the value of an optional parameter, or all values that it can have.
func choice(v *string, parameter string, all ...string) ([]string, error) {
	switch {
	case v == nil:
		return all, nil
	case !slices.Contains(all, *v):
		return nil, bad(*v, parameter)
	}
	return []string{*v}, nil
}
