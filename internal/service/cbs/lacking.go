package cbs

import sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

// What the cloud documents and its SDK, of this version, lacks. These types end when the SDK has theirs.

// DescribeSnapshotsResponseParams has snapshots with every member.
type DescribeSnapshotsResponseParams struct {
	TotalCount  *uint64
	SnapshotSet []*ShownSnapshot
}

// ShownSnapshot is a snapshot with the member that the SDK's lacks. What it says is not documented.
type ShownSnapshot struct {
	sdk.Snapshot

	SnapshotMode *string
}

// DescribeRemoteDisksRequestParams stands for the SDK's struct of this name, whose answer is incomplete.
type DescribeRemoteDisksRequestParams struct {
	Filters []*sdk.Filter
}

// DescribeRemoteDisksResponseParams has the members that the SDK's struct lacks.
type DescribeRemoteDisksResponseParams struct {
	RemoteDiskSet []*RemoteDisk
	TotalCount    *uint64
}

// RemoteDisk is RemoteDiskDetail of the cloud's own description, of which there never is one.
type RemoteDisk struct {
	RemoteDiskId, RemoteDiskName, RemoteDiskState, RemoteDiskType *string
	InstanceId, DiskChargeType, RenewFlag                         *string
	CreateTime, DeadlineTime                                      *string
	DiskSize                                                      *uint64
	Placement                                                     *sdk.Placement
}

// DescribeDedicatedClusterDiskStatisticsRequestParams is of an action that the SDK does not know yet.
type DescribeDedicatedClusterDiskStatisticsRequestParams struct {
	DedicatedClusterId *string
}

// DescribeDedicatedClusterDiskStatisticsResponseParams is its answer.
type DescribeDedicatedClusterDiskStatisticsResponseParams struct {
	DedicatedClusterDiskStatisticSet []*ClusterStatistic
}

// ClusterStatistic is DedicatedClusterDiskStatistic of the cloud's own description, of which there never is one.
type ClusterStatistic struct {
	DiskType                                       *string
	TotalDiskSize, UsedDiskSize, AvailableDiskSize *uint64
}
