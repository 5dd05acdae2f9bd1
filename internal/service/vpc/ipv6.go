package vpc

import (
	"encoding/binary"
	"net/netip"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// The types of IPv6 blocks: one that the whole world can reach, and one that only the network itself can.
const (
	gua = "GUA"
	ula = "ULA"
)

// block6 is a block of IPv6 addresses that a network or subnet has.
type block6 struct {
	CIDR netip.Prefix
	ISP  string // BGP
	Type string // GUA
}

// String is the block, or nothing where there is none.
func (b block6) String() string {
	if !b.CIDR.IsValid() {
		return ""
	}
	return b.CIDR.String()
}

func showBlock6(b *block6) *sdk.ISPIPv6CidrBlock {
	return &sdk.ISPIPv6CidrBlock{IPv6CidrBlock: new(b.String()), ISPType: &b.ISP, AddressType: &b.Type}
}

// showIP6 is an IPv6 address of a card.
func showIP6(p *cardIP6) *sdk.Ipv6Address {
	return &sdk.Ipv6Address{
		Address: new(p.IP.String()), Primary: &p.Primary, AddressId: new(""), Description: &p.Desc, IsWanIpBlocked: new(true),
		State: new(free), PublicIpAddress: new(""), AddressType: new(typeOf(p.IP)),
	}
}

// typeOf is the type of the block in which an address lies.
func typeOf(a netip.Addr) string {
	if a.IsPrivate() {
		return ula
	}
	return gua
}

// drawBlock6 finds a block of 256 subnets that no network of the region has.
// Simulated: the range is one that the cloud is seen to use.
func drawBlock6(c *api.Call, kind string) netip.Prefix {
	b := [16]byte{0x24, 0x02, 0x4e, 0x00}
	if kind == ula {
		b = [16]byte{0xfd}
	}
	for {
		binary.BigEndian.PutUint32(b[3:], uint32(c.IDs.Uint64()))
		if kind == gua {
			b[3] = 0
		}
		p := netip.PrefixFrom(netip.AddrFrom16(b), 56)
		if networks.Count(c.Tx, "block6", p.String()) == 0 {
			return p
		}
	}
}

func assignIpv6CidrBlock(c *api.Call, in *sdk.AssignIpv6CidrBlockRequestParams) (*sdk.AssignIpv6CidrBlockResponseParams, error) {
	n, err := networks.find(c, in.VpcId)
	if err != nil {
		return nil, err
	}
	kind := or(in.AddressType, gua)
	switch {
	case kind != gua && kind != ula:
		return nil, malformed(kind, "AddressType")
	case slices.ContainsFunc(n.IPv6, func(b block6) bool { return b.Type == kind }):
		return nil, badCode(sdk.LIMITEXCEEDED_CIDRBLOCK, *in.VpcId, "VpcId")
	}
	b := block6{CIDR: drawBlock6(c, kind), ISP: "BGP", Type: kind}
	networks.edit(c, *in.VpcId, func(n *network) { n.IPv6 = append(n.IPv6, b) })
	return &sdk.AssignIpv6CidrBlockResponseParams{Ipv6CidrBlock: new(b.String()), AddressType: &kind}, nil
}

func unassignIpv6CidrBlock(c *api.Call, in *sdk.UnassignIpv6CidrBlockRequestParams) (*sdk.UnassignIpv6CidrBlockResponseParams, error) {
	n, err := networks.find(c, in.VpcId)
	if err != nil {
		return nil, err
	}
	block := or(in.Ipv6CidrBlock, first(n.IPv6).String())
	i := slices.IndexFunc(n.IPv6, func(b block6) bool { return b.String() == block })
	if i < 0 {
		return nil, notFound(block)
	}
	for id, s := range subnets.Where(c.Tx, "vpc", *in.VpcId) {
		if len(s.IPv6) > 0 && n.IPv6[i].CIDR.Overlaps(s.IPv6[0].CIDR) {
			return nil, inUse(block, id)
		}
	}
	networks.edit(c, *in.VpcId, func(n *network) { n.IPv6 = slices.Delete(n.IPv6, i, i+1) })
	return &sdk.UnassignIpv6CidrBlockResponseParams{}, nil
}

// assignIpv6SubnetCidrBlock gives each subnet a block of its network that no other subnet has.
func assignIpv6SubnetCidrBlock(c *api.Call, in *sdk.AssignIpv6SubnetCidrBlockRequestParams) (*sdk.AssignIpv6SubnetCidrBlockResponseParams, error) {
	n, err := networks.find(c, in.VpcId)
	if err != nil {
		return nil, err
	}
	for _, w := range in.Ipv6SubnetCidrBlocks {
		if err := checkSubnetOf(c, in.VpcId, w.SubnetId); err != nil {
			return nil, err
		}
		p, err := parseCIDR6(val(w.Ipv6CidrBlock), "Ipv6CidrBlock")
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(n.IPv6, func(b block6) bool { return p.Bits() == 64 && b.CIDR.Contains(p.Addr()) })
		s, _ := subnets.Get(c.Tx, *w.SubnetId)
		switch {
		case at < 0:
			return nil, conflict(sdk.INVALIDPARAMETERVALUE_SUBNETRANGE, p, first(n.IPv6))
		case len(s.IPv6) > 0:
			return nil, badCode(sdk.LIMITEXCEEDED_SUBNETCIDRBLOCK, *w.SubnetId, "SubnetId")
		}
		for _, o := range subnets.Where(c.Tx, "vpc", *in.VpcId) {
			if first(o.IPv6).CIDR == p {
				return nil, conflict(sdk.INVALIDPARAMETERVALUE_SUBNETCONFLICT, p, o.CIDR)
			}
		}
		b := n.IPv6[at]
		b.CIDR = p
		subnets.edit(c, *w.SubnetId, func(s *subnet) { s.IPv6 = []block6{b} })
	}
	return &sdk.AssignIpv6SubnetCidrBlockResponseParams{Ipv6SubnetCidrBlockSet: in.Ipv6SubnetCidrBlocks}, nil
}

func unassignIpv6SubnetCidrBlock(c *api.Call, in *sdk.UnassignIpv6SubnetCidrBlockRequestParams) (*sdk.UnassignIpv6SubnetCidrBlockResponseParams, error) {
	for _, w := range in.Ipv6SubnetCidrBlocks {
		if err := checkSubnetOf(c, in.VpcId, w.SubnetId); err != nil {
			return nil, err
		}
		s, _ := subnets.Get(c.Tx, *w.SubnetId)
		block := first(s.IPv6).String()
		if block == "" || or(w.Ipv6CidrBlock, block) != block {
			return nil, notFound(val(w.Ipv6CidrBlock))
		}
		for id, k := range cards.Where(c.Tx, "subnet", *w.SubnetId) {
			if len(k.IPv6) > 0 {
				return nil, inUse(block, id)
			}
		}
		subnets.edit(c, *w.SubnetId, func(s *subnet) { s.IPv6 = nil })
	}
	return &sdk.UnassignIpv6SubnetCidrBlockResponseParams{}, nil
}
