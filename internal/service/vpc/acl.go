package vpc

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// acl is a network ACL: rules that hold for the subnets tied to it. Three-tuple rules look at one side of the traffic,
// five-tuple rules at both.
type acl struct {
	Name, VPC, Kind string
	Made            time.Time
	In, Out         []aclRule
}

// aclRule is one rule. Of a three-tuple one, From and FromPort are empty where To is the peer.
type aclRule struct {
	ID, Protocol, Action, Desc string
	To, ToPort, From, FromPort string
	To6, From6                 string
	Priority                   int
	Changed                    time.Time
}

// The kinds of ACLs.
const (
	triple    = "TRIPLE"
	quintuple = "QUINTUPLE"
)

var acls = resource[acl]{
	Table:  state.NewTable("vpc.network-acl", state.By("vpc", func(_ string, a *acl) []string { return []string{a.VPC} })),
	prefix: "acl", field: "NetworkAclId", filter: "network-acl-id", tags: tag.Resource{Service: "vpc", Prefix: "acl"},
}

var aclQuery = api.Query[acl]{
	Table: acls.Table,
	Fields: map[string]api.Field[acl]{
		"network-acl-id":   self[acl](),
		"network-acl-name": fuzzy(func(a *acl) string { return a.Name }),
		"vpc-id":           indexed("vpc", func(a *acl) string { return a.VPC }),
	},
	Tags:  acls.tagsOf,
	Rules: rules(),
}

func describeNetworkAcls(c *api.Call, in *sdk.DescribeNetworkAclsRequestParams) (*sdk.DescribeNetworkAclsResponseParams, error) {
	q := aclQuery
	q.Newest = val(in.OrderField) == "CreatedTime" && val(in.OrderDirection) == "DESC"
	hits, total, err := acls.page(c, &q, api.Ask{IDs: in.NetworkAclIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeNetworkAclsResponseParams{
		TotalCount:    new(uint64(total)),
		NetworkAclSet: show(hits, func(h *api.Hit[acl]) *sdk.NetworkAcl { return showACL(c, h.ID, h.Row) }),
	}, nil
}

func showACL(c *api.Call, id string, a *acl) *sdk.NetworkAcl {
	set := []*sdk.Subnet{}
	for subnetID, s := range subnets.Where(c.Tx, "acl", id) {
		set = append(set, showSubnet(c, subnetID, s))
	}
	out := &sdk.NetworkAcl{
		VpcId: &a.VPC, NetworkAclId: &id, NetworkAclName: &a.Name, CreatedTime: local(a.Made), SubnetSet: set, NetworkAclType: &a.Kind,
		TagSet: acls.tagSet(c, id), IngressEntries: []*sdk.NetworkAclEntry{}, EgressEntries: []*sdk.NetworkAclEntry{},
	}
	if a.Kind == triple {
		out.IngressEntries, out.EgressEntries = show(a.In, showACLRule), show(a.Out, showACLRule)
	}
	return out
}

// showACLRule writes words as the cloud answers them, whatever was sent: all, tcp, Accept, Drop. Terraform takes `all Drop`
// for no rules, and nothing else.
func showACLRule(r *aclRule) *sdk.NetworkAclEntry {
	out := &sdk.NetworkAclEntry{
		Protocol: new(strings.ToLower(r.Protocol)), Port: &r.ToPort, CidrBlock: &r.To, Ipv6CidrBlock: &r.To6,
		Action: new(r.Action[:1] + strings.ToLower(r.Action[1:])), Description: &r.Desc,
		ModifyTime: local(r.Changed), Priority: new(int64(r.Priority)), NetworkAclIpv4EntryId: &r.ID, NetworkAclIpv6EntryId: new(""),
	}
	if r.To6 != "" {
		out.NetworkAclIpv4EntryId, out.NetworkAclIpv6EntryId = out.NetworkAclIpv6EntryId, out.NetworkAclIpv4EntryId
	}
	return out
}

func createNetworkAcl(c *api.Call, in *sdk.CreateNetworkAclRequestParams) (*sdk.CreateNetworkAclResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	a := acl{Name: *in.NetworkAclName, VPC: *in.VpcId, Kind: or(in.NetworkAclType, triple), Made: c.Now}
	if err := checkName(a.Name, "NetworkAclName", 60); err != nil {
		return nil, err
	}
	if a.Kind != triple && a.Kind != quintuple {
		return nil, bad(a.Kind, "NetworkAclType")
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.NetworkACLs, acls.Count(c.Tx, "vpc", a.VPC), 1); err != nil {
		return nil, err
	}
	id := api.NewID(c, acls.Table, "acl")
	acls.Put(c.Tx, id, a)
	acls.setTags(c, id, tags)
	return &sdk.CreateNetworkAclResponseParams{NetworkAcl: showACL(c, id, &a)}, nil
}

func modifyNetworkAclAttribute(c *api.Call, in *sdk.ModifyNetworkAclAttributeRequestParams) (*sdk.ModifyNetworkAclAttributeResponseParams, error) {
	if _, err := acls.find(c, in.NetworkAclId); err != nil {
		return nil, err
	}
	if err := checkName(*in.NetworkAclName, "NetworkAclName", 60); err != nil {
		return nil, err
	}
	acls.edit(c, *in.NetworkAclId, func(a *acl) { a.Name = *in.NetworkAclName })
	return &sdk.ModifyNetworkAclAttributeResponseParams{}, nil
}

func deleteNetworkAcl(c *api.Call, in *sdk.DeleteNetworkAclRequestParams) (*sdk.DeleteNetworkAclResponseParams, error) {
	if _, err := acls.find(c, in.NetworkAclId); err != nil {
		return nil, err
	}
	for by := range subnets.Where(c.Tx, "acl", *in.NetworkAclId) {
		return nil, inUse(*in.NetworkAclId, by)
	}
	acls.drop(c, c.Now, *in.NetworkAclId)
	return &sdk.DeleteNetworkAclResponseParams{}, nil
}

func associateNetworkAclSubnets(c *api.Call, in *sdk.AssociateNetworkAclSubnetsRequestParams) (*sdk.AssociateNetworkAclSubnetsResponseParams, error) {
	return &sdk.AssociateNetworkAclSubnetsResponseParams{}, tieACL(c, in.NetworkAclId, in.SubnetIds, val(in.NetworkAclId))
}

func disassociateNetworkAclSubnets(c *api.Call, in *sdk.DisassociateNetworkAclSubnetsRequestParams) (*sdk.DisassociateNetworkAclSubnetsResponseParams, error) {
	return &sdk.DisassociateNetworkAclSubnetsResponseParams{}, tieACL(c, in.NetworkAclId, in.SubnetIds, "")
}

// tieACL ties subnets of an ACL's network to it, in place of another, or unties those that are.
func tieACL(c *api.Call, id *string, subnetIDs []*string, to string) error {
	a, err := acls.find(c, id)
	if err != nil {
		return err
	}
	for _, subnetID := range subnetIDs {
		s, err := subnets.find(c, subnetID)
		if err != nil {
			return err
		}
		if s.VPC != a.VPC {
			return unsupported(sdk.UNSUPPORTEDOPERATION_VPCMISMATCH, *subnetID)
		}
		if to == "" && s.ACL != *id {
			continue
		}
		subnets.edit(c, *subnetID, func(s *subnet) { s.ACL = to })
	}
	return nil
}

// check refuses a rule that cannot be, and writes its words in the one case in which rules are compared.
func (r *aclRule) check() error {
	r.Protocol, r.Action = strings.ToUpper(orText(r.Protocol, everything)), strings.ToUpper(r.Action)
	switch {
	case !slices.Contains([]string{"TCP", "UDP", "ICMP", "ICMPV6", everything}, r.Protocol):
		return bad(r.Protocol, "Protocol")
	case r.Action != "ACCEPT" && r.Action != "DROP":
		return bad(r.Action, "Action")
	}
	if err := checkName(r.Desc, "Description", 100); err != nil {
		return err
	}
	for _, port := range []*string{&r.ToPort, &r.FromPort} {
		*port = strings.ToUpper(orText(*port, everything))
		if *port == everything {
			continue
		}
		if r.Protocol != "TCP" && r.Protocol != "UDP" {
			return bad(*port, "Port")
		}
		if err := checkPorts(*port, "Port"); err != nil {
			return err
		}
	}
	return r.checkBlocks()
}

func (r *aclRule) checkBlocks() error {
	for _, block := range present(r.To, r.From, r.To6, r.From6) {
		_, err := netip.ParsePrefix(block)
		if _, err2 := netip.ParseAddr(block); err != nil && err2 != nil {
			return malformed(block, "CidrBlock")
		}
	}
	if r.To == "" && r.To6 == "" && r.From == "" && r.From6 == "" {
		r.To = "0.0.0.0/0"
	}
	return nil
}
