package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// zoneHere is a zone of the call's region.
func zoneHere(c *api.Call, name string) (*region.Zone, error) {
	zone, ok := region.FindZone(name)
	if !ok || zone.Region != c.Region {
		return nil, tcerr.New(sdk.INVALIDZONE_MISMATCHREGION, "The zone `%s` does not match the region `%s`.", name, c.Region).
			Zh("zone `%s`和地域`%s`不匹配")
	}
	return zone, nil
}

// checkHPCZone refuses a zone in which there is no cluster, because none can be made there.
func checkHPCZone(zone *region.Zone) error {
	if !zone.Available() {
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_INVALIDZONE, "The zone `%s` sells nothing.", zone.Name).Zh("可用区 `%s` 不可售卖。")
	}
	return nil
}

// createHpcCluster makes an HPC cluster in a zone, and answers all of it.
func createHpcCluster(c *api.Call, in *sdk.CreateHpcClusterRequestParams) (*sdk.CreateHpcClusterResponseParams, error) {
	zone, err := zoneHere(c, *in.Zone)
	if err != nil {
		return nil, err
	}
	if err := checkHPCZone(zone); err != nil {
		return nil, err
	}
	h := hpcCluster{
		Name: *in.Name, Remark: or(in.Remark, ""), Zone: zone.Name, Type: or(in.HpcClusterType, hpcStandard),
		Business: or(in.HpcClusterBusinessId, ""), Created: c.Now.Unix(),
	}
	if err := h.check(in.Remark != nil); err != nil {
		return nil, err
	}
	tags, err := specified(in.TagSpecification, "hpc", plainTagCodes)
	if err != nil {
		return nil, err
	}
	if most := c.Quota(quota.HPCClusters); hpcClusters.Len(c.Tx) >= most {
		return nil, tcerr.New(sdk.LIMITEXCEEDED_HPCCLUSTERQUOTA, "The number of HPC clusters exceeds the limit `%d`.", most).
			Zh("高性能计算集群数量超过上限 `%d`。")
	}
	id := api.NewID(c, hpcClusters, "hpc")
	hpcClusters.Put(c.Tx, id, h)
	tag.Set(c.Tx, taggedHPC(id), tags)
	return &sdk.CreateHpcClusterResponseParams{HpcClusterSet: []*sdk.HpcClusterInfo{h.view(c, id)}}, nil
}

// check refuses a new cluster that cannot be.
func (h *hpcCluster) check(remarked bool) error {
	switch {
	case !slices.Contains([]string{hpcStandard, hpcCDC, hpcCHC}, h.Type):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, h.Type, "HpcClusterType")
	case h.Business != "" && h.Type != hpcCDC:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_HPCCLUSTERBUSINESSIDNOTSUPPORTED, "The type `%s` does not support `HpcClusterBusinessId`.", h.Type).
			Zh("类型 `%s` 不支持 `HpcClusterBusinessId`。")
	}
	return h.checkWords(true, remarked)
}

// checkWords refuses a name and a remark, where they are given, of the wrong length.
func (h *hpcCluster) checkWords(named, remarked bool) error {
	if n := len([]rune(h.Name)); named && (n < 1 || n > maxHPCName) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, h.Name, "Name")
	}
	if n := len([]rune(h.Remark)); remarked && (n < 1 || n > maxHPCRemark) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, h.Remark, "Remark")
	}
	return nil
}

// modifyHpcClusterAttribute changes the words of an HPC cluster.
func modifyHpcClusterAttribute(c *api.Call, in *sdk.ModifyHpcClusterAttributeRequestParams) (*sdk.ModifyHpcClusterAttributeResponseParams, error) {
	id := *in.HpcClusterId
	if !hpcClusters.Has(c.Tx, id) {
		return nil, hpcIDs.absent(c, id)
	}
	if in.Name == nil && in.Remark == nil {
		return nil, tcerr.Missing("Name")
	}
	words := hpcCluster{Name: or(in.Name, ""), Remark: or(in.Remark, "")}
	if err := words.checkWords(in.Name != nil, in.Remark != nil); err != nil {
		return nil, err
	}
	hpcClusters.Edit(c.Tx, c.Now, id, func(h *hpcCluster) {
		h.Name, h.Remark = or(in.Name, h.Name), or(in.Remark, h.Remark)
	})
	return &sdk.ModifyHpcClusterAttributeResponseParams{}, nil
}

// deleteHpcClusters deletes HPC clusters in which there is no instance.
func deleteHpcClusters(c *api.Call, in *sdk.DeleteHpcClustersRequestParams) (*sdk.DeleteHpcClustersResponseParams, error) {
	ids, err := hpcIDs.read(c, in.HpcClusterIds, "HpcClusterIds")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !hpcClusters.Has(c.Tx, id) {
			return nil, hpcIDs.absent(c, id)
		}
		if instances.Count(c.Tx, "hpc", id) > 0 {
			return nil, tcerr.New(sdk.RESOURCEINUSE_HPCCLUSTER, "The HPC cluster `%s` is not empty.", id).Zh("高性能计算集群 `%s` 非空。")
		}
	}
	for _, id := range ids {
		hpcClusters.Delete(c.Tx, c.Now, id)
		tag.Drop(c.Tx, c.Now, taggedHPC(id))
	}
	return &sdk.DeleteHpcClustersResponseParams{}, nil
}
