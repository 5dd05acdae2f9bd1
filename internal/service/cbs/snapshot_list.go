package cbs

import (
	"math"
	"slices"
	"strconv"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

// Whose a snapshot is, as SnapshotType says.
const (
	private = "PRIVATE_SNAPSHOT"
	shared  = "SHARED_SNAPSHOT"
)

// snapshotField declares a filter that looks at the row alone.
func snapshotField(of func(s *Snapshot) string) api.Field[Snapshot] {
	return api.Field[Snapshot]{Of: func(_ *api.Call, _ string, s *Snapshot) []string { return []string{of(s)} }}
}

var snapshotQuery = api.Query[Snapshot]{
	Table: snapshots,
	Fields: map[string]api.Field[Snapshot]{
		"snapshot-id":    {Of: func(_ *api.Call, id string, _ *Snapshot) []string { return []string{id} }},
		"disk-id":        {Of: func(_ *api.Call, _ string, s *Snapshot) []string { return []string{s.Disk} }, Index: "disk"},
		"encrypt":        {Of: func(_ *api.Call, _ string, s *Snapshot) []string { return spellings(s.Encrypt) }},
		"snapshot-name":  snapshotField(func(s *Snapshot) string { return s.Name }),
		"snapshot-state": snapshotField(func(s *Snapshot) string { return s.State }),
		"snapshot-type":  snapshotField(func(*Snapshot) string { return private }),
		"disk-usage":     snapshotField((*Snapshot).Usage),
		"project-id":     snapshotField(func(s *Snapshot) string { return strconv.FormatUint(s.Project, 10) }),
		"zone":           snapshotField(func(s *Snapshot) string { return s.Zone }),
	},
	Rules: rules,
}

// maxDisksAsked is how many values the filter disk-id takes.
const maxDisksAsked = 10

// describeSnapshots lists the caller's snapshots, oldest first unless asked otherwise, and those that others share with
// the caller if they are asked for by id or by snapshot-type. SnapshotIds and Filters exclude each other.
func describeSnapshots(c *api.Call, in *sdk.DescribeSnapshotsRequestParams) (*DescribeSnapshotsResponseParams, error) {
	if f := or(in.OrderField, "CREATE_TIME"); f != "CREATE_TIME" {
		return nil, bad(f, "OrderField")
	}
	q, err := ordered(snapshotQuery, in.Order)
	if err != nil {
		return nil, err
	}
	ask := api.Ask{IDs: in.SnapshotIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}
	for _, f := range ask.Filters {
		if f.Name == "disk-id" && len(f.Values) > maxDisksAsked {
			return nil, bad(len(f.Values), "Filters")
		}
	}
	page, total, err := q.Run(c, ask)
	if err != nil {
		return nil, err
	}
	set := make([]*ShownSnapshot, 0, len(page))
	for _, hit := range page {
		set = append(set, showSnapshot(c, hit.ID, hit.Row))
	}
	if wantsShared(ask, total) {
		set, total = appendShared(c, ask, set, total)
	}
	return &DescribeSnapshotsResponseParams{TotalCount: p(uint64(total)), SnapshotSet: set}, nil
}

// wantsShared says whether snapshots of other accounts are asked for, too.
func wantsShared(ask api.Ask, own int) bool {
	return own < len(ask.IDs) || slices.ContainsFunc(ask.Filters, func(f api.Filter) bool {
		return f.Name == "snapshot-type" && slices.Contains(f.Values, shared)
	})
}

// showSnapshot is a snapshot as its owner sees it.
func showSnapshot(c *api.Call, id string, s *Snapshot) *ShownSnapshot {
	out := &ShownSnapshot{Snapshot: sdk.Snapshot{
		SnapshotId: &id, SnapshotName: &s.Name, SnapshotState: &s.State, SnapshotType: p(private), DiskId: &s.Disk, DiskSize: &s.Size,
		DiskUsage: p(s.Usage()), Encrypt: &s.Encrypt, Placement: placement(c, s.Zone, s.Project), CopyFromRemote: &s.Copied,
		IsPermanent: &s.Permanent, DeadlineTime: stamp(s.Deadline), CreateTime: stamp(s.Created), LatestModifyTime: stamp(s.Changed),
		Percent: p(s.Making.percent(c.Now)), ShareReference: p(uint64(len(s.Shares))), CopyingToRegions: []*string{},
		Images: []*sdk.Image{}, Tags: showTags(c, snapshotResource(id)), IsLocked: p(false),
	}}
	if s.Policy != "" {
		out.AutoSnapshotPolicyId = &s.Policy
	}
	for imageID, i := range images.Where(c.Tx, "snapshot", id) {
		out.Images = append(out.Images, &sdk.Image{ImageId: p(imageID), ImageName: &i.Name})
	}
	out.ImageCount = p(uint64(len(out.Images)))
	for _, cp := range s.Copies {
		if !cp.Way.over(c.Now) {
			out.CopyingToRegions = append(out.CopyingToRegions, p(cp.Region))
		}
	}
	if len(s.Shares) > 0 {
		out.TimeStartShare = stamp(s.Shares[0].Since)
	}
	return out
}

// freeSnapshots is how many GiB of snapshots a region of the mainland gives away.
const freeSnapshots = 50

// overview counts a region's snapshots and their GiB.
func overview(c *api.Call) (count int, size, free, paid float64) {
	for _, s := range snapshots.All(c.Tx) {
		count++
		size += float64(s.Size)
	}
	if strings.HasPrefix(c.Region, "ap-") {
		free = freeSnapshots
	}
	return count, size, free, math.Max(0, size-free)
}

// describeSnapshotOverview sums up the caller's snapshots in the region. Simulated: a snapshot is as large as its disk.
func describeSnapshotOverview(c *api.Call, _ *sdk.DescribeSnapshotOverviewRequestParams) (*sdk.DescribeSnapshotOverviewResponseParams, error) {
	count, size, free, paid := overview(c)
	return &sdk.DescribeSnapshotOverviewResponseParams{TotalNums: p(uint64(count)), TotalSize: &size, FreeQuota: &free, RealTradeSize: &paid}, nil
}

// getSnapOverview is the older name of describeSnapshotOverview.
func getSnapOverview(c *api.Call, _ *sdk.GetSnapOverviewRequestParams) (*sdk.GetSnapOverviewResponseParams, error) {
	count, size, free, paid := overview(c)
	return &sdk.GetSnapOverviewResponseParams{TotalNums: p(int64(count)), TotalSize: &size, FreeQuota: &free, RealTradeSize: &paid}, nil
}
