// Package cbs is the disk shelf of the house: cloud disks, their snapshots and backups, and what they cost.
//
// An instance's own disks are rows of it like all others. The product above it starts, releases and images them
// through the functions of instance.go and image.go, in the transaction in which it writes its own rows.
package cbs

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

const version = "2017-03-12"

// Service is Cloud Block Storage.
var Service = api.Service{
	Name:    "cbs",
	Version: version,
	Tokens:  api.TokenCodes{TooLong: sdk.INVALIDPARAMETER_INVALIDCLIENTTOKEN, Mismatch: sdk.INVALIDPARAMETER_INVALIDCLIENTTOKEN},
	Actions: slices.Concat(diskActions, chargeActions, snapshotActions, policyActions, backupActions, specialActions),
}

var diskActions = []api.Action{
	api.Write(createDisks),
	api.Read(describeDisks),
	api.Write(modifyDiskAttributes),
	api.Write(attachDisks),
	api.Write(detachDisks),
	api.Write(resizeDisk),
	api.Write(initializeDisks),
	api.Write(modifyDiskExtraPerformance),
	api.Write(terminateDisks),
	api.Read(describeInstancesDiskNum),
	api.Read(describeDiskConfigQuota),
}

var chargeActions = []api.Action{
	api.Write(modifyDisksRenewFlag),
	api.Write(modifyDisksChargeType),
	api.Write(renewDisk),
	api.Read(inquiryPriceCreateDisks),
	api.Read(inquiryPriceRenewDisks),
	api.Read(inquiryPriceResizeDisk),
	api.Read(inquirePriceModifyDiskBackupQuota),
	api.Read(inquirePriceModifyDiskExtraPerformance),
}

var snapshotActions = []api.Action{
	api.Write(createSnapshot),
	api.Read(describeSnapshots),
	api.Write(modifySnapshotAttribute),
	api.Write(deleteSnapshots),
	api.Write(applySnapshot),
	api.Write(copySnapshotCrossRegions),
	api.Write(modifySnapshotsSharePermission),
	api.Read(describeSnapshotSharePermission),
	api.Read(describeSnapshotOverview),
	api.Read(getSnapOverview),
	api.Write(createSnapshotGroup),
	api.Read(describeSnapshotGroups),
	api.Write(applySnapshotGroup),
	api.Write(deleteSnapshotGroup),
}

var policyActions = []api.Action{
	api.Write(createAutoSnapshotPolicy).WithOwnDryRun(),
	api.Read(describeAutoSnapshotPolicies),
	api.Read(describeDiskAssociatedAutoSnapshotPolicy),
	api.Write(modifyAutoSnapshotPolicyAttribute),
	api.Write(deleteAutoSnapshotPolicies),
	api.Write(bindAutoSnapshotPolicy),
	api.Write(unbindAutoSnapshotPolicy),
	api.Write(copyAutoSnapshotPolicyCrossAccount),
}

var backupActions = []api.Action{
	api.Write(createDiskBackup),
	api.Read(describeDiskBackups),
	api.Write(applyDiskBackup),
	api.Write(deleteDiskBackups),
	api.Write(modifyDiskBackupQuota),
}

// specialActions are about hardware for invited customers, of which there is none.
var specialActions = []api.Action{
	api.Read(describeDiskStoragePool),
	api.Read(describeDedicatedClusterDiskStatistics),
	api.Write(createRemoteDisks),
	api.Read(describeRemoteDisks),
	api.Write(attachRemoteDisks),
	api.Write(detachRemoteDisks),
	api.Write(modifyRemoteDiskAttributes),
	api.Write(renewRemoteDisk),
	api.Write(terminateRemoteDisks),
	api.Read(describeRemoteDisksDeniedActions),
	api.Read(describeRemoteDiskConfigQuota),
	api.Read(inquirePriceCreateRemoteDisks),
	api.Read(inquirePriceRenewRemoteDisks),
	api.Read(switchParameterCreateRemoteDisks),
	api.Read(switchParameterRenewRemoteDisks),
}
