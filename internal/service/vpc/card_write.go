package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func createNetworkInterface(c *api.Call, in *sdk.CreateNetworkInterfaceRequestParams) (*sdk.CreateNetworkInterfaceResponseParams, error) {
	if val(in.IsRdma) {
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION, "RDMA network interfaces need hardware that is not there.").Zh("不支持 RDMA 网卡。")
	}
	trunking, err := parseTrunking(in.TrunkingFlag)
	if err != nil {
		return nil, err
	}
	id, err := newCard(c, cardSpec{
		vpc: in.VpcId, subnet: in.SubnetId, name: in.NetworkInterfaceName, desc: in.NetworkInterfaceDescription, groups: in.SecurityGroupIds,
		ips: in.PrivateIpAddresses, more: in.SecondaryPrivateIpAddressCount, qos: in.QosLevel, tags: in.Tags, trunking: trunking,
	})
	if err != nil {
		return nil, err
	}
	k, _ := cards.Get(c.Tx, id)
	return &sdk.CreateNetworkInterfaceResponseParams{NetworkInterface: showCard(c, id, k)}, nil
}

// cardSpec is what the two actions that make a card carry alike.
type cardSpec struct {
	vpc, subnet, name, desc, qos *string
	groups                       []*string
	ips                          []*sdk.PrivateIpAddressSpecification
	more                         *uint64
	tags                         []*sdk.Tag
	trunking                     bool
}

// newCard makes a card that is attached to nothing.
func newCard(c *api.Call, spec cardSpec) (id string, err error) {
	if err := checkSubnetOf(c, spec.vpc, spec.subnet); err != nil {
		return "", err
	}
	k := card{
		Name: val(spec.name), Desc: val(spec.desc), VPC: *spec.vpc, Subnet: *spec.subnet, Groups: vals(spec.groups), QoS: val(spec.qos),
		Made: c.Now.Unix(), State: pending, Trunking: spec.trunking,
	}
	if err := k.check(c); err != nil {
		return "", err
	}
	if err := full(c, quota.SecondaryInterfaces, cards.Count(c.Tx, "vpc", k.VPC+"/eni"), 1); err != nil {
		return "", err
	}
	tags, err := checkTags(spec.tags)
	if err != nil {
		return "", err
	}
	id = api.NewID(c, cards.Table, "eni")
	wanted := primaryFirst(spec.ips)
	if err := addIPs(c, id, &k, wanted, val(spec.more)); err != nil {
		return "", err
	}
	cards.setTags(c, id, tags)
	cards.Edit(c.Tx, c.After(cardTakes), id, func(row *card) { row.State = free })
	begin(c, cardTakes)
	return id, nil
}

// check refuses a card's names, level of service and security groups.
func (k *card) check(c *api.Call) error {
	if err := checkName(k.Name, "NetworkInterfaceName", 60); err != nil {
		return err
	}
	if err := checkName(k.Desc, "NetworkInterfaceDescription", 60); err != nil {
		return err
	}
	if err := checkQoS(k.QoS); err != nil {
		return err
	}
	return groupsOr(c, k.Groups)
}

func checkQoS(level string) error {
	if !slices.Contains([]string{"", "PT", "AU", "AG", "DEFAULT"}, level) {
		return bad(level, "QosLevel")
	}
	return nil
}

func parseTrunking(flag *string) (bool, error) {
	switch val(flag) {
	case "Enable":
		return true, nil
	case "", "Disable":
		return false, nil
	}
	return false, bad(*flag, "TrunkingFlag")
}

// primaryFirst is the addresses that a request lists, the primary one in front. When it names none, "" stands there:
// the next free address.
func primaryFirst(in []*sdk.PrivateIpAddressSpecification) []*sdk.PrivateIpAddressSpecification {
	in = slices.DeleteFunc(slices.Clone(in), func(p *sdk.PrivateIpAddressSpecification) bool { return p == nil })
	i := slices.IndexFunc(in, func(p *sdk.PrivateIpAddressSpecification) bool { return val(p.Primary) })
	if i < 0 {
		return slices.Insert(in, 0, &sdk.PrivateIpAddressSpecification{})
	}
	p := in[i]
	return slices.Insert(slices.Delete(in, i, i+1), 0, p)
}

// checkSubnetOf refuses a subnet that is not of the network.
func checkSubnetOf(c *api.Call, vpcID, subnetID *string) error {
	if _, err := networks.find(c, vpcID); err != nil {
		return err
	}
	s, err := subnets.find(c, subnetID)
	if err != nil {
		return err
	}
	if s.VPC != *vpcID {
		return notFound(*subnetID)
	}
	return nil
}

func modifyNetworkInterfaceAttribute(c *api.Call, in *sdk.ModifyNetworkInterfaceAttributeRequestParams) (*sdk.ModifyNetworkInterfaceAttributeResponseParams, error) {
	row, err := cards.find(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	k := *row
	k.Name, k.Desc = or(in.NetworkInterfaceName, k.Name), or(in.NetworkInterfaceDescription, k.Desc)
	if in.SecurityGroupIds != nil {
		k.Groups = vals(in.SecurityGroupIds)
	}
	if in.TrunkingFlag != nil {
		if k.Trunking, err = parseTrunking(in.TrunkingFlag); err != nil {
			return nil, err
		}
	}
	if err := k.check(c); err != nil {
		return nil, err
	}
	cards.edit(c, *in.NetworkInterfaceId, func(row *card) {
		row.Name, row.Desc, row.Groups, row.Trunking = k.Name, k.Desc, k.Groups, k.Trunking
	})
	return &sdk.ModifyNetworkInterfaceAttributeResponseParams{}, nil
}

func modifyNetworkInterfaceQos(c *api.Call, in *sdk.ModifyNetworkInterfaceQosRequestParams) (*sdk.ModifyNetworkInterfaceQosResponseParams, error) {
	if err := cards.each(c, in.NetworkInterfaceIds); err != nil {
		return nil, err
	}
	if err := checkQoS(val(in.QosLevel)); err != nil {
		return nil, err
	}
	for _, id := range vals(in.NetworkInterfaceIds) {
		cards.edit(c, id, func(k *card) { k.QoS = or(in.QosLevel, k.QoS) })
	}
	return &sdk.ModifyNetworkInterfaceQosResponseParams{}, nil
}

func deleteNetworkInterface(c *api.Call, in *sdk.DeleteNetworkInterfaceRequestParams) (*sdk.DeleteNetworkInterfaceResponseParams, error) {
	id := val(in.NetworkInterfaceId)
	k, err := cards.find(c, in.NetworkInterfaceId)
	switch {
	case err != nil:
		return nil, err
	case k.Primary:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, id)
	case k.Instance != "" || k.State != free:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, id)
	}
	for eip := range addresses.Where(c.Tx, "card", id) {
		return nil, inUse(id, eip)
	}
	for by := range gateways.Where(c.Tx, "needs", id) {
		return nil, inUse(id, by)
	}
	cards.edit(c, id, func(k *card) { k.State = deleting })
	forget(c, c.After(cardTakes), id)
	cards.drop(c, c.After(cardTakes), id)
	begin(c, cardTakes)
	return &sdk.DeleteNetworkInterfaceResponseParams{}, nil
}

// associateNetworkInterfaceSecurityGroups adds every group to every card. Primary cards have their instance's groups.
func associateNetworkInterfaceSecurityGroups(c *api.Call, in *sdk.AssociateNetworkInterfaceSecurityGroupsRequestParams) (*sdk.AssociateNetworkInterfaceSecurityGroupsResponseParams, error) {
	err := regroup(c, in.NetworkInterfaceIds, in.SecurityGroupIds, func(have, given []string) []string {
		for _, g := range given {
			if !slices.Contains(have, g) {
				have = append(have, g)
			}
		}
		return have
	})
	return &sdk.AssociateNetworkInterfaceSecurityGroupsResponseParams{}, err
}

func disassociateNetworkInterfaceSecurityGroups(c *api.Call, in *sdk.DisassociateNetworkInterfaceSecurityGroupsRequestParams) (*sdk.DisassociateNetworkInterfaceSecurityGroupsResponseParams, error) {
	err := regroup(c, in.NetworkInterfaceIds, in.SecurityGroupIds, func(have, given []string) []string {
		return slices.DeleteFunc(have, func(g string) bool { return slices.Contains(given, g) })
	})
	return &sdk.DisassociateNetworkInterfaceSecurityGroupsResponseParams{}, err
}

func regroup(c *api.Call, ids, groupIDs []*string, change func(have, given []string) []string) error {
	if len(ids) > 100 || len(groupIDs) > 100 {
		return badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(ids), "NetworkInterfaceIds")
	}
	if err := groups.each(c, groupIDs); err != nil {
		return err
	}
	for _, id := range ids {
		k, err := cards.find(c, id)
		if err != nil {
			return err
		}
		if k.Primary {
			return unsupported(sdk.UNSUPPORTEDOPERATION, *id)
		}
		now := change(slices.Clone(k.Groups), vals(groupIDs))
		if err := groupsOr(c, now); err != nil {
			return err
		}
		cards.edit(c, *id, func(k *card) { k.Groups = now })
	}
	return nil
}
