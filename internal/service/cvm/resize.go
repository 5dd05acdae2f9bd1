package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tcerr"
)

var snapshotID = shape("snap")

// dataDiskStep is by how many GiB data disks grow.
const dataDiskStep = 10

// growth is a disk of an instance that is to be larger.
type growth struct {
	target
	disk string
	row  *cbs.Disk
	size uint64
}

// resizeInstanceDisks makes the system disk of an instance larger, or one data disk that cannot leave it. ResizeOnline
// does so while the instance runs; ForceStop stops it before and starts it again.
func resizeInstanceDisks(c *api.Call, in *sdk.ResizeInstanceDisksRequestParams) (*sdk.ResizeInstanceDisksResponseParams, error) {
	g, err := readGrowth(c, in, bounds{})
	if err != nil {
		return nil, fit(c, err)
	}
	done := c.After(modifyTakes)
	if or(in.ResizeOnline, false) {
		operate(c, g.id, "", done, nil)
	} else {
		cycle(c, g.target, nil)
		done = c.After(g.stoppedThen(modifyTakes))
	}
	cbs.Grow(c, done, g.disk, g.size)
	return &sdk.ResizeInstanceDisksResponseParams{}, nil
}

// readGrowth finds which disk is meant and checks that it can grow.
func readGrowth(c *api.Call, in *sdk.ResizeInstanceDisksRequestParams, b bounds) (g growth, err error) {
	if len(in.DataDisks) == 0 && in.SystemDisk == nil {
		return g, tcerr.New(sdk.MISSINGPARAMETER_ATLEASTONE, "One of `DataDisks` and `SystemDisk` must be specified.").
			Zh("必须指定 `DataDisks` 或 `SystemDisk` 之一。")
	}
	if len(in.DataDisks) > 0 && in.SystemDisk != nil || len(in.DataDisks) > 1 {
		return g, tcerr.New(sdk.INVALIDPARAMETERVALUE, "Only one disk, of `DataDisks` or the `SystemDisk`, can be specified.").
			Zh("`DataDisks` 与 `SystemDisk` 中只能指定一块盘。")
	}
	if g.target, err = admitGrowth(c, in, b); err != nil {
		return g, err
	}
	if in.SystemDisk != nil {
		return g, g.system(c, in.SystemDisk)
	}
	return g, g.data(c, in.DataDisks[0])
}

// admitGrowth is admit for an instance whose disks are to grow. What a state allows depends on how they do: one that
// runs needs a word for it, one that is stopped has nothing to be online.
func admitGrowth(c *api.Call, in *sdk.ResizeInstanceDisksRequestParams, b bounds) (t target, err error) {
	ids := []*string{in.InstanceId}
	found, err := lookup(c, ids, 1)
	if err != nil {
		return t, err
	}
	online := or(in.ResizeOnline, false)
	b.allowed = found[0].State == stateStopped && !online || found[0].State == stateRunning && (online || or(in.ForceStop, false))
	if found, err = admit(c, ids, b); err != nil {
		return t, err
	}
	if found[0].Charge == spotpaid {
		return t, wrongCharge(found[0])
	}
	return found[0], nil
}

func (g *growth) system(c *api.Call, in *sdk.SystemDisk) error {
	if in.DiskSize == nil {
		return tcerr.Missing("SystemDisk.DiskSize")
	}
	var ok bool
	if g.disk, g.row, ok = cbs.SystemOf(c.Tx, g.id); !ok {
		return notSupported(g.id)
	}
	if err := checkDedicated(in.CdcId, "SystemDisk"); err != nil {
		return err
	}
	return g.to(*in.DiskSize, "SystemDisk.DiskSize", 1)
}

func (g *growth) data(c *api.Call, in *sdk.DataDisk) error {
	if in.DiskSize == nil {
		return tcerr.Missing("DataDisks.0.DiskSize")
	}
	if err := checkDedicated(in.CdcId, "DataDisks.0"); err != nil {
		return err
	}
	if snap := in.SnapshotId; snap != nil && !snapshotID.fits(*snap) && lists(c, sdk.INVALIDPARAMETERVALUE_SNAPSHOTIDMALFORMED) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_SNAPSHOTIDMALFORMED, "The snapshot ID `%s` is malformed.", *snap).Zh("快照ID `%s` 格式不合法。")
	}
	if g.Charge == cdhpaid && lists(c, sdk.INVALIDPARAMETERVALUE_CDHONLYLOCALDATADISKRESIZE) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_CDHONLYLOCALDATADISKRESIZE, "The instance `%s` of a dedicated host can only resize local data disks.", g.id).
			Zh("专用宿主机实例 `%s` 仅支持扩容本地数据盘。")
	}
	for id, d := range cbs.Of(c.Tx, g.id) {
		if id == or(in.DiskId, "") && !d.System && !d.Portable {
			g.disk, g.row = id, d
			return g.to(*in.DiskSize, "DataDisks.0.DiskSize", dataDiskStep)
		}
	}
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_INVALIDDATADISK, "The data disk `%s` is none of the instance's, or can be resized by itself.", or(in.DiskId, "")).
		Zh("数据盘 `%s` 不属于该实例，或为弹性云硬盘。")
}

func (g *growth) to(size int64, name string, step int64) error {
	if size < 0 || size%step != 0 || !cbs.Grows(g.row, uint64(size)) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, size, name)
	}
	g.size = uint64(size)
	return nil
}
