package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// find reads a disk that an action is to change.
func find(tx *state.Tx, id string) (*Disk, error) {
	d, ok := disks.Get(tx, id)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDDISKID_NOTFOUND, "The disk `%s` does not exist.", id).Zh("云硬盘 `%s` 不存在。")
	}
	return d, nil
}

// findAll is find for a batch.
func findAll(tx *state.Tx, ids []string) ([]*Disk, error) {
	all := make([]*Disk, len(ids))
	for i, id := range ids {
		d, err := find(tx, id)
		if err != nil {
			return nil, err
		}
		all[i] = d
	}
	return all, nil
}

// findResting is find for what wants a disk to itself.
func findResting(tx *state.Tx, id string) (*Disk, error) {
	d, err := find(tx, id)
	if err != nil {
		return nil, err
	}
	return d, atRest(id, d)
}

// atRest refuses a disk to which something is happening, or which waits to be recycled.
func atRest(id string, d *Disk) error {
	switch {
	case d.State == ToRecycle:
		return unfit(id, d)
	case d.traits().MovesTo != "":
		return tcerr.New(sdk.RESOURCEINUSE_DISKMIGRATING, "The type of the disk `%s` is being changed.", id).Zh("云硬盘 `%s` 正在变更类型。")
	case d.State == Rollbacking:
		return tcerr.New(sdk.RESOURCEINUSE_DISKROLLBACKING, "The disk `%s` is being rolled back.", id).Zh("云硬盘 `%s` 正在回滚。")
	case d.State != Unattached && d.State != Attached:
		return tcerr.New(sdk.INVALIDDISK_BUSY, "The disk `%s` is busy: its state is `%s`.", id, d.State).Zh("云硬盘 `%s` 正忙，当前状态为 `%s`。")
	}
	return nil
}

// unfit refuses a disk whose state or kind does not allow what is asked.
func unfit(id string, d *Disk) error {
	return tcerr.New(sdk.INVALIDDISK_NOTSUPPORTED, "The disk `%s` of the type `%s` in the state `%s` does not support this operation.", id, d.Type, d.State).
		Zh("云硬盘 `%s`（类型 `%s`，状态 `%s`）不支持该操作。")
}

// projectOf reads an optional project; none is always there.
func projectOf(c *api.Call, id *uint64) (title string, ok bool) {
	if id == nil {
		return "", true
	}
	return tag.Project(c.Tx, *id)
}

// noSnapshot refuses an id that no snapshot of the caller has.
func noSnapshot(id string) error {
	return tcerr.New(sdk.INVALIDSNAPSHOTID_NOTFOUND, "The snapshot `%s` does not exist.", id).Zh("快照 `%s` 不存在。")
}

// notPortable refuses a disk that cannot leave its instance.
func notPortable(id string) error {
	return tcerr.New(sdk.INVALIDDISK_NOTPORTABLE, "The disk `%s` is not portable.", id).Zh("云硬盘 `%s` 不是弹性云硬盘。")
}

// noInstance refuses an id that no instance of the caller has.
func noInstance(id string) error {
	return tcerr.New(sdk.INVALIDINSTANCEID_NOTFOUND, "The instance `%s` does not exist.", id).Zh("实例 `%s` 不存在。")
}
