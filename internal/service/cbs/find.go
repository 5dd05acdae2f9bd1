package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// code is the first of these codes that the called action's own list has. The product says the same thing by several.
func code(c *api.Call, codes ...string) string {
	return c.ListedCode("cbs", version, append(codes, sdk.INVALIDPARAMETERVALUE)...)
}

// find reads a disk that an action is to change.
func find(c *api.Call, id string) (*Disk, error) {
	d, ok := disks.Get(c.Tx, id)
	if !ok {
		return nil, noDisk(c, id)
	}
	return d, nil
}

// findAll is find for a batch.
func findAll(c *api.Call, ids []string) ([]*Disk, error) {
	all := make([]*Disk, len(ids))
	for i, id := range ids {
		d, err := find(c, id)
		if err != nil {
			return nil, err
		}
		all[i] = d
	}
	return all, nil
}

// findResting is find for what wants a disk to itself.
func findResting(c *api.Call, id string) (*Disk, error) {
	d, err := find(c, id)
	if err != nil {
		return nil, err
	}
	return d, atRest(c, id, d)
}

// atRest refuses a disk to which something is happening, or which waits to be recycled.
func atRest(c *api.Call, id string, d *Disk) error {
	switch {
	case d.State == ToRecycle:
		return unfit(c, id, d)
	case d.traits().MovesTo != "":
		return tcerr.New(code(c, sdk.RESOURCEINUSE_DISKMIGRATING, sdk.INVALIDDISK_BUSY, sdk.RESOURCEBUSY), "The type of the disk `%s` is being changed.", id).
			Zh("云硬盘 `%s` 正在变更类型。")
	case d.State == Rollbacking:
		return tcerr.New(code(c, sdk.RESOURCEINUSE_DISKROLLBACKING, sdk.INVALIDDISK_BUSY, sdk.RESOURCEBUSY), "The disk `%s` is being rolled back.", id).
			Zh("云硬盘 `%s` 正在回滚。")
	case d.State != Unattached && d.State != Attached:
		return tcerr.New(code(c, sdk.INVALIDDISK_BUSY, sdk.RESOURCEBUSY), "The disk `%s` is busy: its state is `%s`.", id, d.State).
			Zh("云硬盘 `%s` 正忙，当前状态为 `%s`。")
	}
	return nil
}

// noDisk refuses an id that no disk of the caller has.
func noDisk(c *api.Call, id string) error {
	return tcerr.New(code(c, sdk.INVALIDDISKID_NOTFOUND, sdk.RESOURCENOTFOUND_NOTFOUND), "The disk `%s` does not exist.", id).Zh("云硬盘 `%s` 不存在。")
}

// unfit refuses a disk whose state or kind does not allow what is asked.
func unfit(c *api.Call, id string, d *Disk) error {
	return tcerr.New(code(c, sdk.INVALIDDISK_NOTSUPPORTED, sdk.RESOURCEUNAVAILABLE_NOTSUPPORTED),
		"The disk `%s` of the type `%s` in the state `%s` does not support this operation.", id, d.Type, d.State).
		Zh("云硬盘 `%s`（类型 `%s`，状态 `%s`）不支持该操作。")
}

// notPortable refuses a disk that cannot leave its instance.
func notPortable(c *api.Call, id string) error {
	return tcerr.New(code(c, sdk.INVALIDDISK_NOTPORTABLE, sdk.RESOURCEUNAVAILABLE_NOTPORTABLE), "The disk `%s` is not portable.", id).
		Zh("云硬盘 `%s` 不是弹性云硬盘。")
}

// noSnapshot refuses an id that no snapshot of the caller has.
func noSnapshot(c *api.Call, id string) error {
	return tcerr.New(code(c, sdk.INVALIDSNAPSHOTID_NOTFOUND, sdk.INVALIDPARAMETER), "The snapshot `%s` does not exist.", id).Zh("快照 `%s` 不存在。")
}

// noInstance refuses an id that no instance of the caller has.
func noInstance(id string) error {
	return tcerr.New(sdk.INVALIDINSTANCEID_NOTFOUND, "The instance `%s` does not exist.", id).Zh("实例 `%s` 不存在。")
}

// projectOf reads an optional project; none is always there.
func projectOf(c *api.Call, id *uint64) (title string, ok bool) {
	if id == nil {
		return "", true
	}
	return tag.Project(c.Tx, *id)
}
