package cvm

import (
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// checkShare settles the type of an instance on a dedicated host: it is cut to measure.
func checkShare(o *order) error {
	name := or(o.in.InstanceType, "")
	if name == "" {
		return tcerr.Missing("InstanceType")
	}
	kind, ok := offer.Share(name)
	if o.kind = kind; ok {
		return nil
	}
	if _, standard := offer.FindType(name); standard {
		return tcerr.New(sdk.INVALIDPARAMETER_HOSTIDSTANDARDINSTANCETYPENOTSUPPORT, "The hosts do not support the standard instance type `%s`.", name).
			Zh("专用宿主机不支持标准机型 `%s`。")
	}
	if typeName.fits(name) && !strings.HasPrefix(name, "CDH_") {
		return tcerr.New(sdk.INVALIDPARAMETER_HOSTIDINSTANCETYPENOTSUPPORT, "The hosts do not support the instance type `%s`.", name).
			Zh("专用宿主机不支持机型 `%s`。")
	}
	return tcerr.New(sdk.INVALIDINSTANCETYPE_MALFORMED, "The instance type `%s` is malformed.", name).Zh("机型 `%s` 格式不合法。")
}

// checkHosts settles on which of the hosts named each instance of an order goes: the first that has room for it.
func checkHosts(c *api.Call, o *order) error {
	ids := o.in.Placement.HostIds
	if o.charge != cdhpaid {
		if len(ids) > 0 {
			return tcerr.New(sdk.INVALIDPARAMETERCOMBINATION, "The parameter `Placement.HostIds` needs `InstanceChargeType` to be `%s`.", cdhpaid).
				Zh("指定 `Placement.HostIds` 时 `InstanceChargeType` 必须为 `%s`。")
		}
		return nil
	}
	for _, p := range ids {
		room, err := roomOn(c, o, or(p, ""), nil)
		if err != nil {
			return err
		}
		for ; room > 0 && len(o.hosts) < o.count; room-- {
			o.hosts = append(o.hosts, *p)
		}
	}
	if len(o.hosts) < o.count {
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_SPECIFIEDINSTANCETYPE, "The hosts have no room for `%d` instances of the type `%s`.", o.count, o.kind.Name).
			Zh("专用宿主机资源不足，无法创建 `%d` 台 `%s` 实例。")
	}
	return nil
}

// roomOn is how many instances of the order a host still takes once one of it, nil for none, is gone.
func roomOn(c *api.Call, o *order, id string, gone *offer.Type) (int64, error) {
	if err := dedicatedIDs.check(c, id); err != nil {
		return 0, err
	}
	d, ok := dedicatedHosts.Get(c.Tx, id)
	switch {
	case !ok:
		return 0, dedicatedIDs.absent(c, id)
	case d.State != hostRunning:
		return 0, tcerr.New(sdk.INVALIDPARAMETER_HOSTIDSTATUSNOTSUPPORT, "The host `%s` in the state `%s` does not support this operation.", id, d.State).
			Zh("专用宿主机 `%s` 当前状态为 `%s`，不支持该操作。")
	case d.Zone != o.zone.Name:
		return 0, noHost(o.zone.Name, o.kind.Name)
	}
	if whole := d.kind(); o.kind.CPU > whole.CPU || o.kind.Memory > whole.Memory {
		return 0, tcerr.New(sdk.INVALIDPARAMETER_HOSTIDCUSTOMIZEDINSTANCETYPENOTSUPPORT, "The host `%s` is smaller than the instance type `%s`.", id, o.kind.Name).
			Zh("专用宿主机 `%s` 不支持机型 `%s`。")
	}
	cpu, memory := d.free(c, id)
	if gone != nil {
		cpu, memory = cpu+gone.CPU, memory+gone.Memory
	}
	return min(cpu/o.kind.CPU, memory/o.kind.Memory), nil
}

// noHost refuses a share of a dedicated host where there is none to take it.
func noHost(zone, kind string) error {
	return tcerr.New(sdk.INVALIDPARAMETER_INSTANCETYPESUPPORTEDHOSTNOTFOUND, "No host in the zone `%s` takes the instance type `%s`.", zone, kind).
		Zh("可用区 `%s` 中没有支持机型 `%s` 的专用宿主机。")
}

// planOn writes down that an instance stops when its host expires and goes when its host does.
func (i *Instance) planOn(c *api.Call, id string) {
	d, ok := dedicatedHosts.Get(c.Tx, i.traits().HostID)
	if !ok {
		return
	}
	if expires, gone, ends := d.end(); ends {
		edit(c, expires, id, func(i *Instance) { i.State, i.Restrict = stateStopped, expired })
		vanish(c, gone, id)
	}
}

// renewDedicated changes a host, and lets its instances learn of an end that has moved.
func renewDedicated(c *api.Call, id string, f func(*dedicated)) {
	was, ok := dedicatedHosts.Get(c.Tx, id)
	if !ok {
		return
	}
	is := *was
	f(&is)
	is.put(c, id)
	if is.Expires == was.Expires && is.Renew == was.Renew {
		return
	}
	for instance := range instances.Where(c.Tx, "host", id) {
		replan(c, instance, time.Unix(was.Expires, 0), func(i *Instance) { i.Restrict = unrestricted })
	}
}
