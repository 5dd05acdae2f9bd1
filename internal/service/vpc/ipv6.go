package vpc

import (
	"net/netip"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
)

// gua is the type of an IPv6 block that the whole world can reach; the other is ULA.
const gua = "GUA"

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
		Address: new(p.IP.String()), Primary: new(false), AddressId: new(""), Description: &p.Desc, IsWanIpBlocked: new(true),
		State: new(free), PublicIpAddress: new(""), AddressType: new(gua),
	}
}
