package cvm

import (
	"strings"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/quota"
)

func TestHPCClusterFromCreationToDeletion(t *testing.T) {
	d := newDesk(t)
	made := call(d, createHpcCluster, sdk.CreateHpcClusterRequestParams{Zone: p("ap-guangzhou-3"), Name: p("fast"), Remark: p("r"), TagSpecification: tagging("hpc")}).HpcClusterSet[0]
	d.wantFull(made)
	id := *made.HpcClusterId
	call(d, createHpcCluster, sdk.CreateHpcClusterRequestParams{Zone: p("ap-guangzhou-6"), Name: p("other")})
	for name, in := range map[string]sdk.DescribeHpcClustersRequestParams{
		"id":   {HpcClusterIds: ps(id, "hpc-00000000")},
		"name": {Name: p("fast")},
		"zone": {Zone: p("ap-guangzhou-3")},
		"tag":  {Filters: by("tag:team", "web")},
	} {
		out := call(d, describeHpcClusters, in)
		if *out.TotalCount != 1 || *out.HpcClusterSet[0].HpcClusterId != id {
			t.Errorf("by %s: got %+v, want the one", name, out)
		}
	}
	call(d, modifyHpcClusterAttribute, sdk.ModifyHpcClusterAttributeRequestParams{HpcClusterId: &id, Remark: p("new")})
	if got := call(d, describeHpcClusters, sdk.DescribeHpcClustersRequestParams{HpcClusterIds: ps(id)}).HpcClusterSet[0]; *got.Name != "fast" || *got.Remark != "new" {
		t.Errorf("got %+v, want the new remark alone changed", got)
	}
	within := func(id string) func(*sdk.RunInstancesRequestParams) {
		return func(in *sdk.RunInstancesRequestParams) { in.HpcClusterId = &id }
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_INSTANCETYPENOTSUPPORTHPCCLUSTER, runInstances, d.order(within(id)))
	refused(d, sdk.RESOURCENOTFOUND_HPCCLUSTER, runInstances, d.order(within("hpc-00000000")))
	refused(d, sdk.INVALIDPARAMETERVALUE_HPCCLUSTERIDZONEIDNOTMATCH, runInstances, d.order(within(id), func(in *sdk.RunInstancesRequestParams) {
		in.Placement.Zone = p("ap-guangzhou-6")
	}))
	call(d, deleteHpcClusters, sdk.DeleteHpcClustersRequestParams{HpcClusterIds: ps(id)})
	refused(d, sdk.RESOURCENOTFOUND_HPCCLUSTER, deleteHpcClusters, sdk.DeleteHpcClustersRequestParams{HpcClusterIds: ps(id)})
}

func TestHPCClusterRefusals(t *testing.T) {
	d := newDesk(t)
	for name, row := range map[string]struct {
		code   string
		change func(in *sdk.CreateHpcClusterRequestParams)
	}{
		"zone elsewhere":   {sdk.INVALIDZONE_MISMATCHREGION, func(in *sdk.CreateHpcClusterRequestParams) { in.Zone = p("ap-beijing-3") }},
		"zone sold out":    {sdk.UNSUPPORTEDOPERATION_INVALIDZONE, func(in *sdk.CreateHpcClusterRequestParams) { in.Zone = p("ap-guangzhou-2") }},
		"long name":        {"InvalidParameterValue", func(in *sdk.CreateHpcClusterRequestParams) { in.Name = p(strings.Repeat("a", 61)) }},
		"empty remark":     {"InvalidParameterValue", func(in *sdk.CreateHpcClusterRequestParams) { in.Remark = p("") }},
		"type":             {"InvalidParameterValue", func(in *sdk.CreateHpcClusterRequestParams) { in.HpcClusterType = p("LARGE") }},
		"business of none": {sdk.INVALIDPARAMETERVALUE_HPCCLUSTERBUSINESSIDNOTSUPPORTED, func(in *sdk.CreateHpcClusterRequestParams) { in.HpcClusterBusinessId = p("cluster-ax457mhr") }},
	} {
		in := sdk.CreateHpcClusterRequestParams{Zone: p("ap-guangzhou-3"), Name: p("fast")}
		row.change(&in)
		d.Log(name)
		refused(d, row.code, createHpcCluster, in)
	}
	d.limit(quota.HPCClusters, 0)
	refused(d, sdk.LIMITEXCEEDED_HPCCLUSTERQUOTA, createHpcCluster, sdk.CreateHpcClusterRequestParams{Zone: p("ap-guangzhou-3"), Name: p("fast")})
	refused(d, sdk.INVALIDZONE_MISMATCHREGION, describeHpcClusters, sdk.DescribeHpcClustersRequestParams{Zone: p("ap-beijing-3")})
	refused(d, "InvalidParameterValue", describeHpcClusters, sdk.DescribeHpcClustersRequestParams{HpcClusterIds: ps("hpc-1", "hpc-2"), Limit: p(uint64(1))})
}
