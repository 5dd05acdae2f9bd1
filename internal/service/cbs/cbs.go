// Package cbs is the disk shelf of the house: cloud disks, their snapshots and backups, and what they cost.
//
// An instance's own disks are rows of it like all others. The product above it starts, releases and images them
// through the functions of instance.go and image.go, in the transaction in which it writes its own rows.
package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

// Service is Cloud Block Storage.
var Service = api.Service{
	Name:    "cbs",
	Version: "2017-03-12",
	Tokens:  api.TokenCodes{TooLong: sdk.INVALIDPARAMETER_INVALIDCLIENTTOKEN, Mismatch: sdk.INVALIDPARAMETER_INVALIDCLIENTTOKEN},
	Actions: []api.Action{
		api.Write(createDisks),
		api.Read(describeDisks),
		api.Write(modifyDiskAttributes),
		api.Write(attachDisks),
		api.Write(detachDisks),
		api.Write(resizeDisk),
		api.Write(terminateDisks),
		api.Write(modifyDisksRenewFlag),
		api.Write(modifyDisksChargeType),
		api.Write(renewDisk),
		api.Write(modifyDiskExtraPerformance),
		api.Read(describeDiskConfigQuota),
		api.Read(inquiryPriceCreateDisks),
	},
}
