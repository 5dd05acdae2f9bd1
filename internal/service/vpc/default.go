package vpc

import (
	"net/netip"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Placement is where an instance stands.
type Placement struct{ VPC, Subnet string }

// Place finds where a new instance shall stand. Two empty ids, or two times DEFAULT, mean the default VPC and its subnet in
// the zone, which are made when they are not there. The error is a Reason.
func Place(c *api.Call, zone, vpcID, subnetID string) (Placement, error) {
	if (vpcID == "" || vpcID == "DEFAULT") && (subnetID == "" || subnetID == "DEFAULT") {
		return defaultPlace(c, zone)
	}
	if !wellFormed("vpc", vpcID) {
		return Placement{}, VPCMalformed
	}
	if !wellFormed("subnet", subnetID) {
		return Placement{}, SubnetMalformed
	}
	if !networks.Has(c.Tx, vpcID) {
		return Placement{}, VPCMissing
	}
	s, ok := subnets.Get(c.Tx, subnetID)
	switch {
	case !ok:
		return Placement{}, SubnetMissing
	case s.VPC != vpcID:
		return Placement{}, SubnetElsewhere
	case s.Zone != zone:
		return Placement{}, ZoneElsewhere
	}
	return Placement{VPC: vpcID, Subnet: subnetID}, nil
}

func defaultPlace(c *api.Call, zone string) (Placement, error) {
	vpcID := defaultNetwork(c)
	for id, s := range subnets.Where(c.Tx, "vpc", vpcID) {
		if s.Default && s.Zone == zone {
			return Placement{VPC: vpcID, Subnet: id}, nil
		}
	}
	cidr, ok := spare(c, vpcID)
	if !ok {
		return Placement{}, DefaultFull
	}
	id := api.NewID(c, subnets.Table, "subnet")
	subnets.Put(c.Tx, id, subnet{
		Name: "Default-Subnet", VPC: vpcID, Zone: zone, CIDR: cidr, Table: mainTable(c, vpcID), Default: true, Created: c.Now,
	})
	return Placement{VPC: vpcID, Subnet: id}, nil
}

// defaultNetwork is the default VPC, made when it is not there.
func defaultNetwork(c *api.Call) string {
	for id := range networks.Where(c.Tx, "default", "true") {
		return id
	}
	n := network{Name: "Default-VPC", CIDR: netip.MustParsePrefix("172.16.0.0/16"), Default: true}
	return n.put(c)
}

// spare is the first block of 4096 addresses of a network in which no subnet lies.
func spare(c *api.Call, vpcID string) (netip.Prefix, bool) {
	n, _ := networks.Get(c.Tx, vpcID)
	base := toIP4(n.CIDR.Addr())
	for off := ip4(0); int(off) < size(n.CIDR); off += 4096 {
		p := netip.PrefixFrom((base + off).Addr(), 20)
		if fits(c, vpcID, p) == nil {
			return p, true
		}
	}
	return netip.Prefix{}, false
}

// createDefaultVpc gives the default VPC and a default subnet of it, made when they are not there.
func createDefaultVpc(c *api.Call, in *sdk.CreateDefaultVpcRequestParams) (*sdk.CreateDefaultVpcResponseParams, error) {
	zone := val(in.Zone)
	if zone == "" {
		zone = firstZone(c.Region)
	}
	if err := checkZone(c, zone, "Zone"); err != nil {
		return nil, notFound(zone)
	}
	at, err := defaultPlace(c, zone)
	if err != nil {
		return nil, tcerr.New(sdk.RESOURCEINSUFFICIENT_CIDRBLOCK, "The default VPC has no CIDR block left.").Zh("默认私有网络网段资源不足。")
	}
	n, _ := networks.Get(c.Tx, at.VPC)
	s, _ := subnets.Get(c.Tx, at.Subnet)
	return &sdk.CreateDefaultVpcResponseParams{Vpc: &sdk.DefaultVpcSubnet{
		VpcId: &at.VPC, SubnetId: &at.Subnet, VpcName: &n.Name, SubnetName: &s.Name, CidrBlock: new(s.CIDR.String()),
	}}, nil
}

// checkDefaultSubnet says whether a default subnet can be made in a zone: none is there, and there is room for it.
func checkDefaultSubnet(c *api.Call, in *sdk.CheckDefaultSubnetRequestParams) (*sdk.CheckDefaultSubnetResponseParams, error) {
	zone := val(in.Zone)
	if err := checkZone(c, zone, "Zone"); err != nil {
		return nil, notFound(zone)
	}
	can := true
	for vpcID := range networks.Where(c.Tx, "default", "true") {
		_, can = spare(c, vpcID)
		for _, s := range subnets.Where(c.Tx, "vpc", vpcID) {
			can = can && !(s.Default && s.Zone == zone)
		}
	}
	return &sdk.CheckDefaultSubnetResponseParams{Result: &can}, nil
}

// firstZone is the first zone of a region in which something can be bought.
func firstZone(name string) string {
	if r, ok := region.Find(name); ok {
		for _, z := range r.Zones() {
			if z.Available() {
				return z.Name
			}
		}
	}
	return ""
}
