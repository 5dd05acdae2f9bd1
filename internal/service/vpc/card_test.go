package vpc

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func TestCardIsMadeWithItsAddresses(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	sub := w.subnet(id, "10.0.0.0/24")
	made := apitest.Call(w.World, createNetworkInterface, sdk.CreateNetworkInterfaceRequestParams{
		VpcId: &id, SubnetId: &sub, NetworkInterfaceName: new("card"), SecondaryPrivateIpAddressCount: new(uint64(2)),
		PrivateIpAddresses: []*sdk.PrivateIpAddressSpecification{{PrivateIpAddress: new("10.0.0.9")}, {PrivateIpAddress: new("10.0.0.5"), Primary: new(true)}},
	}).NetworkInterface
	if *made.State != pending {
		t.Errorf("got %s at first, want PENDING", *made.State)
	}
	w.Advance(cardTakes)
	k := w.shownCard(*made.NetworkInterfaceId)
	var got []string
	for _, p := range k.PrivateIpAddressSet {
		got = append(got, *p.PrivateIpAddress+" "+*p.State)
	}
	want := []string{"10.0.0.5 AVAILABLE", "10.0.0.9 AVAILABLE", "10.0.0.10 AVAILABLE", "10.0.0.11 AVAILABLE"}
	if *k.State != free || len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || got[3] != want[3] {
		t.Errorf("got %s %v, want AVAILABLE %v", *k.State, got, want)
	}
	if got := w.free(sub); got != 249 {
		t.Errorf("got %d free addresses, want 249", got)
	}
	for _, row := range []struct{ name, ip, code string }{
		{"taken", "10.0.0.5", sdk.RESOURCEINUSE},
		{"reserved", "10.0.0.1", sdk.INVALIDPARAMETERVALUE_RESERVED},
		{"last", "10.0.0.255", sdk.INVALIDPARAMETERVALUE_RESERVED},
		{"outside", "10.0.1.5", sdk.INVALIDPARAMETERVALUE_RANGE},
		{"malformed", "10.0.0", sdk.INVALIDPARAMETERVALUE_MALFORMED},
	} {
		apitest.Refused(w.World, row.code, assignPrivateIpAddresses, sdk.AssignPrivateIpAddressesRequestParams{
			NetworkInterfaceId: made.NetworkInterfaceId, PrivateIpAddresses: []*sdk.PrivateIpAddressSpecification{{PrivateIpAddress: &row.ip}},
		})
	}
}

func TestCardsAreFoundByEveryAddress(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	sub := w.subnet(id, "10.0.0.0/24")
	k := w.card(id, sub)
	apitest.Call(w.World, assignPrivateIpAddresses, sdk.AssignPrivateIpAddressesRequestParams{
		NetworkInterfaceId: &k, PrivateIpAddresses: []*sdk.PrivateIpAddressSpecification{{PrivateIpAddress: new("10.0.0.77")}},
	})
	for _, f := range []*sdk.Filter{
		filter("address-ip", "10.0.0.77")[0], filter("address-ip", "0.77")[0], filter("address-ip", "10.0.0.2", "10.0.0.3")[0],
		filter("network-interface-id", k)[0], filter("vpc-id", id)[0], filter("subnet-id", sub)[0], filter("is-primary", "false")[0],
	} {
		out := apitest.Call(w.World, describeNetworkInterfaces, sdk.DescribeNetworkInterfacesRequestParams{Filters: []*sdk.Filter{f}})
		if *out.TotalCount != 1 || *out.NetworkInterfaceSet[0].NetworkInterfaceId != k {
			t.Errorf("%s %s: got %d cards, want %s", *f.Name, *f.Values[0], *out.TotalCount, k)
		}
	}
}

func TestCardIsAttachedAndDetached(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	sub := w.subnet(id, "10.0.0.0/24")
	ins, k := w.instance(Placement{id, sub}, Internet{}), w.card(id, sub)
	apitest.Call(w.World, attachNetworkInterface, sdk.AttachNetworkInterfaceRequestParams{NetworkInterfaceId: &k, InstanceId: &ins})
	if got := w.shownCard(k); *got.State != attaching || *got.Attachment.InstanceId != ins {
		t.Errorf("got %s, want ATTACHING to %s", *got.State, ins)
	}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, detachNetworkInterface, sdk.DetachNetworkInterfaceRequestParams{NetworkInterfaceId: &k, InstanceId: &ins})
	w.Advance(cardTakes)
	if got := w.shownCard(k); *got.State != free || *got.NetworkInterfaceState != "INUSE" || *got.Attachment.DeviceIndex != 1 {
		t.Errorf("got %s %s, want it in use, as the second card", *got.State, *got.NetworkInterfaceState)
	}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, deleteNetworkInterface, sdk.DeleteNetworkInterfaceRequestParams{NetworkInterfaceId: &k})
	apitest.Call(w.World, detachNetworkInterface, sdk.DetachNetworkInterfaceRequestParams{NetworkInterfaceId: &k, InstanceId: &ins})
	w.Advance(cardTakes)
	if got := w.shownCard(k); got.Attachment != nil || *got.State != free {
		t.Errorf("got %s, attached %v, want it free", *got.State, got.Attachment)
	}
	apitest.Call(w.World, deleteNetworkInterface, sdk.DeleteNetworkInterfaceRequestParams{NetworkInterfaceId: &k})
	w.Advance(cardTakes)
	apitest.Refused(w.World, sdk.RESOURCENOTFOUND, describeNetworkInterfaces, sdk.DescribeNetworkInterfacesRequestParams{NetworkInterfaceIds: []*string{&k}})
}

func TestAttachRefusals(t *testing.T) {
	w := newWorld(t)
	id, other := w.vpc("10.0.0.0/16"), w.vpc("10.0.0.0/16")
	sub, elsewhere := w.subnet(id, "10.0.0.0/24"), w.subnet(other, "10.0.0.0/24")
	ins := w.instance(Placement{id, sub}, Internet{})
	var primaryCard string
	w.Must(func(c *api.Call) { primaryCard, _, _ = primary(c.Tx, ins) })
	attach := func(card, instance, code string) {
		t.Helper()
		apitest.Refused(w.World, code, attachNetworkInterface, sdk.AttachNetworkInterfaceRequestParams{NetworkInterfaceId: &card, InstanceId: &instance})
	}
	attach(w.card(other, elsewhere), ins, sdk.UNSUPPORTEDOPERATION_VPCMISMATCH)
	attach(w.card(id, sub), "ins-99999999", sdk.RESOURCENOTFOUND)
	attach(primaryCard, ins, sdk.UNSUPPORTEDOPERATION_ATTACHMENTALREADYEXISTS)
	for range 3 {
		k := w.card(id, sub)
		apitest.Call(w.World, attachNetworkInterface, sdk.AttachNetworkInterfaceRequestParams{NetworkInterfaceId: &k, InstanceId: &ins})
		w.Advance(cardTakes)
	}
	attach(w.card(id, sub), ins, sdk.LIMITEXCEEDED) // two cores: four cards
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION, detachNetworkInterface, sdk.DetachNetworkInterfaceRequestParams{NetworkInterfaceId: &primaryCard, InstanceId: &ins})
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION, deleteNetworkInterface, sdk.DeleteNetworkInterfaceRequestParams{NetworkInterfaceId: &primaryCard})
}

func TestPrivateAddressMovesWithItsPublicOne(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	sub := w.subnet(id, "10.0.0.0/24")
	from, to, eip := w.card(id, sub), w.card(id, sub), w.eip()
	ip := *apitest.Call(w.World, assignPrivateIpAddresses, sdk.AssignPrivateIpAddressesRequestParams{
		NetworkInterfaceId: &from, SecondaryPrivateIpAddressCount: new(uint64(1)),
	}).PrivateIpAddressSet[0].PrivateIpAddress
	apitest.Call(w.World, associateAddress, sdk.AssociateAddressRequestParams{AddressId: &eip, NetworkInterfaceId: &from, PrivateIpAddress: &ip})
	w.Advance(addressTakes)
	apitest.Call(w.World, migratePrivateIpAddress, sdk.MigratePrivateIpAddressRequestParams{
		SourceNetworkInterfaceId: &from, DestinationNetworkInterfaceId: &to, PrivateIpAddress: &ip,
	})
	if got := w.address(eip); *got.NetworkInterfaceId != to || *got.AddressStatus != boundCard {
		t.Errorf("got %s %s, want it bound to %s", *got.AddressStatus, *got.NetworkInterfaceId, to)
	}
	moved := w.shownCard(to).PrivateIpAddressSet
	if len(moved) != 2 || *moved[1].PrivateIpAddress != ip || *moved[1].AddressId != eip {
		t.Errorf("got %d addresses, want %s with %s behind the primary one", len(moved), ip, eip)
	}
	apitest.Call(w.World, unassignPrivateIpAddresses, sdk.UnassignPrivateIpAddressesRequestParams{
		NetworkInterfaceId: &to, PrivateIpAddresses: []*sdk.PrivateIpAddressSpecification{{PrivateIpAddress: &ip}},
	})
	if got := w.address(eip); *got.AddressStatus != unbound || got.NetworkInterfaceId != nil {
		t.Errorf("got %s, want it unbound when its private address went", *got.AddressStatus)
	}
}

func TestUsedAddressesNameTheirOwners(t *testing.T) {
	w := newWorld(t)
	id := w.vpc("10.0.0.0/16")
	sub := w.subnet(id, "10.0.0.0/24")
	ins := w.instance(Placement{id, sub}, Internet{})
	ip := w.of(ins).Private[0]
	in := sdk.DescribeUsedIpAddressRequestParams{VpcId: &id, SubnetId: &sub, IpAddresses: []*string{&ip}}
	out := apitest.Call(w.World, describeUsedIpAddress, in)
	if *out.TotalCount != 1 || *out.IpAddressStates[0].ResourceId != ins || *out.IpAddressStates[0].ResourceType != "CVM" {
		t.Errorf("got %v, want %s", out.IpAddressStates, ins)
	}
	w.release(ins, false)
	if out = apitest.Call(w.World, describeUsedIpAddress, in); *out.TotalCount != 0 || w.free(sub) != 253 {
		t.Errorf("got %d used, %d free, want none used", *out.TotalCount, w.free(sub))
	}
}

func TestAsynchronousWritesHaveTasks(t *testing.T) {
	w := newWorld(t)
	w.Must(func(c *api.Call) {
		c.RequestID = "a-write"
		begin(c, cardTakes)
	})
	ask := func() string {
		return *apitest.Call(w.World, describeVpcTaskResult, sdk.DescribeVpcTaskResultRequestParams{TaskId: new("a-write")}).Status
	}
	if got := ask(); got != running {
		t.Errorf("got %s, want RUNNING", got)
	}
	w.Advance(cardTakes)
	if got := ask(); got != success {
		t.Errorf("got %s, want SUCCESS", got)
	}
	w.Advance(aDay)
	apitest.Refused(w.World, sdk.RESOURCENOTFOUND, describeVpcTaskResult, sdk.DescribeVpcTaskResultRequestParams{TaskId: new("a-write")})
}
