package cbs

import (
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// group is snapshots of one instance's disks, taken together. Which they are, they know.
type group struct {
	Name    string
	Created int64 // Unix seconds
}

var groups = state.NewTable[group]("cbs.snapshot-group")

func groupResource(id string) tag.Resource {
	return tag.Resource{Service: "cvm", Prefix: "snapshot-group", ID: id}
}

// createSnapshotGroup takes a snapshot of each of some disks of one instance. They are called after the group, from 0.
func createSnapshotGroup(c *api.Call, in *sdk.CreateSnapshotGroupRequestParams) (*sdk.CreateSnapshotGroupResponseParams, error) {
	ids := plain(in.DiskIds)
	if len(ids) == 0 {
		return nil, tcerr.Missing("DiskIds")
	}
	if err := checkName(in.SnapshotGroupName, "SnapshotGroupName"); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	instance := ""
	for i, id := range ids {
		d, err := findResting(c, id)
		if err != nil {
			return nil, err
		}
		if d.Instance == "" || i > 0 && d.Instance != instance {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, id, "DiskIds")
		}
		if err := snappable(c, id, len(ids)); err != nil {
			return nil, err
		}
		instance = d.Instance
	}
	// Simulated: the prefix of a group's id.
	g := api.NewID(c, groups, "snapg")
	title := name(in.SnapshotGroupName)
	groups.Put(c.Tx, g, group{Name: title, Created: c.Now.Unix()})
	tag.Set(c.Tx, groupResource(g), tags)
	for i, id := range ids {
		d, _ := disks.Get(c.Tx, id)
		s := takeSnapshot(c, id, d, Snapshot{Name: title + "_" + strconv.Itoa(i), Permanent: true, Group: g})
		tag.Set(c.Tx, snapshotResource(s), tags)
	}
	return &sdk.CreateSnapshotGroupResponseParams{SnapshotGroupId: &g}, nil
}

// findGroup reads a group that an action is to use.
func findGroup(c *api.Call, id string) (*group, error) {
	g, ok := groups.Get(c.Tx, id)
	if !ok {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, id, "SnapshotGroupId")
	}
	return g, nil
}

// deleteSnapshotGroup ends groups with all their snapshots.
func deleteSnapshotGroup(c *api.Call, in *sdk.DeleteSnapshotGroupRequestParams) (*sdk.DeleteSnapshotGroupResponseParams, error) {
	ids := plain(append([]*string{in.SnapshotGroupId}, in.SnapshotGroupIds...))
	if len(ids) == 0 {
		return nil, tcerr.Missing("SnapshotGroupId")
	}
	for _, id := range ids {
		if _, err := findGroup(c, id); err != nil {
			return nil, err
		}
		if state, _ := progress(c, id); state != Normal {
			return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_STATEERROR, "The snapshot group `%s` is in the state `%s`.", id, state).
				Zh("快照组 `%s` 处于状态 `%s`，不支持该操作。")
		}
		if err := deleteAll(c, members(c, id), or(in.DeleteBindImages, false)); err != nil {
			return nil, err
		}
		tag.Drop(c.Tx, c.Now, groupResource(id))
		groups.Delete(c.Tx, c.Now, id)
	}
	return &sdk.DeleteSnapshotGroupResponseParams{}, nil
}

// members is the snapshots of a group.
func members(c *api.Call, id string) (ids []string) {
	for s := range snapshots.Where(c.Tx, "group", id) {
		ids = append(ids, s)
	}
	return ids
}

// progress is a group's state and how much of it is done: that of the snapshot that has come least far.
func progress(c *api.Call, id string) (string, uint64) {
	doing, done := Normal, uint64(100)
	for _, s := range snapshots.Where(c.Tx, "group", id) {
		if s.State != Normal {
			doing = s.State
		}
		done = min(done, s.Making.percent(c.Now))
	}
	return doing, done
}

var groupQuery = api.Query[group]{
	Table: groups,
	Fields: map[string]api.Field[group]{
		"snapshot-group-id":    {Of: func(_ *api.Call, id string, _ *group) []string { return []string{id} }},
		"snapshot-group-name":  {Of: func(_ *api.Call, _ string, g *group) []string { return []string{g.Name} }},
		"snapshot-group-state": {Of: func(c *api.Call, id string, _ *group) []string { s, _ := progress(c, id); return []string{s} }},
		"snapshot-id":          {Of: func(c *api.Call, id string, _ *group) []string { return members(c, id) }},
	},
	Rules: youngRules,
}

// describeSnapshotGroups lists groups, oldest first.
func describeSnapshotGroups(c *api.Call, in *sdk.DescribeSnapshotGroupsRequestParams) (*sdk.DescribeSnapshotGroupsResponseParams, error) {
	page, total, err := groupQuery.Run(c, api.Ask{Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	set := make([]*sdk.SnapshotGroup, len(page))
	for i, hit := range page {
		set[i] = showGroup(c, hit.ID, hit.Row)
	}
	return &sdk.DescribeSnapshotGroupsResponseParams{TotalCount: p(uint64(total)), SnapshotGroupSet: set}, nil
}

func showGroup(c *api.Call, id string, g *group) *sdk.SnapshotGroup {
	doing, done := progress(c, id)
	out := &sdk.SnapshotGroup{
		SnapshotGroupId: &id, SnapshotGroupName: &g.Name, SnapshotGroupType: p("NORMAL"), SnapshotGroupState: &doing, Percent: &done,
		CreateTime: stamp(g.Created), ModifyTime: stamp(g.Created), IsPermanent: p(true), ContainRootSnapshot: p(false),
		SnapshotIdSet: []*string{}, Images: []*sdk.Image{},
	}
	seen := map[string]bool{}
	for s, row := range snapshots.Where(c.Tx, "group", id) {
		out.SnapshotIdSet = append(out.SnapshotIdSet, p(s))
		if row.System {
			out.ContainRootSnapshot = p(true)
		}
		for imageID, i := range images.Where(c.Tx, "snapshot", s) {
			if !seen[imageID] {
				seen[imageID] = true
				out.Images = append(out.Images, &sdk.Image{ImageId: p(imageID), ImageName: &i.Name})
			}
		}
	}
	out.ImageCount = p(uint64(len(out.Images)))
	return out
}
