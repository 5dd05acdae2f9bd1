package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// bindByIP binds a caller's unbound elastic address, named by its number, to something with one private address.
func bindByIP(c *api.Call, ip *string, to target) error {
	if addresses.Count(c.Tx, "instance", to.instance) > 0 {
		return unsupported(sdk.UNSUPPORTEDOPERATION_BINDEIP, to.instance)
	}
	if _, err := parseIP4(val(ip), "AddressIp"); err != nil {
		return err
	}
	for id, a := range addresses.Where(c.Tx, "ip", *ip) {
		if a.Status != unbound || a.Kind == wan {
			return unsupported(sdk.UNSUPPORTEDOPERATION_BINDEIP, *ip)
		}
		bind(c, c.After(addressTakes), id, to)
		begin(c, addressTakes)
		return nil
	}
	return notFound(*ip)
}

// unbindFrom unbinds what bindByIP bound.
func unbindFrom(c *api.Call, id string) error {
	found := idsOf(addresses.Where(c.Tx, "instance", id))
	if len(found) == 0 {
		return unsupported(sdk.UNSUPPORTEDOPERATION_UNBINDEIP, id)
	}
	for _, eip := range found {
		addresses.edit(c, eip, func(a *address) { a.Status = unbinding })
		loosen(c, c.After(addressTakes), eip)
	}
	begin(c, addressTakes)
	return nil
}

func haVipAssociateAddressIp(c *api.Call, in *sdk.HaVipAssociateAddressIpRequestParams) (*sdk.HaVipAssociateAddressIpResponseParams, error) {
	v, err := vips.find(c, in.HaVipId)
	if err != nil {
		return nil, err
	}
	to := target{instance: *in.HaVipId, bearer: "HAVIP", private: v.IP}
	return &sdk.HaVipAssociateAddressIpResponseParams{}, bindByIP(c, in.AddressIp, to)
}

func haVipDisassociateAddressIp(c *api.Call, in *sdk.HaVipDisassociateAddressIpRequestParams) (*sdk.HaVipDisassociateAddressIpResponseParams, error) {
	if _, err := vips.find(c, in.HaVipId); err != nil {
		return nil, err
	}
	return &sdk.HaVipDisassociateAddressIpResponseParams{}, unbindFrom(c, *in.HaVipId)
}

func associateHaVipInstance(c *api.Call, in *sdk.AssociateHaVipInstanceRequestParams) (*sdk.AssociateHaVipInstanceResponseParams, error) {
	for _, w := range in.HaVipAssociationSet {
		v, err := vips.find(c, w.HaVipId)
		if err != nil {
			return nil, err
		}
		added, err := vipMembers(c, v.VPC, []*sdk.HaVipAssociation{w})
		if err != nil {
			return nil, err
		}
		if slices.Contains(v.Members, added[0]) {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_DUPLICATEDHAVIPASSOCIATIONS, added[0].ID, "HaVipAssociationSet")
		}
		if len(v.Members) >= 10 {
			return nil, badLimit(10)
		}
		vips.edit(c, *w.HaVipId, func(v *vip) { v.Members = append(v.Members, added[0]) })
		endMembers(c, *w.HaVipId)
	}
	begin(c, 0)
	return &sdk.AssociateHaVipInstanceResponseParams{}, nil
}

func disassociateHaVipInstance(c *api.Call, in *sdk.DisassociateHaVipInstanceRequestParams) (*sdk.DisassociateHaVipInstanceResponseParams, error) {
	for _, w := range in.HaVipAssociationSet {
		v, err := vips.find(c, w.HaVipId)
		if err != nil {
			return nil, err
		}
		leaves := func(m vipMember) bool { return m.ID == val(w.InstanceId) }
		if !slices.ContainsFunc(v.Members, leaves) {
			return nil, notFound(val(w.InstanceId))
		}
		vips.edit(c, *w.HaVipId, func(v *vip) { v.Members = slices.DeleteFunc(v.Members, leaves) })
	}
	begin(c, 0)
	return &sdk.DisassociateHaVipInstanceResponseParams{}, nil
}
