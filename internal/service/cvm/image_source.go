package cvm

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// imageSource finds what a CreateImage makes the image of.
func imageSource(c *api.Call, in *sdk.CreateImageRequestParams) (*making, error) {
	switch instance := or(in.InstanceId, ""); {
	case instance == "" && len(in.SnapshotIds) == 0:
		return nil, tcerr.New(sdk.INVALIDPARAMETER_SPECIFYONEPARAMETER, "One of `InstanceId` and `SnapshotIds` must be specified.").
			Zh("必须指定 `InstanceId` 或 `SnapshotIds` 之一。")
	case instance != "" && len(in.SnapshotIds) > 0:
		return nil, tcerr.New(sdk.INVALIDPARAMETERCONFLICT, "`InstanceId` and `SnapshotIds` cannot be specified together.").
			Zh("`InstanceId` 与 `SnapshotIds` 不能同时指定。")
	case instance == "" && len(in.DataDiskIds) > 0:
		return nil, tcerr.New(sdk.INVALIDPARAMETER_INVALIDDEPENDENCE, "The parameter `DataDiskIds` needs `InstanceId`.").
			Zh("指定 `DataDiskIds` 时必须指定 `InstanceId`。")
	case instance == "":
		return sourceSnapshots(c, in.SnapshotIds)
	}
	return sourceInstance(c, *in.InstanceId, in.DataDiskIds)
}

// maxImageDisks is how many data disks an image can have: as many as an instance.
const maxImageDisks = 20

// localDisk is the form of the id of a disk in the machine itself.
var localDisk = shape("ldisk")

// sourceInstance is an image of an instance's system disk and those data disks that are named.
func sourceInstance(c *api.Call, id string, dataDisks []*string) (*making, error) {
	if i, ok := instances.Get(c.Tx, id); ok && i.OperationState == operating && i.Operation == c.Action {
		return nil, tcerr.New(sdk.MUTEXOPERATION_TASKRUNNING, "An image of the instance `%s` is being created already.", id).Zh("实例 `%s` 正在制作镜像。")
	}
	found, err := admit(c, []*string{&id}, bounds{})
	if err != nil {
		return nil, err
	}
	if len(dataDisks) > 0 && found[0].kind().Family.LocalDisk != "" { // Simulated: what is on its own disks could not come along
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_NOTSUPPORTINSTANCEIMAGE, "The instance `%s` with local disks does not support `DataDiskIds`.", id).
			Zh("本地盘实例 `%s` 不支持 `DataDiskIds`。")
	}
	if n := len(dataDisks); n > maxImageDisks {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `DataDiskIds` `%d` exceeds the limit `%d`.", n, maxImageDisks).
			Zh("`DataDiskIds` 的数量 `%d` 超过上限 `%d`。")
	}
	system, root, _ := cbs.SystemOf(c.Tx, id)
	m := &making{instance: &found[0], disks: []string{system}}
	for _, disk := range dataDisks {
		d, ok := cbs.Get(c.Tx, or(disk, ""))
		switch {
		case or(disk, "") == system:
			return nil, tcerr.New(sdk.INVALIDPARAMETER_DATADISKIDCONTAINSROOTDISK, "`DataDiskIds` contains the system disk `%s`.", system).
				Zh("`DataDiskIds` 包含系统盘 `%s`。")
		case localDisk.fits(or(disk, "")):
			return nil, tcerr.New(sdk.INVALIDPARAMETER_LOCALDATADISKNOTSUPPORT, "The local data disk `%s` is not supported.", *disk).Zh("不支持本地数据盘 `%s`。")
		case !ok || d.Instance != id:
			return nil, tcerr.New(sdk.INVALIDPARAMETER_DATADISKNOTBELONGSPECIFIEDINSTANCE, "The data disk `%s` does not belong to the instance `%s`.", or(disk, ""), id).
				Zh("数据盘 `%s` 不属于实例 `%s`。")
		case !slices.Contains(m.disks, *disk):
			m.disks = append(m.disks, *disk)
		}
	}
	if err := checkDisksAtRest(c, m.disks); err != nil {
		return nil, err
	}
	m.image = made(c, found[0].Instance)
	m.image.Size, m.image.KeyIDs = root.Size, slices.Clone(found[0].KeyIDs)
	return m, nil
}

// checkDisksAtRest refuses disks of which no image can be made now.
func checkDisksAtRest(c *api.Call, ids []string) error {
	for _, id := range ids {
		d, _ := cbs.Get(c.Tx, id)
		if d.State == cbs.Rollbacking {
			return tcerr.New(sdk.RESOURCEINUSE_DISKROLLBACKING, "The disk `%s` is being rolled back.", id).Zh("云硬盘 `%s` 正在回滚。")
		}
		if d.State == cbs.Expanding {
			return tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKUNAVAILABLE, "The disk `%s` is in the state `%s`.", id, d.State).
				Zh("云硬盘 `%s` 当前状态为 `%s`。")
		}
		if d.Encrypt {
			return encryptedImage()
		}
	}
	return nil
}

func encryptedImage() error {
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_ENCRYPTEDIMAGESNOTSUPPORTED, "Encrypted images are not supported.").Zh("不支持加密镜像。")
}

// made is what an image of an instance has of it.
func made(c *api.Call, i *Instance) image {
	im := image{OS: i.OSName, Windows: i.Windows, User: i.User, Platform: platformOf(i.OSName), Arch: offer.X86}
	if base, err := findImage(c, i.ImageID); err == nil {
		im.Platform, im.Arch = base.Platform, base.Arch
	} else if i.kind().Family.Arch == offer.ARM {
		im.Arch = offer.ARM
	}
	return im
}

// platformOf is the platform that the name of an operating system begins with: "CentOS 7.6 64bit".
func platformOf(os string) string {
	first, _, _ := strings.Cut(os, " ")
	return first
}

// sourceSnapshots is an image of snapshots, one of them of a system disk.
func sourceSnapshots(c *api.Call, ids []*string) (*making, error) {
	m := &making{}
	systems := 0
	for _, id := range ids {
		s, ok := cbs.GetSnapshot(c.Tx, or(id, ""))
		switch {
		case !ok:
			return nil, tcerr.New(sdk.INVALIDPARAMETER_SNAPSHOTNOTFOUND, "The specified snapshot `%s` does not exist.", or(id, "")).Zh("快照 `%s` 不存在。")
		case s.State != cbs.Normal:
			return nil, tcerr.New(sdk.RESOURCEUNAVAILABLE_SNAPSHOTCREATING, "The snapshot `%s` is being created.", *id).Zh("快照 `%s` 正在创建中。")
		case s.Encrypt:
			return nil, encryptedImage()
		case slices.Contains(m.snapshots, *id):
			continue
		}
		m.snapshots = append(m.snapshots, *id)
		if s.System {
			systems++
			m.image = snapped(c, *id, s)
		}
	}
	switch {
	case systems == 0:
		return nil, tcerr.New(sdk.INVALIDPARAMETER_SYSTEMSNAPSHOTNOTFOUND, "There is no snapshot of a system disk among `SnapshotIds`.").
			Zh("`SnapshotIds` 中没有系统盘快照。")
	case systems > 1:
		return nil, tcerr.New(sdk.INVALIDPARAMETER_DUPLICATESYSTEMSNAPSHOTS, "There is more than one snapshot of a system disk among `SnapshotIds`.").
			Zh("`SnapshotIds` 中包含多个系统盘快照。")
	}
	return m, nil
}

// snapped is what an image of a system disk's snapshot has of the instance that the disk is at, or of the image that
// has the snapshot already. Where neither is there any more, nobody knows what was on the disk.
func snapped(c *api.Call, id string, s *cbs.Snapshot) image {
	im := image{OS: "Other Linux 64bit", Platform: "Other Linux", Arch: offer.X86, User: "root"} // Simulated
	for i := range customImages(c.Tx) {
		if slices.ContainsFunc(i.Snapshots, func(of imageSnapshot) bool { return of.ID == id }) {
			im = image{OS: i.OS, Platform: i.Platform, Arch: i.Arch, User: i.User, Windows: i.Windows}
		}
	}
	if d, ok := cbs.Get(c.Tx, s.Disk); ok && d.Instance != "" {
		if i, ok := instances.Get(c.Tx, d.Instance); ok {
			im = made(c, i)
		}
	}
	im.Size = s.Size
	return im
}
