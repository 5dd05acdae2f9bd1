package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// vip is a HAVIP: a private address that instances pass among themselves.
type vip struct {
	Name, VPC, Subnet string
	IP                ip4
	Card              string // the card that has it now
	Check             bool   // only those in Members may have it
	Members           []vipMember
	Made              time.Time
}

// vipMember is an instance or card that a HAVIP may go to.
type vipMember struct{ ID, Kind string }

var vips = resource[vip]{
	Table: state.NewTable("vpc.havip",
		state.By("vpc", func(_ string, v *vip) []string { return []string{v.VPC} }),
		state.By("subnet", func(_ string, v *vip) []string { return []string{v.Subnet} }),
		state.By("card", func(_ string, v *vip) []string { return present(v.Card) }),
		state.By("member", func(_ string, v *vip) []string { return show(v.Members, func(m *vipMember) string { return m.ID }) }),
	),
	prefix: "havip", field: "HaVipId", filter: "havip-id", tags: tag.Resource{Service: "vpc", Prefix: "havip"},
}

var vipQuery = api.Query[vip]{
	Table: vips.Table,
	Fields: map[string]api.Field[vip]{
		"havip-id":        self[vip](),
		"havip-name":      fuzzy(func(v *vip) string { return v.Name }),
		"vpc-id":          indexed("vpc", func(v *vip) string { return v.VPC }),
		"subnet-id":       indexed("subnet", func(v *vip) string { return v.Subnet }),
		"vip":             text(func(v *vip) string { return v.IP.String() }),
		"address-ip":      {Of: func(c *api.Call, id string, _ *vip) []string { return exits(c.Tx, id) }},
		"check-associate": yesNo(func(v *vip) bool { return v.Check }),
		"cdc-id":          text(func(*vip) string { return "" }),
		"type":            text(func(*vip) string { return "NORMAL" }),
		"havip-association.instance-id": {Index: "member", Of: func(_ *api.Call, _ string, v *vip) []string {
			return show(v.Members, func(m *vipMember) string { return m.ID })
		}},
		"havip-association.instance-type": {Of: func(_ *api.Call, _ string, v *vip) []string {
			return show(v.Members, func(m *vipMember) string { return m.Kind })
		}},
	},
	Tags:  vips.tagsOf,
	Rules: rules(),
}

func hasVIP(c *api.Call, vpcID, id string) bool {
	v, ok := vips.Get(c.Tx, id)
	return ok && v.VPC == vpcID
}

// boundVIP is a HAVIP that a card has.
func boundVIP(c *api.Call, cardID string) (id string, ok bool) {
	for id := range vips.Where(c.Tx, "card", cardID) {
		return id, true
	}
	return "", false
}

// describeHaVips leaves out ids that are not there.
func describeHaVips(c *api.Call, in *sdk.DescribeHaVipsRequestParams) (*sdk.DescribeHaVipsResponseParams, error) {
	hits, total, err := vips.pageLenient(c, &vipQuery, api.Ask{IDs: in.HaVipIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeHaVipsResponseParams{
		TotalCount: new(uint64(total)),
		HaVipSet:   show(hits, func(h *api.Hit[vip]) *sdk.HaVip { return showVIP(c, h.ID, h.Row) }),
	}, nil
}

func showVIP(c *api.Call, id string, v *vip) *sdk.HaVip {
	instance, status := "", unbound
	if k, ok := cards.Get(c.Tx, v.Card); ok {
		instance, status = k.Instance, free
	}
	return &sdk.HaVip{
		HaVipId: &id, HaVipName: &v.Name, Vip: new(v.IP.String()), VpcId: &v.VPC, SubnetId: &v.Subnet, NetworkInterfaceId: &v.Card,
		InstanceId: &instance, AddressIp: new(first(exits(c.Tx, id))), State: &status, CreatedTime: local(v.Made), Business: new(""),
		HaVipAssociationSet: show(v.Members, func(m *vipMember) *sdk.HaVipAssociation {
			return &sdk.HaVipAssociation{InstanceId: &m.ID, HaVipId: &id, InstanceType: &m.Kind}
		}),
		CheckAssociate: &v.Check, CdcId: new(""), FlushedTime: new("0000-00-00 00:00:00"), TagSet: vips.tagSet(c, id),
	}
}

func createHaVip(c *api.Call, in *sdk.CreateHaVipRequestParams) (*sdk.CreateHaVipResponseParams, error) {
	v, err := newVIP(c, in)
	if err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.HAVIPs, vips.Count(c.Tx, "vpc", v.VPC), 1); err != nil {
		return nil, err
	}
	id := api.NewID(c, vips.Table, "havip")
	if v.Members, err = vipMembers(c, v.VPC, in.HaVipAssociationSet); err != nil {
		return nil, err
	}
	if v.IP, err = rent(c, v.Subnet, val(in.Vip), id, "HAVIP"); err != nil {
		return nil, refuse(err, val(in.Vip), "Vip")
	}
	vips.Put(c.Tx, id, v)
	endMembers(c, id)
	vips.setTags(c, id, tags)
	return &sdk.CreateHaVipResponseParams{HaVip: showVIP(c, id, &v)}, nil
}

func newVIP(c *api.Call, in *sdk.CreateHaVipRequestParams) (v vip, err error) {
	v = vip{Name: *in.HaVipName, VPC: *in.VpcId, Card: val(in.NetworkInterfaceId), Check: val(in.CheckAssociate), Made: c.Now}
	if err := checkName(v.Name, "HaVipName", 60); err != nil {
		return v, err
	}
	if _, err := networks.find(c, in.VpcId); err != nil {
		return v, err
	}
	if v.Card != "" {
		k, err := cards.find(c, in.NetworkInterfaceId)
		if err != nil {
			return v, err
		}
		v.Subnet = k.Subnet
	}
	v.Subnet = or(in.SubnetId, v.Subnet)
	s, err := subnets.find(c, &v.Subnet)
	if err == nil && s.VPC != v.VPC {
		err = notFound(v.Subnet)
	}
	return v, err
}

// vipMembers reads the instances and cards that a HAVIP may go to.
func vipMembers(c *api.Call, vpcID string, in []*sdk.HaVipAssociation) (all []vipMember, err error) {
	if len(in) > 10 {
		return nil, badLimit(10)
	}
	for _, w := range in {
		m := vipMember{val(w.InstanceId), orText(val(w.InstanceType), "CVM")}
		if m.Kind == "ENI" {
			k, err := cards.find(c, &m.ID)
			if err != nil {
				return nil, err
			}
			if k.VPC != vpcID {
				return nil, badCode(sdk.INVALIDPARAMETERVALUE_PARAMETERMISMATCH, m.ID, "InstanceId")
			}
		} else if _, ok := host.Get(c.Tx, m.ID); !ok {
			return nil, notFound(m.ID)
		}
		if slices.Contains(all, m) {
			return nil, duplicate(m.ID, "HaVipAssociationSet")
		}
		all = append(all, m)
	}
	return all, nil
}

func modifyHaVipAttribute(c *api.Call, in *sdk.ModifyHaVipAttributeRequestParams) (*sdk.ModifyHaVipAttributeResponseParams, error) {
	if _, err := vips.find(c, in.HaVipId); err != nil {
		return nil, err
	}
	if err := checkName(val(in.HaVipName), "HaVipName", 60); err != nil {
		return nil, err
	}
	vips.edit(c, *in.HaVipId, func(v *vip) { v.Name = or(in.HaVipName, v.Name) })
	return &sdk.ModifyHaVipAttributeResponseParams{}, nil
}

// deleteHaVip refuses a HAVIP that has a public address or that routes lead to.
func deleteHaVip(c *api.Call, in *sdk.DeleteHaVipRequestParams) (*sdk.DeleteHaVipResponseParams, error) {
	v, err := vips.find(c, in.HaVipId)
	if err != nil {
		return nil, err
	}
	if addresses.Count(c.Tx, "instance", *in.HaVipId) > 0 || tables.Count(c.Tx, "gateway", *in.HaVipId) > 0 {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, *in.HaVipId)
	}
	leases.Delete(c.Tx, c.Now, leaseID(v.VPC, v.IP))
	vips.drop(c, c.Now, *in.HaVipId)
	begin(c, 0)
	return &sdk.DeleteHaVipResponseParams{}, nil
}
