package vpc

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func TestHaVipTakesAnAddressAndGivesItBack(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	sub, eip := w.subnet(vpcID, "10.0.0.0/24"), w.eip()
	ins := w.instance(Placement{vpcID, sub}, Internet{})
	create := sdk.CreateHaVipRequestParams{VpcId: &vpcID, SubnetId: &sub, HaVipName: new("vip"), Vip: new("10.0.0.50")}
	made := apitest.Call(w.World, createHaVip, create).HaVip
	apitest.Refused(w.World, sdk.RESOURCEINUSE, createHaVip, create)
	if *made.State != unbound || *made.AddressIp != "" || w.free(sub) != 251 {
		t.Errorf("got %s, %d free; want UNBIND and one address less", *made.State, w.free(sub))
	}
	member := &sdk.HaVipAssociation{HaVipId: made.HaVipId, InstanceId: &ins, InstanceType: new("CVM")}
	apitest.Call(w.World, associateHaVipInstance, sdk.AssociateHaVipInstanceRequestParams{HaVipAssociationSet: []*sdk.HaVipAssociation{member}})
	apitest.Call(w.World, haVipAssociateAddressIp, sdk.HaVipAssociateAddressIpRequestParams{HaVipId: made.HaVipId, AddressIp: w.address(eip).AddressIp})
	w.Advance(addressTakes)
	if a := w.address(eip); *a.AddressStatus != bound || *a.InstanceId != *made.HaVipId || *a.PrivateAddressIp != "10.0.0.50" {
		t.Errorf("got %s at %s, want it bound to the HAVIP", *a.AddressStatus, *a.InstanceId)
	}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION, deleteHaVip, sdk.DeleteHaVipRequestParams{HaVipId: made.HaVipId})
	w.release(ins, false)
	shown := apitest.Call(w.World, describeHaVips, sdk.DescribeHaVipsRequestParams{Filters: filter("vpc-id", vpcID)}).HaVipSet[0]
	if len(shown.HaVipAssociationSet) != 0 || *shown.AddressIp != *w.address(eip).AddressIp {
		t.Errorf("got %v, want the instance that is gone forgotten", shown.HaVipAssociationSet)
	}
	apitest.Call(w.World, haVipDisassociateAddressIp, sdk.HaVipDisassociateAddressIpRequestParams{HaVipId: made.HaVipId})
	w.Advance(addressTakes)
	apitest.Call(w.World, deleteHaVip, sdk.DeleteHaVipRequestParams{HaVipId: made.HaVipId})
	if got := w.free(sub); got != 253 {
		t.Errorf("got %d free addresses, want all", got)
	}
}

func TestReservedAddressesAreNotGivenAway(t *testing.T) {
	w := newWorld(t)
	vpcID := w.vpc("10.0.0.0/16")
	sub := w.subnet(vpcID, "10.0.0.0/28")
	set := apitest.Call(w.World, createReserveIpAddresses, sdk.CreateReserveIpAddressesRequestParams{
		VpcId: &vpcID, SubnetId: &sub, IpAddressCount: new(uint64(12)), Name: new("later"),
	}).ReserveIpAddressSet
	got := map[string]bool{}
	for _, r := range set {
		got[*r.ReserveIpAddress] = true
	}
	if len(got) != 12 || w.free(sub) != 1 {
		t.Errorf("got %d different addresses and %d free, want 12 and 1", len(got), w.free(sub))
	}
	w.instance(Placement{vpcID, sub}, Internet{})
	apitest.Refused(w.World, sdk.RESOURCEINSUFFICIENT_SUBNET, createDhcpIp, sdk.CreateDhcpIpRequestParams{
		VpcId: &vpcID, SubnetId: &sub, DhcpIpName: new("d"), SecondaryPrivateIpAddressCount: new(uint64(1)),
	})
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteSubnet, sdk.DeleteSubnetRequestParams{SubnetId: &sub})
	apitest.Call(w.World, deleteReserveIpAddresses, sdk.DeleteReserveIpAddressesRequestParams{VpcId: &vpcID, ReserveIpIds: []*string{set[0].ReserveIpId}})
	apitest.Call(w.World, createDhcpIp, sdk.CreateDhcpIpRequestParams{VpcId: &vpcID, SubnetId: &sub, DhcpIpName: new("d"), SecondaryPrivateIpAddressCount: new(uint64(1))})
	if w.free(sub) != 0 {
		t.Errorf("got %d free, want none", w.free(sub))
	}
}
