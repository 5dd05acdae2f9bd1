package cbs

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// diskField declares a filter that looks at the row alone.
func diskField(of func(d *Disk) string) api.Field[Disk] {
	return api.Field[Disk]{Of: func(_ *api.Call, _ string, d *Disk) []string { return []string{of(d)} }}
}

var diskQuery = api.Query[Disk]{
	Table: disks,
	Fields: map[string]api.Field[Disk]{
		"disk-id":          {Of: func(_ *api.Call, id string, _ *Disk) []string { return []string{id} }},
		"disk-name":        {Of: func(_ *api.Call, _ string, d *Disk) []string { return []string{d.Name} }, Index: "name"},
		"disk-state":       {Of: func(_ *api.Call, _ string, d *Disk) []string { return []string{d.State} }, Index: "state"},
		"instance-id":      {Of: func(_ *api.Call, _ string, d *Disk) []string { return d.hosts() }, Index: "instance"},
		"instance-name":    {Of: hostNames},
		"disk-usage":       diskField((*Disk).Usage),
		"disk-charge-type": diskField(func(d *Disk) string { return d.Charge }),
		"disk-type":        diskField(func(d *Disk) string { return d.Type }),
		"zone":             diskField(func(d *Disk) string { return d.Zone }),
		"project-id":       diskField(func(d *Disk) string { return strconv.FormatUint(d.Project, 10) }),
		"portable":         {Of: func(_ *api.Call, _ string, d *Disk) []string { return spellings(d.Portable) }},
		// No account here has a dedicated cluster.
		"dedicated-cluster-id": diskField(func(*Disk) string { return "" }),
		"cluster-group-id":     diskField(func(*Disk) string { return "" }),
	},
	Tags:  func(c *api.Call, id string, _ *Disk) map[string]string { return tag.Of(c.Tx, volume(id)) },
	Rules: rules,
}

// dataQuery is diskQuery for who asks for data disks alone.
var dataQuery = func() api.Query[Disk] {
	q := diskQuery
	q.Fields = maps.Clone(q.Fields)
	usage := q.Fields["disk-usage"]
	usage.Index = "data"
	q.Fields["disk-usage"] = usage
	return q
}()

// queryFor is the query that finds what the filters mean with the least work.
func queryFor(all []api.Filter) api.Query[Disk] {
	if slices.ContainsFunc(all, func(f api.Filter) bool { return f.Name == "disk-usage" && slices.Equal(f.Values, []string{DataDisk}) }) {
		return dataQuery
	}
	return diskQuery
}

// spellings are the ways in which filters write a truth.
func spellings(b bool) []string {
	if b {
		return []string{"TRUE", "true", "True"}
	}
	return []string{"FALSE", "false", "False"}
}

func hostNames(c *api.Call, _ string, d *Disk) (names []string) {
	for _, id := range d.hosts() {
		if h, ok := host.Get(c.Tx, id); ok {
			names = append(names, h.Name)
		}
	}
	return names
}

// describeDisks lists disks, oldest first unless asked otherwise. DiskIds and Filters exclude each other.
func describeDisks(c *api.Call, in *sdk.DescribeDisksRequestParams) (*sdk.DescribeDisksResponseParams, error) {
	wanted := byAddress(c, filters(in.Filters))
	q, err := ordered(queryFor(wanted), in.Order)
	if err != nil {
		return nil, err
	}
	run := q.Run
	switch or(in.OrderField, "CREATE_TIME") {
	case "CREATE_TIME":
	case "DEADLINE":
		run = func(c *api.Call, ask api.Ask) ([]api.Hit[Disk], int, error) { return byDeadline(c, q, ask) }
	default:
		return nil, bad(*in.OrderField, "OrderField")
	}
	page, total, err := run(c, api.Ask{IDs: in.DiskIds, Filters: wanted, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	set := make([]*sdk.Disk, len(page))
	for i, hit := range page {
		set[i] = show(c, hit.ID, hit.Row)
		if or(in.ReturnBindAutoSnapshotPolicy, false) {
			set[i].AutoSnapshotPolicyIds = pointers(policiesOf(c.Tx, hit.ID))
		}
	}
	return &sdk.DescribeDisksResponseParams{TotalCount: p(uint64(total)), DiskSet: set}, nil
}

// byAddress puts the instances that have an address in the place of the address.
func byAddress(c *api.Call, all []api.Filter) []api.Filter {
	for i, f := range all {
		if f.Name != "instance-ip-address" {
			continue
		}
		var ids []string
		for _, ip := range f.Values {
			ids = slices.Concat(ids, vpc.ByPrivateIP(c.Tx, ip), vpc.ByPublicIP(c.Tx, ip))
		}
		if len(ids) == 0 {
			ids = []string{""} // which no disk is at
		}
		all[i] = api.Filter{Name: "instance-id", Values: ids}
	}
	return all
}

// byDeadline is a page in the order in which the disks end, those that do not end last.
func byDeadline(c *api.Call, q *api.Query[Disk], ask api.Ask) ([]api.Hit[Disk], int, error) {
	page, total, err := q.Run(c, ask)
	if err != nil || total == 0 {
		return nil, total, err
	}
	everything := *q
	everything.Newest = false
	everything.Rules.DefaultLimit, everything.Rules.MaxLimit = total, total
	all, _, err := everything.Run(c, api.Ask{IDs: ask.IDs, Filters: ask.Filters})
	if err != nil {
		return nil, 0, err
	}
	end := func(d *Disk) int64 {
		if d.Charge != Prepaid {
			return math.MaxInt64
		}
		return d.until(c.Now).Unix()
	}
	slices.SortStableFunc(all, func(a, b api.Hit[Disk]) int { return cmp.Compare(end(a.Row), end(b.Row)) })
	if q.Newest {
		slices.Reverse(all)
	}
	from := 0
	if o, ok := ask.Offset.(*uint64); ok {
		from = int(min(or(o, 0), uint64(total)))
	}
	return all[from : from+len(page)], total, nil
}

// show is a disk as callers see it. What is in the row is pointed at, not copied.
func show(c *api.Call, id string, d *Disk) *sdk.Disk {
	t := d.traits()
	count, size := snapshotsOf(c.Tx, id)
	out := &sdk.Disk{
		DiskId: &id, DiskName: &d.Name, DiskType: &d.Type, DiskState: &d.State, DiskSize: &d.Size, DiskChargeType: &d.Charge,
		DiskUsage: p(d.Usage()), Portable: &d.Portable, Encrypt: &d.Encrypt, DeleteWithInstance: &d.DeleteWithInstance,
		InstanceId: &d.Instance, InstanceIdList: []*string{}, Attached: p(d.attached()), LastAttachInsId: p(t.LastHost),
		Placement: placement(c, d.Zone, d.Project), CreateTime: stamp(d.Created),
		RenewFlag: p(cmp.Or(d.Renew, ManualRenew)), AutoRenewFlagError: p(false), DeadlineError: p(false),
		SnapshotAbility: p(true), SnapshotCount: p(int64(count)), SnapshotSize: p(size << 10),
		Rollbacking: p(d.State == Rollbacking), RollbackPercent: p(t.Rolling.percent(c.Now)),
		Migrating: p(t.MovesTo != ""), MigratePercent: p(migrated(t, c.Now)),
		ThroughputPerformance: p(t.Throughput), BurstPerformance: p(t.Burst), Shareable: p(t.Shareable),
		DiskBackupQuota: p(t.Backups), DiskBackupCount: p(uint64(backups.Count(c.Tx, "disk", id))),
		DeleteSnapshot: p(int64(0)), BackupDisk: p(false), ErrorPrompt: p(""), Tags: showTags(c, volume(id)),
	}
	if t.DeleteSnapshot {
		out.DeleteSnapshot = p(int64(1))
	}
	if t.Shareable {
		out.InstanceIdList = pointers(t.Hosts)
	}
	if len(d.hosts()) > 0 {
		out.InstanceType = p("CVM")
	}
	if d.Encrypt {
		out.EncryptType, out.KmsKeyId = p(t.EncryptType), p(t.KmsKey)
	}
	showCharge(c, out, d)
	return out
}

func migrated(t Traits, now time.Time) uint64 {
	if t.MovesTo == "" {
		return 100
	}
	return t.Moving.percent(now)
}

// showCharge fills in what depends on how a disk is paid.
func showCharge(c *api.Call, out *sdk.Disk, d *Disk) {
	out.DifferDaysOfDeadline, out.IsReturnable, out.ReturnFailCode = p(int64(0)), p(false), p(int64(10))
	if d.Charge != Prepaid {
		return
	}
	end := d.until(c.Now)
	out.DeadlineTime = stamp(end.Unix())
	out.DifferDaysOfDeadline = p(int64(end.Sub(c.Now) / (24 * time.Hour)))
	switch {
	case d.State == ToRecycle:
		out.ReturnFailCode = p(int64(1))
	case d.Portable:
		out.IsReturnable, out.ReturnFailCode = p(true), nil
	}
}

// placement is where something is, as this product shows it.
func placement(c *api.Call, zone string, project uint64) *sdk.Placement {
	title, _ := tag.Project(c.Tx, project)
	return &sdk.Placement{
		Zone: &zone, ProjectId: &project, ProjectName: &title,
		CageId: p(""), CdcId: p(""), CdcName: p(""), DedicatedClusterId: p(""),
	}
}
