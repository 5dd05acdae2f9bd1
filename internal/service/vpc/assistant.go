package vpc

import (
	"net/netip"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// Assistant CIDRs are the blocks that a network has besides its own.

func showAssistants(c *api.Call, vpcID string, blocks []netip.Prefix) []*sdk.AssistantCidr {
	return show(blocks, func(p *netip.Prefix) *sdk.AssistantCidr {
		set := []*sdk.Subnet{}
		for id, s := range subnets.Where(c.Tx, "vpc", vpcID) {
			if p.Overlaps(s.CIDR) {
				set = append(set, showSubnet(c, id, s))
			}
		}
		return &sdk.AssistantCidr{VpcId: &vpcID, CidrBlock: new(p.String()), AssistantType: new(int64(0)), SubnetSet: set}
	})
}

func createAssistantCidr(c *api.Call, in *sdk.CreateAssistantCidrRequestParams) (*sdk.CreateAssistantCidrResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	added, err := addAssistants(c, *in.VpcId, in.CidrBlocks, "CidrBlocks")
	if err != nil {
		return nil, err
	}
	return &sdk.CreateAssistantCidrResponseParams{AssistantCidrSet: showAssistants(c, *in.VpcId, added)}, nil
}

// modifyAssistantCidr takes blocks away first, so that new ones may lie in their place.
func modifyAssistantCidr(c *api.Call, in *sdk.ModifyAssistantCidrRequestParams) (*sdk.ModifyAssistantCidrResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	if err := removeAssistants(c, *in.VpcId, in.OldCidrBlocks, "OldCidrBlocks"); err != nil {
		return nil, err
	}
	added, err := addAssistants(c, *in.VpcId, in.NewCidrBlocks, "NewCidrBlocks")
	if err != nil {
		return nil, err
	}
	return &sdk.ModifyAssistantCidrResponseParams{AssistantCidrSet: showAssistants(c, *in.VpcId, added)}, nil
}

func deleteAssistantCidr(c *api.Call, in *sdk.DeleteAssistantCidrRequestParams) (*sdk.DeleteAssistantCidrResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	return &sdk.DeleteAssistantCidrResponseParams{}, removeAssistants(c, *in.VpcId, in.CidrBlocks, "CidrBlocks")
}

func addAssistants(c *api.Call, vpcID string, in []*string, field string) ([]netip.Prefix, error) {
	blocks, err := parseCIDRs(in, field)
	if err != nil {
		return nil, err
	}
	n, _ := networks.Get(c.Tx, vpcID)
	if err := full(c, quota.AssistantCIDRs, len(n.Assistants), len(blocks)); err != nil {
		return nil, err
	}
	for i, p := range blocks {
		others := slices.Concat(n.Assistants, blocks[:i])
		at := slices.IndexFunc(others, p.Overlaps)
		r, routed := routeTo(c, vpcID, p)
		switch {
		case p.Overlaps(n.CIDR):
			return nil, conflict(sdk.INVALIDPARAMETERVALUE_VPCCIDRCONFLICT, p, n.CIDR)
		case at >= 0:
			return nil, conflict(sdk.INVALIDPARAMETERVALUE_SUBNETOVERLAPASSISTCIDR, p, others[at])
		case routed:
			return nil, conflict(sdk.INVALIDPARAMETERVALUE_VPCCIDROVERLAPROUTE, p, r)
		}
	}
	networks.edit(c, vpcID, func(n *network) { n.Assistants = slices.Concat(n.Assistants, blocks) })
	return blocks, nil
}

func removeAssistants(c *api.Call, vpcID string, in []*string, field string) error {
	blocks, err := parseCIDRs(in, field)
	if err != nil {
		return err
	}
	n, _ := networks.Get(c.Tx, vpcID)
	for _, p := range blocks {
		if !slices.Contains(n.Assistants, p) {
			return notFound(p.String())
		}
		for id, s := range subnets.Where(c.Tx, "vpc", vpcID) {
			if p.Overlaps(s.CIDR) {
				return inUse(p.String(), id)
			}
		}
	}
	gone := func(p netip.Prefix) bool { return slices.Contains(blocks, p) }
	networks.edit(c, vpcID, func(n *network) { n.Assistants = slices.DeleteFunc(slices.Clone(n.Assistants), gone) })
	return nil
}

// checkAssistantCidr tells what new blocks would conflict with: the network's blocks, and routes to the same block.
func checkAssistantCidr(c *api.Call, in *sdk.CheckAssistantCidrRequestParams) (*sdk.CheckAssistantCidrResponseParams, error) {
	n, err := networks.find(c, in.VpcId)
	if err != nil {
		return nil, err
	}
	wanted, err := parseCIDRs(in.NewCidrBlocks, "NewCidrBlocks")
	if err != nil {
		return nil, err
	}
	gone, err := parseCIDRs(in.OldCidrBlocks, "OldCidrBlocks")
	if err != nil {
		return nil, err
	}
	set := []*sdk.ConflictSource{}
	for _, p := range wanted {
		var items []*sdk.ConflictItem
		for _, b := range n.blocks() {
			if p.Overlaps(b) && !slices.Contains(gone, b) {
				items = append(items, &sdk.ConflictItem{ConfilctId: in.VpcId, ConflictId: in.VpcId, DestinationItem: new(b.String())})
			}
		}
		if len(items) > 0 {
			set = append(set, &sdk.ConflictSource{ConflictSourceId: in.VpcId, SourceItem: new(p.String()), ConflictItemSet: items})
		}
	}
	return &sdk.CheckAssistantCidrResponseParams{ConflictSourceSet: set}, nil
}

// describeAssistantCidr pages over networks, of each of which it shows every block.
func describeAssistantCidr(c *api.Call, in *sdk.DescribeAssistantCidrRequestParams) (*sdk.DescribeAssistantCidrResponseParams, error) {
	q := networkQuery
	q.Fields = map[string]api.Field[network]{"vpc-id": self[network]()}
	q.Hidden = func(_ *api.Call, _ string, n *network) bool { return len(n.Assistants) == 0 }
	hits, total, err := networks.page(c, &q, api.Ask{IDs: in.VpcIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	set := []*sdk.AssistantCidr{}
	for _, h := range hits {
		set = append(set, showAssistants(c, h.ID, h.Row.Assistants)...)
	}
	return &sdk.DescribeAssistantCidrResponseParams{AssistantCidrSet: set, TotalCount: new(uint64(total))}, nil
}
