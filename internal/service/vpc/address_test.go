package vpc

import (
	"strconv"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func TestAddressGoesThroughItsStates(t *testing.T) {
	w := newWorld(t)
	var at Placement
	w.Must(func(c *api.Call) { at, _ = Place(c, zone3, "", "") })
	ins := w.instance(at, Internet{})
	out := apitest.Call(w.World, allocateAddresses, sdk.AllocateAddressesRequestParams{Tags: []*sdk.Tag{{Key: new("a"), Value: new("b")}}})
	id := *out.AddressSet[0]
	number, err := strconv.ParseUint(*out.TaskId, 10, 64)
	if err != nil {
		t.Fatalf("TaskId: got %s, want a number", *out.TaskId)
	}
	state := func(want string) {
		t.Helper()
		if got := *w.address(id).AddressStatus; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	state(creating)
	associate := sdk.AssociateAddressRequestParams{AddressId: &id, InstanceId: &ins}
	apitest.Refused(w.World, sdk.OPERATIONDENIED_MUTEXTASKRUNNING, associateAddress, associate)
	w.Advance(addressTakes)
	state(unbound)
	if got := *apitest.Call(w.World, describeTaskResult, sdk.DescribeTaskResultRequestParams{TaskId: &number}).Result; got != success {
		t.Errorf("got %s, want the task done", got)
	}
	apitest.Call(w.World, associateAddress, associate)
	state(binding)
	w.Advance(addressTakes)
	state(bound)
	shown := w.address(id)
	if a := w.of(ins); len(a.Public) != 1 || a.Public[0] != *shown.AddressIp || !a.Elastic || a.Internet.Bandwidth != 1 {
		t.Errorf("got %+v, want the address at the instance", a)
	}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_ADDRESSSTATUSNOTPERMIT, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{&id}})
	apitest.Call(w.World, disassociateAddress, sdk.DisassociateAddressRequestParams{AddressId: &id})
	state(unbinding)
	w.Advance(addressTakes)
	state(unbound)
	apitest.Call(w.World, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{&id}})
	state(offlining)
	w.Advance(addressTakes)
	if got := apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{AddressIds: []*string{&id}}); *got.TotalCount != 0 {
		t.Errorf("got %d, want an address that is gone to be left out", *got.TotalCount)
	}
}

func TestInstancesOwnAddressIsAmongTheAddresses(t *testing.T) {
	w := newWorld(t)
	var at Placement
	w.Must(func(c *api.Call) { at, _ = Place(c, zone3, "", "") })
	ins := w.instance(at, Internet{Bandwidth: 5, Charge: byTraffic})
	eip := w.eip()
	count := func(want int64, f ...*sdk.Filter) {
		t.Helper()
		if got := *apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{Filters: f}).TotalCount; got != want {
			t.Errorf("got %d addresses, want %d", got, want)
		}
	}
	count(2)
	count(1, filter("address-type", wan)...)
	count(1, filter("address-type", elastic)...)
	count(1, filter("instance-id", ins)...)
	count(0, append(filter("instance-id", ins), filter("address-type", elastic)...)...)
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_INSTANCEHASWANIP, associateAddress, sdk.AssociateAddressRequestParams{AddressId: &eip, InstanceId: &ins})
	apitest.Call(w.World, transformAddress, sdk.TransformAddressRequestParams{InstanceId: &ins})
	count(2)
	apitest.Refused(w.World, sdk.INVALIDINSTANCEID_ALREADYBINDEIP, associateAddress, sdk.AssociateAddressRequestParams{AddressId: &eip, InstanceId: &ins})
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_INSTANCEHASNOWANIP, transformAddress, sdk.TransformAddressRequestParams{InstanceId: &ins})
}

func TestReleaseLeavesNoOrphan(t *testing.T) {
	for _, row := range []struct {
		name      string
		addresses bool
		want      int64
	}{{"elastic addresses stay", false, 2}, {"elastic addresses go", true, 0}} {
		t.Run(row.name, func(t *testing.T) {
			w := newWorld(t)
			id := w.vpc("10.0.0.0/16")
			sub := w.subnet(id, "10.0.0.0/24")
			ins, k, first, second := w.instance(Placement{id, sub}, Internet{}), w.card(id, sub), w.eip(), w.eip()
			apitest.Call(w.World, attachNetworkInterface, sdk.AttachNetworkInterfaceRequestParams{NetworkInterfaceId: &k, InstanceId: &ins})
			w.Advance(cardTakes)
			ip := w.shownCard(k).PrivateIpAddressSet[0].PrivateIpAddress
			apitest.Call(w.World, associateAddress, sdk.AssociateAddressRequestParams{AddressId: &first, InstanceId: &ins})
			apitest.Call(w.World, associateAddress, sdk.AssociateAddressRequestParams{AddressId: &second, NetworkInterfaceId: &k, PrivateIpAddress: ip})
			w.Advance(addressTakes)
			w.release(ins, row.addresses)
			if got := apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{}); *got.TotalCount != row.want {
				t.Errorf("got %d elastic addresses, want %d", *got.TotalCount, row.want)
			}
			if !row.addresses {
				if a, b := w.address(first), w.address(second); *a.AddressStatus != unbound || *b.AddressStatus != boundCard || *b.InstanceId != "" {
					t.Errorf("got %s and %s, want UNBIND and BIND_ENI", *a.AddressStatus, *b.AddressStatus)
				}
			}
			if got := w.shownCard(k); got.Attachment != nil || w.free(sub) != 252 {
				t.Errorf("got attachment %v and %d free addresses, want the card alone to be left", got.Attachment, w.free(sub))
			}
		})
	}
}

func TestAddressQuotas(t *testing.T) {
	w := newWorld(t)
	apitest.Call(w.World, allocateAddresses, sdk.AllocateAddressesRequestParams{AddressCount: new(int64(20))})
	apitest.Refused(w.World, sdk.ADDRESSQUOTALIMITEXCEEDED, allocateAddresses, sdk.AllocateAddressesRequestParams{})
	w.Advance(addressTakes)
	set := apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{}).AddressSet
	for _, a := range set {
		apitest.Call(w.World, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{a.AddressId}})
	}
	w.Advance(addressTakes)
	apitest.Call(w.World, allocateAddresses, sdk.AllocateAddressesRequestParams{AddressCount: new(int64(20))})
	quotas := apitest.Call(w.World, describeAddressQuota, sdk.DescribeAddressQuotaRequestParams{}).QuotaSet
	if *quotas[0].QuotaCurrent != 20 || *quotas[1].QuotaCurrent != 40 {
		t.Errorf("got %d had, %d allocated today, want 20 and 40", *quotas[0].QuotaCurrent, *quotas[1].QuotaCurrent)
	}
	for _, a := range apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{}).AddressSet {
		w.Advance(addressTakes)
		apitest.Call(w.World, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{a.AddressId}})
	}
	w.Advance(addressTakes)
	apitest.Refused(w.World, sdk.ADDRESSQUOTALIMITEXCEEDED_DAILYALLOCATE, allocateAddresses, sdk.AllocateAddressesRequestParams{})
	w.Advance(aDay)
	apitest.Call(w.World, allocateAddresses, sdk.AllocateAddressesRequestParams{})
}

func TestPrepaidAddressIsIsolatedFirst(t *testing.T) {
	w := newWorld(t)
	apitest.Refused(w.World, sdk.MISSINGPARAMETER, allocateAddresses, sdk.AllocateAddressesRequestParams{InternetChargeType: new(byMonth)})
	id := *apitest.Call(w.World, allocateAddresses, sdk.AllocateAddressesRequestParams{
		InternetChargeType: new(byMonth), AddressChargePrepaid: &sdk.AddressChargePrepaid{Period: new(int64(1))},
	}).AddressSet[0]
	w.Advance(addressTakes)
	if got := *w.address(id).DeadlineDate; got != "2026-04-01T04:00:00Z" {
		t.Errorf("got %s, want a month later", got)
	}
	apitest.Call(w.World, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{&id}})
	if a := w.address(id); !*a.IsArrears {
		t.Errorf("got %s, want it isolated", *a.AddressStatus)
	}
	apitest.Call(w.World, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{&id}})
	w.Advance(addressTakes)
	if got := apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{}); *got.TotalCount != 0 {
		t.Errorf("got %d, want it gone", *got.TotalCount)
	}
}

func TestStopChargingTakesTheAddressAndStartGivesOne(t *testing.T) {
	w := newWorld(t)
	var at Placement
	w.Must(func(c *api.Call) { at, _ = Place(c, zone3, "", "") })
	ins := w.instance(at, Internet{Bandwidth: 5, Charge: byTraffic})
	was := w.of(ins)
	w.Must(func(c *api.Call) { DropWanIP(c, c.Now, ins) })
	if a := w.of(ins); len(a.Public) != 0 || a.Private[0] != was.Private[0] {
		t.Errorf("got %+v, want the private address alone", a)
	}
	w.Must(func(c *api.Call) { GiveWanIP(c, c.Now, ins, was.Internet) })
	if a := w.of(ins); len(a.Public) != 1 || a.Internet != was.Internet {
		t.Errorf("got %+v, want a public address again", a)
	}
}
