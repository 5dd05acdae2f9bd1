package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// terminateDisks returns disks that no instance holds. A postpaid disk is gone at once; a prepaid one waits in the
// recycle bin, where a second call ends it.
func terminateDisks(c *api.Call, in *sdk.TerminateDisksRequestParams) (*sdk.TerminateDisksResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxBatch, "DiskIds"); err != nil {
		return nil, err
	}
	rows, err := findAll(c, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if err := returnable(c, id, rows[i]); err != nil {
			return nil, err
		}
	}
	for i, id := range ids {
		if or(in.DeleteSnapshot, 0) == 1 {
			removeSnapshots(c.Tx, c.Now, id)
		}
		discard(c, id, rows[i])
	}
	return &sdk.TerminateDisksResponseParams{}, nil
}

// discard sends a disk to the recycle bin if its kind goes there and it is not there yet; else it ends.
func discard(c *api.Call, id string, d *Disk) {
	if d.Charge != Prepaid || d.State == ToRecycle {
		remove(c.Tx, c.Now, id)
		return
	}
	row := *d
	row.leave(ToRecycle)
	put(c.Tx, id, row)
	remove(c.Tx, c.Now.Add(recycleTime), id)
}

// returnable says whether a disk can be returned.
func returnable(c *api.Call, id string, d *Disk) error {
	switch {
	case d.State == ToRecycle:
		return nil
	case d.System || !d.Portable:
		return tcerr.New(sdk.RESOURCEUNAVAILABLE_NOTSUPPORTREFUND, "The disk `%s` can only be returned with its instance.", id).
			Zh("云硬盘 `%s` 只能随实例退还。")
	case len(d.hosts()) > 0:
		return tcerr.New(sdk.RESOURCEBUSY, "The disk `%s` is attached.", id).Zh("云硬盘 `%s` 已挂载。")
	}
	return atRest(c, id, d)
}
