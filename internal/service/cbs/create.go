package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxAtOnce is how many disks one CreateDisks makes. Simulated: the cloud's page of limits is not to be had.
const maxAtOnce = 50

// createDisks makes disks that belong to no instance yet. They can be used at once.
// Simulated: no state is documented for a disk that is being made.
func createDisks(c *api.Call, in *sdk.CreateDisksRequestParams) (*sdk.CreateDisksResponseParams, error) {
	d, err := wanted(c, in)
	if err != nil {
		return nil, err
	}
	count := or(in.DiskCount, 1)
	if count < 1 || count > maxAtOnce {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, count, "DiskCount")
	}
	if most := c.Quota(quota.Disks); disks.Count(c.Tx, "alone", "")+int(count) > most {
		return nil, tcerr.New(tcerr.LimitExceeded, "The quota of `%d` cloud disks in the region is exceeded.", most).Zh("当前地域云硬盘数量超过配额 `%d`。")
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	ids := make([]string, count)
	for i := range ids {
		ids[i] = api.NewID(c, disks, "disk")
		put(c.Tx, ids[i], d)
		tag.Set(c.Tx, volume(ids[i]), tags)
	}
	if err := mount(c, in.AutoMountConfiguration, ids); err != nil {
		return nil, err
	}
	return &sdk.CreateDisksResponseParams{DiskIdSet: pointers(ids)}, nil
}

// wanted is the disk that a CreateDisks describes.
func wanted(c *api.Call, in *sdk.CreateDisksRequestParams) (d Disk, err error) {
	if err := checkPlace(c, in.Placement); err != nil {
		return d, err
	}
	if err := checkName(in.DiskName, "DiskName"); err != nil {
		return d, err
	}
	s, err := spec(in)
	if err != nil {
		return d, err
	}
	size, fault := Check(c, *in.Placement.Zone, s)
	if err := refuse(c, fault, s); err != nil {
		return d, err
	}
	if k, _ := FindKind(s.Type); !k.Alone {
		return d, refuse(c, NotSold, s)
	}
	d = Disk{
		Name: name(in.DiskName), Zone: *in.Placement.Zone, Type: s.Type, State: Unattached, Size: size,
		Project: or(in.Placement.ProjectId, 0), Created: c.Now.Unix(), Portable: true, Alone: true, Encrypt: s.Encrypt, More: s.traits(),
	}
	if or(in.Shareable, false) || or(in.DeleteSnapshot, 0) != 0 || or(in.DiskBackupQuota, 0) != 0 {
		d.alter(func(t *Traits) {
			t.Shareable, t.DeleteSnapshot, t.Backups = or(in.Shareable, false), or(in.DeleteSnapshot, 0) == 1, or(in.DiskBackupQuota, 0)
		})
	}
	return d, pay(c, &d, in)
}

// spec is what the common check of disks wants to know of a CreateDisks.
func spec(in *sdk.CreateDisksRequestParams) (s Spec, err error) {
	s = Spec{
		Type: *in.DiskType, Size: or(in.DiskSize, 0), Snapshot: or(in.SnapshotId, ""),
		Encrypt: in.Encrypt != nil, EncryptType: or(in.EncryptType, ""), KmsKey: or(in.KmsKeyId, ""),
		Throughput: or(in.ThroughputPerformance, 0), Burst: or(in.BurstPerformance, false),
	}
	switch {
	case s.Encrypt && *in.Encrypt != "ENCRYPT":
		return s, bad(*in.Encrypt, "Encrypt")
	case s.Encrypt && or(in.Shareable, false):
		return s, bad(*in.Encrypt, "Encrypt")
	case s.Encrypt && in.AutoMountConfiguration != nil:
		return s, bad(*in.Encrypt, "Encrypt")
	case or(in.DiskBackupQuota, 0) > maxBackups:
		return s, bad(*in.DiskBackupQuota, "DiskBackupQuota")
	}
	return s, nil
}

// traits are what of a spec few disks have.
func (s *Spec) traits() *Traits {
	t := Traits{Throughput: s.Throughput, Snapshot: s.Snapshot, KmsKey: s.KmsKey, Burst: s.Burst, EncryptType: s.EncryptType}
	if s.Encrypt && t.EncryptType == "" {
		t.EncryptType = "ENCRYPT_V2"
	}
	if t.Throughput == 0 && t.Snapshot == "" && !s.Encrypt && !t.Burst {
		return nil
	}
	return &t
}

// pay reads how a disk is paid.
func pay(c *api.Call, d *Disk, in *sdk.CreateDisksRequestParams) error {
	switch *in.DiskChargeType {
	case Postpaid:
		d.Charge = Postpaid
		return nil
	case Prepaid:
		t, err := readTerm(in.DiskChargePrepaid, "DiskChargePrepaid")
		if err == nil {
			t.apply(d, c.Now)
		}
		return err
	case Dedicated:
		return tcerr.New(sdk.RESOURCEINSUFFICIENT, "There is no dedicated cluster for disks of the charge type `%s`.", Dedicated).
			Zh("没有可用于计费类型 `%s` 的独享集群。")
	}
	return bad(*in.DiskChargeType, "DiskChargeType")
}

// refuse words what is wrong with a wanted disk as this product does.
func refuse(c *api.Call, f Fault, s Spec) error {
	switch f {
	case Sound:
		return nil
	case UnknownType:
		return bad(s.Type, "DiskType")
	case NotSold:
		return tcerr.New(sdk.INVALIDPARAMETER_DISKCONFIGNOTSUPPORTED, "The disk type `%s` is not sold in this zone or on its own.", s.Type).
			Zh("云硬盘类型 `%s` 在该可用区不售卖或不支持单独购买。")
	case SoldOut:
		return tcerr.New(sdk.RESOURCEINSUFFICIENT, "Disks of the type `%s` are sold out.", s.Type).Zh("云硬盘类型 `%s` 已售罄。")
	case NoSize:
		return tcerr.Missing("DiskSize")
	case NoSnapshot:
		return noSnapshot(c, s.Snapshot)
	case SnapshotNotReady, SnapshotWrongUsage:
		return bad(s.Snapshot, "SnapshotId")
	case NoExtra, BadExtra:
		return bad(s.Throughput, "ThroughputPerformance")
	case BadEncryption:
		return bad(s.EncryptType, "EncryptType")
	case NoEncryption:
		return bad("ENCRYPT", "Encrypt")
	}
	return bad(s.Size, "DiskSize")
}

// checkPlace holds a Placement against the map and the account's projects.
func checkPlace(c *api.Call, at *sdk.Placement) error {
	name := or(at.Zone, "")
	if name == "" {
		return tcerr.Missing("Placement.Zone")
	}
	if z, ok := region.FindZone(name); !ok || z.Region != c.Region {
		return bad(name, "Placement.Zone")
	}
	for _, cluster := range []*string{at.CdcId, at.CageId, at.DedicatedClusterId} {
		if or(cluster, "") != "" {
			return bad(*cluster, "Placement") // of hardware for invited customers, of which there is none
		}
	}
	return checkProject(c, or(at.ProjectId, 0))
}

func checkProject(c *api.Call, id uint64) error {
	if _, ok := tag.Project(c.Tx, id); !ok {
		return tcerr.New(code(c, sdk.INVALIDPARAMETER_PROJECTIDNOTEXIST), "The project `%d` does not exist.", id).Zh("项目 `%d` 不存在。")
	}
	return nil
}

func checkName(s *string, parameter string) error {
	if s != nil && len(*s) > maxName {
		return bad(*s, parameter)
	}
	return nil
}

// name is what something is called, which is never nothing.
func name(s *string) string {
	if or(s, "") == "" {
		return untitled
	}
	return *s
}
