package cvm

import (
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// dedicated is a dedicated host: a machine rented whole. Which instances are on it, they know.
type dedicated struct {
	Name, Type, Zone string
	ProjectID        int64
	State            string // as HostState
	Renew            string // RenewFlag
	Created          int64  // UNIX seconds
	Ready            int64  // UNIX seconds: from when on it runs
	Expires          int64  // UNIX seconds; as bought, before any automatic renewal
}

var dedicatedHosts = state.NewTable("cvm.dedicated-host",
	state.By("zone", func(_ string, d *dedicated) []string { return []string{d.Zone} }),
)

// States of a dedicated host.
const (
	hostPending = "PENDING"
	hostRunning = "RUNNING"
	hostExpired = "EXPIRED"
)

// dedicatedIDs is how actions on dedicated hosts name them.
var dedicatedIDs = naming{
	noun: "host", zh: "专用宿主机", form: shape("host"), max: maxBatch,
	malformed: sdk.INVALIDHOSTID_MALFORMED, missing: sdk.INVALIDHOSTID_NOTFOUND, tooMany: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
}

// put makes d the host from now on, with what becomes of it if nobody renews it: on its last day it expires, and a week
// later it is gone.
func (d dedicated) put(c *api.Call, id string) {
	dedicatedHosts.Put(c.Tx, id, d)
	dedicatedHosts.Edit(c.Tx, time.Unix(d.Ready, 0), id, func(d *dedicated) {
		if d.State == hostPending {
			d.State = hostRunning
		}
	})
	tag.Keep(c.Tx, taggedDedicated(id))
	if expires, gone, ends := d.end(); ends {
		dedicatedHosts.Edit(c.Tx, expires, id, func(d *dedicated) { d.State = hostExpired })
		dedicatedHosts.Delete(c.Tx, gone, id)
		tag.Drop(c.Tx, gone, taggedDedicated(id))
	}
}

// end is when the host expires and when it is gone; false for one that is renewed by itself.
func (d *dedicated) end() (expires, gone time.Time, ends bool) {
	expires = time.Unix(d.Expires, 0)
	return expires, expires.Add(recycled), d.Renew != renewByItself
}

// until is when the host ends as far as is known now: automatic renewals come month by month.
func (d *dedicated) until(now time.Time) time.Time {
	bought := time.Unix(d.Expires, 0)
	end := bought
	for n := 1; d.Renew == renewByItself && !end.After(now); n++ {
		end = clock.AddMonths(bought, n)
	}
	return end
}

// kind is the host's type.
func (d *dedicated) kind() *offer.Host {
	if t, ok := offer.FindHost(d.Type); ok {
		return t
	}
	return &offer.Host{Name: d.Type}
}

// free is what is left of a host.
func (d *dedicated) free(c *api.Call, id string) (cpu, memory int64) {
	cpu, memory = d.kind().CPU, d.kind().Memory
	for _, i := range instances.Where(c.Tx, "host", id) {
		cpu -= i.kind().CPU
		memory -= i.kind().Memory
	}
	return cpu, memory
}

// findsDedicated is how dedicated hosts are found, oldest first. Source: document/api/213/16474.
var findsDedicated = api.Query[dedicated]{
	Table: dedicatedHosts,
	Tags: func(c *api.Call, id string, _ *dedicated) map[string]string {
		return tag.Of(c.Tx, taggedDedicated(id))
	},
	Rules: api.Rules{
		MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED,
		UnknownFilter: sdk.INVALIDFILTER, BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE,
	},
	Fields: map[string]api.Field[dedicated]{
		"zone":       {Index: "zone", Of: func(_ *api.Call, _ string, d *dedicated) []string { return []string{d.Zone} }},
		"host-id":    {Of: func(_ *api.Call, id string, _ *dedicated) []string { return []string{id} }},
		"host-name":  {Of: func(_ *api.Call, _ string, d *dedicated) []string { return []string{d.Name} }},
		"host-type":  {Of: func(_ *api.Call, _ string, d *dedicated) []string { return []string{d.Type} }},
		"host-state": {Of: func(_ *api.Call, _ string, d *dedicated) []string { return []string{d.State} }},
		"project-id": {Of: func(_ *api.Call, _ string, d *dedicated) []string {
			return []string{strconv.FormatInt(d.ProjectID, 10)}
		}},
	},
}

// describeHosts lists dedicated hosts with their instances and what is left of them, oldest first.
func describeHosts(c *api.Call, in *sdk.DescribeHostsRequestParams) (*sdk.DescribeHostsResponseParams, error) {
	all := filters(in.Filters)
	for _, f := range all {
		if err := checkTagFilter(f.Name, tag.Codes{Reserved: sdk.FAILEDOPERATION_TAGKEYRESERVED}); err != nil {
			return nil, err
		}
		for _, v := range f.Values {
			if _, err := zoneHere(c, v); f.Name == "zone" && err != nil {
				return nil, err
			}
			if err := dedicatedIDs.check(c, v); f.Name == "host-id" && err != nil {
				return nil, err
			}
		}
	}
	page, total, err := findsDedicated.Run(c, api.Ask{Filters: all, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeHostsResponseParams{TotalCount: new(uint64(total)), HostSet: []*sdk.HostItem{}}
	for _, hit := range page {
		out.HostSet = append(out.HostSet, hit.Row.view(c, hit.ID))
	}
	return out, nil
}

// view is the host as the API shows it. HostIp stays null: there is nothing to reach.
func (d *dedicated) view(c *api.Call, id string) *sdk.HostItem {
	var members []string
	for instance := range instances.Where(c.Tx, "host", id) {
		members = append(members, instance)
	}
	kind := d.kind()
	cpu, memory := d.free(c, id)
	return &sdk.HostItem{
		Placement: &sdk.Placement{Zone: &d.Zone, ProjectId: &d.ProjectID}, HostId: &id, HostType: &d.Type, HostName: &d.Name,
		HostChargeType: new(prepaid), RenewFlag: &d.Renew, CreatedTime: new(iso(d.Created)), ExpiredTime: new(iso(d.until(c.Now).Unix())),
		InstanceIds: listed(members), HostState: &d.State, CageId: new(""), Tags: showTags(tag.Of(c.Tx, taggedDedicated(id))),
		HostResource: &sdk.HostResource{
			CpuTotal: new(uint64(kind.CPU)), CpuAvailable: new(uint64(cpu)), MemTotal: new(float64(kind.Memory)), MemAvailable: new(float64(memory)),
			DiskTotal: new(uint64(0)), DiskAvailable: new(uint64(0)), DiskType: new(""), GpuTotal: new(uint64(0)), GpuAvailable: new(uint64(0)),
		},
	}
}

// taggedDedicated is how tags know a dedicated host.
func taggedDedicated(id string) tag.Resource {
	return tag.Resource{Service: "cvm", Prefix: "host", ID: id}
}
