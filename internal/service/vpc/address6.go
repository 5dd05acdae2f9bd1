package vpc

import (
	"net/netip"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// address6 is a public IPv6 address. There are two kinds: an elastic one, which can be bound to an address of a card, and the
// traditional one, which is a card's own address with bandwidth to the world.
type address6 struct {
	Name, Kind, Status string
	IP, Private        netip.Addr // Private is what an elastic one is bound to
	Instance, Card     string
	ISP, Charge        string
	Bandwidth          int
	Package, Egress    string
	Made               time.Time
}

// The kinds of public IPv6 addresses.
const (
	elastic6     = "EIPv6"
	traditional6 = "EIP6"
)

// addresses6 have ids of two shapes: eipv6-1a2b3c4d, and eip-1a2b3c4d where they are traditional.
var addresses6 = resource[address6]{
	Table: state.NewTable("vpc.address6",
		state.By("ip", func(_ string, a *address6) []string { return []string{a.IP.String()} }),
		state.By("instance", func(_ string, a *address6) []string { return present(a.Instance) }),
		state.By("card", func(_ string, a *address6) []string { return present(a.Card) }),
		state.By("kind", func(_ string, a *address6) []string { return []string{a.Kind} }),
	),
	prefix: "eipv6", field: "IPv6AddressIds", filter: "address-id", tags: tag.Resource{Service: "vpc", Prefix: "eipv6"},
}

var address6Query = api.Query[address6]{
	Table: addresses6.Table,
	Fields: map[string]api.Field[address6]{
		"address-id":           self[address6](),
		"public-ipv6-address":  indexed("ip", func(a *address6) string { return a.IP.String() }),
		"address-ip":           indexed("ip", func(a *address6) string { return a.IP.String() }),
		"network-interface-id": indexed("card", func(a *address6) string { return a.Card }),
		"instance-id":          indexed("instance", func(a *address6) string { return a.Instance }),
		"charge-type":          text(func(a *address6) string { return a.Charge }),
		"private-ipv6-address": text(func(a *address6) string { return plainIP(a.Private) }),
		"egress":               text(func(a *address6) string { return a.Egress }),
		"address-type":         indexed("kind", func(a *address6) string { return a.Kind }),
		"address-isp":          text(func(a *address6) string { return a.ISP }),
		"address-status":       text(func(a *address6) string { return a.Status }),
		"address-name":         text(func(a *address6) string { return a.Name }),
		"bandwidth-package-id": text(func(a *address6) string { return a.Package }),
	},
	Tags:  addresses6.tagsOf,
	Rules: addressRules(),
}

// plainIP is an address as text, or nothing where there is none.
func plainIP(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

func showAddress6(c *api.Call, id string, a *address6) *sdk.Address {
	out := &sdk.Address{
		AddressId: &id, AddressName: &a.Name, AddressStatus: &a.Status, AddressIp: new(a.IP.String()), InstanceId: &a.Instance,
		CreatedTime: utc(a.Made), IsArrears: new(false), IsBlocked: new(false), IsEipDirectConnection: new(false), AddressType: &a.Kind,
		CascadeRelease: new(false), EipAlgType: &sdk.AlgType{Ftp: new(false), Sip: new(false)}, InternetServiceProvider: &a.ISP,
		LocalBgp: new(false), Bandwidth: new(uint64(a.Bandwidth)), InternetChargeType: &a.Charge, TagSet: addresses6.tagSet(c, id),
		Egress: &a.Egress, AntiDDoSPackageId: new(""), BandwidthPackageId: &a.Package, UnVpcId: new(""), DedicatedClusterId: new(""),
	}
	if k, ok := cards.Get(c.Tx, a.Card); ok {
		out.NetworkInterfaceId, out.InstanceType, out.UnVpcId = &a.Card, new("CVM"), &k.VPC
		if k.Instance == "" {
			out.InstanceType = new("ENI")
		}
		out.PrivateAddressIp = new(plainIP(a.Private))
	}
	return out
}

// list6 finds a page of one kind of addresses; a filter by kind says which, instead.
func list6(c *api.Call, kind string, ask api.Ask) ([]*sdk.Address, *int64, error) {
	chosen := len(ask.IDs) > 0
	for _, f := range ask.Filters {
		chosen = chosen || f.Name == "address-type"
	}
	if !chosen {
		ask.Filters = append(ask.Filters, api.Filter{Name: "address-type", Values: []string{kind}})
	}
	hits, total, err := address6Query.Run(c, ask)
	return show(hits, func(h *api.Hit[address6]) *sdk.Address { return showAddress6(c, h.ID, h.Row) }), new(int64(total)), err
}

func describeIPv6Addresses(c *api.Call, in *sdk.DescribeIPv6AddressesRequestParams) (*sdk.DescribeIPv6AddressesResponseParams, error) {
	if len(in.IPv6AddressIds) > 0 && len(in.Filters) > 0 {
		return nil, coexist("IPv6AddressIds", "Filters")
	}
	kind := elastic6
	if val(in.Traditional) {
		kind = traditional6
	}
	set, total, err := list6(c, kind, api.Ask{IDs: in.IPv6AddressIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	return &sdk.DescribeIPv6AddressesResponseParams{AddressSet: set, TotalCount: total}, err
}

func describeIp6Addresses(c *api.Call, in *sdk.DescribeIp6AddressesRequestParams) (*sdk.DescribeIp6AddressesResponseParams, error) {
	if len(in.Ip6AddressIds) > 0 && len(in.Filters) > 0 {
		return nil, coexist("Ip6AddressIds", "Filters")
	}
	set, total, err := list6(c, traditional6, api.Ask{IDs: in.Ip6AddressIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	return &sdk.DescribeIp6AddressesResponseParams{AddressSet: set, TotalCount: total}, err
}

// find6 reads the elastic address that a request names.
func find6(c *api.Call, id *string) (*address6, error) {
	if !wellFormed("eipv6", val(id)) {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSIDMALFORMED, val(id), "IPv6AddressIds")
	}
	a, ok := addresses6.Get(c.Tx, *id)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_ADDRESSIPNOTFOUND, "The address `%s` is not found.", *id).Zh("弹性公网 IPv6 `%s` 不存在。")
	}
	return a, nil
}

// loosen6 lets go, at an instant, of the public address at a card's IPv6 address: a traditional one goes with it.
func loosen6(c *api.Call, at time.Time, cardID string, ip netip.Addr) {
	for id, a := range addresses6.Where(c.Tx, "card", cardID) {
		switch {
		case a.Kind == traditional6 && a.IP == ip:
			addresses6.drop(c, at, id)
		case a.Kind != traditional6 && a.Private == ip:
			addresses6.Edit(c.Tx, at, id, unbind6)
		}
	}
}

func unbind6(a *address6) {
	a.Status, a.Instance, a.Card, a.Private = unbound, "", "", netip.Addr{}
}
