package vpc

import (
	"fmt"
	"hash/fnv"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// card is a network interface. Every instance has at least one, so the row is small: plain values, and what can be
// derived (zone, MAC address, public addresses) is not kept.
type card struct {
	Name, Desc  string
	VPC, Subnet string
	Instance    string // "" while it is attached to none
	Groups      []string
	IPs         []cardIP // the first is the primary one
	IPv6        []cardIP6
	QoS         string
	Made, Since int64 // seconds since 1970: made, attached
	State       string
	Index       int // the position among the instance's cards
	Primary     bool
	Trunking    bool
}

// cardIP is a private address of a card.
type cardIP struct {
	IP   ip4
	Desc string
	QoS  string
}

// cardIP6 is an IPv6 address of a card.
type cardIP6 struct {
	IP      netip.Addr
	Desc    string
	Primary bool
}

// The states of a card.
const (
	pending   = "PENDING"
	free      = "AVAILABLE"
	attaching = "ATTACHING"
	detaching = "DETACHING"
	deleting  = "DELETING"
)

var cards = resource[card]{
	Table: state.NewTable("vpc.network-interface",
		state.By("instance", func(_ string, k *card) []string { return present(k.Instance) }),
		state.By("subnet", func(_ string, k *card) []string {
			keys := make([]string, len(k.IPs))
			for i := range keys {
				keys[i] = nth(k.Subnet, i)
			}
			return keys
		}),
		state.By("vpc", func(_ string, k *card) []string { return k.keys(k.VPC) }),
		state.By("group", func(_ string, k *card) []string { return k.keys(k.Groups...) }),
		state.By("ip", func(_ string, k *card) []string { return k.addresses() }),
	),
	prefix: "eni", field: "NetworkInterfaceId", filter: "network-interface-id", tags: tag.Resource{Service: "vpc", Prefix: "eni"},
}

// keys is where an index holds a card: under each name, and a card that an instance can do without under "name/eni" too,
// so that both kinds can be counted.
func (k *card) keys(names ...string) []string {
	if k.Primary {
		return names
	}
	all := slices.Clone(names)
	for _, n := range names {
		all = append(all, n+"/eni")
	}
	return all
}

// addresses is every private address of a card, IPv6 ones after the others.
func (k *card) addresses() []string {
	all := show(k.IPs, func(p *cardIP) string { return p.IP.String() })
	for _, p := range k.IPv6 {
		all = append(all, p.IP.String())
	}
	return all
}

var cardQuery = api.Query[card]{
	Table: cards.Table,
	Fields: map[string]api.Field[card]{
		"network-interface-id":          self[card](),
		"vpc-id":                        indexed("vpc", func(k *card) string { return k.VPC }),
		"subnet-id":                     indexed("subnet", func(k *card) string { return k.Subnet }),
		"attachment.instance-id":        indexed("instance", func(k *card) string { return k.Instance }),
		"groups.security-group-id":      {Of: func(_ *api.Call, _ string, k *card) []string { return k.Groups }, Index: "group"},
		"network-interface-name":        fuzzy(func(k *card) string { return k.Name }),
		"network-interface-description": fuzzy(func(k *card) string { return k.Desc }),
		"address-ip":                    {Of: func(_ *api.Call, _ string, k *card) []string { return k.addresses() }, Index: "ip"},
		"address-ipv6":                  {Of: func(_ *api.Call, _ string, k *card) []string { return k.addresses() }, Index: "ip"},
		"public-address-ip":             {Of: func(c *api.Call, id string, _ *card) []string { return publicOf(c.Tx, id) }},
		"is-primary":                    yesNo(func(k *card) bool { return k.Primary }),
		"eni-type":                      text(func(k *card) string { return fmt.Sprint(k.kind()) }),
		"eni-qos":                       text(func(k *card) string { return k.qos() }),
		"address-type": {Of: func(_ *api.Call, _ string, k *card) []string {
			return show(k.IPv6, func(p *cardIP6) string { return typeOf(p.IP) })
		}},
		"termination-protection": yesNo(func(*card) bool { return false }),
		"traffic-protection":     yesNo(func(*card) bool { return false }),
	},
	Tags:  cards.tagsOf,
	Rules: rules(),
}

// describeNetworkInterfaces takes a single part of an address for all that contain it; whole addresses are looked up.
func describeNetworkInterfaces(c *api.Call, in *sdk.DescribeNetworkInterfacesRequestParams) (*sdk.DescribeNetworkInterfacesResponseParams, error) {
	q, asked := cardQuery, filters(in.Filters)
	asked = slices.DeleteFunc(asked, func(f api.Filter) bool { return f.Name == "ip-exact-match" })
	for _, f := range asked {
		if f.Name == "address-ip" && len(f.Values) == 1 && strings.Count(f.Values[0], ".") < 3 {
			part := q.Fields[f.Name]
			part.Fuzzy = true
			q.Fields = maps.Clone(q.Fields)
			q.Fields[f.Name] = part
		}
	}
	hits, total, err := cards.page(c, &q, api.Ask{IDs: in.NetworkInterfaceIds, Filters: asked, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeNetworkInterfacesResponseParams{
		TotalCount:          new(uint64(total)),
		NetworkInterfaceSet: show(hits, func(h *api.Hit[card]) *sdk.NetworkInterface { return showCard(c, h.ID, h.Row) }),
	}, nil
}

func showCard(c *api.Call, id string, k *card) *sdk.NetworkInterface {
	zone := ""
	if s, ok := subnets.Get(c.Tx, k.Subnet); ok {
		zone = s.Zone
	}
	n := &sdk.NetworkInterface{
		NetworkInterfaceId: &id, NetworkInterfaceName: &k.Name, NetworkInterfaceDescription: &k.Desc, SubnetId: &k.Subnet, VpcId: &k.VPC,
		GroupSet: ptrs(k.Groups), Primary: &k.Primary, MacAddress: mac(id), State: &k.State, NetworkInterfaceState: &k.State,
		PrivateIpAddressSet: showIPs(c, id, k), Zone: &zone, CreatedTime: local(time.Unix(k.Made, 0)),
		Ipv6AddressSet: show(k.IPv6, showIP6), TagSet: cards.tagSet(c, id), EniType: new(k.kind()), Business: new("cvm"), CdcId: new(""),
		AttachType: new(uint64(0)), ResourceId: new(""), QosLevel: new(k.qos()),
	}
	if k.Instance != "" {
		n.Attachment = &sdk.NetworkInterfaceAttachment{
			InstanceId: &k.Instance, DeviceIndex: new(uint64(k.Index)), InstanceAccountId: &c.Account, AttachTime: local(time.Unix(k.Since, 0)),
		}
		if k.State == free {
			n.NetworkInterfaceState = new("INUSE")
		}
	}
	return n
}

// kind is 1 for the card that an instance cannot do without, else 0.
func (k *card) kind() uint64 {
	if k.Primary {
		return 1
	}
	return 0
}

func (k *card) qos() string {
	if k.QoS == "" {
		return "DEFAULT"
	}
	return k.QoS
}

// showIPs is a card's private addresses with the public ones bound to them.
func showIPs(c *api.Call, id string, k *card) []*sdk.PrivateIpAddressSpecification {
	bound := map[ip4]*sdk.PrivateIpAddressSpecification{}
	set := make([]*sdk.PrivateIpAddressSpecification, len(k.IPs))
	for i, p := range k.IPs {
		set[i] = &sdk.PrivateIpAddressSpecification{
			PrivateIpAddress: new(p.IP.String()), Primary: new(i == 0), PublicIpAddress: new(""), AddressId: new(""), Description: new(p.Desc),
			IsWanIpBlocked: new(false), State: new(k.ipState()), QosLevel: new(k.qos()),
		}
		if p.QoS != "" {
			set[i].QosLevel = new(p.QoS)
		}
		bound[p.IP] = set[i]
	}
	for eip, a := range addresses.Where(c.Tx, "card", id) {
		if s, ok := bound[a.Private]; ok && a.shown() {
			s.PublicIpAddress, s.AddressId = new(a.IP.String()), new(eip)
		}
	}
	return set
}

// ipState is the state of a card's addresses: they wait for the card itself alone.
func (k *card) ipState() string {
	if k.State == pending {
		return pending
	}
	return free
}

// mac is a card's MAC address, which follows from its id.
func mac(id string) *string {
	h := fnv.New32a()
	h.Write([]byte(id))
	n := h.Sum32()
	return new(fmt.Sprintf("52:54:%02X:%02X:%02X:%02X", byte(n>>24), byte(n>>16), byte(n>>8), byte(n)))
}

// cardsPer is how many cards an instance of so many cores can have, and how many private addresses each.
// Source: document/product/576/18527.
func cardsPer(cores int) (perInstance, perCard int) {
	switch {
	case cores <= 1:
		return 2, 6
	case cores < 8:
		return 4, 10
	case cores < 12:
		return 6, 20
	}
	return 8, 30
}
