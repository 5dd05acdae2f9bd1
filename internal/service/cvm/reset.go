package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxUserName is how long the name of a user inside an instance may be.
const maxUserName = 64

// resetInstancesPassword gives a user of stopped instances another password; ForceStop stops those that run, and starts
// them again. The password is not kept: nothing here could ask for it.
func resetInstancesPassword(c *api.Call, in *sdk.ResetInstancesPasswordRequestParams) (*sdk.ResetInstancesPasswordResponseParams, error) {
	if name := or(in.UserName, ""); len([]rune(name)) > maxUserName {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_TOOLONG, "The user name exceeds %d characters.", maxUserName).Zh("用户名超过 %d 个字符。")
	}
	found, err := admit(c, in.InstanceIds, bounds{allowed: or(in.ForceStop, false)})
	if err != nil {
		return nil, err
	}
	windows := false // one instance with Windows makes its rules those of all
	for _, t := range found {
		windows = windows || t.Windows
	}
	if err := checkPassword(*in.Password, windows); err != nil {
		return nil, fit(c, err)
	}
	for _, t := range found {
		cycle(c, t, nil)
	}
	return &sdk.ResetInstancesPasswordResponseParams{}, nil
}

// reinstallation is what a ResetInstance makes of an instance.
type reinstallation struct {
	image    *image
	size     uint64 // of the system disk; 0 leaves it as it is
	keys     []string
	hostName string // "" leaves it as it is
	userData *string
}

// resetInstance installs the system of an instance anew, from the same image or another. The system disk keeps its id
// and may grow; addresses and data disks stay. It ends RUNNING.
func resetInstance(c *api.Call, in *sdk.ResetInstanceRequestParams) (*sdk.ResetInstanceResponseParams, error) {
	found, err := admit(c, []*string{in.InstanceId}, bounds{})
	if err != nil {
		return nil, err
	}
	r, err := reinstall(c, found[0], in)
	if err != nil {
		return nil, fit(c, err)
	}
	r.apply(c, found[0])
	return &sdk.ResetInstanceResponseParams{}, nil
}

// reinstall checks a ResetInstance against the instance that it is about.
func reinstall(c *api.Call, t target, in *sdk.ResetInstanceRequestParams) (r reinstallation, err error) {
	if t.Charge == spotpaid {
		return r, wrongCharge(t)
	}
	if r.image, err = newSystem(c, t, or(in.ImageId, t.ImageID)); err != nil {
		return r, err
	}
	if r.size, err = newSystemSize(c, t, r.image, in.SystemDisk); err != nil {
		return r, err
	}
	if err := checkKeyCount(in.LoginSettings); err != nil {
		return r, err
	}
	if r.keys, err = checkLoginSettings(c, in.LoginSettings, r.image); err != nil {
		return r, err
	}
	if r.hostName = or(in.HostName, ""); r.hostName != "" {
		if err := checkNewHostName(r.hostName, r.image.Windows); err != nil {
			return r, err
		}
	}
	r.userData = in.UserData
	return r, checkUserDataText(or(in.UserData, ""))
}

// newSystem finds the image that an instance is installed from.
func newSystem(c *api.Call, t target, id string) (*image, error) {
	if err := checkImageForm(c, id); err != nil {
		return nil, err
	}
	im, err := findImage(c, id)
	if err != nil {
		return nil, err
	}
	switch {
	case im.State != imageNormal:
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGESTATE, "The image `%s` is in the state `%s`.", im.ID, im.State).
			Zh("镜像 `%s` 当前状态为 `%s`，不可用。")
	case im.whole():
		return nil, instanceImage(im)
	case !im.fits(t.kind()):
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEFORGIVENINSTANCETYPE, "The image `%s` does not support the instance type `%s`.", im.ID, t.Type).
			Zh("镜像 `%s` 不支持机型 `%s`。")
	case im.Windows != t.Windows && offer.Abroad(c.Region):
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEIDFORRETSETINSTANCE, "In this region an instance cannot change between Linux and Windows, as with the image `%s`.", im.ID).
			Zh("该地域不支持 Linux 与 Windows 之间切换，镜像 `%s` 不可用。")
	}
	return im, nil
}

// newSystemSize is how large the system disk becomes. It only grows, and stays of its type.
func newSystemSize(c *api.Call, t target, im *image, in *sdk.SystemDisk) (uint64, error) {
	_, disk, ok := cbs.SystemOf(c.Tx, t.id)
	if !ok {
		return 0, notSupported(t.id)
	}
	if in == nil {
		in = &sdk.SystemDisk{}
	}
	if err := checkDedicated(in.CdcId, "SystemDisk"); err != nil {
		return 0, err
	}
	size := uint64(max(or(in.DiskSize, int64(disk.Size)), 0))
	switch {
	case in.DiskType != nil && *in.DiskType != disk.Type:
		return 0, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.DiskType, "SystemDisk.DiskType")
	case size < im.Size, size != disk.Size && !cbs.Grows(disk, size):
		return 0, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, size, "SystemDisk.DiskSize")
	case or(in.Encrypt, disk.Encrypt) != disk.Encrypt, in.KmsKeyId != nil && !disk.Encrypt:
		return 0, tcerr.New(sdk.UNSUPPORTEDOPERATION_MODIFYENCRYPTIONNOTSUPPORTED, "The encryption of the system disk of the instance `%s` cannot be changed.", t.id).
			Zh("不支持修改实例 `%s` 系统盘的加密属性。")
	case size == disk.Size:
		return 0, nil
	case !c.InStock(t.Zone, disk.Type):
		return 0, tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKSOLDOUT, "The cloud disk type `%s` is sold out.", disk.Type).Zh("云硬盘类型 `%s` 已售罄。")
	}
	return size, nil
}

func (r reinstallation) apply(c *api.Call, t target) {
	done := c.After(resetTakes)
	if t.traits().ResetFails {
		failReset(c, t.id, done)
		return
	}
	operate(c, t.id, "", done, func(i *Instance) {
		i.State = stateRunning
		i.ImageID, i.OSName, i.Windows, i.User = r.image.ID, r.image.OS, r.image.Windows, r.image.User
		i.KeyIDs, i.HostName = r.keys, or(present(r.hostName), i.HostName)
		i.alter(func(t *traits) {
			t.UserData = or(r.userData, t.UserData)
			if t.Hold == reinstallFailed {
				t.Hold = ""
			}
		})
	})
	cbs.Reset(c, done, t.id, r.size)
}

// failReset is a reinstallation that fails at an instant. What can be done then is another one, or to give the instance
// back. Simulated: that the instance is off then.
func failReset(c *api.Call, id string, done time.Time) {
	operate(c, id, "", done, func(i *Instance) {
		i.State, i.OperationState = stateStopped, failed
		i.alter(func(t *traits) {
			t.ResetFails, t.Hold, t.OperationError = false, reinstallFailed, "The operating system could not be reinstalled."
		})
	})
}

// present is a string that is there; nil for none.
func present(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// stoppedThen is how long an instance that runs is switched off before something can be done to it.
func (t target) stoppedThen(takes time.Duration) time.Duration {
	if t.State == stateRunning {
		return stopTakes + takes
	}
	return takes
}
