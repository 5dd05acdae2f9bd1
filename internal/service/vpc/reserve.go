package vpc

import (
	"net/netip"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

func showReserved(c *api.Call, id string, d *claimed) *sdk.ReserveIpAddressInfo {
	return &sdk.ReserveIpAddressInfo{
		ReserveIpId: &id, VpcId: &d.VPC, SubnetId: &d.Subnet, ReserveIpAddress: new(d.IP.String()), ResourceId: new(""),
		IpType: new(uint64(reservedType)), State: new("UnBind"), Name: &d.Name, Description: &d.Desc, CreatedTime: local(d.Made),
		TagSet: reserved.tagSet(c, id),
	}
}

// createReserveIpAddresses keeps the addresses that a request names, or so many of the next free ones.
func createReserveIpAddresses(c *api.Call, in *sdk.CreateReserveIpAddressesRequestParams) (*sdk.CreateReserveIpAddressesResponseParams, error) {
	wanted := vals(in.IpAddresses)
	subnetID := in.SubnetId
	if subnetID == nil && len(wanted) > 0 {
		subnetID = new(around(c, *in.VpcId, wanted[0]))
	}
	if err := checkSubnetOf(c, in.VpcId, subnetID); err != nil {
		return nil, err
	}
	n := int(min(val(in.IpAddressCount), 1<<10))
	switch {
	case len(wanted) == 0 && n == 0:
		return nil, missing("IpAddressCount")
	case len(wanted) > 0 && n > 0 && n != len(wanted):
		return nil, bad(n, "IpAddressCount")
	case len(wanted) == 0:
		wanted = make([]string, n)
	}
	for field, name := range map[string]*string{"Name": in.Name, "Description": in.Description} {
		if err := checkName(val(name), field, 60); err != nil {
			return nil, err
		}
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	set := []*sdk.ReserveIpAddressInfo{}
	for _, want := range wanted {
		id, d, err := keep(c, reserved, claimed{Name: val(in.Name), Desc: val(in.Description), VPC: *in.VpcId, Subnet: *subnetID, Made: c.Now}, want, "RSVIP")
		if err != nil {
			return nil, err
		}
		reserved.setTags(c, id, tags)
		set = append(set, showReserved(c, id, &d))
	}
	return &sdk.CreateReserveIpAddressesResponseParams{ReserveIpAddressSet: set}, nil
}

// around is the subnet of a network in which an address lies.
func around(c *api.Call, vpcID, ip string) string {
	a, err := netip.ParseAddr(ip)
	for id, s := range subnets.Where(c.Tx, "vpc", vpcID) {
		if err == nil && s.CIDR.Contains(a) {
			return id
		}
	}
	return ""
}

func describeReserveIpAddresses(c *api.Call, in *sdk.DescribeReserveIpAddressesRequestParams) (*sdk.DescribeReserveIpAddressesResponseParams, error) {
	hits, total, err := reserved.page(c, &reservedQuery, api.Ask{IDs: in.ReserveIpIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeReserveIpAddressesResponseParams{
		TotalCount:          new(uint64(total)),
		ReserveIpAddressSet: show(hits, func(h *api.Hit[claimed]) *sdk.ReserveIpAddressInfo { return showReserved(c, h.ID, h.Row) }),
	}, nil
}

// findReserved reads a reserved address of a network.
func findReserved(c *api.Call, vpcID, id *string) error {
	if _, err := networks.find(c, vpcID); err != nil {
		return err
	}
	d, err := reserved.find(c, id)
	if err == nil && d.VPC != *vpcID {
		err = notFound(*id)
	}
	return err
}

func modifyReserveIpAddress(c *api.Call, in *sdk.ModifyReserveIpAddressRequestParams) (*sdk.ModifyReserveIpAddressResponseParams, error) {
	if err := findReserved(c, in.VpcId, in.ReserveIpId); err != nil {
		return nil, err
	}
	if err := checkName(val(in.Name)+val(in.Description), "Name", 120); err != nil {
		return nil, err
	}
	reserved.edit(c, *in.ReserveIpId, func(d *claimed) { d.Name, d.Desc = or(in.Name, d.Name), or(in.Description, d.Desc) })
	return &sdk.ModifyReserveIpAddressResponseParams{}, nil
}

func deleteReserveIpAddresses(c *api.Call, in *sdk.DeleteReserveIpAddressesRequestParams) (*sdk.DeleteReserveIpAddressesResponseParams, error) {
	for _, id := range in.ReserveIpIds {
		if err := findReserved(c, in.VpcId, id); err != nil {
			return nil, err
		}
		giveBack(c, reserved, *id)
	}
	return &sdk.DeleteReserveIpAddressesResponseParams{}, nil
}
