package vpc

import (
	"net/netip"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// subnet is a part of a network, in one zone.
type subnet struct {
	Name, VPC, Zone string
	CIDR            netip.Prefix
	IPv6            []block6 // none or one
	Table           string   // its route table
	ACL             string
	Default         bool
	Broadcast       bool
	Created         time.Time
}

var subnets = resource[subnet]{
	Table: state.NewTable("vpc.subnet",
		state.By("vpc", func(_ string, s *subnet) []string { return []string{s.VPC} }),
		state.By("table", func(_ string, s *subnet) []string { return []string{s.Table} }),
		state.By("acl", func(_ string, s *subnet) []string { return present(s.ACL) }),
	),
	prefix: "subnet", field: "SubnetId", filter: "subnet-id", tags: tag.Resource{Service: "vpc", Prefix: "subnet"},
}

var subnetQuery = api.Query[subnet]{
	Table: subnets.Table,
	Fields: map[string]api.Field[subnet]{
		"subnet-id":          self[subnet](),
		"vpc-id":             indexed("vpc", func(s *subnet) string { return s.VPC }),
		"cidr-block":         text(func(s *subnet) string { return s.CIDR.String() }),
		"is-default":         yesNo(func(s *subnet) bool { return s.Default }),
		"is-remote-vpc-snat": yesNo(func(*subnet) bool { return false }),
		"subnet-name":        fuzzy(func(s *subnet) string { return s.Name }),
		"zone":               text(func(s *subnet) string { return s.Zone }),
		"cdc-id":             text(func(*subnet) string { return "" }),
		"is-cdc-subnet":      text(func(*subnet) string { return "0" }),
		"ipv6-cidr-block":    text(func(s *subnet) string { return first(s.IPv6).String() }),
		"isp-type":           text(func(s *subnet) string { return first(s.IPv6).ISP }),
		"address-type":       text(func(s *subnet) string { return first(s.IPv6).Type }),
	},
	Tags:  subnets.tagsOf,
	Rules: rules(),
}

// describeSubnets pages by Offset and Limit, or by MaxResults and NextToken, which counts the subnets passed.
func describeSubnets(c *api.Call, in *sdk.DescribeSubnetsRequestParams) (*sdk.DescribeSubnetsResponseParams, error) {
	ask := api.Ask{IDs: in.SubnetIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}
	if in.MaxResults != nil {
		ask.Offset, ask.Limit = in.NextToken, in.MaxResults
	}
	hits, total, err := subnets.page(c, &subnetQuery, ask)
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeSubnetsResponseParams{
		TotalCount: new(uint64(total)),
		SubnetSet:  show(hits, func(h *api.Hit[subnet]) *sdk.Subnet { return showSubnet(c, h.ID, h.Row) }),
		NextToken:  nextToken(in.MaxResults, in.NextToken, len(hits), total),
	}, nil
}

func showSubnet(c *api.Call, id string, s *subnet) *sdk.Subnet {
	return &sdk.Subnet{
		VpcId: &s.VPC, SubnetId: &id, SubnetName: &s.Name, CidrBlock: new(s.CIDR.String()), IsDefault: &s.Default,
		EnableBroadcast: &s.Broadcast, Zone: &s.Zone, RouteTableId: &s.Table, CreatedTime: local(s.Created),
		AvailableIpAddressCount: new(uint64(available(c.Tx, id, s))), Ipv6CidrBlock: new(first(s.IPv6).String()),
		NetworkAclId: &s.ACL, IsRemoteVpcSnat: new(false), TotalIpAddressCount: new(uint64(size(s.CIDR))),
		TagSet: subnets.tagSet(c, id), CdcId: new(""), IsCdcSubnet: new(int64(0)),
	}
}

func createSubnet(c *api.Call, in *sdk.CreateSubnetRequestParams) (*sdk.CreateSubnetResponseParams, error) {
	made, err := addSubnets(c, in.VpcId, in.CdcId, in.Tags, &sdk.SubnetInput{CidrBlock: in.CidrBlock, SubnetName: in.SubnetName, Zone: in.Zone})
	if err != nil {
		return nil, err
	}
	return &sdk.CreateSubnetResponseParams{Subnet: made[0]}, nil
}

func createSubnets(c *api.Call, in *sdk.CreateSubnetsRequestParams) (*sdk.CreateSubnetsResponseParams, error) {
	made, err := addSubnets(c, in.VpcId, in.CdcId, in.Tags, in.Subnets...)
	if err != nil {
		return nil, err
	}
	return &sdk.CreateSubnetsResponseParams{SubnetSet: made}, nil
}

// addSubnets makes subnets in a network, each checked against those before it.
func addSubnets(c *api.Call, vpcID, cdcID *string, tagged []*sdk.Tag, wanted ...*sdk.SubnetInput) (made []*sdk.Subnet, err error) {
	if _, err := networks.find(c, vpcID); err != nil {
		return nil, err
	}
	if val(cdcID) != "" {
		return nil, notFound(*cdcID)
	}
	tags, err := checkTags(tagged)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.Subnets, subnets.Count(c.Tx, "vpc", *vpcID), len(wanted)); err != nil {
		return nil, err
	}
	for _, w := range wanted {
		s, err := newSubnet(c, *vpcID, w)
		if err != nil {
			return nil, err
		}
		id := api.NewID(c, subnets.Table, "subnet")
		subnets.Put(c.Tx, id, s)
		subnets.setTags(c, id, tags)
		made = append(made, showSubnet(c, id, &s))
	}
	return made, nil
}

func newSubnet(c *api.Call, vpcID string, w *sdk.SubnetInput) (s subnet, err error) {
	s = subnet{Name: val(w.SubnetName), VPC: vpcID, Zone: val(w.Zone), Table: mainTable(c, vpcID), Created: c.Now}
	if err := checkName(s.Name, "SubnetName", 60); err != nil {
		return s, err
	}
	if s.CIDR, err = parseCIDR(val(w.CidrBlock), "CidrBlock"); err != nil {
		return s, err
	}
	if err := checkZone(c, s.Zone, "Zone"); err != nil {
		return s, err
	}
	if val(w.RouteTableId) != "" {
		t, err := tables.find(c, w.RouteTableId)
		if err != nil {
			return s, err
		}
		if t.VPC != vpcID {
			return s, unsupported(sdk.UNSUPPORTEDOPERATION_VPCMISMATCH, *w.RouteTableId)
		}
		s.Table = *w.RouteTableId
	}
	return s, fits(c, vpcID, s.CIDR)
}

// fits refuses a block that a subnet of the network cannot have: it is of 16 to 65,536 addresses.
func fits(c *api.Call, vpcID string, cidr netip.Prefix) error {
	n, _ := networks.Get(c.Tx, vpcID)
	if cidr.Bits() < 16 || cidr.Bits() > 28 || !within(cidr, n.blocks()) {
		return conflict(sdk.INVALIDPARAMETERVALUE_SUBNETRANGE, cidr, n.CIDR)
	}
	for _, other := range subnets.Where(c.Tx, "vpc", vpcID) {
		if other.CIDR.Overlaps(cidr) {
			return conflict(sdk.INVALIDPARAMETERVALUE_SUBNETCONFLICT, cidr, other.CIDR)
		}
	}
	if r, ok := routeTo(c, vpcID, cidr); ok {
		return conflict(sdk.INVALIDPARAMETERVALUE_SUBNETOVERLAPROUTE, cidr, r)
	}
	return nil
}

// checkZone refuses a zone that is not of the call's region.
func checkZone(c *api.Call, name, field string) error {
	z, ok := region.FindZone(name)
	switch {
	case !ok:
		return malformed(name, field)
	case z.Region != c.Region:
		return conflict(sdk.INVALIDPARAMETERVALUE_ZONECONFLICT, name, c.Region)
	}
	return nil
}

func modifySubnetAttribute(c *api.Call, in *sdk.ModifySubnetAttributeRequestParams) (*sdk.ModifySubnetAttributeResponseParams, error) {
	if _, err := subnets.find(c, in.SubnetId); err != nil {
		return nil, err
	}
	if err := checkName(val(in.SubnetName), "SubnetName", 60); err != nil {
		return nil, err
	}
	broadcast, err := truth(in.EnableBroadcast, "EnableBroadcast")
	if err != nil {
		return nil, err
	}
	subnets.edit(c, *in.SubnetId, func(s *subnet) {
		s.Name = or(in.SubnetName, s.Name)
		if in.EnableBroadcast != nil {
			s.Broadcast = broadcast
		}
	})
	return &sdk.ModifySubnetAttributeResponseParams{}, nil
}

func deleteSubnet(c *api.Call, in *sdk.DeleteSubnetRequestParams) (*sdk.DeleteSubnetResponseParams, error) {
	if _, err := subnets.find(c, in.SubnetId); err != nil {
		return nil, err
	}
	if by, ok := occupant(c, *in.SubnetId); ok {
		return nil, inUse(*in.SubnetId, by)
	}
	subnets.drop(c, c.Now, *in.SubnetId)
	return &sdk.DeleteSubnetResponseParams{}, nil
}
