package cvm

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// hpcCluster is where high-performance instances of one zone stand together. Which are in it, they know.
type hpcCluster struct {
	Name, Remark, Zone string
	Type, Business     string
	Created            int64 // UNIX seconds
}

var hpcClusters = state.NewTable[hpcCluster]("cvm.hpc-cluster")

// Types of an HPC cluster.
const (
	hpcStandard = "STANDARD"
	hpcCDC      = "CDC"
	hpcCHC      = "CHC"
)

// Lengths of the words of an HPC cluster, in characters.
const (
	maxHPCName   = 60
	maxHPCRemark = 256
)

// hpcIDs is how actions on HPC clusters name them. None of them has a code for an id that is none.
var hpcIDs = naming{
	noun: "HPC cluster", zh: "高性能计算集群", form: shape("hpc"), max: maxBatch,
	malformed: sdk.RESOURCENOTFOUND_HPCCLUSTER, missing: sdk.RESOURCENOTFOUND_HPCCLUSTER, tooMany: sdk.INVALIDPARAMETERVALUE,
}

// hpcFamily begins the names of the families whose types need a cluster; no other type can be in one.
const hpcFamily = "HCC"

// findsHPC is how HPC clusters are found, oldest first. Their filters are those of tags.
var findsHPC = api.Query[hpcCluster]{
	Table: hpcClusters,
	Tags:  func(c *api.Call, id string, _ *hpcCluster) map[string]string { return tag.Of(c.Tx, taggedHPC(id)) },
	Rules: api.Rules{
		MaxIDs: 100, MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100,
		TooManyIDs: sdk.INVALIDPARAMETERVALUE, TooManyFilters: sdk.INVALIDPARAMETERVALUE,
		UnknownFilter: sdk.INVALIDPARAMETERVALUE, BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE,
	},
	Params: map[string]api.Field[hpcCluster]{
		"Name":                 {Of: func(_ *api.Call, _ string, h *hpcCluster) []string { return []string{h.Name} }},
		"Zone":                 {Of: func(_ *api.Call, _ string, h *hpcCluster) []string { return []string{h.Zone} }},
		"HpcClusterType":       {Of: func(_ *api.Call, _ string, h *hpcCluster) []string { return []string{h.Type} }},
		"HpcClusterBusinessId": {Of: func(_ *api.Call, _ string, h *hpcCluster) []string { return []string{h.Business} }},
		"InstanceType":         {Of: func(c *api.Call, id string, _ *hpcCluster) []string { return hpcTypes(c, id) }},
	},
}

// hpcTypes is the types of the instances in a cluster.
func hpcTypes(c *api.Call, id string) (types []string) {
	for _, i := range instances.Where(c.Tx, "hpc", id) {
		types = append(types, i.Type)
	}
	return types
}

// describeHpcClusters lists HPC clusters, oldest first. One that is not there is left out. Source: document/api/213/83220.
func describeHpcClusters(c *api.Call, in *sdk.DescribeHpcClustersRequestParams) (*sdk.DescribeHpcClustersResponseParams, error) {
	if in.Zone != nil {
		zone, err := zoneHere(c, *in.Zone)
		if err != nil {
			return nil, err
		}
		if err := checkHPCZone(zone); err != nil {
			return nil, err
		}
	}
	if n := len(in.HpcClusterIds); in.Limit != nil && uint64(n) > *in.Limit {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Limit, "Limit")
	}
	also := params(map[string]*string{
		"Name": in.Name, "Zone": in.Zone, "HpcClusterType": in.HpcClusterType, "HpcClusterBusinessId": in.HpcClusterBusinessId, "InstanceType": in.InstanceType,
	})
	page, total, err := findsHPC.Run(c, api.Ask{IDs: in.HpcClusterIds, Filters: filters(in.Filters), Params: also, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeHpcClustersResponseParams{TotalCount: new(uint64(total)), HpcClusterSet: []*sdk.HpcClusterInfo{}}
	for _, hit := range page {
		out.HpcClusterSet = append(out.HpcClusterSet, hit.Row.view(c, hit.ID))
	}
	return out, nil
}

func (h *hpcCluster) view(c *api.Call, id string) *sdk.HpcClusterInfo {
	var members []string
	for instance := range instances.Where(c.Tx, "hpc", id) {
		members = append(members, instance)
	}
	return &sdk.HpcClusterInfo{
		HpcClusterId: &id, Name: &h.Name, Remark: &h.Remark, CvmQuotaTotal: new(uint64(c.Quota(quota.HPCClusterInstances))), Zone: &h.Zone,
		CurrentNum: new(uint64(len(members))), CreateTime: new(iso(h.Created)), InstanceIds: listed(members), HpcClusterType: &h.Type,
		HpcClusterBusinessId: &h.Business, HpcClusterNetMode: new(uint64(30)), // Simulated: as in the reference's example
		Tags: showTags(tag.Of(c.Tx, taggedHPC(id))),
	}
}

// taggedHPC is how tags know an HPC cluster.
func taggedHPC(id string) tag.Resource { return tag.Resource{Service: "cvm", Prefix: "hpc", ID: id} }

// checkCluster settles the HPC cluster of an order: types that need one get it, and no others.
func checkCluster(c *api.Call, o *order) error {
	id, needs := or(o.in.HpcClusterId, ""), strings.HasPrefix(o.kind.Family.Name, hpcFamily)
	if id == "" {
		if needs {
			return tcerr.New(sdk.INVALIDPARAMETERVALUE_INSTANCETYPEREQUIREDHPCCLUSTER, "The instance type `%s` requires an HPC cluster.", o.kind.Name).
				Zh("机型 `%s` 必须指定高性能计算集群。")
		}
		return nil
	}
	h, ok := hpcClusters.Get(c.Tx, id)
	switch {
	case !ok:
		return hpcIDs.absent(c, id)
	case h.Zone != o.zone.Name:
		code := listedCode(c, sdk.INVALIDPARAMETERVALUE_HPCCLUSTERIDZONEIDNOTMATCH, sdk.INVALIDPARAMETERVALUE)
		return tcerr.New(code, "The HPC cluster `%s` is not in the zone `%s`.", id, o.zone.Name).Zh("高性能计算集群 `%s` 不在可用区 `%s`。")
	case !needs:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INSTANCETYPENOTSUPPORTHPCCLUSTER, "The instance type `%s` cannot join an HPC cluster.", o.kind.Name).
			Zh("机型 `%s` 不可加入高性能计算集群。")
	}
	return nil
}
