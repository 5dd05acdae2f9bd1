package vpc

import (
	"fmt"
	"math"
	"net/netip"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
)

// The addresses of subnets. Who has which is told by two tables alone: the network cards, each with its addresses, and the
// leases of everything else. No count is stored: how many are free follows from the rows.

// lease is an address that something other than a network card has. Its id is "vpc/address".
type lease struct {
	VPC, Subnet string
	IP          ip4
	Owner       string // havip-1a2b3c4d
	Type        string // HAVIP, as DescribeUsedIpAddress names it
	Made        int64  // seconds since 1970
}

var leases = state.NewTable("vpc.lease",
	state.By("vpc", func(_ string, l *lease) []string { return []string{l.VPC} }),
	state.By("subnet", func(_ string, l *lease) []string { return []string{l.Subnet} }),
	state.By("owner", func(_ string, l *lease) []string { return []string{l.Owner} }),
)

func leaseID(vpcID string, ip ip4) string { return vpcID + "/" + ip.String() }

// kept is how many addresses of a subnet are the cloud's own: the first two and the last.
const kept = 3

// used counts the addresses of a subnet that something has. The index "subnet" holds a card under its subnet for its
// first address, under "subnet#1" for its second, and so on.
func used(tx *state.Tx, subnetID string) int {
	n := leases.Count(tx, "subnet", subnetID)
	for i := 0; ; i++ {
		more := cards.Count(tx, "subnet", nth(subnetID, i))
		if more == 0 {
			return n
		}
		n += more
	}
}

// nth is the key under which a card stands for its i-th address.
func nth(subnetID string, i int) string {
	if i == 0 {
		return subnetID
	}
	return fmt.Sprintf("%s#%d", subnetID, i)
}

// available counts the addresses of a subnet that nobody has.
func available(tx *state.Tx, subnetID string, s *subnet) int {
	return size(s.CIDR) - kept - used(tx, subnetID)
}

// holder says who has an address of a network: the card's or the lease's owner's id.
func holder(tx *state.Tx, vpcID string, ip ip4) (id string, ok bool) {
	for id, k := range cards.Where(tx, "ip", ip.String()) {
		if k.VPC == vpcID {
			return id, true
		}
	}
	if l, ok := leases.Get(tx, leaseID(vpcID, ip)); ok {
		return l.Owner, true
	}
	return "", false
}

// Vacant is how many addresses of a subnet nobody has; of one that is not there, more than anybody asks for.
func Vacant(tx *state.Tx, subnetID string) int {
	s, ok := subnets.Get(tx, subnetID)
	if !ok {
		return math.MaxInt
	}
	return available(tx, subnetID, s)
}

// HasIPv6 says whether a subnet has a block of IPv6 addresses.
func HasIPv6(tx *state.Tx, subnetID string) bool {
	s, ok := subnets.Get(tx, subnetID)
	return ok && len(s.IPv6) > 0
}

// CheckAddress says by a Reason why nothing new can have an address of a subnet. A subnet that is not there has no
// reasons.
func CheckAddress(tx *state.Tx, subnetID, ip string) error {
	if !subnets.Has(tx, subnetID) {
		return nil
	}
	_, err := claim(tx, subnetID, ip)
	return err
}

// claim finds the address that somebody wants in a subnet, or the next free one for "". It takes nothing:
// the address is taken when a card or a lease with it is put.
func claim(tx *state.Tx, subnetID, want string) (ip4, error) {
	s, _ := subnets.Get(tx, subnetID)
	if want == "" {
		return nextFree(tx, subnetID, s)
	}
	a, err := netip.ParseAddr(want)
	if err != nil || !a.Is4() {
		return 0, AddressMalformed
	}
	if !s.CIDR.Contains(a) {
		return 0, AddressOutside
	}
	ip, base := toIP4(a), toIP4(s.CIDR.Addr())
	if off := int(ip - base); off < 2 || off == size(s.CIDR)-1 {
		return 0, AddressReserved
	}
	if _, taken := holder(tx, s.VPC, ip); taken {
		return 0, AddressTaken
	}
	return ip, nil
}

// nextFree is the first free address behind the newest card's, and from the start again behind the last: addresses come
// in order, and one that was given back is not given out again at once.
func nextFree(tx *state.Tx, subnetID string, s *subnet) (ip4, error) {
	if available(tx, subnetID, s) <= 0 {
		return 0, SubnetFull
	}
	base, n := toIP4(s.CIDR.Addr()), ip4(size(s.CIDR)-kept)
	start := ip4(0)
	for _, k := range cards.WhereNewest(tx, "subnet", subnetID) {
		start = k.IPs[len(k.IPs)-1].IP - base - 1
		break
	}
	for i := range n {
		ip := base + 2 + (start+i)%n
		if _, taken := holder(tx, s.VPC, ip); !taken {
			return ip, nil
		}
	}
	return 0, SubnetFull
}

// rent gives an address to something that is no network card; want is "" for the next free one.
func rent(c *api.Call, subnetID, want, owner, kind string) (ip4, error) {
	ip, err := claim(c.Tx, subnetID, want)
	if err != nil {
		return 0, err
	}
	s, _ := subnets.Get(c.Tx, subnetID)
	leases.Put(c.Tx, leaseID(s.VPC, ip), lease{VPC: s.VPC, Subnet: subnetID, IP: ip, Owner: owner, Type: kind, Made: c.Now.Unix()})
	return ip, nil
}

// occupant names something that has an address in a subnet.
func occupant(c *api.Call, subnetID string) (id string, ok bool) {
	for id := range cards.Where(c.Tx, "subnet", subnetID) {
		return id, true
	}
	for _, l := range leases.Where(c.Tx, "subnet", subnetID) {
		return l.Owner, true
	}
	for id := range gateways.Where(c.Tx, "needs", subnetID) {
		return id, true
	}
	return "", false
}

// tenancies are the ways to find what stands in a network beyond its subnets and route tables.
func tenancies() []func(c *api.Call, vpcID string) (string, bool) {
	return []func(*api.Call, string) (string, bool){
		func(c *api.Call, vpcID string) (string, bool) { return firstOf(c, cards.Table, vpcID) },
		func(c *api.Call, vpcID string) (string, bool) { return firstOf(c, leases, vpcID) },
		func(c *api.Call, vpcID string) (string, bool) { return firstOf(c, gateways.Table, vpcID) },
		func(c *api.Call, vpcID string) (string, bool) { return firstOf(c, acls.Table, vpcID) },
	}
}

// firstOf is the id of any row that a table's index "vpc" holds.
func firstOf[T any](c *api.Call, t *state.Table[T], vpcID string) (id string, ok bool) {
	for id := range t.Where(c.Tx, "vpc", vpcID) {
		return id, true
	}
	return "", false
}
