package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Bounds of a placement group.
const (
	maxPlacementName = 60
	maxAffinity      = 10
	minPartitions    = 2
	maxPartitions    = 30
)

// createDisasterRecoverGroup makes a placement group, and answers all of it.
func createDisasterRecoverGroup(c *api.Call, in *sdk.CreateDisasterRecoverGroupRequestParams) (*sdk.CreateDisasterRecoverGroupResponseParams, error) {
	g := placementGroup{
		Name: *in.Name, Type: *in.Type, Strategy: or(in.Strategy, spread), Affinity: or(in.Affinity, 1),
		Partitions: or(in.PartitionCount, 0), Created: c.Now.Unix(),
	}
	if err := g.check(c); err != nil {
		return nil, err
	}
	tags, err := specified(in.TagSpecification, "ps", plainTagCodes)
	if err != nil {
		return nil, err
	}
	if most := c.Quota(quota.PlacementGroups); placementGroups.Len(c.Tx) >= most {
		return nil, tcerr.New(sdk.RESOURCEINSUFFICIENT_INSUFFICIENTGROUPQUOTA, "The number of placement groups exceeds the limit `%d`.", most).
			Zh("置放群组数量超过上限 `%d`。")
	}
	id := api.NewID(c, placementGroups, "ps")
	placementGroups.Put(c.Tx, id, g)
	tag.Set(c.Tx, taggedPlacement(id), tags)
	v := g.view(c, id)
	return &sdk.CreateDisasterRecoverGroupResponseParams{
		DisasterRecoverGroupId: &id, Type: v.Type, Name: v.Name, CvmQuotaTotal: v.CvmQuotaTotal, CurrentNum: v.CurrentNum,
		CreateTime: v.CreateTime, Strategy: v.Strategy, PartitionCount: v.PartitionCount,
	}, nil
}

// plainTagCodes are for actions whose list has no codes of their own for tags.
var plainTagCodes = tag.Codes{
	Key: sdk.INVALIDPARAMETERVALUE, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.INVALIDPARAMETERVALUE,
	Quota: sdk.INVALIDPARAMETERVALUE, Duplicate: sdk.INVALIDPARAMETERVALUE,
}

// check refuses a new group that cannot be.
func (g *placementGroup) check(c *api.Call) error {
	if err := checkPlacementName(g.Name); err != nil {
		return err
	}
	_, known := placementQuota(c, g.Type)
	switch {
	case !known:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, g.Type, "Type")
	case g.Affinity < 1 || g.Affinity > maxAffinity:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, g.Affinity, "Affinity")
	case g.Strategy != spread && g.Strategy != partition:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, g.Strategy, "Strategy")
	case g.Strategy == partition && (g.Partitions < minPartitions || g.Partitions > maxPartitions), g.Strategy == spread && g.Partitions != 0:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, g.Partitions, "PartitionCount")
	}
	return nil
}

func checkPlacementName(name string) error {
	if name == "" {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, name, "Name")
	}
	if len([]rune(name)) > maxPlacementName {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_TOOLONG, "The name `%s` exceeds %d characters.", name, maxPlacementName).
			Zh("名称 `%s` 超过 %d 个字符。")
	}
	return nil
}

// modifyDisasterRecoverGroupAttribute renames a placement group, and raises its affinity, which can not be lowered.
func modifyDisasterRecoverGroupAttribute(c *api.Call, in *sdk.ModifyDisasterRecoverGroupAttributeRequestParams) (*sdk.ModifyDisasterRecoverGroupAttributeResponseParams, error) {
	if err := checkPlacementName(*in.Name); err != nil {
		return nil, err
	}
	if err := placementIDs.check(c, *in.DisasterRecoverGroupId); err != nil {
		return nil, err
	}
	g, ok := placementGroups.Get(c.Tx, *in.DisasterRecoverGroupId)
	if !ok {
		return nil, placementIDs.absent(c, *in.DisasterRecoverGroupId)
	}
	if err := g.checkAffinity(c, *in.DisasterRecoverGroupId, or(in.Affinity, g.Affinity)); err != nil {
		return nil, err
	}
	placementGroups.Edit(c.Tx, c.Now, *in.DisasterRecoverGroupId, func(g *placementGroup) {
		g.Name, g.Affinity = *in.Name, or(in.Affinity, g.Affinity)
	})
	return &sdk.ModifyDisasterRecoverGroupAttributeResponseParams{}, nil
}

// checkAffinity refuses a new affinity that is lower or too high. Simulated: a group that holds more than it may is not
// packed tighter.
func (g *placementGroup) checkAffinity(c *api.Call, id string, affinity int64) error {
	switch {
	case affinity < g.Affinity || affinity > maxAffinity:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, affinity, "Affinity")
	case affinity > g.Affinity:
		return g.checkRoom(c, id, 0)
	}
	return nil
}

// deleteDisasterRecoverGroups deletes placement groups in which there is no instance.
func deleteDisasterRecoverGroups(c *api.Call, in *sdk.DeleteDisasterRecoverGroupsRequestParams) (*sdk.DeleteDisasterRecoverGroupsResponseParams, error) {
	ids, err := placementIDs.read(c, in.DisasterRecoverGroupIds, "DisasterRecoverGroupIds")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !placementGroups.Has(c.Tx, id) {
			return nil, placementIDs.absent(c, id)
		}
		if instances.Count(c.Tx, "group", id) > 0 {
			return nil, tcerr.New(sdk.FAILEDOPERATION_PLACEMENTSETNOTEMPTY, "The placement group `%s` is not empty.", id).Zh("置放群组 `%s` 非空。")
		}
	}
	for _, id := range ids {
		placementGroups.Delete(c.Tx, c.Now, id)
		tag.Drop(c.Tx, c.Now, taggedPlacement(id))
	}
	return &sdk.DeleteDisasterRecoverGroupsResponseParams{}, nil
}
