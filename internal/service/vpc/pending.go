package vpc

import (
	"strconv"

	"github.com/tengyun/tengyun/internal/api"
)

// Resources that are not emulated yet: none is there.

func hasVIP(*api.Call, string, string) bool { return false }

func boundVIP(*api.Call, string) (string, bool) { return "", false }

func checkTemplate(_ *api.Call, id string) error { return notFound(id) }

func checkPackage(_ *api.Call, id string) error { return notFound(id) }

func version(g *group) *string { return new(strconv.Itoa(g.Version)) }
