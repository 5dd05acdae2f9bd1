package vpc

import (
	"slices"
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// group is a security group. A new one lets nothing in and nothing out.
type group struct {
	Name, Desc, Project string
	Default             bool
	Made, Changed       time.Time
	Version             int // of the policies; every change of them counts
	In, Out             []policy
}

var groups = resource[group]{
	Table: state.NewTable("vpc.security-group",
		state.By("project", func(_ string, g *group) []string { return []string{g.Project} }),
		state.By("default", func(_ string, g *group) []string {
			if g.Default {
				return []string{g.Project}
			}
			return nil
		}),
		state.By("needs", func(_ string, g *group) []string { return g.needs() }),
	),
	prefix: "sg", field: "SecurityGroupId", filter: "security-group-id", tags: tag.Resource{Service: "cvm", Prefix: "sg"},
}

// needs is the ids of the groups and templates that the policies name, each once.
func (g *group) needs() (ids []string) {
	for _, p := range slices.Concat(g.In, g.Out) {
		ids = append(ids, present(p.Group, p.Address, p.Service)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

var groupQuery = api.Query[group]{
	Table: groups.Table,
	Fields: map[string]api.Field[group]{
		"security-group-id":   self[group](),
		"project-id":          indexed("project", func(g *group) string { return g.Project }),
		"security-group-name": fuzzy(func(g *group) string { return g.Name }),
	},
	Tags:  groups.tagsOf,
	Rules: rules(),
}

func describeSecurityGroups(c *api.Call, in *sdk.DescribeSecurityGroupsRequestParams) (*sdk.DescribeSecurityGroupsResponseParams, error) {
	q, ask := groupQuery, api.Ask{IDs: in.SecurityGroupIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}
	switch {
	case val(in.OrderField) == "CreatedTime" || val(in.OrderField) == "":
		q.Newest = val(in.OrderDirection) == "DESC"
	case val(in.OrderField) != "UpdateTime":
		return nil, bad(*in.OrderField, "OrderField")
	}
	if d := val(in.OrderDirection); d != "" && d != "ASC" && d != "DESC" {
		return nil, bad(d, "OrderDirection")
	}
	hits, total, err := groups.page(c, &q, ask)
	if err != nil {
		return nil, err
	}
	if val(in.OrderField) == "UpdateTime" {
		if hits, err = latestChanged(c, &q, ask, val(in.OrderDirection) == "DESC"); err != nil {
			return nil, err
		}
	}
	return &sdk.DescribeSecurityGroupsResponseParams{
		TotalCount:       new(uint64(total)),
		SecurityGroupSet: show(hits, func(h *api.Hit[group]) *sdk.SecurityGroup { return showGroup(c, h.ID, h.Row) }),
	}, nil
}

// latestChanged is the page that an ask means when groups are ordered by their last change: the one order no table keeps.
func latestChanged(c *api.Call, q *api.Query[group], ask api.Ask, descending bool) ([]api.Hit[group], error) {
	all := *q
	all.Rules.MaxLimit = groups.Len(c.Tx) + 1
	offset, limit := ask.Offset, ask.Limit
	ask.Offset, ask.Limit = nil, new(uint64(all.Rules.MaxLimit))
	hits, _, err := groups.page(c, &all, ask)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(hits, func(a, b api.Hit[group]) int { return a.Row.Changed.Compare(b.Row.Changed) })
	if descending {
		slices.Reverse(hits)
	}
	return window(hits, counted(offset), counted(limit))
}

// counted reads a number that has passed a query's check.
func counted(v any) *uint64 {
	s, _ := v.(*string)
	n, err := strconv.ParseUint(val(s), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

func showGroup(c *api.Call, id string, g *group) *sdk.SecurityGroup {
	return &sdk.SecurityGroup{
		SecurityGroupId: &id, SecurityGroupName: &g.Name, SecurityGroupDesc: &g.Desc, ProjectId: &g.Project, IsDefault: &g.Default,
		CreatedTime: local(g.Made), TagSet: groups.tagSet(c, id), UpdateTime: local(g.Changed),
	}
}

func createSecurityGroup(c *api.Call, in *sdk.CreateSecurityGroupRequestParams) (*sdk.CreateSecurityGroupResponseParams, error) {
	shown, err := newGroup(c, group{Name: *in.GroupName, Desc: *in.GroupDescription, Project: or(in.ProjectId, "0")}, in.Tags)
	return &sdk.CreateSecurityGroupResponseParams{SecurityGroup: shown}, err
}

func createSecurityGroupWithPolicies(c *api.Call, in *sdk.CreateSecurityGroupWithPoliciesRequestParams) (*sdk.CreateSecurityGroupWithPoliciesResponseParams, error) {
	g := group{Name: *in.GroupName, Desc: *in.GroupDescription, Project: or(in.ProjectId, "0")}
	shown, err := newGroup(c, g, in.Tags)
	if err != nil {
		return nil, err
	}
	if set := in.SecurityGroupPolicySet; set != nil {
		err = setPolicies(c, *shown.SecurityGroupId, set.Ingress, set.Egress)
	}
	return &sdk.CreateSecurityGroupWithPoliciesResponseParams{SecurityGroup: shown}, err
}

// newGroup stores a group after checking it.
func newGroup(c *api.Call, g group, tagged []*sdk.Tag) (*sdk.SecurityGroup, error) {
	if err := g.check(); err != nil {
		return nil, err
	}
	tags, err := checkTags(tagged)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.SecurityGroups, groups.Count(c.Tx, "project", g.Project), 1); err != nil {
		return nil, err
	}
	g.Made, g.Changed = c.Now, c.Now
	id := api.NewID(c, groups.Table, "sg")
	groups.Put(c.Tx, id, g)
	groups.setTags(c, id, tags)
	return showGroup(c, id, &g), nil
}

func (g *group) check() error {
	if err := checkName(g.Name, "GroupName", 60); err != nil {
		return err
	}
	if _, err := strconv.ParseUint(g.Project, 10, 64); err != nil {
		return bad(g.Project, "ProjectId")
	}
	return checkName(g.Desc, "GroupDescription", 100)
}

// createDefaultSecurityGroup gives a project's default group, made when it is not there.
func createDefaultSecurityGroup(c *api.Call, in *sdk.CreateDefaultSecurityGroupRequestParams) (*sdk.CreateDefaultSecurityGroupResponseParams, error) {
	if g := (group{Project: or(in.ProjectId, "0")}); g.check() != nil {
		return nil, bad(*in.ProjectId, "ProjectId")
	}
	id := DefaultSecurityGroup(c, or(in.ProjectId, "0"))
	g, _ := groups.Get(c.Tx, id)
	return &sdk.CreateDefaultSecurityGroupResponseParams{SecurityGroup: showGroup(c, id, g)}, nil
}

// DefaultSecurityGroup is the default group of a project ("0" for the default project), made when it is not there:
// it lets all IPv4 traffic in and out.
func DefaultSecurityGroup(c *api.Call, project string) string {
	for id := range groups.Where(c.Tx, "default", project) {
		return id
	}
	open := []policy{{Protocol: everything, Port: everything, CIDR: "0.0.0.0/0", Action: "ACCEPT", Changed: c.Now}}
	id := api.NewID(c, groups.Table, "sg")
	groups.Put(c.Tx, id, group{
		Name: "default", Desc: "System created security group", Project: project, Default: true, Made: c.Now, Changed: c.Now, In: open, Out: open,
	})
	return id
}

func cloneSecurityGroup(c *api.Call, in *sdk.CloneSecurityGroupRequestParams) (*sdk.CloneSecurityGroupResponseParams, error) {
	from := *c
	if val(in.RemoteRegion) != "" {
		from.Tx = c.In(*in.RemoteRegion)
	}
	row, err := groups.find(&from, in.SecurityGroupId)
	if err != nil {
		return nil, err
	}
	g := *row
	if from.Region != c.Region && len(g.needs()) > 0 {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_REMOTEREGIONSGHASREFERENCEDSG, *in.SecurityGroupId)
	}
	g.Name, g.Desc, g.Project = or(in.GroupName, g.Name), or(in.GroupDescription, g.Desc), or(in.ProjectId, g.Project)
	g.Default, g.Version = false, 0
	tagged := in.Tags
	if val(in.IsCloneTags) {
		tagged = slices.Concat(tagged, groups.tagSet(&from, *in.SecurityGroupId))
	}
	shown, err := newGroup(c, g, tagged)
	return &sdk.CloneSecurityGroupResponseParams{SecurityGroup: shown}, err
}

func modifySecurityGroupAttribute(c *api.Call, in *sdk.ModifySecurityGroupAttributeRequestParams) (*sdk.ModifySecurityGroupAttributeResponseParams, error) {
	row, err := groups.find(c, in.SecurityGroupId)
	if err != nil {
		return nil, err
	}
	g := *row
	g.Name, g.Desc, g.Changed = or(in.GroupName, g.Name), or(in.GroupDescription, g.Desc), c.Now
	if err := g.check(); err != nil {
		return nil, err
	}
	groups.edit(c, *in.SecurityGroupId, func(row *group) { *row = g })
	return &sdk.ModifySecurityGroupAttributeResponseParams{}, nil
}

// deleteSecurityGroup refuses the default group, and one that a card bears or another group names.
func deleteSecurityGroup(c *api.Call, in *sdk.DeleteSecurityGroupRequestParams) (*sdk.DeleteSecurityGroupResponseParams, error) {
	g, err := groups.find(c, in.SecurityGroupId)
	if err != nil {
		return nil, err
	}
	id := *in.SecurityGroupId
	if g.Default {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, id)
	}
	for by := range cards.Where(c.Tx, "group", id) {
		return nil, inUse(id, by)
	}
	for by := range groups.Where(c.Tx, "needs", id) {
		if by != id {
			return nil, inUse(id, by)
		}
	}
	groups.drop(c, c.Now, id)
	return &sdk.DeleteSecurityGroupResponseParams{}, nil
}
