package cbs

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// createSnapshot takes a snapshot of a disk, or turns one of its backup points into a snapshot, which ends the point.
func createSnapshot(c *api.Call, in *sdk.CreateSnapshotRequestParams) (*sdk.CreateSnapshotResponseParams, error) {
	diskID, err := source(c, in)
	if err != nil {
		return nil, err
	}
	d, err := findResting(c, diskID)
	if err != nil {
		return nil, err
	}
	s, err := wantedSnapshot(c, d, in)
	if err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := snappable(c, diskID, 1); err != nil {
		return nil, err
	}
	if in.DiskBackupId != nil {
		if _, err := restingBackup(c, *in.DiskBackupId, diskID); err != nil {
			return nil, err
		}
		backups.Delete(c.Tx, c.Now, *in.DiskBackupId)
	}
	id := takeSnapshot(c, diskID, d, s)
	tag.Set(c.Tx, snapshotResource(id), tags)
	return &sdk.CreateSnapshotResponseParams{SnapshotId: &id}, nil
}

// source is the disk that a snapshot is wanted of. A backup point knows its own.
func source(c *api.Call, in *sdk.CreateSnapshotRequestParams) (string, error) {
	switch {
	case in.DiskId != nil:
		return *in.DiskId, nil
	case in.DiskBackupId == nil:
		return "", tcerr.Missing("DiskId")
	}
	b, err := findBackup(c, *in.DiskBackupId)
	if err != nil {
		return "", err
	}
	return b.Disk, nil
}

// wantedSnapshot is what a CreateSnapshot says of its snapshot.
func wantedSnapshot(c *api.Call, d *Disk, in *sdk.CreateSnapshotRequestParams) (s Snapshot, err error) {
	if err := checkName(in.SnapshotName, "SnapshotName"); err != nil {
		return s, err
	}
	s = Snapshot{Name: name(in.SnapshotName), Permanent: in.Deadline == nil, System: d.System}
	switch use := or(in.DiskUsage, d.Usage()); {
	case use == DataDisk:
		s.System = false
	case use != SystemDisk || !d.System:
		return s, bad(use, "DiskUsage")
	}
	if in.Deadline != nil {
		s.Deadline, err = readDeadline(c, *in.Deadline)
	}
	return s, err
}

// readDeadline reads the day on which a snapshot ends, a day from now at the earliest. ISO 8601 is documented;
// the product's own way to write a time is understood, too.
func readDeadline(c *api.Call, s string) (int64, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t, err = time.ParseInLocation(localTime, s, beijing)
	}
	if err != nil || t.Before(c.Now.Add(24*time.Hour)) {
		return 0, bad(s, "Deadline")
	}
	return t.Unix(), nil
}

// Snappable says whether a snapshot can be taken of a disk now.
func Snappable(c *api.Call, diskID string) bool { return snappable(c, diskID, 1) == nil }

// snappable says whether n more snapshots can be taken in the region, one of them of this disk.
func snappable(c *api.Call, diskID string, n int) error {
	most := c.Quota(quota.Snapshots) + c.Quota(quota.SnapshotsPerDisk)*disks.Len(c.Tx)
	switch {
	case snapshots.Len(c.Tx)+n > most:
		return tcerr.New(sdk.INSUFFICIENTSNAPSHOTQUOTA, "The quota of `%d` snapshots in the region is exceeded.", most).Zh("当前地域快照数量超过配额 `%d`。")
	case snapshotting(c.Tx, diskID):
		return tcerr.New(sdk.RESOURCEUNAVAILABLE_SNAPSHOTCREATING, "A snapshot of the disk `%s` is being created.", diskID).Zh("云硬盘 `%s` 正在创建快照。")
	}
	return nil
}

// findSnapshot reads a snapshot of the caller's own that an action is to use.
func findSnapshot(c *api.Call, id string) (*Snapshot, error) {
	s, ok := snapshots.Get(c.Tx, id)
	if !ok {
		return nil, noSnapshot(c, id)
	}
	return s, nil
}

// readySnapshot is findSnapshot for what wants one that is there in full.
func readySnapshot(c *api.Call, id string) (*Snapshot, error) {
	s, err := findSnapshot(c, id)
	switch {
	case err != nil:
		return nil, err
	case s.State == Creating:
		return nil, tcerr.New(code(c, sdk.RESOURCEUNAVAILABLE_SNAPSHOTCREATING, sdk.UNSUPPORTEDOPERATION_STATEERROR), "The snapshot `%s` is being created.", id).Zh("快照 `%s` 正在创建。")
	case s.State != Normal:
		return nil, tcerr.New(sdk.RESOURCEBUSY, "The snapshot `%s` is busy: its state is `%s`.", id, s.State).Zh("快照 `%s` 正忙，当前状态为 `%s`。")
	}
	return s, nil
}

// deleteSnapshots ends snapshots. Images that are made of them go, too, if that is asked. All of them or none.
func deleteSnapshots(c *api.Call, in *sdk.DeleteSnapshotsRequestParams) (*sdk.DeleteSnapshotsResponseParams, error) {
	ids := plain(in.SnapshotIds)
	if err := tooMany(len(ids), maxBatch, "SnapshotIds"); err != nil {
		return nil, err
	}
	return &sdk.DeleteSnapshotsResponseParams{}, deleteAll(c, ids, or(in.DeleteBindImages, false))
}

// deleteAll checks and ends snapshots.
func deleteAll(c *api.Call, ids []string, withImages bool) error {
	for _, id := range ids {
		s, err := readySnapshot(c, id)
		switch {
		case err != nil:
			return err
		case len(s.Shares) > 0:
			return tcerr.New(code(c, sdk.UNSUPPORTEDOPERATION_SNAPHASSHARED, sdk.UNSUPPORTEDOPERATION_STATEERROR), "The snapshot `%s` is shared.", id).Zh("快照 `%s` 已被共享。")
		case !withImages && images.Count(c.Tx, "snapshot", id) > 0:
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_SNAPSHOTHASBINDEDIMAGE, "The snapshot `%s` has images.", id).Zh("快照 `%s` 已关联镜像。")
		}
	}
	for _, id := range ids {
		for imageID := range images.Where(c.Tx, "snapshot", id) {
			images.Delete(c.Tx, c.Now, imageID)
		}
		removeSnapshot(c.Tx, c.Now, id)
	}
	return nil
}

// modifySnapshotAttribute changes a snapshot's name and how long it is kept. A Deadline makes it one that ends.
func modifySnapshotAttribute(c *api.Call, in *sdk.ModifySnapshotAttributeRequestParams) (*sdk.ModifySnapshotAttributeResponseParams, error) {
	s, err := findSnapshot(c, *in.SnapshotId)
	if err != nil {
		return nil, err
	}
	if s.State == Rollbacking {
		return nil, tcerr.New(sdk.INVALIDSNAPSHOT_NOTSUPPORTED, "The snapshot `%s` is being applied.", *in.SnapshotId).Zh("快照 `%s` 正在回滚。")
	}
	if err := checkName(in.SnapshotName, "SnapshotName"); err != nil {
		return nil, err
	}
	row := *s
	row.Changed = c.Now.Unix()
	if in.SnapshotName != nil {
		row.Name = name(in.SnapshotName)
	}
	switch {
	case or(in.IsPermanent, false) && in.Deadline != nil:
		return nil, bad(*in.Deadline, "Deadline")
	case or(in.IsPermanent, false):
		row.Permanent, row.Deadline = true, 0
	case in.Deadline != nil:
		row.Permanent = false
		if row.Deadline, err = readDeadline(c, *in.Deadline); err != nil {
			return nil, err
		}
	case in.IsPermanent != nil && s.Permanent:
		return nil, tcerr.Missing("Deadline")
	}
	keepSnapshot(c.Tx, *in.SnapshotId, row)
	return &sdk.ModifySnapshotAttributeResponseParams{}, nil
}

// keepSnapshot replaces a snapshot by one with another end. If it is not ready yet, it gets ready all the same.
func keepSnapshot(tx *state.Tx, id string, s Snapshot) {
	snapshots.Put(tx, id, s)
	tag.Keep(tx, snapshotResource(id))
	snapshots.Edit(tx, time.UnixMilli(s.Making.End), id, func(s *Snapshot) { s.State = Normal })
	if s.Deadline != 0 {
		removeSnapshot(tx, time.Unix(s.Deadline, 0), id)
	}
}
