package tag

import (
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// project is one project of an account, which belongs to no region.
type project struct {
	Name, Info string
	Creator    string
	Created    int64 // Unix seconds
	Hidden     bool  // nothing new can go there
}

// projects is kept by number.
var projects = state.NewTable("tag.project",
	state.By("name", func(_ string, p *project) []string { return []string{p.Name} }),
)

// defaultProject is the project 0, which every account has and nobody made.
const defaultProject = "默认项目"

// Project is the name of a project of the account, and whether new resources can go there. Project 0 is the default one.
func Project(tx *state.Tx, id uint64) (name string, ok bool) {
	if id == 0 {
		return defaultProject, true
	}
	row, found := projects.Get(tx.In(""), strconv.FormatUint(id, 10))
	if !found {
		return "", false
	}
	return row.Name, !row.Hidden
}

// maxProjects is how many projects an account can have. Simulated: no source gives the number.
const maxProjects = 1000

// firstProject is the number of an account's first project.
const firstProject = 1000101

var beijing = time.FixedZone("CST", 8*60*60)

// addProject makes a project. Its name is its own in the account.
func addProject(c *api.Call, in *sdk.AddProjectRequestParams) (*sdk.AddProjectResponseParams, error) {
	home := c.In("")
	if err := checkProjectName(c, *in.ProjectName, ""); err != nil {
		return nil, err
	}
	n := projects.Len(home)
	if n >= maxProjects {
		return nil, tcerr.New(sdk.FAILEDOPERATION_PROJECTNUMEXCEED, "The number of projects exceeds the limit `%d`.", maxProjects).
			Zh("项目数量超过上限 `%d`。")
	}
	id := uint64(firstProject + n) // a project can be hidden, never deleted
	projects.Put(home, strconv.FormatUint(id, 10), project{
		Name: *in.ProjectName, Info: or(in.Info, ""), Creator: c.Caller.Uin, Created: c.Now.Unix(),
	})
	return &sdk.AddProjectResponseParams{ProjectId: &id, IsNew: p(int64(1))}, nil
}

// checkProjectName refuses a name that another project has.
func checkProjectName(c *api.Call, name, id string) error {
	if name == "" {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETER, name, "ProjectName")
	}
	for other := range projects.Where(c.In(""), "name", name) {
		if other != id {
			return projectExists(name)
		}
	}
	if name == defaultProject {
		return projectExists(name)
	}
	return nil
}

func projectExists(name string) error {
	return tcerr.New(sdk.INVALIDPARAMETER_PROJECTNAMEEXISTED, "The project name `%s` already exists.", name).Zh("项目名称 `%s` 已存在。")
}

// updateProject changes a project's name or description, hides it, or shows it again.
func updateProject(c *api.Call, in *sdk.UpdateProjectRequestParams) (*sdk.UpdateProjectResponseParams, error) {
	home, id := c.In(""), strconv.FormatUint(*in.ProjectId, 10)
	if !projects.Has(home, id) {
		return nil, tcerr.New(sdk.RESOURCENOTFOUND_RECORDNOTFOUND, "The project `%s` does not exist.", id).Zh("项目 `%s` 不存在。")
	}
	if in.ProjectName != nil {
		if err := checkProjectName(c, *in.ProjectName, id); err != nil {
			return nil, err
		}
	}
	if d := in.Disable; d != nil && *d != 0 && *d != 1 {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *d, "Disable")
	}
	projects.Edit(home, c.Now, id, func(row *project) {
		row.Name, row.Info = or(in.ProjectName, row.Name), or(in.Info, row.Info)
		if in.Disable != nil {
			row.Hidden = *in.Disable == 1
		}
	})
	return &sdk.UpdateProjectResponseParams{}, nil
}

// describeProjects lists the account's projects, without the default one. AllList 1 shows the hidden ones, too.
func describeProjects(c *api.Call, in *sdk.DescribeProjectsRequestParams) (*sdk.DescribeProjectsResponseParams, error) {
	if *in.AllList > 1 {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.AllList, "AllList")
	}
	if *in.Limit < 1 || *in.Limit > maxLimit {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.Limit, "Limit")
	}
	all := []*sdk.Project{}
	for id, row := range projects.All(c.In("")) {
		switch {
		case row.Hidden && *in.AllList == 0,
			in.ProjectId != nil && strconv.FormatInt(*in.ProjectId, 10) != id,
			in.ProjectName != nil && *in.ProjectName != row.Name:
			continue
		}
		all = append(all, &sdk.Project{
			ProjectId: number(id), ProjectName: &row.Name, ProjectInfo: &row.Info, CreatorUin: number(row.Creator),
			CreateTime: p(time.Unix(row.Created, 0).In(beijing).Format(time.DateTime)),
		})
	}
	return &sdk.DescribeProjectsResponseParams{Total: p(uint64(len(all))), Projects: cut(window{*in.Offset, *in.Limit}, all)}, nil
}
