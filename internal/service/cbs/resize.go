package cbs

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// resizeDisk makes a portable disk larger, whether an instance uses it or not. The size changes once EXPANDING is over.
func resizeDisk(c *api.Call, in *sdk.ResizeDiskRequestParams) (*sdk.ResizeDiskResponseParams, error) {
	if in.DiskId == nil {
		return nil, tcerr.Missing("DiskId")
	}
	d, err := findResting(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	if err := growable(c, *in.DiskId, d, *in.DiskSize); err != nil {
		return nil, err
	}
	grow(c, *in.DiskId, *in.DiskSize)
	return &sdk.ResizeDiskResponseParams{}, nil
}

// growable says whether a disk can be resized by this product's own action.
func growable(c *api.Call, id string, d *Disk, size uint64) error {
	switch {
	case !d.Portable || d.System || d.onSpot(c):
		return unfit(c, id, d)
	case snapshotting(c.Tx, id):
		return tcerr.New(sdk.RESOURCEUNAVAILABLE_SNAPSHOTCREATING, "A snapshot of the disk `%s` is being created.", id).Zh("云硬盘 `%s` 正在创建快照。")
	case !Grows(d, size):
		return bad(size, "DiskSize")
	}
	return nil
}

// onSpot says whether a disk is at a spot instance, which none of its disks outgrow.
func (d *Disk) onSpot(c *api.Call) bool {
	return slices.ContainsFunc(d.hosts(), func(id string) bool {
		h, there := host.Get(c.Tx, id)
		return there && h.Spot
	})
}

// Grows says whether a disk can have this larger size.
func Grows(d *Disk, size uint64) bool {
	k, ok := FindKind(d.Type)
	if !ok {
		return false
	}
	_, most := k.Range(d.System)
	return size > d.Size && size <= most
}

func grow(c *api.Call, id string, size uint64) {
	begin(c.Tx, id, Expanding, func(*Disk) {})
	finish(c.Tx, c.After(expandTime), id, Expanding, func(d *Disk) { d.Size, d.State = size, d.rest() })
}

// modifyDiskExtraPerformance sets how much throughput a disk has beyond what its size gives.
func modifyDiskExtraPerformance(c *api.Call, in *sdk.ModifyDiskExtraPerformanceRequestParams) (*sdk.ModifyDiskExtraPerformanceResponseParams, error) {
	d, err := findResting(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	if err := boostable(c, *in.DiskId, d, *in.ThroughputPerformance); err != nil {
		return nil, err
	}
	disks.Edit(c.Tx, c.Now, *in.DiskId, func(d *Disk) {
		d.alter(func(t *Traits) { t.Throughput = *in.ThroughputPerformance })
	})
	return &sdk.ModifyDiskExtraPerformanceResponseParams{}, nil
}

func boostable(c *api.Call, id string, d *Disk, throughput uint64) error {
	k, ok := FindKind(d.Type)
	switch {
	case !ok || k.Extra == 0 || d.Size < extraMinSize:
		return unfit(c, id, d)
	case throughput > k.Extra:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETER, throughput, "ThroughputPerformance")
	}
	return nil
}
