package vpc

import (
	"net/netip"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// network is a VPC.
type network struct {
	Name, Domain string
	CIDR         netip.Prefix
	Assistants   []netip.Prefix // the blocks that it has besides its own
	IPv6         []block6
	DNS          []string
	Options      string // the DHCP option set
	Default      bool
	Multicast    bool
	Publish      bool // whole blocks are announced to other networks, not subnets
	Publish6     bool
	Created      time.Time
}

var networks = resource[network]{
	Table: state.NewTable("vpc.vpc",
		state.By("default", func(_ string, n *network) []string {
			if n.Default {
				return []string{"true"}
			}
			return nil
		}),
		state.By("block6", func(_ string, n *network) []string { return show(n.IPv6, func(b *block6) string { return b.String() }) })),
	prefix: "vpc", field: "VpcId", filter: "vpc-id", tags: tag.Resource{Service: "vpc", Prefix: "vpc"},
}

// blocks is every block of addresses that a network has.
func (n *network) blocks() []netip.Prefix { return append([]netip.Prefix{n.CIDR}, n.Assistants...) }

var networkQuery = api.Query[network]{
	Table: networks.Table,
	Fields: map[string]api.Field[network]{
		"vpc-id":     self[network](),
		"vpc-name":   fuzzy(func(n *network) string { return n.Name }),
		"cidr-block": text(func(n *network) string { return n.CIDR.String() }),
		"is-default": yesNo(func(n *network) bool { return n.Default }),
		"ipv6-cidr-block": {Of: func(_ *api.Call, _ string, n *network) []string {
			return show(n.IPv6, func(b *block6) string { return b.CIDR.String() })
		}},
	},
	Tags:  networks.tagsOf,
	Rules: rules(),
}

func describeVpcs(c *api.Call, in *sdk.DescribeVpcsRequestParams) (*sdk.DescribeVpcsResponseParams, error) {
	hits, total, err := networks.page(c, &networkQuery, api.Ask{IDs: in.VpcIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeVpcsResponseParams{
		TotalCount: new(uint64(total)),
		VpcSet:     show(hits, func(h *api.Hit[network]) *sdk.Vpc { return showNetwork(c, h.ID, h.Row) }),
	}, nil
}

func showNetwork(c *api.Call, id string, n *network) *sdk.Vpc {
	return &sdk.Vpc{
		VpcId: &id, VpcName: &n.Name, CidrBlock: new(n.CIDR.String()), IsDefault: &n.Default, EnableMulticast: &n.Multicast,
		CreatedTime: local(n.Created), DnsServerSet: ptrs(n.DNS), DomainName: &n.Domain, DhcpOptionsId: &n.Options,
		EnableDhcp: new(true), Ipv6CidrBlock: new(first(n.IPv6).String()), TagSet: networks.tagSet(c, id),
		AssistantCidrSet: showAssistants(c, id, n.Assistants), EnableRouteVpcPublish: &n.Publish,
		Ipv6CidrBlockSet: show(n.IPv6, showBlock6), EnableRouteVpcPublishIpv6: &n.Publish6,
	}
}

// createVpc makes a network, its main route table with it.
func createVpc(c *api.Call, in *sdk.CreateVpcRequestParams) (*sdk.CreateVpcResponseParams, error) {
	cidr, err := parseCIDR(*in.CidrBlock, "CidrBlock")
	if err != nil {
		return nil, err
	}
	if !private(cidr) {
		return nil, bad(*in.CidrBlock, "CidrBlock")
	}
	n := network{Name: *in.VpcName, CIDR: cidr, Publish: val(in.EnableRouteVpcPublish), Publish6: val(in.EnableRouteVpcPublishIpv6)}
	if err := n.set(in.VpcName, in.EnableMulticast, in.DnsServers, in.DomainName); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	// The default network does not count.
	own := networks.Len(c.Tx) - networks.Count(c.Tx, "default", "true")
	if err := full(c, quota.VPCs, own, 1); err != nil {
		return nil, err
	}
	id := n.put(c)
	networks.setTags(c, id, tags)
	return &sdk.CreateVpcResponseParams{Vpc: showNetwork(c, id, &n)}, nil
}

// put stores a new network with its main route table.
func (n *network) put(c *api.Call) (id string) {
	if len(n.DNS) == 0 {
		n.DNS = []string{"183.60.83.19", "183.60.82.98"}
	}
	n.Created = c.Now
	id = api.NewID(c, networks.Table, "vpc")
	networks.Put(c.Tx, id, *n)
	tables.Put(c.Tx, api.NewID(c, tables.Table, "rtb"), routeTable{Name: "default", VPC: id, Main: true, Created: c.Now})
	return id
}

// set checks and takes over what CreateVpc and ModifyVpcAttribute both carry; what is nil stays.
func (n *network) set(name, multicast *string, dns []*string, domain *string) error {
	n.Name = or(name, n.Name)
	if err := checkName(n.Name, "VpcName", 60); err != nil {
		return err
	}
	if multicast != nil {
		on, err := truth(multicast, "EnableMulticast")
		if err != nil {
			return err
		}
		n.Multicast = on
	}
	if len(dns) > 4 {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(dns), "DnsServers")
	}
	for _, server := range vals(dns) {
		if _, err := netip.ParseAddr(server); err != nil {
			return malformed(server, "DnsServers")
		}
	}
	if len(dns) > 0 {
		n.DNS = vals(dns)
	}
	n.Domain = or(domain, n.Domain)
	return nil
}

func modifyVpcAttribute(c *api.Call, in *sdk.ModifyVpcAttributeRequestParams) (*sdk.ModifyVpcAttributeResponseParams, error) {
	row, err := networks.find(c, in.VpcId)
	if err != nil {
		return nil, err
	}
	n := *row
	if err := n.set(in.VpcName, in.EnableMulticast, in.DnsServers, in.DomainName); err != nil {
		return nil, err
	}
	if val(in.EnableCdcPublish) {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_CDCPUBLISHNEEDCDCID, *in.VpcId)
	}
	n.Publish, n.Publish6 = or(in.EnableRouteVpcPublish, n.Publish), or(in.EnableRouteVpcPublishIpv6, n.Publish6)
	networks.edit(c, *in.VpcId, func(row *network) { *row = n })
	return &sdk.ModifyVpcAttributeResponseParams{}, nil
}

// deleteVpc takes the network's route tables and empty subnets with it.
func deleteVpc(c *api.Call, in *sdk.DeleteVpcRequestParams) (*sdk.DeleteVpcResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	if by, ok := tenant(c, *in.VpcId); ok {
		return nil, inUse(*in.VpcId, by)
	}
	for _, id := range idsOf(subnets.Where(c.Tx, "vpc", *in.VpcId)) {
		subnets.drop(c, c.Now, id)
	}
	for _, id := range idsOf(tables.Where(c.Tx, "vpc", *in.VpcId)) {
		tables.drop(c, c.Now, id)
	}
	networks.drop(c, c.Now, *in.VpcId)
	return &sdk.DeleteVpcResponseParams{}, nil
}

// tenant names something that keeps a network from being deleted.
func tenant(c *api.Call, vpcID string) (id string, ok bool) {
	for _, search := range tenancies() {
		if id, ok = search(c, vpcID); ok {
			return id, true
		}
	}
	return "", false
}
