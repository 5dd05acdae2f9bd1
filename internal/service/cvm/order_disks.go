package cvm

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Disks of an instance. Source: document/api/213/15730, document/product/213/2353.
const (
	maxDataDisks      = 20
	defaultSystemSize = 50
)

func checkDisks(c *api.Call, o *order) error {
	if err := o.checkSystem(c); err != nil {
		return err
	}
	if len(o.in.DataDisks) > maxDataDisks {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `DataDisks` `%d` exceeds the limit `%d`.", len(o.in.DataDisks), maxDataDisks).
			Zh("`DataDisks` 的数量 `%d` 超过上限 `%d`。")
	}
	for i, d := range o.in.DataDisks {
		spec, err := dataDisk(c, o.zone.Name, d, "DataDisks."+digit(i))
		if err != nil {
			return err
		}
		spec.KeepOnExit = o.charge != prepaid && !or(d.DeleteWithInstance, true)
		o.data = append(o.data, spec)
	}
	return nil
}

// checkSystem settles the system disk: at least as large as the image, else 50 GiB.
func (o *order) checkSystem(c *api.Call) error {
	in := o.in.SystemDisk
	if in == nil {
		in = &sdk.SystemDisk{}
	}
	if err := checkDedicated(in.CdcId, "SystemDisk"); err != nil {
		return err
	}
	least := int64(max(o.image.Size, cbs.SystemMin))
	size := or(in.DiskSize, max(least, defaultSystemSize))
	if size < least {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, size, "SystemDisk.DiskSize")
	}
	o.system = cbs.Spec{
		Type: diskType(c, o.zone.Name, in.DiskType), Size: uint64(size),
		Name: or(in.DiskName, ""), System: true, Encrypt: or(in.Encrypt, false), KmsKey: or(in.KmsKeyId, ""),
	}
	_, fault := cbs.Check(c, o.zone.Name, o.system)
	if fault == cbs.SoldOut && in.DiskType == nil {
		return noDefaultDisk(c, o.system.Type, sdk.RESOURCENOTFOUND_NODEFAULTCBS)
	}
	return diskFault(fault, o.system, "SystemDisk")
}

// diskType is the type asked for, or the zone's.
func diskType(c *api.Call, zone string, asked *string) string {
	if asked != nil {
		return *asked
	}
	return cbs.Default(c, zone)
}

// dataDisk is a data disk as cbs wants it. name is where it stands in the request, for messages.
func dataDisk(c *api.Call, zone string, in *sdk.DataDisk, name string) (cbs.Spec, error) {
	size, throughput := or(in.DiskSize, 0), or(in.ThroughputPerformance, 0)
	spec := cbs.Spec{
		Type: diskType(c, zone, in.DiskType), Size: uint64(size), Name: or(in.DiskName, ""),
		Snapshot: or(in.SnapshotId, ""), Encrypt: or(in.Encrypt, false), KmsKey: or(in.KmsKeyId, ""),
		Throughput: uint64(throughput), Burst: or(in.BurstPerformance, false),
	}
	if err := checkDedicated(in.CdcId, name); err != nil {
		return spec, err
	}
	if spec.Snapshot != "" && !snapshotID.fits(spec.Snapshot) {
		return spec, tcerr.New(sdk.INVALIDPARAMETERVALUE_SNAPSHOTIDMALFORMED, "The snapshot ID `%s` is malformed.", spec.Snapshot).Zh("快照ID `%s` 格式不合法。")
	}
	switch {
	case size < 0 || size%dataDiskStep != 0:
		return spec, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, size, name+".DiskSize")
	case throughput < 0:
		return spec, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, throughput, name+".ThroughputPerformance")
	}
	given, fault := cbs.Check(c, zone, spec)
	if fault == cbs.SoldOut && in.DiskType == nil {
		return spec, noDefaultDisk(c, spec.Type, sdk.RESOURCENOTFOUND_NODEFAULTCBSWITHREASON)
	}
	spec.Size = max(spec.Size, given)
	return spec, diskFault(fault, spec, name)
}

// noDefaultDisk refuses to choose a disk's type where none is left. Simulated: which disk is which of two codes.
func noDefaultDisk(c *api.Call, kind, code string) error {
	return tcerr.New(listedCode(c, code, sdk.RESOURCEINSUFFICIENT_CLOUDDISKSOLDOUT), "There is no default cloud disk: `%s` is sold out.", kind).
		Zh("无可用的缺省类型云硬盘：`%s` 已售罄。")
}

// checkDedicated refuses a dedicated cluster, of which no account here has one, for the disk called name.
func checkDedicated(cluster *string, name string) error {
	if or(cluster, "") != "" {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETER_CDCNOTSUPPORTED, *cluster, name+".CdcId")
	}
	return nil
}

// diskFault says in CVM's words what is wrong with a disk.
func diskFault(f cbs.Fault, s cbs.Spec, name string) error {
	switch f {
	case cbs.Sound:
		return nil
	case cbs.UnknownType:
		if strings.HasPrefix(s.Type, "LOCAL_") { // what a type has of them comes with it
			return tcerr.BadFieldValue(sdk.UNSUPPORTEDOPERATION_INVALIDDISK, s.Type, name+".DiskType")
		}
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, s.Type, name+".DiskType")
	case cbs.NotSold:
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKUNAVAILABLE, "The cloud disk type `%s` is not available in the zone.", s.Type).
			Zh("云硬盘类型 `%s` 在该可用区不可用。")
	case cbs.SoldOut:
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKSOLDOUT, "The cloud disk type `%s` is sold out.", s.Type).Zh("云硬盘类型 `%s` 已售罄。")
	case cbs.NoSize:
		return tcerr.Missing(name + ".DiskSize")
	case cbs.NoSnapshot:
		return tcerr.New(sdk.INVALIDPARAMETER_SNAPSHOTNOTFOUND, "The specified snapshot `%s` does not exist.", s.Snapshot).Zh("快照 `%s` 不存在。")
	case cbs.SnapshotTooLarge:
		return tcerr.New(sdk.FAILEDOPERATION_SNAPSHOTSIZELARGERTHANDATASIZE, "The snapshot `%s` is larger than the disk.", s.Snapshot).
			Zh("快照 `%s` 大于云硬盘容量。")
	case cbs.SnapshotNotReady, cbs.SnapshotWrongUsage:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, s.Snapshot, name+".SnapshotId")
	case cbs.NoExtra, cbs.BadExtra:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, s.Throughput, name+".ThroughputPerformance")
	case cbs.BadEncryption:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, s.KmsKey, name+".KmsKeyId")
	case cbs.NoEncryption:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_INVALIDREGIONDISKENCRYPT, "The region does not support encrypted disks, as `%s` is to be one.", name).
			Zh("该地域不支持加密云硬盘（`%s`）。")
	}
	if s.Type == cbs.SSD && !s.System && s.Size < 100 {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_CLOUDSSDDATADISKSIZETOOSMALL, s.Size, name+".DiskSize")
	}
	if s.Size > 32000 {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_TOOLARGE, s.Size, name+".DiskSize")
	}
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, s.Size, name+".DiskSize")
}
