package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// describeUsedIpAddress tells which addresses of a network or subnet something has. Limit is 1–100, default 20.
func describeUsedIpAddress(c *api.Call, in *sdk.DescribeUsedIpAddressRequestParams) (*sdk.DescribeUsedIpAddressResponseParams, error) {
	if !wellFormed("vpc", *in.VpcId) {
		return nil, malformed(*in.VpcId, "VpcId")
	}
	if in.SubnetId != nil && !wellFormed("subnet", *in.SubnetId) {
		return nil, malformed(*in.SubnetId, "SubnetId")
	}
	if len(in.IpAddresses) > 100 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_PARAMETERMISMATCH, len(in.IpAddresses), "IpAddresses")
	}
	asked := vals(in.IpAddresses)
	var owners []string
	for _, f := range filters(in.Filters) {
		switch {
		case len(asked) > 0:
			return nil, coexist("IpAddresses", "Filters")
		case f.Name == "ip-addresses":
			asked = f.Values
		case f.Name == "resource-id":
			owners = append(owners, f.Values...)
		default:
			return nil, badCode(sdk.INVALIDPARAMETER_FILTERINVALIDKEY, f.Name, "Filters")
		}
	}
	all, err := usedBy(c, *in.VpcId, val(in.SubnetId), asked)
	if err != nil {
		return nil, err
	}
	if len(owners) > 0 {
		all = slices.DeleteFunc(all, func(h holding) bool { return !slices.Contains(owners, h.owner) })
	}
	page, err := window(all, in.Offset, in.Limit)
	return &sdk.DescribeUsedIpAddressResponseParams{
		TotalCount: new(uint64(len(all))),
		IpAddressStates: show(page, func(h *holding) *sdk.IpAddressStates {
			return &sdk.IpAddressStates{
				VpcId: in.VpcId, SubnetId: &h.subnet, IpAddress: new(h.ip.String()), ResourceType: &h.kind, ResourceId: &h.owner,
			}
		}),
	}, err
}

// holding is an address that something has.
type holding struct {
	subnet      string
	ip          ip4
	kind, owner string
	made        int64 // seconds since 1970
}

// usedBy is who has which address: of the asked ones, or of all. subnetID may be empty.
func usedBy(c *api.Call, vpcID, subnetID string, asked []string) (all []holding, err error) {
	add := func(h holding) {
		if subnetID == "" || h.subnet == subnetID {
			all = append(all, h)
		}
	}
	for _, s := range asked {
		ip, err := parseIP4(s, "IpAddresses")
		if err != nil {
			return nil, err
		}
		for id, k := range cards.Where(c.Tx, "ip", s) {
			if k.VPC == vpcID {
				add(k.holding(id, ip))
			}
		}
		if l, ok := leases.Get(c.Tx, leaseID(vpcID, ip)); ok {
			add(l.holding())
		}
	}
	if len(asked) > 0 {
		return all, nil
	}
	index, key := "vpc", vpcID
	if subnetID != "" {
		index, key = "subnet", subnetID
	}
	for id, k := range cards.Where(c.Tx, index, key) {
		for _, p := range k.IPs {
			add(k.holding(id, p.IP))
		}
	}
	for _, l := range leases.Where(c.Tx, index, key) {
		add(l.holding())
	}
	return all, nil
}

// holding of a card's address names the instance that the card is attached to, else the card.
func (k *card) holding(id string, ip ip4) holding {
	if k.Instance != "" {
		return holding{k.Subnet, ip, "CVM", k.Instance, k.Made}
	}
	return holding{k.Subnet, ip, "ENI", id, k.Made}
}

func (l *lease) holding() holding { return holding{l.Subnet, l.IP, l.Type, l.Owner, l.Made} }

// describeVpcPrivateIpAddresses tells about the asked addresses that something has.
func describeVpcPrivateIpAddresses(c *api.Call, in *sdk.DescribeVpcPrivateIpAddressesRequestParams) (*sdk.DescribeVpcPrivateIpAddressesResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	if len(in.PrivateIpAddresses) > 100 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(in.PrivateIpAddresses), "PrivateIpAddresses")
	}
	all, err := usedBy(c, *in.VpcId, "", vals(in.PrivateIpAddresses))
	return &sdk.DescribeVpcPrivateIpAddressesResponseParams{VpcPrivateIpAddressSet: show(all, func(h *holding) *sdk.VpcPrivateIpAddress {
		s, _ := subnets.Get(c.Tx, h.subnet)
		return &sdk.VpcPrivateIpAddress{
			PrivateIpAddress: new(h.ip.String()), CidrBlock: new(s.CIDR.String()), PrivateIpAddressType: &h.kind,
			CreatedTime: local(time.Unix(h.made, 0)),
		}
	})}, err
}
