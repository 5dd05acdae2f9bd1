package vpc

import (
	"net/netip"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// The traditional way to reach the world over IPv6: a card's own address gets bandwidth.

func allocateIp6AddressesBandwidth(c *api.Call, in *sdk.AllocateIp6AddressesBandwidthRequestParams) (*sdk.AllocateIp6AddressesBandwidthResponseParams, error) {
	a := address6{
		Name: "", Kind: traditional6, Status: bound, ISP: "BGP", Charge: or(in.InternetChargeType, byTraffic),
		Bandwidth: int(or(in.InternetMaxBandwidthOut, 1)), Package: val(in.BandwidthPackageId), Egress: "center_egress1", Made: c.Now,
	}
	if err := checkCharge6(c, a.Charge, a.Package, a.Bandwidth); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	var made []string
	for _, s := range vals(in.Ip6Addresses) {
		if a.IP, err = netip.ParseAddr(s); err != nil || !a.IP.Is6() {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_INVALIDIPV6, s, "Ip6Addresses")
		}
		if addresses6.Count(c.Tx, "ip", a.IP.String()) > 0 {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSPUBLISHED, s, "Ip6Addresses")
		}
		a.Card = ""
		for id, k := range cards.Where(c.Tx, "ip", a.IP.String()) {
			a.Card, a.Instance = id, k.Instance
		}
		if a.Card == "" || doomed(c, a.Card) {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSIPNOTINVPC, s, "Ip6Addresses")
		}
		id := api.NewID(c, addresses6.Table, "eip")
		addresses6.Put(c.Tx, id, a)
		endWith(c, a.Instance)
		addresses6.setTags(c, id, tags)
		made = append(made, id)
	}
	return &sdk.AllocateIp6AddressesBandwidthResponseParams{AddressSet: ptrs(made), TaskId: numbered(c)}, nil
}

// old6 finds traditional addresses by their numbers or by their ids, one of which a request must give.
func old6(c *api.Call, ips, ids []*string) (found []string, err error) {
	if (len(ips) > 0) == (len(ids) > 0) {
		return nil, coexist("Ip6Addresses", "Ip6AddressIds")
	}
	for _, s := range vals(ips) {
		ip, err := netip.ParseAddr(s)
		if err != nil {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_INVALIDIPV6, s, "Ip6Addresses")
		}
		id := ""
		for id = range addresses6.Where(c.Tx, "ip", ip.String()) {
			break
		}
		found = append(found, id)
	}
	for _, id := range append(found, vals(ids)...) {
		if a, ok := addresses6.Get(c.Tx, id); !ok || a.Kind != traditional6 {
			return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_ADDRESSIPNOTFOUND, "The address is not found.").Zh("IPv6 地址不存在。")
		}
	}
	return append(found, vals(ids)...), nil
}

func modifyIp6AddressesBandwidth(c *api.Call, in *sdk.ModifyIp6AddressesBandwidthRequestParams) (*sdk.ModifyIp6AddressesBandwidthResponseParams, error) {
	found, err := old6(c, in.Ip6Addresses, in.Ip6AddressIds)
	if err != nil {
		return nil, err
	}
	for _, id := range found {
		a, _ := addresses6.Get(c.Tx, id)
		if err := checkBandwidth(a.Charge, int(*in.InternetMaxBandwidthOut)); err != nil {
			return nil, err
		}
		addresses6.edit(c, id, func(a *address6) { a.Bandwidth = int(*in.InternetMaxBandwidthOut) })
	}
	return &sdk.ModifyIp6AddressesBandwidthResponseParams{TaskId: numbered(c)}, nil
}

func releaseIp6AddressesBandwidth(c *api.Call, in *sdk.ReleaseIp6AddressesBandwidthRequestParams) (*sdk.ReleaseIp6AddressesBandwidthResponseParams, error) {
	found, err := old6(c, in.Ip6Addresses, in.Ip6AddressIds)
	if err != nil {
		return nil, err
	}
	for _, id := range found {
		addresses6.drop(c, c.Now, id)
	}
	return &sdk.ReleaseIp6AddressesBandwidthResponseParams{TaskId: numbered(c)}, nil
}
