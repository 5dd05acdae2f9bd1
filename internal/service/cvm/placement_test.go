package cvm

import (
	"slices"
	"strings"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/quota"
)

func (d *desk) placement(name, kind string) string {
	d.Helper()
	return *call(d, createDisasterRecoverGroup, sdk.CreateDisasterRecoverGroupRequestParams{Name: &name, Type: &kind}).DisasterRecoverGroupId
}

func (d *desk) placed(id string) *sdk.DisasterRecoverGroup {
	d.Helper()
	set := call(d, describeDisasterRecoverGroups, sdk.DescribeDisasterRecoverGroupsRequestParams{DisasterRecoverGroupIds: ps(id)}).DisasterRecoverGroupSet
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

func TestPlacementGroupIsAnsweredWhole(t *testing.T) {
	d := newDesk(t)
	made := call(d, createDisasterRecoverGroup, sdk.CreateDisasterRecoverGroupRequestParams{
		Name: p("spread"), Type: p("RACK"), Strategy: p(partition), PartitionCount: p(int64(3)), Affinity: p(int64(2)), TagSpecification: tagging("ps"),
	})
	d.wantFull(made)
	shown := d.placed(*made.DisasterRecoverGroupId)
	d.wantFull(shown)
	if *made.CvmQuotaTotal != 30 || *shown.PartitionCount != 3 || *shown.Affinity != 2 || *shown.Tags[0].Key != "team" {
		t.Errorf("got %+v, then %+v", made, shown)
	}
	d.placement("other", "HOST")
	found := call(d, describeDisasterRecoverGroups, sdk.DescribeDisasterRecoverGroupsRequestParams{Name: p("pre")})
	if *found.TotalCount != 1 || *found.DisasterRecoverGroupSet[0].Name != "spread" {
		t.Errorf("by a part of its name: got %+v", found)
	}
	found = call(d, describeDisasterRecoverGroups, sdk.DescribeDisasterRecoverGroupsRequestParams{Filters: by("tag:team", "web")})
	if *found.TotalCount != 1 {
		t.Errorf("by its tag: got %d, want 1", *found.TotalCount)
	}
	numbers := call(d, describeDisasterRecoverGroupQuota, sdk.DescribeDisasterRecoverGroupQuotaRequestParams{})
	d.wantFull(numbers)
	if *numbers.CurrentNum != 2 || *numbers.GroupQuota != 10 {
		t.Errorf("got %+v, want 2 of 10", numbers)
	}
}

func TestPlacementGroupRefusals(t *testing.T) {
	d := newDesk(t)
	for name, row := range map[string]struct {
		code   string
		change func(in *sdk.CreateDisasterRecoverGroupRequestParams)
	}{
		"long name":            {sdk.INVALIDPARAMETERVALUE_TOOLONG, func(in *sdk.CreateDisasterRecoverGroupRequestParams) { in.Name = p(strings.Repeat("组", 61)) }},
		"type":                 {sdk.INVALIDPARAMETERVALUE_RANGE, func(in *sdk.CreateDisasterRecoverGroupRequestParams) { in.Type = p("ROOM") }},
		"affinity":             {sdk.INVALIDPARAMETERVALUE_RANGE, func(in *sdk.CreateDisasterRecoverGroupRequestParams) { in.Affinity = p(int64(11)) }},
		"strategy":             {sdk.INVALIDPARAMETERVALUE_RANGE, func(in *sdk.CreateDisasterRecoverGroupRequestParams) { in.Strategy = p("HEAP") }},
		"partitions of spread": {sdk.INVALIDPARAMETERVALUE_RANGE, func(in *sdk.CreateDisasterRecoverGroupRequestParams) { in.PartitionCount = p(int64(3)) }},
		"one partition": {sdk.INVALIDPARAMETERVALUE_RANGE, func(in *sdk.CreateDisasterRecoverGroupRequestParams) {
			in.Strategy, in.PartitionCount = p(partition), p(int64(1))
		}},
	} {
		in := sdk.CreateDisasterRecoverGroupRequestParams{Name: p("g"), Type: p("HOST")}
		row.change(&in)
		d.Log(name)
		refused(d, row.code, createDisasterRecoverGroup, in)
	}
	id := d.placement("g", "HOST")
	d.limit(quota.PlacementGroups, 1)
	refused(d, sdk.RESOURCEINSUFFICIENT_INSUFFICIENTGROUPQUOTA, createDisasterRecoverGroup, sdk.CreateDisasterRecoverGroupRequestParams{Name: p("h"), Type: p("SW")})
	change := func(id string, affinity int64) sdk.ModifyDisasterRecoverGroupAttributeRequestParams {
		return sdk.ModifyDisasterRecoverGroupAttributeRequestParams{DisasterRecoverGroupId: &id, Name: p("renamed"), Affinity: &affinity}
	}
	call(d, modifyDisasterRecoverGroupAttribute, change(id, 5))
	refused(d, "InvalidParameterValue", modifyDisasterRecoverGroupAttribute, change(id, 4))
	refused(d, sdk.RESOURCENOTFOUND_INVALIDPLACEMENTSET, modifyDisasterRecoverGroupAttribute, change("ps-00000000", 5))
	refused(d, sdk.RESOURCENOTFOUND_INVALIDPLACEMENTSET, modifyDisasterRecoverGroupAttribute, change("group", 5))
	refused(d, sdk.RESOURCENOTFOUND_INVALIDPLACEMENTSET, deleteDisasterRecoverGroups, sdk.DeleteDisasterRecoverGroupsRequestParams{DisasterRecoverGroupIds: ps(id, "ps-00000000")})
	refused(d, sdk.INVALIDPARAMETERVALUE_DISASTERRECOVERGROUPIDMALFORMED, deleteDisasterRecoverGroups, sdk.DeleteDisasterRecoverGroupsRequestParams{DisasterRecoverGroupIds: ps("g")})
	if got := d.placed(id); *got.Name != "renamed" || *got.Affinity != 5 {
		t.Errorf("got %+v, want it renamed", got)
	}
}

func TestInstancesJoinAndLeavePlacementGroups(t *testing.T) {
	d := newDesk(t)
	first, second := d.placement("first", "HOST"), d.placement("second", "HOST")
	within := func(ids ...string) func(*sdk.RunInstancesRequestParams) {
		return func(in *sdk.RunInstancesRequestParams) { in.DisasterRecoverGroupIds = ps(ids...) }
	}
	d.limit(quota.PlacementGroupHost, 2)
	ids := d.runs(2, within(first))
	refused(d, sdk.RESOURCEINSUFFICIENT_DISASTERRECOVERGROUPCVMQUOTA, runInstances, d.order(within(first)))
	refused(d, sdk.FAILEDOPERATION_DISASTERRECOVERGROUPNOTFOUND, runInstances, d.order(within("ps-00000000")))
	refused(d, sdk.LIMITEXCEEDED_DISASTERRECOVERGROUP, runInstances, d.order(within(first, second)))
	refused(d, "InvalidParameterValue", runInstances, d.order(within(second), func(in *sdk.RunInstancesRequestParams) { in.PartitionNumber = p(int64(1)) }))
	if got := plain(d.placed(first).InstanceIds); !slices.Equal(got, ids) {
		t.Errorf("got %v, want %v", got, ids)
	}
	refused(d, sdk.FAILEDOPERATION_PLACEMENTSETNOTEMPTY, deleteDisasterRecoverGroups, sdk.DeleteDisasterRecoverGroupsRequestParams{DisasterRecoverGroupIds: ps(second, first)})

	move := func(to string, ids ...string) sdk.ModifyInstancesDisasterRecoverGroupRequestParams {
		return sdk.ModifyInstancesDisasterRecoverGroupRequestParams{InstanceIds: ps(ids...), DisasterRecoverGroupId: &to}
	}
	refused(d, sdk.FAILEDOPERATION_ALREADYINDISASTERRECOVERGROUP, modifyInstancesDisasterRecoverGroup, move(first, ids[0]))
	refused(d, sdk.FAILEDOPERATION_DISASTERRECOVERGROUPNOTFOUND, modifyInstancesDisasterRecoverGroup, move("ps-00000000", ids[0]))
	call(d, modifyInstancesDisasterRecoverGroup, move(second, ids[0]))
	if one, two := *d.placed(first).CurrentNum, *d.placed(second).CurrentNum; one != 1 || two != 1 {
		t.Errorf("got %d and %d, want one in each", one, two)
	}
	d.Advance(modifyTakes)
	if i := d.row(ids[0]); i.OperationState != succeeded || i.Operation != "ModifyInstancesDisasterRecoverGroup" {
		t.Errorf("got %+v, want the move done", i)
	}
	leave := func(group, id string) sdk.DeleteInstancesDisasterRecoverGroupsRequestParams {
		return sdk.DeleteInstancesDisasterRecoverGroupsRequestParams{InstanceIds: ps(id), DisasterRecoverGroupIds: ps(group)}
	}
	refused(d, sdk.FAILEDOPERATION_DISASTERRECOVERGROUPNOTMATCH, deleteInstancesDisasterRecoverGroups, leave(first, ids[0]))
	refused(d, sdk.RESOURCENOTFOUND_INVALIDINSTANCEIDNOTFOUND, deleteInstancesDisasterRecoverGroups, leave(first, "ins-00000000"))
	call(d, deleteInstancesDisasterRecoverGroups, leave(second, ids[0]))
	call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(ids[1])})
	d.Advance(terminateTakes)
	call(d, deleteDisasterRecoverGroups, sdk.DeleteDisasterRecoverGroupsRequestParams{DisasterRecoverGroupIds: ps(first, second)})
	if d.placed(first) != nil {
		t.Error("got a group that was deleted, want none")
	}
}
