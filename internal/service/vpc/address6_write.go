package vpc

import (
	"encoding/binary"
	"net/netip"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// drawPublic6 finds a public IPv6 address that nobody in the region has.
func drawPublic6(c *api.Call) netip.Addr {
	b := [16]byte{0x24, 0x02, 0x4e, 0x00, 0xff, 0xff}
	for {
		binary.BigEndian.PutUint64(b[8:], c.IDs.Uint64())
		if a := netip.AddrFrom16(b); addresses6.Count(c.Tx, "ip", a.String()) == 0 {
			return a
		}
	}
}

// checkCharge6 refuses a way to pay that IPv6 addresses do not have.
func checkCharge6(c *api.Call, charge, packageID string, mbps int) error {
	if charge != byTraffic && charge != byPackage {
		return badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, charge, "InternetChargeType")
	}
	if packageID != "" {
		if charge != byPackage {
			return unsupported(sdk.UNSUPPORTEDOPERATION_BANDWIDTHPACKAGEIDNOTSUPPORTED, packageID)
		}
		if err := checkPackage(c, packageID); err != nil {
			return err
		}
	}
	return checkBandwidth(charge, mbps)
}

func allocateIPv6Addresses(c *api.Call, in *sdk.AllocateIPv6AddressesRequestParams) (*sdk.AllocateIPv6AddressesResponseParams, error) {
	a := address6{
		Name: or(in.AddressName, "未命名"), Kind: or(in.AddressType, elastic6), Status: creating, ISP: or(in.InternetServiceProvider, "BGP"),
		Charge: or(in.InternetChargeType, byTraffic), Bandwidth: int(or(in.InternetMaxBandwidthOut, 1)), Package: val(in.BandwidthPackageId),
		Egress: or(in.Egress, "CENTER_EGRESS_1"), Made: c.Now,
	}
	n := or(in.AddressCount, 1)
	switch {
	case a.Kind != elastic6 && a.Kind != "HighQualityEIPv6":
		return nil, bad(a.Kind, "AddressType")
	case n < 1 || n > 20:
		return nil, bad(n, "AddressCount")
	}
	if err := checkName(a.Name, "AddressName", 128); err != nil {
		return nil, err
	}
	if err := checkCharge6(c, a.Charge, a.Package, a.Bandwidth); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.Addresses, addresses6.Count(c.Tx, "kind", elastic6), int(n)); err != nil {
		return nil, err
	}
	var made []string
	for range n {
		a.IP = drawPublic6(c)
		id := api.NewID(c, addresses6.Table, "eipv6")
		addresses6.Put(c.Tx, id, a)
		addresses6.Edit(c.Tx, c.After(addressTakes), id, func(a *address6) { a.Status = unbound })
		addresses6.setTags(c, id, tags)
		made = append(made, id)
	}
	return &sdk.AllocateIPv6AddressesResponseParams{AddressSet: ptrs(made), TaskId: numbered(c)}, nil
}

// steady6 refuses an address that is in another state.
func steady6(id string, a *address6, states ...string) error {
	return steady(id, &address{Status: a.Status}, states...)
}

func associateIPv6Address(c *api.Call, in *sdk.AssociateIPv6AddressRequestParams) (*sdk.AssociateIPv6AddressResponseParams, error) {
	a, err := find6(c, in.IPv6AddressId)
	if err != nil {
		return nil, err
	}
	if err := steady6(*in.IPv6AddressId, a, unbound); err != nil {
		return nil, err
	}
	cardID := val(in.NetworkInterfaceId)
	switch {
	case cardID != "" && val(in.InstanceId) != "":
		return nil, badCode(sdk.INVALIDPARAMETERCONFLICT, cardID, "NetworkInterfaceId")
	case cardID == "" && val(in.InstanceId) == "":
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_MISSINGASSOCIATEENTITY, "", "InstanceId")
	case cardID == "":
		cardID, _, _ = primary(c.Tx, *in.InstanceId)
	}
	k, ok := cards.Get(c.Tx, cardID)
	if !ok {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_NETWORKINTERFACENOTFOUND, cardID, "NetworkInterfaceId")
	}
	ip := first(k.IPv6).IP
	if val(in.PrivateIPv6Address) != "" {
		ip, _ = netip.ParseAddr(*in.PrivateIPv6Address)
	}
	if _, err := k.position6(&sdk.Ipv6Address{Address: new(plainIP(ip))}); err != nil {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_PRIVATEIPADDRESSNOTMATCH, plainIP(ip), "PrivateIPv6Address")
	}
	if doomed(c, cardID) {
		return nil, busy(cardID)
	}
	for _, o := range addresses6.Where(c.Tx, "card", cardID) {
		if o.Private == ip {
			return nil, badCode(sdk.INVALIDPRIVATEIPADDRESS_ALREADYBINDEIP, plainIP(ip), "PrivateIPv6Address")
		}
	}
	addresses6.edit(c, *in.IPv6AddressId, func(a *address6) { a.Status, a.Instance, a.Card, a.Private = binding, k.Instance, cardID, ip })
	addresses6.Edit(c.Tx, c.After(addressTakes), *in.IPv6AddressId, func(a *address6) { a.Status = bound })
	endWith(c, k.Instance)
	begin(c, addressTakes)
	return &sdk.AssociateIPv6AddressResponseParams{}, nil
}

func disassociateIPv6Address(c *api.Call, in *sdk.DisassociateIPv6AddressRequestParams) (*sdk.DisassociateIPv6AddressResponseParams, error) {
	a, err := find6(c, in.IPv6AddressId)
	if err != nil {
		return nil, err
	}
	if err := steady6(*in.IPv6AddressId, a, bound); err != nil {
		return nil, err
	}
	addresses6.edit(c, *in.IPv6AddressId, func(a *address6) { a.Status = unbinding })
	addresses6.Edit(c.Tx, c.After(addressTakes), *in.IPv6AddressId, unbind6)
	begin(c, addressTakes)
	return &sdk.DisassociateIPv6AddressResponseParams{}, nil
}

func releaseIPv6Addresses(c *api.Call, in *sdk.ReleaseIPv6AddressesRequestParams) (*sdk.ReleaseIPv6AddressesResponseParams, error) {
	for _, id := range in.IPv6AddressIds {
		a, err := find6(c, id)
		if err != nil {
			return nil, err
		}
		if err := steady6(*id, a, unbound); err != nil {
			return nil, err
		}
		addresses6.edit(c, *id, func(a *address6) { a.Status = offlining })
		addresses6.drop(c, c.After(addressTakes), *id)
	}
	return &sdk.ReleaseIPv6AddressesResponseParams{}, nil
}

func modifyIPv6AddressesAttributes(c *api.Call, in *sdk.ModifyIPv6AddressesAttributesRequestParams) (*sdk.ModifyIPv6AddressesAttributesResponseParams, error) {
	if err := checkName(val(in.IPv6AddressName), "IPv6AddressName", 128); err != nil {
		return nil, bad(*in.IPv6AddressName, "IPv6AddressName")
	}
	for _, id := range in.IPv6AddressIds {
		if _, err := find6(c, id); err != nil {
			return nil, err
		}
		addresses6.edit(c, *id, func(a *address6) { a.Name = or(in.IPv6AddressName, a.Name) })
	}
	return &sdk.ModifyIPv6AddressesAttributesResponseParams{}, nil
}

func modifyIPv6AddressesBandwidth(c *api.Call, in *sdk.ModifyIPv6AddressesBandwidthRequestParams) (*sdk.ModifyIPv6AddressesBandwidthResponseParams, error) {
	for _, id := range in.IPv6AddressIds {
		a, err := find6(c, id)
		if err != nil {
			return nil, err
		}
		if err := checkBandwidth(a.Charge, int(*in.InternetMaxBandwidthOut)); err != nil {
			return nil, err
		}
		addresses6.edit(c, *id, func(a *address6) { a.Bandwidth = int(*in.InternetMaxBandwidthOut) })
	}
	return &sdk.ModifyIPv6AddressesBandwidthResponseParams{}, nil
}
