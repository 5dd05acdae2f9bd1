package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// facts is what the row itself says. Members that the cloud leaves null stay nil.
func (i *Instance) facts(id string) *sdk.Instance {
	kind, more := i.kind(), i.traits()
	out := &sdk.Instance{
		Placement:    &sdk.Placement{Zone: &i.Zone, ProjectId: &i.ProjectID},
		InstanceId:   &id,
		InstanceType: &i.Type,
		CPU:          &kind.CPU,
		Memory:       &kind.Memory,
		InstanceName: &i.Name,
		ImageId:      &i.ImageID,
		OsName:       &i.OSName,
		Uuid:         new(i.Uuid.String()),

		InstanceState:            &i.State,
		RestrictState:            new(i.restrict()),
		IsolatedSource:           &i.Isolated,
		LatestOperation:          &i.Operation,
		LatestOperationState:     &i.OperationState,
		LatestOperationRequestId: &i.OperationRequest,
		LatestOperationErrorMsg:  &more.OperationError,

		LoginSettings:           &sdk.LoginSettings{KeyIds: pointers(i.KeyIDs)},
		DefaultLoginUser:        &i.User,
		DefaultLoginPort:        new(i.loginPort()),
		CamRoleName:             &more.CamRole,
		HpcClusterId:            &more.HpcClusterID,
		DedicatedClusterId:      new(""),
		DisasterRecoverGroupIds: listed(i.GroupIDs),
		DisasterRecoverGroupId:  new(""),
		LicenseType:             new("TencentCloud"),
		DisableApiTermination:   &i.Protected,
	}
	if more.HostID != "" {
		out.Placement.HostId = &more.HostID
	}
	if len(i.GroupIDs) > 0 {
		out.DisasterRecoverGroupId = &i.GroupIDs[0]
	}
	if more.Partition != 0 {
		out.PartitionNumber = &more.Partition
	}
	if kind.GPUCount > 0 {
		out.GPUInfo = &sdk.GPUInfo{GPUCount: &kind.GPUCount, GPUType: &kind.Family.GPUType}
	}
	if t := more.Topology; t != nil {
		out.CpuTopology = &sdk.CpuTopology{CoreCount: &t.CoreCount, ThreadPerCore: &t.ThreadPerCore}
	}
	return out
}

// restrict is the RestrictState: a ban is told before an end.
func (i *Instance) restrict() string {
	if i.traits().Hold == banned {
		return isolated
	}
	return i.Restrict
}

// payment is how the instance is paid for. RenewFlag and ExpiredTime are null unless it is prepaid.
func (i *Instance) payment(now time.Time, out *sdk.Instance) {
	out.InstanceChargeType, out.StopChargingMode = &i.Charge, new(i.stopMode())
	out.CreatedTime = new(iso(i.Created))
	if i.Charge == prepaid {
		out.RenewFlag, out.ExpiredTime = &i.Renew, new(iso(i.until(now).Unix()))
	}
}

// stopMode is the StopChargingMode, which is about those that are stopped and not paid ahead.
func (i *Instance) stopMode() string {
	if i.State != stateStopped || i.StopCharging == "" || i.Charge == prepaid {
		return notApplicable
	}
	return i.StopCharging
}

// loginPort is where one logs in: remote desktop on Windows, else SSH.
func (i *Instance) loginPort() int64 {
	if i.Windows {
		return 3389
	}
	return 22
}

// host is the instance as the products below see it.
func (i *Instance) host() host.Host {
	return host.Host{Zone: i.Zone, State: i.State, CPU: int(i.kind().CPU), Name: i.Name, Spot: i.Charge == spotpaid}
}

// showNetwork adds what vpc knows: addresses, security groups, bandwidth.
func showNetwork(c *api.Call, id string, i *Instance, out *sdk.Instance) {
	a := network(c, id)
	out.VirtualPrivateCloud = &sdk.VirtualPrivateCloud{VpcId: &i.VpcID, SubnetId: &i.SubnetID, AsVpcGateway: new(i.traits().Gateway)}
	out.PrivateIpAddresses, out.PublicIpAddresses = pointers(a.Private), pointers(a.Public)
	out.IPv6Addresses, out.PublicIPv6Addresses = pointers(a.IPv6), []*string{}
	out.SecurityGroupIds = pointers(a.SecurityGroups)
	net := vpc.Internet{Charge: i.InternetCharge, Bandwidth: i.Bandwidth}
	if len(a.Public) > 0 {
		net = a.Internet
	}
	out.InternetAccessible = &sdk.InternetAccessible{InternetChargeType: &net.Charge, InternetMaxBandwidthOut: new(int64(net.Bandwidth))}
	if net.Package != "" {
		out.InternetAccessible.BandwidthPackageId = &net.Package
	}
}

// network is what vpc knows of an instance.
func network(c *api.Call, id string) vpc.Attachment {
	a, _ := vpc.Of(c.Tx, id)
	return a
}

// showDisks adds what cbs knows: the system disk and the data disks in the order they were attached.
func showDisks(c *api.Call, id string, out *sdk.Instance) {
	for diskID, d := range cbs.Of(c.Tx, id) {
		kind, size := &d.Type, new(int64(d.Size))
		if d.System {
			out.SystemDisk = &sdk.SystemDisk{DiskType: kind, DiskId: &diskID, DiskSize: size}
			continue
		}
		disk := &sdk.DataDisk{DiskType: kind, DiskId: &diskID, DiskSize: size, DeleteWithInstance: &d.DeleteWithInstance, Encrypt: &d.Encrypt,
			ThroughputPerformance: new(int64(d.Goods().Throughput))} // Terraform reads through it
		if d.More != nil && d.More.Snapshot != "" {
			disk.SnapshotId = &d.More.Snapshot
		}
		out.DataDisks = append(out.DataDisks, disk)
	}
}

// showTags are tags by key, never null.
func showTags(tags map[string]string) []*sdk.Tag {
	all := make([]*sdk.Tag, 0, len(tags))
	for _, k := range tag.Keys(tags) {
		all = append(all, &sdk.Tag{Key: &k, Value: new(tags[k])})
	}
	return all
}

// pointers are a list in the SDK's form; an empty one is null on the wire.
func pointers(in []string) (out []*string) {
	for i := range in {
		out = append(out, &in[i])
	}
	return out
}
