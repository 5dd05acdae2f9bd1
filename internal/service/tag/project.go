package tag

import (
	"strconv"

	"github.com/tengyun/tengyun/internal/state"
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
