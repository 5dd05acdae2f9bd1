package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// gateway is a NAT gateway. Which public addresses it has is told by the addresses themselves.
type gateway struct {
	Name, VPC, Zone string
	State           string
	Bandwidth       int // outwards, in Mbps
	Connections     int
	Product         int // 1, the traditional one, or 2, the standard one
	Groups          []string
	Protected       bool
	Random          bool // one inner address may leave by several public ones
	Exclusive       string
	Made            time.Time
	Forwards        []forward
	Sources         []source
}

var gateways = resource[gateway]{
	Table: state.NewTable("vpc.nat-gateway",
		state.By("vpc", func(_ string, g *gateway) []string { return []string{g.VPC} }),
		state.By("needs", func(_ string, g *gateway) []string {
			return present(show(g.Sources, func(s *source) string { return s.Resource })...)
		}),
	),
	prefix: "nat", field: "NatGatewayId", filter: "nat-gateway-id", tags: tag.Resource{Service: "vpc", Prefix: "nat"},
}

var gatewayQuery = api.Query[gateway]{
	Table: gateways.Table,
	Fields: map[string]api.Field[gateway]{
		"nat-gateway-id":   self[gateway](),
		"nat-gateway-name": fuzzy(func(g *gateway) string { return g.Name }),
		"vpc-id":           indexed("vpc", func(g *gateway) string { return g.VPC }),
		"zone":             text(func(g *gateway) string { return g.Zone }),
		"nat-state":        text(func(g *gateway) string { return g.State }),
		"address-ip":       {Of: func(c *api.Call, id string, _ *gateway) []string { return exits(c.Tx, id) }},
	},
	Tags:  gateways.tagsOf,
	Rules: gatewayRules(),
}

func gatewayRules() api.Rules {
	r := rules()
	r.MaxFilters, r.MaxValues = 10, 5
	return r
}

// exits is the public addresses of a gateway.
func exits(tx *state.Tx, id string) (ips []string) {
	for _, a := range addresses.Where(tx, "instance", id) {
		ips = append(ips, a.IP.String())
	}
	return ips
}

func hasNAT(c *api.Call, vpcID, id string) bool {
	g, ok := gateways.Get(c.Tx, id)
	return ok && g.VPC == vpcID
}

// describeNatGateways leaves out ids that are not there.
func describeNatGateways(c *api.Call, in *sdk.DescribeNatGatewaysRequestParams) (*sdk.DescribeNatGatewaysResponseParams, error) {
	hits, total, err := gateways.pageLenient(c, &gatewayQuery, api.Ask{IDs: in.NatGatewayIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeNatGatewaysResponseParams{
		TotalCount: new(uint64(total)), VerboseLevel: new("DETAIL"),
		NatGatewaySet: show(hits, func(h *api.Hit[gateway]) *sdk.NatGateway { return showGateway(c, h.ID, h.Row) }),
	}, nil
}

func showGateway(c *api.Call, id string, g *gateway) *sdk.NatGateway {
	set := []*sdk.NatGatewayAddress{}
	for eip, a := range addresses.Where(c.Tx, "instance", id) {
		set = append(set, &sdk.NatGatewayAddress{
			AddressId: new(eip), PublicIpAddress: new(a.IP.String()), IsBlocked: new(false), BlockType: new("NORMAL"),
		})
	}
	network := free
	if g.State != free {
		network = "UNAVAILABLE"
	}
	return &sdk.NatGateway{
		NatGatewayId: &id, NatGatewayName: &g.Name, CreatedTime: local(g.Made), State: &g.State, InternetMaxBandwidthOut: new(uint64(g.Bandwidth)),
		MaxConcurrentConnection: new(uint64(g.Connections)), PublicIpAddressSet: set, NetworkState: &network,
		DestinationIpPortTranslationNatRuleSet: show(g.Forwards, showForward), VpcId: &g.VPC, Zone: &g.Zone,
		DirectConnectGatewayIds: []*string{}, SubnetId: new(""), TagSet: gateways.tagSet(c, id), SecurityGroupSet: ptrs(g.Groups),
		SourceIpTranslationNatRuleSet: show(g.Sources, func(s *source) *sdk.SourceIpTranslationNatRule { return showSource(id, g.VPC, s) }),
		IsExclusive:                   new(g.Exclusive != ""), RestrictState: new("NORMAL"), NatProductVersion: new(uint64(g.Product)),
		StrictSnatMode: new(false), SmartScheduleMode: new(false), DedicatedClusterId: new(""), DeletionProtectionEnabled: &g.Protected,
		// Simulated: these cannot be set here yet; the values are the documented defaults.
		ConnectionStateTimeouts: &sdk.ConnectionStateTimeouts{
			UDPMappingTimeout: new(uint64(10)), TCPEstablishedConnectionTimeout: new(uint64(10800)), TCPTimeWaitTimeout: new(uint64(120)),
		},
		ExclusiveType: &g.Exclusive, AutoScaling: new(g.Product == 2), ICMPProxy: new(true), PublicAddressAffinity: new(!g.Random),
	}
}

// forward brings what arrives at a public port to an inner one.
type forward struct {
	Protocol, Public, Private, Desc string
	PublicPort, PrivatePort         int
	Made                            time.Time
}

func showForward(f *forward) *sdk.DestinationIpPortTranslationNatRule {
	return &sdk.DestinationIpPortTranslationNatRule{
		IpProtocol: &f.Protocol, PublicIpAddress: &f.Public, PublicPort: new(uint64(f.PublicPort)), PrivateIpAddress: &f.Private,
		PrivatePort: new(uint64(f.PrivatePort)), Description: &f.Desc,
	}
}

// source says by which public addresses a subnet, a card or a block leaves.
type source struct {
	ID, Resource, Kind, Private, Desc string
	Public                            []string
	Made                              time.Time
}

func showSource(id, vpcID string, s *source) *sdk.SourceIpTranslationNatRule {
	return &sdk.SourceIpTranslationNatRule{
		ResourceId: &s.Resource, ResourceType: &s.Kind, PrivateIpAddress: &s.Private, PublicIpAddresses: ptrs(s.Public), Description: &s.Desc,
		NatGatewaySnatId: &s.ID, NatGatewayId: &id, VpcId: &vpcID, CreatedTime: local(s.Made),
	}
}

// uses says whether a rule of the gateway names a public address.
func (g *gateway) uses(ip string) bool {
	return slices.ContainsFunc(g.Forwards, func(f forward) bool { return f.Public == ip }) ||
		slices.ContainsFunc(g.Sources, func(s source) bool { return slices.Contains(s.Public, ip) })
}
