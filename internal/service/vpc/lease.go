package vpc

import (
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// claimed is a private address that is kept for later: a DHCP IP, which can have a public address, or a reserved one.
type claimed struct {
	Name, Desc, VPC, Subnet string
	IP                      ip4
	Made                    time.Time
}

func newClaimed(prefix, field, filter, tags string) resource[claimed] {
	return resource[claimed]{
		Table: state.NewTable("vpc."+prefix,
			state.By("vpc", func(_ string, d *claimed) []string { return []string{d.VPC} }),
			state.By("subnet", func(_ string, d *claimed) []string { return []string{d.Subnet} }),
			state.By("ip", func(_ string, d *claimed) []string { return []string{d.IP.String()} }),
		),
		prefix: prefix, field: field, filter: filter, tags: tag.Resource{Service: "vpc", Prefix: tags},
	}
}

var (
	dhcpIPs  = newClaimed("dhcpip", "DhcpIpId", "dhcpip-id", "dhcpip")
	reserved = newClaimed("rsvip", "ReserveIpId", "reserve-ip-id", "rsvip")

	dhcpQuery = api.Query[claimed]{
		Table: dhcpIPs.Table, Tags: dhcpIPs.tagsOf, Rules: rules(),
		Fields: map[string]api.Field[claimed]{
			"dhcpip-id":   self[claimed](),
			"dhcpip-name": fuzzy(func(d *claimed) string { return d.Name }),
			"vpc-id":      indexed("vpc", func(d *claimed) string { return d.VPC }),
			"subnet-id":   indexed("subnet", func(d *claimed) string { return d.Subnet }),
			"address-ip":  indexed("ip", func(d *claimed) string { return d.IP.String() }),
		},
	}
	reservedQuery = api.Query[claimed]{
		Table: reserved.Table, Tags: reserved.tagsOf, Rules: rules(),
		Fields: map[string]api.Field[claimed]{
			"reserve-ip-id":      self[claimed](),
			"vpc-id":             indexed("vpc", func(d *claimed) string { return d.VPC }),
			"subnet-id":          indexed("subnet", func(d *claimed) string { return d.Subnet }),
			"reserve-address-ip": indexed("ip", func(d *claimed) string { return d.IP.String() }),
			"ip-type":            text(func(*claimed) string { return strconv.Itoa(reservedType) }),
			"name":               fuzzy(func(d *claimed) string { return d.Name }),
			"state":              text(func(*claimed) string { return "UnBind" }),
			"resource-id":        text(func(*claimed) string { return "" }),
		},
	}
)

// reservedType is the IpType of a reserved address. Simulated: its number is not documented.
const reservedType = 0

// keep makes one more of these, with an address that is wished or the next free one.
func keep(c *api.Call, r resource[claimed], d claimed, want, kind string) (id string, _ claimed, err error) {
	id = api.NewID(c, r.Table, r.prefix)
	if d.IP, err = rent(c, d.Subnet, want, id, kind); err != nil {
		return "", d, refuse(err, want, "IpAddresses")
	}
	r.Put(c.Tx, id, d)
	return id, d, nil
}

// giveBack ends one of these and frees its address.
func giveBack(c *api.Call, r resource[claimed], id string) {
	if d, ok := r.Get(c.Tx, id); ok {
		leases.Delete(c.Tx, c.Now, leaseID(d.VPC, d.IP))
		r.drop(c, c.Now, id)
	}
}

func showDHCP(c *api.Call, id string, d *claimed) *sdk.DhcpIp {
	status, public := unbound, first(exits(c.Tx, id))
	if public != "" {
		status = free
	}
	return &sdk.DhcpIp{
		DhcpIpId: &id, VpcId: &d.VPC, SubnetId: &d.Subnet, DhcpIpName: &d.Name, PrivateIpAddress: new(d.IP.String()), AddressIp: &public,
		NetworkInterfaceId: new(""), InstanceId: new(""), State: &status, CreatedTime: local(d.Made), TagSet: dhcpIPs.tagSet(c, id),
	}
}

func createDhcpIp(c *api.Call, in *sdk.CreateDhcpIpRequestParams) (*sdk.CreateDhcpIpResponseParams, error) {
	if err := checkSubnetOf(c, in.VpcId, in.SubnetId); err != nil {
		return nil, err
	}
	if err := checkName(*in.DhcpIpName, "DhcpIpName", 60); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	n := or(in.SecondaryPrivateIpAddressCount, 1)
	if n < 1 || n > 64 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, n, "SecondaryPrivateIpAddressCount")
	}
	set := []*sdk.DhcpIp{}
	for range n {
		id, d, err := keep(c, dhcpIPs, claimed{Name: *in.DhcpIpName, VPC: *in.VpcId, Subnet: *in.SubnetId, Made: c.Now}, "", "DHCPIP")
		if err != nil {
			return nil, err
		}
		dhcpIPs.setTags(c, id, tags)
		set = append(set, showDHCP(c, id, &d))
	}
	return &sdk.CreateDhcpIpResponseParams{DhcpIpSet: set}, nil
}

func describeDhcpIps(c *api.Call, in *sdk.DescribeDhcpIpsRequestParams) (*sdk.DescribeDhcpIpsResponseParams, error) {
	hits, total, err := dhcpIPs.page(c, &dhcpQuery, api.Ask{IDs: in.DhcpIpIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeDhcpIpsResponseParams{
		TotalCount: new(uint64(total)),
		DhcpIpSet:  show(hits, func(h *api.Hit[claimed]) *sdk.DhcpIp { return showDHCP(c, h.ID, h.Row) }),
	}, nil
}

func modifyDhcpIpAttribute(c *api.Call, in *sdk.ModifyDhcpIpAttributeRequestParams) (*sdk.ModifyDhcpIpAttributeResponseParams, error) {
	if _, err := dhcpIPs.find(c, in.DhcpIpId); err != nil {
		return nil, err
	}
	if err := checkName(*in.DhcpIpName, "DhcpIpName", 60); err != nil {
		return nil, err
	}
	dhcpIPs.edit(c, *in.DhcpIpId, func(d *claimed) { d.Name = *in.DhcpIpName })
	return &sdk.ModifyDhcpIpAttributeResponseParams{}, nil
}

func deleteDhcpIp(c *api.Call, in *sdk.DeleteDhcpIpRequestParams) (*sdk.DeleteDhcpIpResponseParams, error) {
	if _, err := dhcpIPs.find(c, in.DhcpIpId); err != nil {
		return nil, err
	}
	if addresses.Count(c.Tx, "instance", *in.DhcpIpId) > 0 {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, *in.DhcpIpId)
	}
	giveBack(c, dhcpIPs, *in.DhcpIpId)
	return &sdk.DeleteDhcpIpResponseParams{}, nil
}

func associateDhcpIpWithAddressIp(c *api.Call, in *sdk.AssociateDhcpIpWithAddressIpRequestParams) (*sdk.AssociateDhcpIpWithAddressIpResponseParams, error) {
	d, err := dhcpIPs.find(c, in.DhcpIpId)
	if err != nil {
		return nil, err
	}
	to := target{instance: *in.DhcpIpId, bearer: "DHCPIP", private: d.IP}
	return &sdk.AssociateDhcpIpWithAddressIpResponseParams{}, bindByIP(c, in.AddressIp, to)
}

func disassociateDhcpIpWithAddressIp(c *api.Call, in *sdk.DisassociateDhcpIpWithAddressIpRequestParams) (*sdk.DisassociateDhcpIpWithAddressIpResponseParams, error) {
	if _, err := dhcpIPs.find(c, in.DhcpIpId); err != nil {
		return nil, err
	}
	return &sdk.DisassociateDhcpIpWithAddressIpResponseParams{}, unbindFrom(c, *in.DhcpIpId)
}
