package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// findPlacement is the one placement group that a request names for instances.
func findPlacement(c *api.Call, ids []*string) (id string, g *placementGroup, err error) {
	if len(ids) > 1 {
		return "", nil, tcerr.New(listedCode(c, sdk.LIMITEXCEEDED_DISASTERRECOVERGROUP, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED), "The number of `DisasterRecoverGroupIds` `%d` exceeds the limit `%d`.", len(ids), 1).
			Zh("`DisasterRecoverGroupIds` 的数量 `%d` 超过上限 `%d`。")
	}
	id = or(ids[0], "")
	if err := placementIDs.check(c, id); err != nil {
		return "", nil, err
	}
	g, ok := placementGroups.Get(c.Tx, id)
	if !ok {
		return "", nil, placementIDs.absent(c, id)
	}
	return id, g, nil
}

// checkRoom refuses more instances than the group can hold.
func (g *placementGroup) checkRoom(c *api.Call, id string, more int) error {
	if most, _ := placementQuota(c, g.Type); instances.Count(c.Tx, "group", id)+more > most {
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_DISASTERRECOVERGROUPCVMQUOTA, "The number of instances in the placement group `%s` exceeds the limit `%d`.", id, most).
			Zh("置放群组 `%s` 内的实例数量超过上限 `%d`。")
	}
	return nil
}

// checkPartition refuses a number that is none of the group's partitions.
func (g *placementGroup) checkPartition(number *int64) error {
	if number != nil && (g.Strategy != partition || *number < 1 || *number > g.Partitions) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *number, "PartitionNumber")
	}
	return nil
}

// partition is the one into which the next instance goes: the one asked for, or else each in turn; 0 in a group that has
// none. Simulated: the cloud draws one.
func (g *placementGroup) partition(c *api.Call, id string, asked *int64) int64 {
	switch {
	case g.Strategy != partition:
		return 0
	case asked != nil:
		return *asked
	}
	return int64(instances.Count(c.Tx, "group", id))%g.Partitions + 1
}

// checkPlacements settles the placement group of an order.
func checkPlacements(c *api.Call, o *order) error {
	if len(o.in.DisasterRecoverGroupIds) == 0 {
		if o.in.PartitionNumber != nil {
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *o.in.PartitionNumber, "PartitionNumber")
		}
		return nil
	}
	if o.charge == cdhpaid { // what keeps instances apart is which host one names
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCECHARGETYPE, "Instances of the charge type `%s` do not support placement groups.", o.charge).
			Zh("计费类型为 `%s` 的实例不支持置放群组。")
	}
	id, g, err := findPlacement(c, o.in.DisasterRecoverGroupIds)
	if err != nil {
		return err
	}
	if err := g.checkPartition(o.in.PartitionNumber); err != nil {
		return err
	}
	o.placements, o.partition = []string{id}, func() int64 { return g.partition(c, id, o.in.PartitionNumber) }
	return g.checkRoom(c, id, o.count)
}

// modifyInstancesDisasterRecoverGroup moves instances into a placement group, out of the one that they were in. No host
// is ever too full here, so that none has to be left for another, whether or not Force allows it.
func modifyInstancesDisasterRecoverGroup(c *api.Call, in *sdk.ModifyInstancesDisasterRecoverGroupRequestParams) (*sdk.ModifyInstancesDisasterRecoverGroupResponseParams, error) {
	groups := in.DisasterRecoverGroupIds
	if len(groups) == 0 && in.DisasterRecoverGroupId != nil {
		groups = []*string{in.DisasterRecoverGroupId}
	}
	if len(groups) == 0 {
		return nil, tcerr.Missing("DisasterRecoverGroupIds")
	}
	found, err := admit(c, in.InstanceIds, bounds{})
	if err != nil {
		return nil, err
	}
	id, g, err := findPlacement(c, groups)
	if err != nil {
		return nil, err
	}
	if err := checkMovable(found, id, or(in.Force, false)); err != nil {
		return nil, err
	}
	if err := g.checkPartition(in.PartitionNumber); err != nil {
		return nil, err
	}
	if err := g.checkRoom(c, id, len(found)); err != nil {
		return nil, err
	}
	for _, t := range found {
		operate(c, t.id, "", c.After(modifyTakes), nil)
		number := g.partition(c, id, in.PartitionNumber)
		edit(c, c.Now, t.id, func(i *Instance) { // at once, so that the group is never too full
			i.GroupIDs = []string{id}
			i.alter(func(t *traits) { t.Partition = number })
		})
	}
	return &sdk.ModifyInstancesDisasterRecoverGroupResponseParams{}, nil
}

// checkMovable refuses instances that are in the group already, or on a host of their own, or to be forced off local disks.
func checkMovable(found []target, group string, force bool) error {
	for _, t := range found {
		if slices.Contains(t.GroupIDs, group) {
			return tcerr.New(sdk.FAILEDOPERATION_ALREADYINDISASTERRECOVERGROUP, "The instance `%s` is already in the placement group `%s`.", t.id, group).
				Zh("实例 `%s` 已在置放群组 `%s` 中。")
		}
		if t.Charge == cdhpaid {
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCECHARGETYPE, "The instance `%s` of the charge type `%s` does not support this operation.", t.id, t.Charge).
				Zh("实例 `%s` 的计费类型 `%s` 不支持该操作。")
		}
		if force && t.kind().Family.LocalDisk != "" {
			return tcerr.New(sdk.INVALIDPARAMETERVALUE_NOTSUPPORTED, "The instance `%s` with local disks does not support `Force`.", t.id).
				Zh("本地盘实例 `%s` 不支持 `Force`。")
		}
	}
	return nil
}

// deleteInstancesDisasterRecoverGroups takes instances out of placement groups, whatever the instances are doing.
func deleteInstancesDisasterRecoverGroups(c *api.Call, in *sdk.DeleteInstancesDisasterRecoverGroupsRequestParams) (*sdk.DeleteInstancesDisasterRecoverGroupsResponseParams, error) {
	found, err := lookup(c, in.InstanceIds, maxBatch)
	if err != nil {
		return nil, err
	}
	groups, err := placementIDs.read(c, in.DisasterRecoverGroupIds, "DisasterRecoverGroupIds")
	if err != nil {
		return nil, err
	}
	for _, id := range groups {
		if _, _, err := findPlacement(c, []*string{&id}); err != nil {
			return nil, err
		}
	}
	for _, t := range found {
		if !slices.ContainsFunc(t.GroupIDs, func(id string) bool { return slices.Contains(groups, id) }) {
			return nil, tcerr.New(sdk.FAILEDOPERATION_DISASTERRECOVERGROUPNOTMATCH, "The instance `%s` is in none of the placement groups.", t.id).
				Zh("实例 `%s` 不在指定的置放群组中。")
		}
	}
	for _, t := range found {
		edit(c, c.Now, t.id, func(i *Instance) {
			i.GroupIDs = slices.DeleteFunc(i.GroupIDs, func(id string) bool { return slices.Contains(groups, id) })
			i.alter(func(t *traits) { t.Partition = 0 })
		})
	}
	return &sdk.DeleteInstancesDisasterRecoverGroupsResponseParams{}, nil
}
