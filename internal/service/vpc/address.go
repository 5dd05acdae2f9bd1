package vpc

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// address is a public IPv4 address: an elastic one, or one that belongs to an instance as long as it is there (WanIP).
type address struct {
	Name, Kind, Status string
	IP                 ip4
	Instance           string // what it is bound to: an instance, a NAT gateway, a HAVIP; "" of a card that is attached to nothing
	Bearer             string // CVM, NAT, HAVIP, ENI
	Card               string
	Private            ip4
	ISP, Charge        string
	Bandwidth          int
	Package            string // the bandwidth package it is paid by
	Egress             string
	Made               time.Time
	Deadline           time.Time // of one paid by the month
	Renew              string
	Arrears            bool
	Direct             bool // the instance sees the address itself
	ALG                algs
	Recharged          int // how often its charge type was changed
}

// algs says which protocols the way through the address understands.
type algs struct{ FTP, SIP bool }

// The kinds of addresses.
const (
	elastic = "EIP"
	wan     = "WanIP"

	notWan = "not " + wan // the key under which an index has all others
)

// The states of an address.
const (
	creating  = "CREATING"
	unbound   = "UNBIND"
	binding   = "BINDING"
	bound     = "BIND"
	boundCard = "BIND_ENI" // to a card that is attached to nothing
	unbinding = "UNBINDING"
	offlining = "OFFLINING"
)

// Charge types of addresses.
const (
	byTraffic   = "TRAFFIC_POSTPAID_BY_HOUR"
	byBandwidth = "BANDWIDTH_POSTPAID_BY_HOUR"
	byMonth     = "BANDWIDTH_PREPAID_BY_MONTH"
	byPackage   = "BANDWIDTH_PACKAGE"
)

// shown says whether traffic goes through the address, so that it is seen at what it is bound to.
func (a *address) shown() bool { return a.Status == bound || a.Status == boundCard }

var addresses = resource[address]{
	Table: state.NewTable("vpc.address",
		state.By("ip", func(_ string, a *address) []string { return []string{a.IP.String()} }),
		state.By("instance", func(_ string, a *address) []string { return present(a.Instance) }),
		state.By("card", func(_ string, a *address) []string { return present(a.Card) }),
		state.By("status", func(_ string, a *address) []string { return []string{a.Status} }),
		state.By("kind", func(_ string, a *address) []string {
			if a.Kind == wan {
				return []string{wan}
			}
			return []string{a.Kind, notWan}
		}),
		state.By("package", func(_ string, a *address) []string { return present(a.Package) }),
	),
	prefix: "eip", field: "AddressIds", filter: "address-id", tags: tag.Resource{Service: "vpc", Prefix: "eip"},
}

var addressQuery = api.Query[address]{
	Table: addresses.Table,
	Fields: map[string]api.Field[address]{
		"address-id":           self[address](),
		"address-name":         text(func(a *address) string { return a.Name }),
		"address-ip":           indexed("ip", func(a *address) string { return a.IP.String() }),
		"public-ip":            indexed("ip", func(a *address) string { return a.IP.String() }),
		"address-status":       indexed("status", func(a *address) string { return a.Status }),
		"instance-id":          indexed("instance", func(a *address) string { return a.Instance }),
		"private-ip-address":   text(func(a *address) string { return a.Private.String() }),
		"network-interface-id": indexed("card", func(a *address) string { return a.Card }),
		"is-arrears":           yesNo(func(a *address) bool { return a.Arrears }),
		"instance-type":        text(func(a *address) string { return a.Bearer }),
		"address-type":         indexed("kind", func(a *address) string { return a.Kind }),
		"address-isp":          text(func(a *address) string { return a.ISP }),
		"dedicated-cluster-id": text(func(*address) string { return "" }),
		"business-type":        text(func(*address) string { return "" }),
		"bandwidth-package-id": indexed("package", func(a *address) string { return a.Package }),
	},
	Tags:  addresses.tagsOf,
	Rules: addressRules(),
}

// addressRules differ: ids and filters may stand together, and the codes are others.
func addressRules() api.Rules {
	r := rules()
	r.MaxFilters, r.MaxValues = 10, 100
	r.TooManyFilters, r.UnknownFilter, r.Both = sdk.LIMITEXCEEDED_NUMBEROFFILTERS, sdk.INVALIDPARAMETER_INVALIDFILTER, ""
	r.BadOffset, r.BadLimit = sdk.INVALIDPARAMETER, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED
	return r
}

// describeAddresses leaves out ids that are not there. Those that come with instances are among the addresses.
func describeAddresses(c *api.Call, in *sdk.DescribeAddressesRequestParams) (*sdk.DescribeAddressesResponseParams, error) {
	ask := api.Ask{IDs: in.AddressIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}
	for _, id := range vals(ask.IDs) {
		if !wellFormed("eip", id) {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSIDMALFORMED, id, "AddressIds")
		}
	}
	hits, total, err := addresses.pageLenient(c, &addressQuery, ask)
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeAddressesResponseParams{
		TotalCount: new(int64(total)),
		AddressSet: show(hits, func(h *api.Hit[address]) *sdk.Address { return showAddress(c, h.ID, h.Row) }),
	}, nil
}

func showAddress(c *api.Call, id string, a *address) *sdk.Address {
	out := &sdk.Address{
		AddressId: &id, AddressName: &a.Name, AddressStatus: &a.Status, AddressIp: new(a.IP.String()), InstanceId: &a.Instance,
		CreatedTime: utc(a.Made), IsArrears: &a.Arrears, IsBlocked: new(false), IsEipDirectConnection: &a.Direct, AddressType: &a.Kind,
		CascadeRelease: new(a.Kind == wan), EipAlgType: &sdk.AlgType{Ftp: &a.ALG.FTP, Sip: &a.ALG.SIP}, InternetServiceProvider: &a.ISP,
		LocalBgp: new(false), Bandwidth: new(uint64(a.Bandwidth)), InternetChargeType: &a.Charge, TagSet: addresses.tagSet(c, id),
		Egress: &a.Egress, AntiDDoSPackageId: new(""), BandwidthPackageId: &a.Package, UnVpcId: new(""), DedicatedClusterId: new(""),
	}
	if a.Bearer != "" {
		out.InstanceType = &a.Bearer
	}
	if a.Card != "" {
		out.NetworkInterfaceId = &a.Card
	}
	if a.Private != 0 {
		out.PrivateAddressIp = new(a.Private.String())
	}
	if a.Charge == byMonth {
		out.DeadlineDate, out.RenewFlag = utc(a.Deadline), &a.Renew
	}
	return out
}

// publicOf is the public addresses that are seen at a card.
func publicOf(tx *state.Tx, cardID string) (ips []string) {
	for _, a := range addresses.Where(tx, "card", cardID) {
		if a.shown() {
			ips = append(ips, a.IP.String())
		}
	}
	return ips
}

// publicRange is the range that a region's public addresses are drawn from: every region has its own share of it,
// so that no address is given twice in an account.
// Simulated: which addresses a region of the cloud has is not documented. The four ranges are ones it is seen to use.
func publicRange(name string) (share, of ip4) {
	all := region.All()
	for i, r := range all {
		if r.Name == name {
			return ip4(i), ip4(len(all))
		}
	}
	return 0, 1
}

// draw finds a public address that nobody in the account has.
func draw(c *api.Call) ip4 {
	octets := [...]ip4{43, 101, 119, 129}
	share, of := publicRange(c.Region)
	for {
		n := ip4(c.IDs.Uint64())
		ip := octets[n>>30]<<24 | n&0xffffff/of*of + share
		if last := ip & 0xff; last == 0 || last == 255 || addresses.Count(c.Tx, "ip", ip.String()) > 0 {
			continue
		}
		return ip
	}
}
