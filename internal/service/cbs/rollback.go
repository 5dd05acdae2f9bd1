package cbs

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// applySnapshot brings a disk back to one of its snapshots.
func applySnapshot(c *api.Call, in *sdk.ApplySnapshotRequestParams) (*sdk.ApplySnapshotResponseParams, error) {
	if err := checkPower(in.AutoStopInstance, in.AutoStartInstance); err != nil {
		return nil, err
	}
	if err := applicable(c, *in.SnapshotId, *in.DiskId); err != nil {
		return nil, err
	}
	apply(c, *in.SnapshotId, *in.DiskId)
	return &sdk.ApplySnapshotResponseParams{}, nil
}

// applicable says whether a disk can be brought back to a snapshot.
func applicable(c *api.Call, snapshotID, diskID string) error {
	s, err := readySnapshot(c, snapshotID)
	if err != nil {
		return err
	}
	d, err := findResting(c, diskID)
	switch {
	case err != nil:
		return err
	case s.Disk != diskID || s.Copied:
		return tcerr.New(code(c, sdk.INVALIDSNAPSHOT_NOTSUPPORTED, sdk.INVALIDPARAMETER), "The snapshot `%s` is not of the disk `%s`.", snapshotID, diskID).Zh("快照 `%s` 不属于云硬盘 `%s`。")
	case s.Size > d.Size:
		return tcerr.New(code(c, sdk.INVALIDPARAMETER_DISKSIZENOTMATCH, sdk.INVALIDPARAMETER), "The snapshot `%s` is larger than the disk `%s`.", snapshotID, diskID).
			Zh("快照 `%s` 大于云硬盘 `%s`。")
	}
	return still(c, d)
}

// apply brings a disk back to a snapshot, which takes a while for both.
func apply(c *api.Call, snapshotID, diskID string) {
	end := c.After(rollbackTime)
	snapshots.Edit(c.Tx, c.Now, snapshotID, func(s *Snapshot) { s.State = Rollbacking })
	snapshots.Edit(c.Tx, end, snapshotID, func(s *Snapshot) { s.State = Normal })
	rollBack(c, end, diskID)
}

func rollBack(c *api.Call, end time.Time, diskID string) {
	begin(c.Tx, diskID, Rollbacking, func(d *Disk) {
		d.alter(func(t *Traits) { t.Rolling = until(c.Now, end) })
	})
	finish(c.Tx, end, diskID, Rollbacking, func(d *Disk) { d.State = d.rest() })
}

// still says whether no instance uses a disk: it is at none, or at one that is stopped.
func still(c *api.Call, d *Disk) error {
	for _, id := range d.hosts() {
		if h, ok := host.Get(c.Tx, id); ok && h.State != "STOPPED" {
			return tcerr.New(code(c, sdk.INVALIDINSTANCE_NOTSUPPORTED, sdk.UNSUPPORTEDOPERATION_STATEERROR), "The instance `%s` is in the state `%s`; it must be stopped.", id, h.State).
				Zh("实例 `%s` 处于状态 `%s`，需要先关机。")
		}
	}
	return nil
}

// checkPower refuses to stop and start instances, which this product cannot do here: nothing below an instance moves it.
func checkPower(stop, start *bool) error {
	switch {
	case or(start, false) && !or(stop, false):
		return bad(true, "AutoStartInstance")
	case or(stop, false):
		return tcerr.New(tcerr.UnsupportedOperationNotEmulated, "AutoStopInstance is not emulated. Stop the instance first.").
			Zh("暂未模拟 AutoStopInstance，请先将实例关机。")
	}
	return nil
}

// applySnapshotGroup brings some or all disks of a group back to the instant of the group.
func applySnapshotGroup(c *api.Call, in *sdk.ApplySnapshotGroupRequestParams) (*sdk.ApplySnapshotGroupResponseParams, error) {
	if err := checkPower(in.AutoStopInstance, in.AutoStartInstance); err != nil {
		return nil, err
	}
	if _, err := findGroup(c, *in.SnapshotGroupId); err != nil {
		return nil, err
	}
	if len(in.ApplyDisks) == 0 {
		return nil, tcerr.Missing("ApplyDisks")
	}
	instance := ""
	for _, a := range in.ApplyDisks {
		snapshotID, diskID := or(a.SnapshotId, ""), or(a.DiskId, "")
		if s, ok := snapshots.Get(c.Tx, snapshotID); !ok || s.Group != *in.SnapshotGroupId {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, snapshotID, "ApplyDisks")
		}
		if err := applicable(c, snapshotID, diskID); err != nil {
			return nil, err
		}
		d, _ := disks.Get(c.Tx, diskID)
		if instance != "" && d.Instance != "" && d.Instance != instance {
			return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_SNAPSHOTGROUPDISKATTACHMULTIINSTANCE, "The disks are attached to more than one instance.").
				Zh("快照组中的云硬盘挂载在多个实例上。")
		}
		instance = d.Instance
	}
	for _, a := range in.ApplyDisks {
		apply(c, *a.SnapshotId, *a.DiskId)
	}
	return &sdk.ApplySnapshotGroupResponseParams{}, nil
}

// maxInitialized is how many disks one InitializeDisks takes.
const maxInitialized = 20

// initializeDisks brings data disks back to what they were made with: nothing, or a snapshot that is still there.
func initializeDisks(c *api.Call, in *sdk.InitializeDisksRequestParams) (*sdk.InitializeDisksResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxInitialized, "DiskIds"); err != nil {
		return nil, err
	}
	for _, id := range ids {
		d, err := findResting(c, id)
		if err != nil {
			return nil, err
		}
		origin := d.traits().Snapshot
		if _, ok := readable(c, origin); d.System || d.traits().Shareable || len(d.hosts()) > 0 || origin != "" && !ok {
			return nil, tcerr.New(sdk.RESOURCEBUSY, "The disk `%s` can not be initialized: it is attached, shareable, a system disk, or its snapshot is gone.", id).
				Zh("云硬盘 `%s` 不支持重新初始化：已挂载、为共享盘或系统盘，或其快照已删除。")
		}
		rollBack(c, c.After(rollbackTime), id)
	}
	return &sdk.InitializeDisksResponseParams{}, nil
}
