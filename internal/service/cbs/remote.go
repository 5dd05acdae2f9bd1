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

// DescribeRemoteDisksRequestParams stands for the SDK's struct of this name, whose answer is incomplete.
type DescribeRemoteDisksRequestParams struct {
	Filters []*sdk.Filter `json:"Filters,omitnil,omitempty"`
}

// DescribeRemoteDisksResponseParams has the members that the SDK's struct lacks.
type DescribeRemoteDisksResponseParams struct {
	RemoteDiskSet []*RemoteDisk `json:"RemoteDiskSet,omitnil,omitempty"`
	TotalCount    *uint64       `json:"TotalCount,omitnil,omitempty"`
	RequestId     *string       `json:"RequestId,omitnil,omitempty"`
}

// RemoteDisk is RemoteDiskDetail of the cloud's own description, of which there never is one.
type RemoteDisk struct {
	RemoteDiskId, RemoteDiskName, RemoteDiskState, RemoteDiskType *string
	InstanceId, DiskChargeType, RenewFlag                         *string
	CreateTime, DeadlineTime                                      *string
	DiskSize                                                      *uint64
	Placement                                                     *sdk.Placement
}

func describeRemoteDisks(*api.Call, *DescribeRemoteDisksRequestParams) (*DescribeRemoteDisksResponseParams, error) {
	return &DescribeRemoteDisksResponseParams{RemoteDiskSet: []*RemoteDisk{}, TotalCount: p(uint64(0))}, nil
}

// soldOut refuses to sell or price a remote disk.
func soldOut() error {
	return tcerr.New(sdk.RESOURCEINSUFFICIENT, "Single-replica SSDs are sold out.").Zh("单副本 SSD 硬盘已售罄。")
}

// noRemote refuses the first of some ids.
func noRemote(ids []*string, parameter string) error {
	for _, id := range plain(ids) {
		return tcerr.New(sdk.INVALIDDISKID_NOTFOUND, "The disk `%s` does not exist.", id).Zh("云硬盘 `%s` 不存在。")
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

func attachRemoteDisks(_ *api.Call, in *sdk.AttachRemoteDisksRequestParams) (*sdk.AttachRemoteDisksResponseParams, error) {
	return nil, noRemote(in.RemoteDiskIds, "RemoteDiskIds")
}

func detachRemoteDisks(_ *api.Call, in *sdk.DetachRemoteDisksRequestParams) (*sdk.DetachRemoteDisksResponseParams, error) {
	return nil, noRemote(in.RemoteDiskIds, "RemoteDiskIds")
}

func describeRemoteDisksDeniedActions(_ *api.Call, in *sdk.DescribeRemoteDisksDeniedActionsRequestParams) (*sdk.DescribeRemoteDisksDeniedActionsResponseParams, error) {
	return nil, noRemote(in.RemoteDiskIds, "RemoteDiskIds")
}

func modifyRemoteDiskAttributes(_ *api.Call, in *sdk.ModifyRemoteDiskAttributesRequestParams) (*sdk.ModifyRemoteDiskAttributesResponseParams, error) {
	return nil, noRemote(in.RemoteDiskIds, "RemoteDiskIds")
}

func terminateRemoteDisks(_ *api.Call, in *sdk.TerminateRemoteDisksRequestParams) (*sdk.TerminateRemoteDisksResponseParams, error) {
	return nil, noRemote(in.RemoteDiskIds, "RemoteDiskIds")
}

func renewRemoteDisk(_ *api.Call, in *sdk.RenewRemoteDiskRequestParams) (*sdk.RenewRemoteDiskResponseParams, error) {
	return nil, noRemote([]*string{in.RemoteDiskId}, "RemoteDiskId")
}

func inquirePriceRenewRemoteDisks(_ *api.Call, in *sdk.InquirePriceRenewRemoteDisksRequestParams) (*sdk.InquirePriceRenewRemoteDisksResponseParams, error) {
	return nil, noRemote(in.RemoteDiskIds, "RemoteDiskIds")
}

// Dedicated clusters are there for financial customers with hardware of their own, of which there is none here.

var poolRules = func() api.Rules {
	r := rules
	r.Both, r.BadOffset, r.BadLimit = sdk.INVALIDPARAMETER, sdk.INVALIDPARAMETER, sdk.INVALIDPARAMETER
	return r
}()

func describeDiskStoragePool(_ *api.Call, in *sdk.DescribeDiskStoragePoolRequestParams) (*sdk.DescribeDiskStoragePoolResponseParams, error) {
	_, _, err := poolRules.Check(api.Ask{IDs: in.CdcIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}, func(f string) bool {
		return f == "cdc-id" || f == "zone" || f == "cage-id" || f == "disk-type"
	})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeDiskStoragePoolResponseParams{TotalCount: p(uint64(0)), CdcSet: []*sdk.Cdc{}, DiskStoragePoolSet: []*sdk.Cdc{}}, nil
}

// DescribeDedicatedClusterDiskStatisticsRequestParams is of an action that the SDK does not know yet.
type DescribeDedicatedClusterDiskStatisticsRequestParams struct {
	DedicatedClusterId *string `json:"DedicatedClusterId,omitnil,omitempty"`
}

// DescribeDedicatedClusterDiskStatisticsResponseParams is its answer.
type DescribeDedicatedClusterDiskStatisticsResponseParams struct {
	DedicatedClusterDiskStatisticSet []*ClusterStatistic `json:"DedicatedClusterDiskStatisticSet,omitnil,omitempty"`
	RequestId                        *string             `json:"RequestId,omitnil,omitempty"`
}

// ClusterStatistic is DedicatedClusterDiskStatistic of the cloud's own description, of which there never is one.
type ClusterStatistic struct {
	DiskType                                       *string
	TotalDiskSize, UsedDiskSize, AvailableDiskSize *uint64
}

func describeDedicatedClusterDiskStatistics(_ *api.Call, in *DescribeDedicatedClusterDiskStatisticsRequestParams) (*DescribeDedicatedClusterDiskStatisticsResponseParams, error) {
	return nil, tcerr.BadFieldValue(tcerr.ResourceNotFound, *in.DedicatedClusterId, "DedicatedClusterId")
}
