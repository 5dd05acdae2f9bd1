package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// asked is what the filters of a catalog action want, by name. A name that is absent takes all.
type asked map[string][]string

func (a asked) meets(name, value string) bool {
	values, limited := a[name]
	return !limited || slices.Contains(values, value)
}

// maxAsked is how many filters a catalog action takes.
const maxAsked = 10

// askOffers reads filters, of which each may have up to most values.
func askOffers(c *api.Call, in []*sdk.Filter, most int, names ...string) (asked, error) {
	if len(in) > maxAsked {
		code := listedCode(c, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, sdk.INVALIDFILTERVALUE_LIMITEXCEEDED)
		return nil, tcerr.New(code, "The number of `Filters` `%d` exceeds the limit `%d`.", len(in), maxAsked).Zh("`Filters` 的数量 `%d` 超过上限 `%d`。")
	}
	rules := api.Rules{MaxValues: most, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED, UnknownFilter: sdk.INVALIDFILTER, DefaultLimit: 1, MaxLimit: 1}
	all := filters(in)
	if _, _, err := rules.Check(api.Ask{Filters: all}, func(name string) bool { return slices.Contains(names, name) }); err != nil {
		return nil, err
	}
	a := asked{}
	for _, f := range all {
		if len(f.Values) == 0 {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, "[]", "Filters."+f.Name)
		}
		a[f.Name] = f.Values
	}
	return a, nil
}

// check refuses to look for what is sold where, or under a name, that nothing can be.
func (a asked) check(c *api.Call) error {
	if err := checkRegionSells(c); err != nil {
		return err
	}
	for _, name := range a["zone"] {
		if err := a.checkZone(c, name); err != nil {
			return err
		}
	}
	for _, name := range a["instance-type"] {
		if err := checkTypeName(name); err != nil {
			return err
		}
	}
	return nil
}

// checkRegionSells refuses a region that the cloud knows, but in which there is no zone of this product. An action whose
// list has no code for that finds nothing there instead.
func checkRegionSells(c *api.Call) error {
	if !lists(c, sdk.INVALIDREGION_NOTFOUND) || len(zonesOf(c)) > 0 {
		return nil
	}
	return regionMissing(c.Asked)
}

func regionMissing(name string) error {
	return tcerr.New(sdk.INVALIDREGION_NOTFOUND, "The region `%s` is not found.", name).Zh("地域 `%s` 不存在。")
}

// checkZone refuses a zone that is not the region's, or that sells nothing any more, as an order for it is refused. One
// that would sell if the owner's stock had anything left shows what is sold out.
func (a asked) checkZone(c *api.Call, name string) error {
	zone, err := zoneHere(c, name)
	if err != nil || zone.Available() {
		return err
	}
	if slices.Equal(a["instance-charge-type"], []string{cdhpaid}) || !lists(c, sdk.RESOURCEINSUFFICIENT_AVAILABILITYZONESOLDOUT) {
		return zoneNotSupported(zone)
	}
	return zoneSoldOut(zone)
}

func zoneNotSupported(zone *region.Zone) error {
	return tcerr.New(sdk.INVALIDPARAMETERVALUE_ZONENOTSUPPORTED, "The zone `%s` is not supported.", zone.Name).Zh("不支持可用区 `%s`。")
}

func zoneSoldOut(zone *region.Zone) error {
	return tcerr.New(sdk.RESOURCEINSUFFICIENT_AVAILABILITYZONESOLDOUT, "The zone `%s` is sold out.", zone.Name).Zh("可用区 `%s` 已售罄。")
}

// soldOut says that a zone has nothing left: it sells nothing any more, or the owner's stock has none of what it sells.
func soldOut(c *api.Call, zone *region.Zone) bool {
	for o := range offer.Offers(zone.Name) {
		if c.InStock(zone.Name, o.Type.Name) {
			return false
		}
	}
	return true
}
