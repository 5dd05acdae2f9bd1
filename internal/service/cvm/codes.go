package cvm

import (
	"slices"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
)

// listedCode is the first of these codes that the called action's own list has, and the last where it has none: the
// cloud says the same thing by older and newer codes, and each action knows only some of them.
func listedCode(c *api.Call, codes ...string) string {
	product, _ := catalog.Lookup("cvm")
	v, _ := product.Version(version)
	action, ok := v.Action(c.Action)
	if !ok {
		return codes[0]
	}
	if i := slices.IndexFunc(codes, action.Allows); i >= 0 {
		return codes[i]
	}
	return codes[len(codes)-1]
}
