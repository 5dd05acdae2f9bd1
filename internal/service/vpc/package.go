package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// bundle is a bandwidth package: public addresses that share one bandwidth and one bill. Which addresses it has is told by
// the addresses themselves.
type bundle struct {
	Name, Network, Charge string
	Bandwidth             int // in Mbps; -1 for no limit, 0 where nobody said any: there is none either
	Egress                string
	Made                  time.Time
	Deadline              time.Time // of one paid ahead
}

var bundles = resource[bundle]{
	Table: state.NewTable[bundle]("vpc.bandwidth-package"), prefix: "bwp", field: "BandwidthPackageId", filter: "bandwidth-package-id",
	tags: tag.Resource{Service: "vpc", Prefix: "bandwidthPackage"},
}

var bundleQuery = api.Query[bundle]{
	Table: bundles.Table,
	Fields: map[string]api.Field[bundle]{
		"bandwidth-package-id":   self[bundle](),
		"bandwidth-package-name": text(func(b *bundle) string { return b.Name }),
		"network-type":           text(func(b *bundle) string { return b.Network }),
		"charge-type":            text(func(b *bundle) string { return b.Charge }),
		"resource.resource-type": {Of: func(c *api.Call, id string, _ *bundle) []string {
			if addresses.Count(c.Tx, "package", id) > 0 {
				return []string{"Address"}
			}
			return nil
		}},
		"resource.resource-id": {Of: func(c *api.Call, id string, _ *bundle) []string { return idsOf(addresses.Where(c.Tx, "package", id)) }},
		"resource.address-ip": {Of: func(c *api.Call, id string, _ *bundle) (ips []string) {
			for _, a := range addresses.Where(c.Tx, "package", id) {
				ips = append(ips, a.IP.String())
			}
			return ips
		}},
	},
	Tags:  bundles.tagsOf,
	Rules: bundleRules(),
}

func bundleRules() api.Rules {
	r := rules()
	r.MaxFilters, r.UnknownFilter, r.TooManyFilters, r.TooManyIDs = 10, sdk.INVALIDPARAMETER_INVALIDFILTER, sdk.INVALIDPARAMETERVALUE, sdk.INVALIDPARAMETERVALUE
	r.BadOffset, r.BadLimit, r.Both = sdk.INVALIDPARAMETERVALUE, sdk.INVALIDPARAMETERVALUE, sdk.INVALIDPARAMETERVALUE
	return r
}

// findPackage reads the package that a request names, by the codes of these actions.
func findPackage(c *api.Call, id *string) (*bundle, error) {
	if !wellFormed("bwp", val(id)) {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGEIDMALFORMED, val(id), "BandwidthPackageId")
	}
	b, ok := bundles.Get(c.Tx, *id)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGENOTFOUND, "The bandwidth package `%s` is not found.", *id).Zh("带宽包 `%s` 不存在。")
	}
	return b, nil
}

// checkPackage refuses a package that is not there, or has as many addresses as it may.
func checkPackage(c *api.Call, id string) error {
	if _, err := findPackage(c, &id); err != nil {
		return err
	}
	return full(c, quota.BandwidthPackageResources, addresses.Count(c.Tx, "package", id), 1)
}

// BandwidthPackage is the network, "BGP" or "SINGLEISP_CMCC", of the addresses that a bandwidth package of the region takes.
func BandwidthPackage(tx *state.Tx, id string) (network string, ok bool) {
	b, ok := bundles.Get(tx, id)
	if !ok {
		return "", false
	}
	return b.Network, true
}

func describeBandwidthPackages(c *api.Call, in *sdk.DescribeBandwidthPackagesRequestParams) (*sdk.DescribeBandwidthPackagesResponseParams, error) {
	for _, id := range vals(in.BandwidthPackageIds) {
		if !wellFormed("bwp", id) {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGEIDMALFORMED, id, "BandwidthPackageIds")
		}
	}
	hits, total, err := bundles.pageLenient(c, &bundleQuery, api.Ask{IDs: in.BandwidthPackageIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeBandwidthPackagesResponseParams{
		TotalCount: new(uint64(total)),
		BandwidthPackageSet: show(hits, func(h *api.Hit[bundle]) *sdk.BandwidthPackage {
			b := h.Row
			out := &sdk.BandwidthPackage{
				BandwidthPackageId: &h.ID, NetworkType: &b.Network, ChargeType: &b.Charge, BandwidthPackageName: &b.Name, CreatedTime: utc(b.Made),
				Status: new("CREATED"), ResourceSet: packed(c, h.ID), Egress: &b.Egress,
			}
			if b.Bandwidth != 0 {
				out.Bandwidth = new(int64(b.Bandwidth))
			}
			if b.Charge == fixedPrepaid {
				out.Deadline = utc(b.Deadline)
			}
			return out
		}),
	}, nil
}

// packed is what a package has.
func packed(c *api.Call, id string) []*sdk.Resource {
	set := []*sdk.Resource{}
	for eip, a := range addresses.Where(c.Tx, "package", id) {
		set = append(set, &sdk.Resource{ResourceType: new("Address"), ResourceId: new(eip), AddressIp: new(a.IP.String())})
	}
	return set
}

const fixedPrepaid = "FIXED_PREPAID_BY_MONTH"

// packageRange is the least and the most bandwidth that a charge type allows. Source: BandwidthRange of the API.
func packageRange(charge string) (least, most int, ok bool) {
	r, ok := map[string][2]int{
		"TOP5_POSTPAID_BY_MONTH": {1, 100000}, "BANDWIDTH_POSTPAID_BY_DAY": {50, 300}, fixedPrepaid: {100, 5000},
		"ENHANCED95_POSTPAID_BY_MONTH": {300, 5000}, "PEAK_BANDWIDTH_POSTPAID_BY_DAY": {50, 300}, "PRIMARY_TRAFFIC_POSTPAID_BY_HOUR": {50, 2000},
	}[charge]
	return r[0], r[1], ok
}

func checkPackageBandwidth(charge string, mbps int) error {
	least, most, ok := packageRange(charge)
	switch {
	case !ok:
		return badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, charge, "ChargeType")
	case mbps != -1 && (mbps < least || mbps > most):
		return outOfRange(mbps, "InternetMaxBandwidth")
	}
	return nil
}

func createBandwidthPackage(c *api.Call, in *sdk.CreateBandwidthPackageRequestParams) (*sdk.CreateBandwidthPackageResponseParams, error) {
	b := bundle{
		Name: val(in.BandwidthPackageName), Network: or(in.NetworkType, "BGP"), Charge: or(in.ChargeType, "ENHANCED95_POSTPAID_BY_MONTH"),
		Bandwidth: int(val(in.InternetMaxBandwidth)), Egress: or(in.Egress, "center_egress1"), Made: c.Now,
	}
	if protocol := or(in.Protocol, "ipv4"); protocol != "ipv4" && protocol != "ipv6" || val(in.DesignatedZone) != "" {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, protocol, "Protocol")
	}
	if !slices.Contains([]string{"BGP", "HIGH_QUALITY_BGP", "SINGLEISP_CMCC", "SINGLEISP_CTCC", "SINGLEISP_CUCC"}, b.Network) {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, b.Network, "NetworkType")
	}
	if err := checkPackageBandwidth(b.Charge, int(or(in.InternetMaxBandwidth, -1))); err != nil {
		return nil, err
	}
	if b.Charge == fixedPrepaid {
		months := int(val(in.TimeSpan))
		if months < 1 || months > 60 {
			return nil, outOfRange(months, "TimeSpan")
		}
		b.Deadline = c.Now.AddDate(0, months, 0)
	}
	n := int(or(in.BandwidthPackageCount, 1))
	if n < 1 || n > 20 {
		return nil, outOfRange(n, "BandwidthPackageCount")
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.BandwidthPackages, bundles.Len(c.Tx), n); err != nil {
		return nil, err
	}
	var made []string
	for range n {
		id := api.NewID(c, bundles.Table, "bwp")
		bundles.Put(c.Tx, id, b)
		bundles.setTags(c, id, tags)
		made = append(made, id)
	}
	return &sdk.CreateBandwidthPackageResponseParams{BandwidthPackageId: &made[0], BandwidthPackageIds: ptrs(made)}, nil
}

func deleteBandwidthPackage(c *api.Call, in *sdk.DeleteBandwidthPackageRequestParams) (*sdk.DeleteBandwidthPackageResponseParams, error) {
	if _, err := findPackage(c, in.BandwidthPackageId); err != nil {
		return nil, err
	}
	if addresses.Count(c.Tx, "package", *in.BandwidthPackageId) > 0 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGEINUSE, *in.BandwidthPackageId, "BandwidthPackageId")
	}
	bundles.drop(c, c.Now, *in.BandwidthPackageId)
	return &sdk.DeleteBandwidthPackageResponseParams{}, nil
}
