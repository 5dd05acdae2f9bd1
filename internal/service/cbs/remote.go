package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Remote disks, single-replica SSDs for invited accounts, are sold out in every zone here. So there are none, and what
// is asked about one is answered as of a disk that does not exist.

// Sizes of a remote disk in GiB. Source: the parameter's documentation.
const (
	remoteMin = 2000
	remoteMax = 7000
)

func describeRemoteDisks(*api.Call, *DescribeRemoteDisksRequestParams) (*DescribeRemoteDisksResponseParams, error) {
	return &DescribeRemoteDisksResponseParams{RemoteDiskSet: []*RemoteDisk{}, TotalCount: p(uint64(0))}, nil
}

// soldOut refuses to sell or price a remote disk.
func soldOut() error {
	return tcerr.New(sdk.RESOURCEINSUFFICIENT, "Single-replica SSDs are sold out.").Zh("单副本 SSD 硬盘已售罄。")
}

// noRemote refuses the first of some ids.
func noRemote(c *api.Call, ids []*string, parameter string) error {
	for _, id := range plain(ids) {
		return noDisk(c, id)
	}
	return tcerr.Missing(parameter)
}

func checkRemote(size uint64, charge string) error {
	switch {
	case size < remoteMin || size > remoteMax:
		return bad(size, "DiskSize")
	case charge != Prepaid && charge != Postpaid:
		return bad(charge, "DiskChargeType")
	}
	return soldOut()
}

func createRemoteDisks(c *api.Call, in *sdk.CreateRemoteDisksRequestParams) (*sdk.CreateRemoteDisksResponseParams, error) {
	if err := checkPlace(c, in.Placement); err != nil {
		return nil, err
	}
	if _, ok := host.Get(c.Tx, *in.InstanceId); !ok {
		return nil, noInstance(*in.InstanceId)
	}
	return nil, checkRemote(*in.DiskSize, *in.DiskChargeType)
}

func inquirePriceCreateRemoteDisks(_ *api.Call, in *sdk.InquirePriceCreateRemoteDisksRequestParams) (*sdk.InquirePriceCreateRemoteDisksResponseParams, error) {
	return nil, checkRemote(*in.DiskSize, *in.DiskChargeType)
}

func switchParameterCreateRemoteDisks(c *api.Call, in *sdk.SwitchParameterCreateRemoteDisksRequestParams) (*sdk.SwitchParameterCreateRemoteDisksResponseParams, error) {
	if err := checkPlace(c, in.Placement); err != nil {
		return nil, err
	}
	return nil, soldOut()
}

func switchParameterRenewRemoteDisks(*api.Call, *sdk.SwitchParameterRenewRemoteDisksRequestParams) (*sdk.SwitchParameterRenewRemoteDisksResponseParams, error) {
	return nil, soldOut()
}

func describeRemoteDiskConfigQuota(*api.Call, *sdk.DescribeRemoteDiskConfigQuotaRequestParams) (*sdk.DescribeRemoteDiskConfigQuotaResponseParams, error) {
	return &sdk.DescribeRemoteDiskConfigQuotaResponseParams{}, nil
}

func attachRemoteDisks(c *api.Call, in *sdk.AttachRemoteDisksRequestParams) (*sdk.AttachRemoteDisksResponseParams, error) {
	if _, err := usableHost(c, *in.InstanceId); err != nil {
		return nil, err
	}
	return nil, noRemote(c, in.RemoteDiskIds, "RemoteDiskIds")
}

func detachRemoteDisks(c *api.Call, in *sdk.DetachRemoteDisksRequestParams) (*sdk.DetachRemoteDisksResponseParams, error) {
	if _, err := usableHost(c, *in.InstanceId); err != nil {
		return nil, err
	}
	return nil, noRemote(c, in.RemoteDiskIds, "RemoteDiskIds")
}

func describeRemoteDisksDeniedActions(c *api.Call, in *sdk.DescribeRemoteDisksDeniedActionsRequestParams) (*sdk.DescribeRemoteDisksDeniedActionsResponseParams, error) {
	return nil, noRemote(c, in.RemoteDiskIds, "RemoteDiskIds")
}

func modifyRemoteDiskAttributes(c *api.Call, in *sdk.ModifyRemoteDiskAttributesRequestParams) (*sdk.ModifyRemoteDiskAttributesResponseParams, error) {
	return nil, noRemote(c, in.RemoteDiskIds, "RemoteDiskIds")
}

func terminateRemoteDisks(c *api.Call, in *sdk.TerminateRemoteDisksRequestParams) (*sdk.TerminateRemoteDisksResponseParams, error) {
	return nil, noRemote(c, in.RemoteDiskIds, "RemoteDiskIds")
}

func renewRemoteDisk(c *api.Call, in *sdk.RenewRemoteDiskRequestParams) (*sdk.RenewRemoteDiskResponseParams, error) {
	return nil, noRemote(c, []*string{in.RemoteDiskId}, "RemoteDiskId")
}

func inquirePriceRenewRemoteDisks(c *api.Call, in *sdk.InquirePriceRenewRemoteDisksRequestParams) (*sdk.InquirePriceRenewRemoteDisksResponseParams, error) {
	return nil, noRemote(c, in.RemoteDiskIds, "RemoteDiskIds")
}

// Dedicated clusters are there for financial customers with hardware of their own, of which there is none here.

func describeDiskStoragePool(_ *api.Call, in *sdk.DescribeDiskStoragePoolRequestParams) (*sdk.DescribeDiskStoragePoolResponseParams, error) {
	_, _, err := youngRules.Check(api.Ask{IDs: in.CdcIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}, func(f string) bool {
		return f == "cdc-id" || f == "zone" || f == "cage-id" || f == "disk-type"
	})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeDiskStoragePoolResponseParams{TotalCount: p(uint64(0)), CdcSet: []*sdk.Cdc{}, DiskStoragePoolSet: []*sdk.Cdc{}}, nil
}

func describeDedicatedClusterDiskStatistics(_ *api.Call, in *DescribeDedicatedClusterDiskStatisticsRequestParams) (*DescribeDedicatedClusterDiskStatisticsResponseParams, error) {
	return nil, tcerr.BadFieldValue(tcerr.ResourceNotFound, *in.DedicatedClusterId, "DedicatedClusterId")
}
