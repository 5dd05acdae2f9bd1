package cvm

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// typeName is the form of an instance type: family, a dot, size. CDH_1C2G names a share of a dedicated host.
var typeName = formOf(`^[A-Z][A-Za-z0-9]*\.[A-Z0-9a-z]+$|^CDH_\d+C\d+G$`)

// defaultTypes are tried in this order when a request names no type. Simulated: the cloud takes what it has most of.
var defaultTypes = []string{"S5.SMALL1", "S5.MEDIUM2", "SA2.MEDIUM2"}

// kind is the instance's type. One that the catalog no longer knows still has a name.
func (i *Instance) kind() *offer.Type {
	if t, ok := offer.FindType(i.Type); ok {
		return t
	}
	if t, ok := offer.Share(i.Type); ok {
		return t
	}
	return &offer.Type{Name: i.Type, Family: &offer.Family{}}
}

func checkKind(c *api.Call, o *order) (err error) {
	if o.charge == cdhpaid {
		return checkShare(o)
	}
	name := or(o.in.InstanceType, "")
	if name == "" {
		name = defaultType(c, o.zone.Name)
	}
	o.kind, err = sold(name, o.zone.Name, o.zone.ID)
	return err
}

// defaultType is one of the default types, or else the first that the zone has left.
func defaultType(c *api.Call, zone string) string {
	for _, name := range defaultTypes {
		if _, ok := offer.Find(zone, name); ok && c.InStock(zone, name) {
			return name
		}
	}
	for o := range offer.Offers(zone) {
		if ordinary(o.Type) && c.InStock(zone, o.Type.Name) {
			return o.Type.Name
		}
	}
	return defaultTypes[0]
}

// ordinary says that a type takes nearly every image, and is sold in every way to pay and without a cluster.
func ordinary(t *offer.Type) bool {
	return t.Family.Arch != offer.ARM && t.Family.LocalDisk == "" && !strings.HasPrefix(t.Family.Name, hpcFamily)
}

// sold finds an instance type that a zone sells.
func sold(name, zone, zoneID string) (*offer.Type, error) {
	if err := checkTypeName(name); err != nil {
		return nil, err
	}
	if _, cut := offer.Share(name); cut { // what only instances of dedicated hosts are
		return nil, noHost(zone, name)
	}
	t, ok := offer.FindType(name)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INSTANCETYPENOTFOUND, "The instance type `%s` is not found.", name).Zh("机型 `%s` 不存在。")
	}
	if _, ok := offer.Find(zone, name); !ok {
		return nil, tcerr.New(sdk.RESOURCEUNAVAILABLE_INSTANCETYPE, "This instance type `%s` is not available in the current zone `%s`.", name, zoneID).
			Zh("机型 `%s` 在当前可用区 `%s` 不可用。")
	}
	return t, nil
}

// checkTypeName refuses a name that no instance type can have.
func checkTypeName(name string) error {
	if !typeName.fits(name) {
		return tcerr.New(sdk.INVALIDINSTANCETYPE_MALFORMED, "The instance type `%s` is malformed.", name).Zh("机型 `%s` 格式不合法。")
	}
	return nil
}

// checkStock refuses what has run out, a type by the same word of the owner that DescribeZoneInstanceConfigInfos shows.
func checkStock(c *api.Call, o *order) error {
	switch {
	case o.assign && !c.InStock(o.zone.Name, offer.PublicIP) && lists(c, sdk.RESOURCESSOLDOUT_EIPINSUFFICIENT):
		return tcerr.New(sdk.RESOURCESSOLDOUT_EIPINSUFFICIENT, "There are not enough public IP addresses.").Zh("公网 IP 资源不足。")
	case o.charge == cdhpaid || c.InStock(o.zone.Name, o.kind.Name): // a host has what it has
		return nil
	case o.charge == spotpaid:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INSUFFICIENTOFFERING, "The spot instances of the type `%s` are sold out in the zone.", o.kind.Name).
			Zh("指定可用区机型 `%s` 的竞价实例售罄。")
	case o.charge == prepaid && lists(c, sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE): // Simulated: which of two codes is for whom
		return tcerr.New(sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE, "The specified type of instance is sold out.").Zh("所选机型已售罄。")
	}
	return tcerr.New(sdk.RESOURCEINSUFFICIENT_SPECIFIEDINSTANCETYPE, "The specified type of instance is understocked.").Zh("所选机型库存不足。")
}
