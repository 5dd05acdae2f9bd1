package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// runInstances launches instances and returns before they run: PENDING now, RUNNING later. All are launched or none;
// addresses, disks and tags come and go with them. Ids are in the order of the names' numbers. Source: document/api/213/15730.
func runInstances(c *api.Call, in *sdk.RunInstancesRequestParams) (*sdk.RunInstancesResponseParams, error) {
	o, err := settle(c, in)
	if err != nil {
		return nil, err
	}
	out := &sdk.RunInstancesResponseParams{}
	for i := range o.count {
		id, err := o.launch(c, i)
		if err != nil {
			return nil, err
		}
		out.InstanceIdSet = append(out.InstanceIdSet, &id)
	}
	if o.charge == prepaid {
		buy(c, o.zone.Name, o.count)
	}
	return out, nil
}

// launch is the i-th instance of the order, from its address to its tags.
func (o *order) launch(c *api.Call, i int) (string, error) {
	id, done := api.NewID(c, instances, "ins"), c.After(launchTakes)
	row := o.instance(c, i)
	host.Put(c.Tx, id, row.host())
	if _, err := vpc.Launch(c, o.card(id, i, done)); err != nil {
		return "", fit(c, addressFault(err, o.address(i)))
	}
	if err := vpc.GiveIPv6(c, id, o.ipv6); err != nil {
		return "", fit(c, addressFault(err, ""))
	}
	row.HostName = hostName(or(o.in.HostName, ""), i, o.count, network(c, id).Private[0], o.image.Platform)
	cbs.Start(c, o.disks(id, row, done))
	tag.Set(c.Tx, tagged(id), o.tags)
	instances.Put(c.Tx, id, row)
	launched := operation{c: c, id: id} // which the row says that has begun
	if offer.Level(c.StockLevel(o.zone.Name, o.kind.Name)) == offer.RunsOut {
		launched.fail(done)
		return id, nil
	}
	launched.finish(done, func(i *Instance) { i.State = stateRunning })
	if !o.doom.IsZero() {
		setTimer(c, id, o.doom)
	}
	return id, nil
}

// fail lets a launch fail at an instant, for a stock that ran out meanwhile. The instance is listed for a while, without
// anything that was to be its own.
func (o operation) fail(at time.Time) {
	o.finish(at, func(i *Instance) {
		i.State, i.OperationState, i.KeyIDs, i.GroupIDs, i.Doom = stateLaunchFailed, failed, nil, nil, 0
		i.alter(func(t *traits) {
			t.HostID, t.HpcClusterID, t.Partition = "", "", 0
			t.Gone, t.OperationError = at.Add(failedStays).Unix(), "The specified type of instance is understocked."
		})
	})
	vpc.Release(o.c, at, o.id, false)
	cbs.Undo(o.c, at, o.id)
}

// instance is the row of the i-th instance of the order, as it is before anything has happened to it.
func (o *order) instance(c *api.Call, i int) Instance {
	row := Instance{
		Name: instanceName(or(o.in.InstanceName, ""), i, o.count), Type: o.kind.Name, Zone: o.zone.Name,
		VpcID: o.place.VPC, SubnetID: o.place.Subnet, ProjectID: or(o.in.Placement.ProjectId, 0),
		ImageID: o.image.ID, OSName: o.image.OS, Windows: o.image.Windows, User: o.image.User,
		Uuid: uuidOf(c.IDs.UUID()), KeyIDs: o.keys, Protected: or(o.in.DisableApiTermination, false), GroupIDs: o.placements,
		InternetCharge: o.internet.Charge, Bandwidth: o.internet.Bandwidth,
		Charge: o.charge, Renew: o.renew, Created: c.Now.Unix(),
		State: statePending, Operation: c.Action, OperationState: operating, OperationRequest: c.RequestID, Restrict: unrestricted, Isolated: notIsolated,
	}
	if o.charge == prepaid {
		row.Expires = clock.AddMonths(c.Now, o.period).Unix()
	}
	row.alter(func(t *traits) { o.traits(i, t) })
	if !o.doom.IsZero() {
		row.Doom = o.doom.Unix()
	}
	return row
}

// traits are those of the i-th instance.
func (o *order) traits(i int, t *traits) {
	t.UserData, t.CamRole, t.HpcClusterID = or(o.in.UserData, ""), or(o.in.CamRoleName, ""), or(o.in.HpcClusterId, "")
	t.MaxPrice, t.Gateway = o.bid, o.gateway
	if o.partition != nil {
		t.Partition = o.partition()
	}
	if len(o.hosts) > 0 {
		t.HostID = o.hosts[i]
	}
	if asked := o.in.CpuTopology; asked != nil {
		t.Topology = &topology{or(asked.CoreCount, 0), or(asked.ThreadPerCore, 0)}
	}
}

// card is the primary network card of the i-th instance.
func (o *order) card(id string, i int, ready time.Time) vpc.LaunchSpec {
	spec := vpc.LaunchSpec{InstanceID: id, Placement: o.place, PrivateIP: o.address(i), SecurityGroups: o.groups, ReadyAt: ready}
	if o.assign {
		spec.Internet = o.internet
	}
	return spec
}

// address is the private address asked for the i-th instance; "" for the next free one.
func (o *order) address(i int) string {
	if len(o.privateIP) == 0 {
		return ""
	}
	return o.privateIP[i]
}

// disks are those that an instance starts with. Only a prepaid one's are paid ahead.
func (o *order) disks(id string, row Instance, ready time.Time) cbs.Launch {
	return cbs.Launch{
		InstanceID: id, InstanceName: row.Name, Zone: row.Zone, Project: uint64(row.ProjectID), System: o.system, Data: o.data,
		Tags: o.tags, Ready: ready, Prepaid: o.charge == prepaid, Deadline: time.Unix(row.Expires, 0), Renew: o.renew,
	}
}
