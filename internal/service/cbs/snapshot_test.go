package cbs

import (
	"reflect"
	"slices"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// snapshot takes a snapshot and waits for it.
func (w *world) snapshot(disk string) string {
	w.T.Helper()
	id := *apitest.Call(w.World, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk}).SnapshotId
	w.Advance(snapshotTime)
	return id
}

func (w *world) snapshotOf(id string) *ShownSnapshot {
	w.T.Helper()
	set := apitest.Call(w.World, describeSnapshots, sdk.DescribeSnapshotsRequestParams{SnapshotIds: []*string{&id}}).SnapshotSet
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

func TestSnapshotIsCompleteAndProgresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disk := w.disk(order())
	id := *apitest.Call(w.World, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk, SnapshotName: p("s")}).SnapshotId
	w.Advance(snapshotTime / 2)
	s := w.snapshotOf(id)
	if *s.SnapshotState != Creating || *s.Percent == 0 || *s.Percent == 100 || !*s.IsPermanent {
		t.Errorf("got %s, %d%%, permanent %t", *s.SnapshotState, *s.Percent, *s.IsPermanent)
	}
	apitest.Refused(w.World, sdk.RESOURCEUNAVAILABLE_SNAPSHOTCREATING, deleteSnapshots, sdk.DeleteSnapshotsRequestParams{SnapshotIds: []*string{&id}})
	apitest.Refused(w.World, sdk.RESOURCEUNAVAILABLE_SNAPSHOTCREATING, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk})
	w.Advance(snapshotTime)
	s = w.snapshotOf(id)
	if *s.SnapshotState != Normal || *s.Percent != 100 {
		t.Errorf("got %s, %d%%", *s.SnapshotState, *s.Percent)
	}
	null := []string{"DeadlineTime", "TimeStartShare", "AutoSnapshotPolicyId"}
	for i, v := 0, reflect.ValueOf(s.Snapshot); i < v.NumField(); i++ {
		if n := v.Type().Field(i).Name; v.Field(i).IsNil() && !slices.Contains(null, n) {
			t.Errorf("%s: got null, want a value", n)
		}
	}
	if d := w.describe(disk); *d.SnapshotCount != 1 || *d.SnapshotSize != 50<<10 {
		t.Errorf("got %d snapshots of %d MiB", *d.SnapshotCount, *d.SnapshotSize)
	}
}

func TestSnapshotEndsOnItsLastDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disk := w.disk(order())
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk, Deadline: p("2026-03-01T05:00:00+00:00")})
	id := *apitest.Call(w.World, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk, Deadline: p("2026-03-11T04:00:00+00:00")}).SnapshotId
	apitest.Call(w.World, modifySnapshotAttribute, sdk.ModifySnapshotAttributeRequestParams{SnapshotId: &id, Deadline: p("2026-03-21T04:00:00+00:00")})
	w.Advance(10 * 24 * time.Hour)
	if s := w.snapshotOf(id); s == nil || *s.SnapshotState != Normal || *s.DeadlineTime != "2026-03-21 12:00:00" {
		t.Fatalf("got %+v, want it until 2026-03-21 12:00:00", s)
	}
	w.Advance(10 * 24 * time.Hour)
	if s := w.snapshotOf(id); s != nil {
		t.Errorf("got %s, want it gone", *s.SnapshotId)
	}
}

func TestDiskOfASnapshot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.snapshot(w.disk(order()))
	in := order()
	in.DiskSize, in.SnapshotId = nil, &id
	if d := w.describe(w.disk(in)); *d.DiskSize != 50 {
		t.Errorf("got %d GiB, want the snapshot's 50", *d.DiskSize)
	}
	in.DiskSize = p(uint64(40))
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, createDisks, in)
	system := w.snapshot(w.instance("ins-1")[0])
	in.DiskSize, in.SnapshotId = nil, &system
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, createDisks, in)
}

func TestRollbackNeedsItsOwnDiskAtRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.instance("ins-1", Spec{Type: Premium, Size: 20})
	disk, other := all[1], w.disk(order())
	id := w.snapshot(disk)
	apitest.Refused(w.World, sdk.INVALIDSNAPSHOT_NOTSUPPORTED, applySnapshot, sdk.ApplySnapshotRequestParams{SnapshotId: &id, DiskId: &other})
	in := sdk.ApplySnapshotRequestParams{SnapshotId: &id, DiskId: &disk}
	apitest.Refused(w.World, sdk.INVALIDINSTANCE_NOTSUPPORTED, applySnapshot, in)
	w.Must(func(c *api.Call) { host.Edit(c.Tx, c.Now, "ins-1", func(h *host.Host) { h.State = "STOPPED" }) })
	apitest.Call(w.World, applySnapshot, in)
	w.wantState(disk, Rollbacking)
	if d := w.describe(disk); !*d.Rollbacking || *d.RollbackPercent != 0 || *d.InstanceId != "ins-1" {
		t.Errorf("got %+v", d)
	}
	w.Advance(rollbackTime)
	w.wantState(disk, Attached)
	if s := w.snapshotOf(id); *s.SnapshotState != Normal {
		t.Errorf("got %s", *s.SnapshotState)
	}
	in.AutoStopInstance = p(true)
	apitest.Refused(w.World, tcerr.UnsupportedOperationNotEmulated, applySnapshot, in)
}

func TestSnapshotsWithImagesNeedTheirConsent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.instance("ins-1", Spec{Type: Premium, Size: 20})
	var ids []string
	w.Must(func(c *api.Call) {
		ids = Snap(c, "image", all)
		BindImage(c.Tx, "img-1", "web", ids)
	})
	w.Advance(snapshotTime)
	if s := w.snapshotOf(ids[0]); *s.ImageCount != 1 || *s.Images[0].ImageName != "web" || *s.DiskUsage != SystemDisk {
		t.Errorf("got %+v", s)
	}
	in := sdk.DeleteSnapshotsRequestParams{SnapshotIds: []*string{&ids[1]}}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_SNAPSHOTHASBINDEDIMAGE, deleteSnapshots, in)
	in.DeleteBindImages = p(true)
	apitest.Call(w.World, deleteSnapshots, in)
	w.Must(func(c *api.Call) {
		if ImageBound(c.Tx, "img-1") {
			t.Error("got an image whose snapshot is gone, want none")
		}
	})
}

func TestSharedSnapshotsAreSeenByTheOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := w.Scope
	theirs := mine
	theirs.Account = "200000000002"
	id := w.snapshot(w.disk(order()))
	share := sdk.ModifySnapshotsSharePermissionRequestParams{SnapshotIds: []*string{&id}, AccountIds: []*string{&theirs.Account}, Permission: p("SHARE")}
	apitest.Call(w.World, modifySnapshotsSharePermission, share)
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_SNAPHASSHARED, deleteSnapshots, sdk.DeleteSnapshotsRequestParams{SnapshotIds: []*string{&id}})

	w.Scope = theirs
	if s := w.snapshotOf(id); s == nil || *s.SnapshotType != shared || len(s.Tags) != 0 {
		t.Errorf("got %+v, want a shared snapshot", s)
	}
	list := sdk.DescribeSnapshotsRequestParams{Filters: []*sdk.Filter{{Name: p("snapshot-type"), Values: []*string{p(shared)}}}}
	if out := apitest.Call(w.World, describeSnapshots, list); *out.TotalCount != 1 || len(out.SnapshotSet) != 1 {
		t.Errorf("got %d", *out.TotalCount)
	}
	if out := apitest.Call(w.World, describeSnapshots, sdk.DescribeSnapshotsRequestParams{}); *out.TotalCount != 0 {
		t.Errorf("got %d without asking for shared ones, want 0", *out.TotalCount)
	}
	in := order()
	in.SnapshotId = &id
	w.disk(in)
	apitest.Refused(w.World, sdk.INVALIDSNAPSHOTID_NOTFOUND, modifySnapshotAttribute, sdk.ModifySnapshotAttributeRequestParams{SnapshotId: &id, SnapshotName: p("mine")})

	w.Scope = mine
	share.Permission = p("CANCEL")
	apitest.Call(w.World, modifySnapshotsSharePermission, share)
	w.Scope = theirs
	if s := w.snapshotOf(id); s != nil {
		t.Errorf("got %s after the share ended, want nothing", *s.SnapshotId)
	}
}

func TestCopiesArriveInTheOtherRegion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.snapshot(w.disk(order()))
	in := sdk.CopySnapshotCrossRegionsRequestParams{SnapshotId: &id, DestinationRegions: []*string{p("ap-beijing"), p("ap-guangzhou")}}
	out := apitest.Call(w.World, copySnapshotCrossRegions, in).SnapshotCopyResultSet
	if *out[0].Code != "Success" || *out[0].Message != "" || *out[1].Code != sdk.INVALIDPARAMETERVALUE {
		t.Errorf("got %s, %s", *out[0].Code, *out[1].Code)
	}
	if s := w.snapshotOf(id); len(s.CopyingToRegions) != 1 || *s.CopyingToRegions[0] != "ap-beijing" {
		t.Errorf("got %v, want it on its way to ap-beijing", s.CopyingToRegions)
	}
	if out := apitest.Call(w.World, copySnapshotCrossRegions, in).SnapshotCopyResultSet; *out[0].Code != sdk.RESOURCEINUSE_COPYSNAPSHOTCONFLICT {
		t.Errorf("got %s", *out[0].Code)
	}
	w.Scope.Region = "ap-beijing"
	if s := w.snapshotOf(*out[0].SnapshotId); *s.SnapshotState != Copying || !*s.CopyFromRemote || *s.SnapshotName != "Copied "+id+" from ap-guangzhou" {
		t.Errorf("got %s %q", *s.SnapshotState, *s.SnapshotName)
	}
	w.Advance(copyTime)
	if s := w.snapshotOf(*out[0].SnapshotId); *s.SnapshotState != Normal {
		t.Errorf("got %s", *s.SnapshotState)
	}
}

func TestSnapshotGroupsLiveAndEndTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.instance("ins-1", Spec{Type: Premium, Size: 20})
	loose := w.disk(order())
	apitest.Refused(w.World, sdk.INVALIDPARAMETER, createSnapshotGroup, sdk.CreateSnapshotGroupRequestParams{DiskIds: []*string{&all[0], &loose}})
	id := *apitest.Call(w.World, createSnapshotGroup, sdk.CreateSnapshotGroupRequestParams{DiskIds: pointers(all), SnapshotGroupName: p("g")}).SnapshotGroupId
	list := sdk.DescribeSnapshotGroupsRequestParams{Filters: []*sdk.Filter{{Name: p("snapshot-group-state"), Values: []*string{p(Creating)}}}}
	g := apitest.Call(w.World, describeSnapshotGroups, list).SnapshotGroupSet[0]
	if !*g.ContainRootSnapshot || len(g.SnapshotIdSet) != 2 {
		t.Errorf("got %+v", g)
	}
	w.Advance(snapshotTime)
	if s := w.snapshotOf(*g.SnapshotIdSet[1]); *s.SnapshotName != "g_1" {
		t.Errorf("got %s, want g_1", *s.SnapshotName)
	}
	apply := sdk.ApplySnapshotGroupRequestParams{SnapshotGroupId: &id, ApplyDisks: []*sdk.ApplyDisk{{SnapshotId: g.SnapshotIdSet[1], DiskId: &all[1]}}}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_STATEERROR, applySnapshotGroup, apply)
	w.Must(func(c *api.Call) { host.Edit(c.Tx, c.Now, "ins-1", func(h *host.Host) { h.State = "STOPPED" }) })
	apitest.Call(w.World, applySnapshotGroup, apply)
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_STATEERROR, deleteSnapshotGroup, sdk.DeleteSnapshotGroupRequestParams{SnapshotGroupId: &id})
	w.Advance(rollbackTime)
	apitest.Call(w.World, deleteSnapshotGroup, sdk.DeleteSnapshotGroupRequestParams{SnapshotGroupId: &id})
	if s := w.snapshotOf(*g.SnapshotIdSet[0]); s != nil {
		t.Errorf("got %s, want it gone with its group", *s.SnapshotId)
	}
}

func TestSnapshotQuotaGrowsWithTheDisks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Settings.Quotas = quotas(map[string]int{"cbs.snapshots": 1, "cbs.snapshots.per-disk": 1})
	disk := w.disk(order())
	w.snapshot(disk)
	w.snapshot(disk)
	apitest.Refused(w.World, sdk.INSUFFICIENTSNAPSHOTQUOTA, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk})
	w.disk(order())
	w.snapshot(disk)
}

func TestSnapshotIsReadyAtAnySpeed(t *testing.T) {
	t.Parallel()
	for _, speed := range []float64{0, 1, 20, 1000} {
		w := newWorld(t)
		disk := w.disk(order())
		w.Settings.Speed = speed
		id := w.snapshot(disk)
		if s := w.snapshotOf(id); *s.SnapshotState != Normal || *s.Percent != 100 {
			t.Errorf("speed %g: got %s, %d%%", speed, *s.SnapshotState, *s.Percent)
		}
	}
}

func TestSnapshotsGetReadyWithinASecondAtSpeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Settings.Speed = 20
	w.Advance(300 * time.Millisecond)
	disk := w.disk(order())
	id := *apitest.Call(w.World, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk}).SnapshotId
	w.Advance(100 * time.Millisecond)
	if s := w.snapshotOf(id); *s.SnapshotState != Creating || *s.Percent != 40 {
		t.Errorf("got %s, %d%%, want CREATING, 40%%", *s.SnapshotState, *s.Percent)
	}
	w.Advance(150 * time.Millisecond)
	if s := w.snapshotOf(id); *s.SnapshotState != Normal {
		t.Errorf("got %s, want NORMAL", *s.SnapshotState)
	}
}
