package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// placementGroup keeps its instances on different hosts, switches or racks. Which of them are in it, they know.
type placementGroup struct {
	Name, Type, Strategy string
	Affinity, Partitions int64
	Created              int64 // UNIX seconds
}

var placementGroups = state.NewTable[placementGroup]("cvm.placement-group")

// Strategies of a placement group.
const (
	spread    = "SPREAD"
	partition = "PARTITION"
)

// placementQuota is how many instances a group of a type can hold; false for what is no type.
func placementQuota(c *api.Call, kind string) (int, bool) {
	limit, ok := map[string]quota.Limit{
		"HOST": quota.PlacementGroupHost, "SW": quota.PlacementGroupSwitch, "RACK": quota.PlacementGroupRack,
	}[kind]
	return c.Quota(limit), ok
}

// placementIDs is how actions on placement groups name them.
var placementIDs = naming{
	noun: "placement group", zh: "置放群组", form: shape("ps"), max: 10,
	malformed: sdk.INVALIDPARAMETERVALUE_DISASTERRECOVERGROUPIDMALFORMED, missing: sdk.RESOURCENOTFOUND_INVALIDPLACEMENTSET,
	unfound: sdk.FAILEDOPERATION_DISASTERRECOVERGROUPNOTFOUND,
	tooMany: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
}

// findsPlacements is how placement groups are found, oldest first. Their filters are those of tags.
var findsPlacements = api.Query[placementGroup]{
	Table: placementGroups,
	Tags: func(c *api.Call, id string, _ *placementGroup) map[string]string {
		return tag.Of(c.Tx, taggedPlacement(id))
	},
	Rules: api.Rules{
		MaxIDs: 10, MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100,
		TooManyIDs: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, TooManyFilters: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
		UnknownFilter: sdk.INVALIDPARAMETERVALUE, BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE,
	},
	Params: map[string]api.Field[placementGroup]{
		"Name": {Fuzzy: true, Of: func(_ *api.Call, _ string, g *placementGroup) []string { return []string{g.Name} }},
	},
}

// describeDisasterRecoverGroups lists placement groups with their instances, oldest first. One that is not there is
// left out. Source: document/api/213/17810.
func describeDisasterRecoverGroups(c *api.Call, in *sdk.DescribeDisasterRecoverGroupsRequestParams) (*sdk.DescribeDisasterRecoverGroupsResponseParams, error) {
	for _, id := range in.DisasterRecoverGroupIds {
		if err := placementIDs.check(c, or(id, "")); err != nil {
			return nil, err
		}
	}
	page, total, err := findsPlacements.Run(c, api.Ask{
		IDs: in.DisasterRecoverGroupIds, Filters: filters(in.Filters), Params: params(map[string]*string{"Name": in.Name}), Offset: in.Offset, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeDisasterRecoverGroupsResponseParams{TotalCount: new(int64(total)), DisasterRecoverGroupSet: []*sdk.DisasterRecoverGroup{}}
	for _, hit := range page {
		out.DisasterRecoverGroupSet = append(out.DisasterRecoverGroupSet, hit.Row.view(c, hit.ID))
	}
	return out, nil
}

func (g *placementGroup) view(c *api.Call, id string) *sdk.DisasterRecoverGroup {
	room, _ := placementQuota(c, g.Type)
	var members []string
	for instance := range instances.Where(c.Tx, "group", id) {
		members = append(members, instance)
	}
	out := &sdk.DisasterRecoverGroup{
		DisasterRecoverGroupId: &id, Name: &g.Name, Type: &g.Type, CvmQuotaTotal: new(int64(room)), CurrentNum: new(int64(len(members))),
		InstanceIds: listed(members), CreateTime: new(iso(g.Created)), Affinity: &g.Affinity, Strategy: &g.Strategy,
		Tags: showTags(tag.Of(c.Tx, taggedPlacement(id))),
	}
	if g.Strategy == partition {
		out.PartitionCount = &g.Partitions
	}
	return out
}

// describeDisasterRecoverGroupQuota is how many placement groups there can be and are, and how many instances in each.
func describeDisasterRecoverGroupQuota(c *api.Call, _ *sdk.DescribeDisasterRecoverGroupQuotaRequestParams) (*sdk.DescribeDisasterRecoverGroupQuotaResponseParams, error) {
	n := placementNumbers(c)
	return &sdk.DescribeDisasterRecoverGroupQuotaResponseParams{
		GroupQuota: n.GroupQuota, CurrentNum: n.CurrentNum, CvmInHostGroupQuota: n.CvmInHostGroupQuota,
		CvmInRackGroupQuota: n.CvmInRackGroupQuota, CvmInSwGroupQuota: n.CvmInSwitchGroupQuota, CvmInSwitchGroupQuota: n.CvmInSwitchGroupQuota,
	}, nil
}

func placementNumbers(c *api.Call) *sdk.DisasterRecoverGroupQuota {
	return &sdk.DisasterRecoverGroupQuota{
		GroupQuota: new(int64(c.Quota(quota.PlacementGroups))), CurrentNum: new(int64(placementGroups.Len(c.Tx))),
		CvmInHostGroupQuota: new(int64(c.Quota(quota.PlacementGroupHost))), CvmInRackGroupQuota: new(int64(c.Quota(quota.PlacementGroupRack))),
		CvmInSwitchGroupQuota: new(int64(c.Quota(quota.PlacementGroupSwitch))),
	}
}

// taggedPlacement is how tags know a placement group.
func taggedPlacement(id string) tag.Resource {
	return tag.Resource{Service: "cvm", Prefix: "ps", ID: id}
}
