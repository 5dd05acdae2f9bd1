package cvm

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Actions that need what no emulated instance has: a local disk, an FPGA, an agent inside. They check everything and
// then refuse, as the cloud refuses an instance that has it not.

// modifyInstanceDiskType turns local disks into cloud disks; here every disk is a cloud disk already.
func modifyInstanceDiskType(c *api.Call, in *sdk.ModifyInstanceDiskTypeRequestParams) (*sdk.ModifyInstanceDiskTypeResponseParams, error) {
	found, err := admit(c, []*string{in.InstanceId}, bounds{})
	if err != nil {
		return nil, err
	}
	var kinds []string
	if in.SystemDisk != nil {
		kinds = append(kinds, or(in.SystemDisk.DiskType, ""))
	}
	for _, d := range in.DataDisks {
		kinds = append(kinds, or(d.DiskType, ""))
	}
	switch {
	case len(kinds) == 0:
		return nil, tcerr.Missing("SystemDisk")
	case len(kinds) > 1: // one disk, of one kind
		return nil, tcerr.New(sdk.INVALIDPARAMETER, "Only one disk can be modified at a time.").Zh("一次仅支持转换一块磁盘。")
	}
	if _, known := cbs.FindKind(kinds[0]); !known {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, kinds[0], "DiskType")
	}
	if !c.InStock(found[0].Zone, kinds[0]) {
		return nil, tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKSOLDOUT, "The disk type `%s` is sold out in the zone.", kinds[0]).Zh("云盘类型 `%s` 在该可用区已售罄。")
	}
	return nil, tcerr.New(sdk.INVALIDPARAMETER_INVALIDINSTANCENOTSUPPORTED, "The instance `%s` with cloud disks does not support this operation.", found[0].id).
		Zh("云盘实例 `%s` 不支持该操作。")
}

// cardAddress is the address of a card in an instance: domain, bus, device and function.
var cardAddress = formOf(`^[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7]$`)

// maxCards is how many FPGAs an instance can have. Simulated: the largest type that was ever sold has as many.
const maxCards = 8

// programFpgaImage loads an image into an instance's FPGAs, of which there are none.
func programFpgaImage(c *api.Call, in *sdk.ProgramFpgaImageRequestParams) (*sdk.ProgramFpgaImageResponseParams, error) {
	found, err := admit(c, []*string{in.InstanceId}, bounds{paused: true})
	if err != nil {
		return nil, err
	}
	if !cosURL.fits(*in.FPGAUrl) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, *in.FPGAUrl, "FPGAUrl")
	}
	if n := len(in.DBDFs); n > maxCards {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `DBDFs` `%d` exceeds the limit `%d`.", n, maxCards).
			Zh("`DBDFs` 的数量 `%d` 超过上限 `%d`。")
	}
	for _, address := range in.DBDFs {
		if !cardAddress.fits(or(address, "")) {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, or(address, ""), "DBDFs")
		}
	}
	return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_NOTFPGAINSTANCE, "The instance `%s` has no FPGA.", found[0].id).Zh("实例 `%s` 不是 FPGA 实例。")
}

// convertOperatingSystems turns CentOS 7 and 8 into TencentOS, by an agent inside of the instance that is nowhere online.
func convertOperatingSystems(c *api.Call, in *sdk.ConvertOperatingSystemsRequestParams) (*sdk.ConvertOperatingSystemsResponseParams, error) {
	if target := or(in.TargetOSType, "TencentOS"); target != "TencentOS" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER_INVALIDTARGETOSTYPE, target, "TargetOSType")
	}
	found, err := lookup(c, in.InstanceIds, maxBatch)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if err := checkConvertible(c, t); err != nil {
			return nil, err
		}
	}
	return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_TATAGENTNOTONLINE, "The TAT agent of the instance `%s` is not online.", found[0].id).
		Zh("实例 `%s` 的自动化助手客户端不在线。")
}

func checkConvertible(c *api.Call, t target) error {
	system, _, _ := cbs.SystemOf(c.Tx, t.id)
	switch {
	case t.State != stateRunning:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCESTATENOTRUNNING, "The instance `%s` is in the state `%s`, not running.", t.id, t.State).
			Zh("实例 `%s` 当前状态为 `%s`，非运行中。")
	case t.Windows:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCEOSWINDOWS, "The instance `%s` has Windows, which does not support this operation.", t.id).
			Zh("实例 `%s` 的操作系统为 Windows，不支持该操作。")
	case t.OperationState == operating:
		return notSupported(t.id)
	case t.kind().GPUCount > 0: // Simulated: a new system has no driver for them
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_SPECIALINSTANCETYPE, "The instance `%s` of the special type `%s` does not support this operation.", t.id, t.Type).
			Zh("特殊机型的实例 `%s`（`%s`）不支持该操作。")
	case !strings.HasPrefix(t.OSName, "CentOS 7") && !strings.HasPrefix(t.OSName, "CentOS 8"):
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCEOSCONVERTOSNOTSUPPORT, "The operating system `%s` of the instance `%s` cannot be converted.", t.OSName, t.id).
			Zh("操作系统 `%s`（实例 `%s`）不支持转换。")
	case !cbs.Snappable(c, system): // the system that was is kept as a snapshot
		return tcerr.New(sdk.INVALIDPARAMETER_AUTOSNAPSHOTNOTSUPPORTED, "No snapshot can be taken of the system disk of the instance `%s`.", t.id).
			Zh("无法为实例 `%s` 的系统盘自动创建快照。")
	}
	return nil
}
