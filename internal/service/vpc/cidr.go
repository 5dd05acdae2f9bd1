package vpc

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// ip4 is an IPv4 address as a number, the form in which rows of which there are many keep one.
type ip4 uint32

func toIP4(a netip.Addr) ip4 {
	b := a.As4()
	return ip4(binary.BigEndian.Uint32(b[:]))
}

// Addr is the address in the form that reads and prints itself.
func (ip ip4) Addr() netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(ip))
	return netip.AddrFrom4(b)
}

// String is the address with dots.
func (ip ip4) String() string { return ip.Addr().String() }

// parseIP4 reads an address with dots.
func parseIP4(s, field string) (ip4, error) {
	a, err := netip.ParseAddr(s)
	if err != nil || !a.Is4() {
		return 0, malformed(s, field)
	}
	return toIP4(a), nil
}

// parseCIDR reads a block of IPv4 addresses, whose address must be the block's first.
func parseCIDR(s, field string) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(s)
	if err != nil || !p.Addr().Is4() || p != p.Masked() {
		return netip.Prefix{}, malformed(s, field)
	}
	return p, nil
}

// parseCIDRs reads blocks of which none may come twice.
func parseCIDRs(in []*string, field string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range vals(in) {
		p, err := parseCIDR(s, field)
		if err != nil {
			return nil, err
		}
		if slices.Contains(out, p) {
			return nil, duplicate(s, field)
		}
		out = append(out, p)
	}
	return out, nil
}

// within says that block lies inside one of several.
func within(block netip.Prefix, in []netip.Prefix) bool {
	return slices.ContainsFunc(in, func(p netip.Prefix) bool { return p.Bits() <= block.Bits() && p.Contains(block.Addr()) })
}

// private says that a network may have the block as its own: in one of the three private ranges,
// of 16 to 1,048,576 addresses, or 65,536 in the smallest range. Simulated: older documents allow no more of the first
// than 10.0.0.0/12; clients are seen to make 10.20.0.0/16.
func private(p netip.Prefix) bool {
	if p.Bits() < 12 || p.Bits() > 28 {
		return false
	}
	return within(p, []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	})
}

// size is how many addresses a block of IPv4 has.
func size(p netip.Prefix) int { return 1 << (32 - p.Bits()) }

// parseCIDR6 reads a block of IPv6 addresses.
func parseCIDR6(s, field string) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(s)
	if err != nil || !p.Addr().Is6() || p != p.Masked() {
		return netip.Prefix{}, malformed(s, field)
	}
	return p, nil
}
