package cbs

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Limits of attaching. Source: the parameters' documentation; maxHosts: document/product/362/31604.
const (
	maxMoved = 10 // disks in one AttachDisks or DetachDisks
	maxHosts = 16 // instances of one shareable disk
)

// attachDisks brings portable disks to an instance of their zone. All of them or none.
func attachDisks(c *api.Call, in *sdk.AttachDisksRequestParams) (*sdk.AttachDisksResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxMoved, "DiskIds"); err != nil {
		return nil, err
	}
	if m := or(in.AttachMode, ""); m != "" {
		// Only bare-metal machines have a choice, and there are none here.
		return nil, bad(m, "AttachMode")
	}
	if err := attach(c, *in.InstanceId, ids, or(in.DeleteWithInstance, false)); err != nil {
		return nil, err
	}
	return &sdk.AttachDisksResponseParams{}, nil
}

// attach checks and begins to attach disks to an instance.
func attach(c *api.Call, instanceID string, ids []string, bound bool) error {
	h, err := usableHost(c, instanceID)
	if err != nil {
		return err
	}
	if n, most := elastic(c.Tx, instanceID)+len(ids), c.Quota(quota.InstanceDisks); n > most {
		return tcerr.New(sdk.LIMITEXCEEDED_INSTANCEATTACHEDDISK, "The instance `%s` would hold `%d` elastic disks, which exceeds the limit `%d`.", instanceID, n, most).
			Zh("实例 `%s` 将挂载 `%d` 块弹性云硬盘，超过上限 `%d`。")
	}
	for _, id := range ids {
		d, err := find(c, id)
		if err != nil {
			return err
		}
		if err := attachable(c, id, d, h, instanceID); err != nil {
			return err
		}
	}
	for _, id := range ids {
		begin(c.Tx, id, Attaching, func(d *Disk) { d.join(instanceID, bound) })
		finish(c.Tx, c.After(attachTime), id, Attaching, func(d *Disk) { d.State = Attached })
		share(c.Tx, id)
	}
	return nil
}

// join brings a disk to an instance.
func (d *Disk) join(instanceID string, bound bool) {
	if d.traits().Shareable {
		d.alter(func(t *Traits) { t.Hosts = append(slices.Clone(t.Hosts), instanceID) })
	} else {
		d.Instance = instanceID
	}
	if bound && d.Charge == Postpaid {
		d.DeleteWithInstance = true
	}
}

// attachable says whether a disk can go to an instance.
func attachable(c *api.Call, id string, d *Disk, h *host.Host, instanceID string) error {
	shared := d.traits().Shareable
	switch {
	case !d.Portable:
		return notPortable(c, id)
	case d.State == ToRecycle:
		return unfit(c, id, d)
	case d.Instance != "" || slices.Contains(d.hosts(), instanceID) || shared && len(d.hosts()) >= maxHosts:
		return tcerr.New(code(c, sdk.RESOURCEUNAVAILABLE_ATTACHED), "The disk `%s` is already attached.", id).Zh("云硬盘 `%s` 已挂载。")
	case d.Zone != h.Zone:
		return tcerr.New(code(c, sdk.RESOURCEUNAVAILABLE_ZONENOTMATCH), "The disk `%s` and the instance are not in the same zone.", id).
			Zh("云硬盘 `%s` 与实例不在同一可用区。")
	}
	return atRest(c, id, d)
}

// usableHost is an instance that disks can come to and go from: one that runs or is stopped.
func usableHost(c *api.Call, id string) (*host.Host, error) {
	h, ok := host.Get(c.Tx, id)
	switch {
	case !ok:
		return nil, noInstance(id)
	case h.State != "RUNNING" && h.State != "STOPPED":
		return nil, tcerr.New(code(c, sdk.INVALIDINSTANCE_NOTSUPPORTED), "The instance `%s` is in the state `%s`, which does not support this operation.", id, h.State).
			Zh("实例 `%s` 处于状态 `%s`，不支持该操作。")
	}
	return h, nil
}

// detachDisks takes portable data disks off their instance, all from the same one. All of them or none.
func detachDisks(c *api.Call, in *sdk.DetachDisksRequestParams) (*sdk.DetachDisksResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxMoved, "DiskIds"); err != nil {
		return nil, err
	}
	instanceID := or(in.InstanceId, "")
	for _, id := range ids {
		d, err := find(c, id)
		if err != nil {
			return nil, err
		}
		if instanceID, err = detachable(c, id, d, instanceID); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		detach(c.Tx, c.After(detachTime), id, instanceID)
	}
	return &sdk.DetachDisksResponseParams{}, nil
}

// detachable says whether a disk can leave an instance, "" for whichever it is at, and which that is.
func detachable(c *api.Call, id string, d *Disk, from string) (string, error) {
	switch {
	case !d.Portable || d.System:
		return "", notPortable(c, id)
	case d.traits().Shareable && from == "":
		return "", tcerr.Missing("InstanceId")
	case len(d.hosts()) == 0:
		return "", unfit(c, id, d)
	case from == "":
		from = d.Instance
	case !slices.Contains(d.hosts(), from):
		return "", bad(from, "InstanceId")
	}
	if _, err := usableHost(c, from); err != nil {
		return "", err
	}
	return from, atRest(c, id, d)
}

// detach begins to take a disk off an instance, whose end is then no longer the disk's.
func detach(tx *state.Tx, at time.Time, id, instanceID string) {
	replan(tx, id, func(d *Disk) { d.State = Detaching })
	finish(tx, at, id, Detaching, func(d *Disk) { d.quit(instanceID) })
	if d, ok := disks.Get(tx, id); ok && d.traits().Shareable {
		share(tx, id) // the others' end
	}
}

// quit takes a disk off one instance; a shareable one stays with its others.
func (d *Disk) quit(instanceID string) {
	switch {
	case d.Instance == instanceID:
		d.leave(Unattached)
		return
	case !slices.Contains(d.hosts(), instanceID):
		return
	}
	d.alter(func(t *Traits) {
		t.Hosts = slices.DeleteFunc(slices.Clone(t.Hosts), func(h string) bool { return h == instanceID })
		t.LastHost = instanceID
	})
	d.State = d.rest()
}

// mount attaches new disks to the instances that AutoMountConfiguration names, spread evenly.
// Mount points and file systems lie inside the instances, of which nothing can be seen here.
func mount(c *api.Call, in *sdk.AutoMountConfiguration, ids []string) error {
	if in == nil {
		return nil
	}
	if t := or(in.FileSystemType, "ext4"); t != "ext4" && t != "xfs" {
		return bad(t, "AutoMountConfiguration.FileSystemType")
	}
	hosts := plain(in.InstanceId)
	if len(in.MountPoint) > len(ids) {
		return bad(len(in.MountPoint), "AutoMountConfiguration.MountPoint")
	}
	if len(hosts) == 0 || len(hosts) > len(ids) {
		return bad(len(hosts), "AutoMountConfiguration.InstanceId")
	}
	for i, id := range ids {
		if err := attach(c, hosts[i*len(hosts)/len(ids)], []string{id}, false); err != nil {
			return err
		}
	}
	return nil
}

// describeInstancesDiskNum counts the data disks that instances hold and could hold.
func describeInstancesDiskNum(c *api.Call, in *sdk.DescribeInstancesDiskNumRequestParams) (*sdk.DescribeInstancesDiskNumResponseParams, error) {
	ids := plain(in.InstanceIds)
	if err := tooMany(len(ids), maxBatch, "InstanceIds"); err != nil {
		return nil, err
	}
	set := make([]*sdk.AttachDetail, 0, len(ids))
	for _, id := range ids {
		if _, ok := host.Get(c.Tx, id); !ok {
			return nil, bad(id, "InstanceIds")
		}
		set = append(set, &sdk.AttachDetail{InstanceId: p(id), AttachedDiskCount: p(uint64(elastic(c.Tx, id))), MaxAttachCount: p(uint64(c.Quota(quota.InstanceDisks)))})
	}
	return &sdk.DescribeInstancesDiskNumResponseParams{AttachDetail: set}, nil
}
