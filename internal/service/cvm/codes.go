package cvm

import "github.com/tengyun/tengyun/internal/api"

// listedCode is the first of these codes that the called action's own list has, and the last where it has none: the
// cloud says the same thing by older and newer codes, and each action knows only some of them.
func listedCode(c *api.Call, codes ...string) string { return c.ListedCode("cvm", version, codes...) }
