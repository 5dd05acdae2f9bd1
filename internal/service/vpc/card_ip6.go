package vpc

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// The IPv6 addresses of network cards.

// taken6 says whether a card of the network has an IPv6 address.
func taken6(c *api.Call, vpcID string, a netip.Addr) bool {
	for _, k := range cards.Where(c.Tx, "ip", a.String()) {
		if k.VPC == vpcID {
			return true
		}
	}
	return false
}

// draw6 finds an address of a block that no card of the network has. Blocks are far too large to fill.
func draw6(c *api.Call, vpcID string, block netip.Prefix) netip.Addr {
	b := block.Addr().As16()
	for {
		binary.BigEndian.PutUint64(b[8:], c.IDs.Uint64()>>16)
		if a := netip.AddrFrom16(b); !taken6(c, vpcID, a) {
			return a
		}
	}
}

func assignIpv6Addresses(c *api.Call, in *sdk.AssignIpv6AddressesRequestParams) (*sdk.AssignIpv6AddressesResponseParams, error) {
	row, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	k, s := *row, subnet{}
	if found, ok := subnets.Get(c.Tx, k.Subnet); ok {
		s = *found
	}
	_, most := cardsPer(cores(c, &k))
	n := len(in.Ipv6Addresses) + int(min(val(in.Ipv6AddressCount), 1<<10))
	switch {
	case n == 0:
		return nil, missing("Ipv6Addresses")
	case len(s.IPv6) == 0:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_UNASSIGNCIDRBLOCK, k.Subnet)
	case len(in.Ipv6Addresses) > maxIPsPerCall:
		return nil, badCode(sdk.INVALIDPARAMETERVALUE, len(in.Ipv6Addresses), "Ipv6Addresses")
	case len(k.IPv6)+n > most:
		return nil, badCode(sdk.LIMITEXCEEDED_ADDRESS, n, "Ipv6AddressCount")
	}
	had, block := len(k.IPv6), s.IPv6[0].CIDR
	for i := range n {
		p := cardIP6{}
		if i < len(in.Ipv6Addresses) {
			if p, err = wanted6(c, &k, block, in.Ipv6Addresses[i]); err != nil {
				return nil, err
			}
		}
		if !p.IP.IsValid() {
			p.IP = draw6(c, k.VPC, block)
		}
		k.IPv6 = append(slices.Clip(k.IPv6), p)
		cards.edit(c, *in.NetworkInterfaceId, func(row *card) { row.IPv6 = k.IPv6 })
	}
	begin(c, cardTakes)
	return &sdk.AssignIpv6AddressesResponseParams{Ipv6AddressSet: show(k.IPv6[had:], showIP6)}, nil
}

// GiveIPv6 gives an instance's primary card n more IPv6 addresses of its subnet. The error is a Reason.
func GiveIPv6(c *api.Call, instanceID string, n int) error {
	id, k, ok := primary(c.Tx, instanceID)
	if n == 0 || !ok {
		return nil
	}
	s, ok := subnets.Get(c.Tx, k.Subnet)
	if !ok || len(s.IPv6) == 0 {
		return NoIPv6
	}
	if _, most := cardsPer(cores(c, k)); len(k.IPv6)+n > most {
		return TooManyIPv6
	}
	all := slices.Clone(k.IPv6)
	for range n {
		all = append(all, cardIP6{IP: draw6(c, k.VPC, s.IPv6[0].CIDR)})
	}
	cards.edit(c, id, func(k *card) { k.IPv6 = all })
	return nil
}

// wanted6 reads an address that a request names; without a number it is the next.
func wanted6(c *api.Call, k *card, block netip.Prefix, in *sdk.Ipv6Address) (p cardIP6, err error) {
	p = cardIP6{Desc: val(in.Description), Primary: val(in.Primary)}
	if val(in.Address) == "" {
		return p, nil
	}
	p.IP, err = netip.ParseAddr(*in.Address)
	switch {
	case err != nil || !p.IP.Is6():
		return p, malformed(*in.Address, "Ipv6Addresses")
	case !block.Contains(p.IP):
		return p, outOfRange(*in.Address, "Ipv6Addresses")
	case taken6(c, k.VPC, p.IP):
		return p, badCode(sdk.RESOURCEINUSE_ADDRESS, *in.Address, "Ipv6Addresses")
	}
	return p, nil
}

// position6 finds an IPv6 address of a card.
func (k *card) position6(in *sdk.Ipv6Address) (int, error) {
	a, _ := netip.ParseAddr(val(in.Address))
	i := slices.IndexFunc(k.IPv6, func(p cardIP6) bool { return p.IP == a })
	if i < 0 {
		return 0, notFound(val(in.Address))
	}
	return i, nil
}

func unassignIpv6Addresses(c *api.Call, in *sdk.UnassignIpv6AddressesRequestParams) (*sdk.UnassignIpv6AddressesResponseParams, error) {
	row, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	k := *row
	k.IPv6 = slices.Clone(k.IPv6)
	for _, w := range in.Ipv6Addresses {
		i, err := k.position6(w)
		if err != nil {
			return nil, err
		}
		loosen6(c, c.Now, *in.NetworkInterfaceId, k.IPv6[i].IP)
		k.IPv6 = slices.Delete(k.IPv6, i, i+1)
	}
	cards.edit(c, *in.NetworkInterfaceId, func(row *card) { row.IPv6 = k.IPv6 })
	begin(c, cardTakes)
	return &sdk.UnassignIpv6AddressesResponseParams{}, nil
}

func modifyIpv6AddressesAttribute(c *api.Call, in *sdk.ModifyIpv6AddressesAttributeRequestParams) (*sdk.ModifyIpv6AddressesAttributeResponseParams, error) {
	row, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	k := *row
	k.IPv6 = slices.Clone(k.IPv6)
	for _, w := range in.Ipv6Addresses {
		i, err := k.position6(w)
		if err != nil {
			return nil, err
		}
		k.IPv6[i].Desc = or(w.Description, k.IPv6[i].Desc)
	}
	cards.edit(c, *in.NetworkInterfaceId, func(row *card) { row.IPv6 = k.IPv6 })
	return &sdk.ModifyIpv6AddressesAttributeResponseParams{}, nil
}

// describeVpcIpv6Addresses lists the IPv6 addresses that cards of a network have.
func describeVpcIpv6Addresses(c *api.Call, in *sdk.DescribeVpcIpv6AddressesRequestParams) (*sdk.DescribeVpcIpv6AddressesResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	asked := vals(in.Ipv6Addresses)
	if len(asked) > 10 {
		return nil, malformed(len(asked), "Ipv6Addresses")
	}
	all := []*sdk.VpcIpv6Address{}
	for subnetID, s := range subnets.Where(c.Tx, "vpc", *in.VpcId) {
		if len(s.IPv6) == 0 || or(in.SubnetId, subnetID) != subnetID {
			continue
		}
		for _, k := range cards.Where(c.Tx, "subnet", subnetID) {
			for _, p := range k.IPv6 {
				if len(asked) == 0 || slices.Contains(asked, p.IP.String()) {
					all = append(all, &sdk.VpcIpv6Address{
						Ipv6Address: new(p.IP.String()), CidrBlock: new(s.IPv6[0].String()), Ipv6AddressType: new("ENI"),
						CreatedTime: local(time.Unix(k.Made, 0)),
					})
				}
			}
		}
	}
	page, err := window(all, in.Offset, in.Limit)
	return &sdk.DescribeVpcIpv6AddressesResponseParams{Ipv6AddressSet: page, TotalCount: new(uint64(len(all)))}, err
}
