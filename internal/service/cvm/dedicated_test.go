package cvm

import (
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// lease is an AllocateHosts of one host for a month.
func lease(change ...func(*sdk.AllocateHostsRequestParams)) sdk.AllocateHostsRequestParams {
	in := sdk.AllocateHostsRequestParams{
		Placement: &sdk.Placement{Zone: p("ap-guangzhou-3")}, HostType: p("HC20"),
		HostChargePrepaid: &sdk.ChargePrepaid{Period: p(uint64(1)), RenewFlag: p(renewByHand)},
	}
	for _, f := range change {
		f(&in)
	}
	return in
}

// lease rents a host and waits until it runs.
func (d *desk) lease(change ...func(*sdk.AllocateHostsRequestParams)) string {
	d.Helper()
	id := *call(d, allocateHosts, lease(change...)).HostIdSet[0]
	d.Advance(launchTakes)
	return id
}

func (d *desk) dedicated(id string) *sdk.HostItem {
	d.Helper()
	set := call(d, describeHosts, sdk.DescribeHostsRequestParams{Filters: by("host-id", id)}).HostSet
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

// upon puts an order upon dedicated hosts, with a type cut to measure.
func upon(kind string, hosts ...string) func(*sdk.RunInstancesRequestParams) {
	return func(in *sdk.RunInstancesRequestParams) {
		in.InstanceChargeType, in.InstanceType, in.Placement.HostIds = p(cdhpaid), &kind, ps(hosts...)
	}
}

func TestDedicatedHostIsShownWhole(t *testing.T) {
	d := newDesk(t)
	ids := call(d, allocateHosts, lease(func(in *sdk.AllocateHostsRequestParams) {
		in.HostCount, in.TagSpecification, in.HostChargePrepaid.RenewFlag = p(uint64(2)), tagging("host"), nil
	})).HostIdSet
	shown := d.dedicated(*ids[0])
	d.wantFull(shown, "HostIp")
	d.wantFull(shown.HostResource, "ExclusiveOwner")
	if *shown.HostState != hostPending || *shown.RenewFlag != renewByItself || *shown.ExpiredTime != "2026-04-01T04:00:00Z" || *shown.Tags[0].Value != "web" {
		t.Errorf("got %+v", shown)
	}
	d.Advance(launchTakes)
	if got := *d.dedicated(*ids[1]).HostState; got != hostRunning {
		t.Errorf("got %s, want %s", got, hostRunning)
	}
	for name, values := range map[string]string{"zone": "ap-guangzhou-3", "host-type": "HC20", "host-state": hostRunning, "tag:team": "web", "host-name": unnamed, "project-id": "0"} {
		if got := *call(d, describeHosts, sdk.DescribeHostsRequestParams{Filters: by(name, values)}).TotalCount; got != 2 {
			t.Errorf("by %s: got %d, want 2", name, got)
		}
	}
	d.Advance(40 * 24 * time.Hour) // past the first month
	if got := d.dedicated(*ids[0]); *got.HostState != hostRunning || *got.ExpiredTime != "2026-05-01T04:00:00Z" {
		t.Errorf("got %s until %s, want it renewed by itself", *got.HostState, *got.ExpiredTime)
	}
}

func TestInstancesShareADedicatedHost(t *testing.T) {
	d := newDesk(t)
	first, second := d.lease(), d.lease() // 72 vCPUs and 320 GB each
	ids := d.runs(3, upon("CDH_40C100G", first, second), func(in *sdk.RunInstancesRequestParams) { in.Placement.HostIds = ps(first, second, d.lease()) })
	if one, two := d.row(ids[0]), d.row(ids[1]); one.traits().HostID != first || two.traits().HostID != second {
		t.Errorf("got hosts %s and %s, want one on each", one.traits().HostID, two.traits().HostID)
	}
	shown := d.dedicated(first)
	if *shown.HostResource.CpuAvailable != 32 || *shown.HostResource.MemAvailable != 220 || !slices.Equal(plain(shown.InstanceIds), ids[:1]) {
		t.Errorf("got %+v with %v", shown.HostResource, plain(shown.InstanceIds))
	}
	refused(d, sdk.RESOURCEINSUFFICIENT_SPECIFIEDINSTANCETYPE, runInstances, d.order(upon("CDH_40C100G", first)))
	for name, row := range map[string]struct {
		code   string
		change func(*sdk.RunInstancesRequestParams)
	}{
		"no host":       {"MissingParameter", upon("CDH_1C1G")},
		"no id":         {sdk.INVALIDHOSTID_MALFORMED, upon("CDH_1C1G", "mine")},
		"not there":     {sdk.INVALIDHOSTID_NOTFOUND, upon("CDH_1C1G", "host-00000000")},
		"standard type": {sdk.INVALIDPARAMETER_HOSTIDSTANDARDINSTANCETYPENOTSUPPORT, upon("S5.MEDIUM4", first)},
		"no type":       {sdk.INVALIDINSTANCETYPE_MALFORMED, upon("CDH_0C1G", first)},
		"other zone": {sdk.INVALIDPARAMETER_INSTANCETYPESUPPORTEDHOSTNOTFOUND, func(in *sdk.RunInstancesRequestParams) {
			upon("CDH_1C1G", first)(in)
			in.Placement.Zone = p("ap-guangzhou-6")
		}},
		"another way to pay": {sdk.INVALIDPARAMETERCOMBINATION, func(in *sdk.RunInstancesRequestParams) { in.Placement.HostIds = ps(first) }},
		"not yet running":    {sdk.INVALIDPARAMETER_HOSTIDSTATUSNOTSUPPORT, upon("CDH_1C1G", *call(d, allocateHosts, lease()).HostIdSet[0])},
	} {
		d.Log(name)
		refused(d, row.code, runInstances, d.order(row.change))
	}
	view := call(d, describeInstances, sdk.DescribeInstancesRequestParams{Filters: by("host-id", first)})
	if view.TotalCount != 1 {
		t.Errorf("got %+v, want the instance of the host", view)
	}
	price := call(d, inquiryPriceRunInstances, sdk.InquiryPriceRunInstancesRequestParams{
		Placement: &sdk.Placement{Zone: p("ap-guangzhou-3"), HostIds: ps(first)}, ImageId: p(ubuntu), InstanceChargeType: p(cdhpaid), InstanceType: p("CDH_2C4G"),
	}).Price
	if got := *price.InstancePrice.UnitPrice; got != 0.045 {
		t.Errorf("got %v an hour, want the system disk alone", got)
	}
	call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(ids[0])})
	d.Advance(terminateTakes)
	if got := d.dedicated(first).HostResource; *got.CpuAvailable != 72 {
		t.Errorf("got %d vCPUs free, want all", *got.CpuAvailable)
	}
}

func TestExpiredHostTakesItsInstancesAlong(t *testing.T) {
	d := newDesk(t)
	id := d.lease()
	end := clock.AddMonths(d.Now.Add(-launchTakes), 1)
	instance := d.run(upon("CDH_2C4G", id))
	d.Advance(end.Sub(d.Now))
	if h, i := d.dedicated(id), d.row(instance); *h.HostState != hostExpired || i.State != stateStopped || i.Restrict != expired {
		t.Errorf("got %s with %+v, want both expired", *h.HostState, i)
	}
	late := d.in(d.Scope.Region)
	late.Advance(recycled)
	if h, i := late.dedicated(id), late.row(instance); h != nil || i != nil {
		t.Errorf("got %+v with %+v, want both gone", h, i)
	}
	late.Must(func(c *api.Call) {
		if _, there := vpc.Of(c.Tx, instance); there {
			t.Error("the instance's network card is still there")
		}
	})
}

func TestRenewedHostKeepsItsInstances(t *testing.T) {
	d := newDesk(t)
	id := d.lease()
	end := clock.AddMonths(d.Now.Add(-launchTakes), 1)
	instance := d.run(upon("CDH_2C4G", id))
	d.Advance(end.Sub(d.Now) + time.Hour)
	term := &sdk.ChargePrepaid{Period: p(uint64(2))}
	if got := call(d, inquiryPriceRenewHosts, sdk.InquiryPriceRenewHostsRequestParams{HostIds: ps(id), HostChargePrepaid: term}).Price.HostPrice; *got.OriginalPrice != 15880 {
		t.Errorf("got a price of %v, want two months", *got.OriginalPrice)
	}
	refused(d, sdk.INVALIDHOST_NOTSUPPORTED, modifyHostsAttribute, sdk.ModifyHostsAttributeRequestParams{HostIds: ps(id), RenewFlag: p(renewByItself)})
	call(d, renewHosts, sdk.RenewHostsRequestParams{HostIds: ps(id), HostChargePrepaid: term})
	if h, i := d.dedicated(id), d.row(instance); *h.HostState != hostRunning || *h.ExpiredTime != "2026-06-01T04:00:00Z" || i.Restrict != unrestricted {
		t.Errorf("got %s until %s with %+v, want it back", *h.HostState, *h.ExpiredTime, i)
	}
	call(d, startInstances, sdk.StartInstancesRequestParams{InstanceIds: ps(instance)})
	d.Advance(recycled + time.Hour)
	if i := d.row(instance); i == nil || i.State != stateRunning {
		t.Errorf("got %+v, want it running past the first end", i)
	}
	call(d, modifyHostsAttribute, sdk.ModifyHostsAttributeRequestParams{HostIds: ps(id), RenewFlag: p(renewByItself)})
	d.Advance(200 * 24 * time.Hour)
	if h, i := d.dedicated(id), d.row(instance); h == nil || *h.HostState != hostRunning || i == nil || i.State != stateRunning {
		t.Errorf("got %+v with %+v, want both for good", h, i)
	}
}

func TestAnInstanceIsCutAnewOnItsHost(t *testing.T) {
	d := newDesk(t)
	host := d.lease()
	id := d.run(upon("CDH_2C4G", host))
	change := func(kind string) sdk.ResetInstancesTypeRequestParams {
		return sdk.ResetInstancesTypeRequestParams{InstanceIds: ps(id), InstanceType: &kind, ForceStop: p(true)}
	}
	refused(d, sdk.INVALIDPARAMETER_HOSTIDCUSTOMIZEDINSTANCETYPENOTSUPPORT, resetInstancesType, change("CDH_999C4G"))
	call(d, resetInstancesType, change("CDH_4C8G"))
	d.Advance(stopTakes + modifyTakes + startTakes)
	if got := d.shown(id); *got.InstanceType != "CDH_4C8G" || *got.CPU != 4 || *got.Placement.HostId != host || *got.InstanceState != stateRunning {
		t.Errorf("got %s with %d CPUs on %s, %s; want CDH_4C8G running where it was", *got.InstanceType, *got.CPU, *got.Placement.HostId, *got.InstanceState)
	}
	whole := d.dedicated(host).HostResource
	if used := *whole.CpuTotal - *whole.CpuAvailable; used != 4 {
		t.Errorf("got %d CPUs of the host in use, want 4", used)
	}
}

func TestHostRefusals(t *testing.T) {
	d := newDesk(t)
	for name, row := range map[string]struct {
		code   string
		change func(*sdk.AllocateHostsRequestParams)
	}{
		"zone":      {sdk.INVALIDZONE_MISMATCHREGION, func(in *sdk.AllocateHostsRequestParams) { in.Placement.Zone = p("ap-beijing-3") }},
		"sold out":  {sdk.INVALIDPARAMETERVALUE_ZONENOTSUPPORTED, func(in *sdk.AllocateHostsRequestParams) { in.Placement.Zone = p("ap-guangzhou-2") }},
		"project":   {sdk.INVALIDPROJECTID_NOTFOUND, func(in *sdk.AllocateHostsRequestParams) { in.Placement.ProjectId = p(int64(9)) }},
		"type":      {sdk.RESOURCEINSUFFICIENT_ZONESOLDOUTFORSPECIFIEDINSTANCE, func(in *sdk.AllocateHostsRequestParams) { in.HostType = p("HX1") }},
		"by hour":   {"InvalidParameterValue", func(in *sdk.AllocateHostsRequestParams) { in.HostChargeType = p(postpaid) }},
		"no term":   {"MissingParameter", func(in *sdk.AllocateHostsRequestParams) { in.HostChargePrepaid = nil }},
		"long term": {sdk.INVALIDPERIOD, func(in *sdk.AllocateHostsRequestParams) { in.HostChargePrepaid.Period = p(uint64(48)) }},
		"count":     {sdk.INVALIDPARAMETERVALUE_RANGE, func(in *sdk.AllocateHostsRequestParams) { in.HostCount = p(uint64(0)) }},
	} {
		d.Log(name)
		refused(d, row.code, allocateHosts, lease(row.change))
	}
	id := d.lease()
	modify := func(change func(*sdk.ModifyHostsAttributeRequestParams)) sdk.ModifyHostsAttributeRequestParams {
		in := sdk.ModifyHostsAttributeRequestParams{HostIds: ps(id)}
		change(&in)
		return in
	}
	refused(d, "MissingParameter", modifyHostsAttribute, modify(func(*sdk.ModifyHostsAttributeRequestParams) {}))
	refused(d, "InvalidParameter", modifyHostsAttribute, modify(func(in *sdk.ModifyHostsAttributeRequestParams) { in.HostName, in.RenewFlag = p("h"), p(renewByHand) }))
	refused(d, "InvalidParameterValue", modifyHostsAttribute, modify(func(in *sdk.ModifyHostsAttributeRequestParams) { in.HostName = p(strings.Repeat("h", 61)) }))
	refused(d, "InvalidParameterValue", modifyHostsAttribute, modify(func(in *sdk.ModifyHostsAttributeRequestParams) { in.ProjectId = p(uint64(9)) }))
	refused(d, sdk.INVALIDHOSTID_NOTFOUND, renewHosts, sdk.RenewHostsRequestParams{HostIds: ps("host-00000000"), HostChargePrepaid: &sdk.ChargePrepaid{Period: p(uint64(1))}})
	refused(d, sdk.INVALIDHOSTID_MALFORMED, describeHosts, sdk.DescribeHostsRequestParams{Filters: by("host-id", "mine")})
	refused(d, sdk.INVALIDZONE_MISMATCHREGION, describeHosts, sdk.DescribeHostsRequestParams{Filters: by("zone", "ap-beijing-3")})
	call(d, modifyHostsAttribute, modify(func(in *sdk.ModifyHostsAttributeRequestParams) { in.HostName = p("mine") }))
	if got := d.dedicated(id); *got.HostName != "mine" || *got.HostState != hostRunning {
		t.Errorf("got %+v, want it renamed", got)
	}
}
