package catalog_test

import (
	"testing"

	"github.com/tengyun/tengyun/internal/catalog"
)

func TestWaivedMembersAreOptionalThereAndOnlyThere(t *testing.T) {
	t.Parallel()
	vpc, _ := catalog.Lookup("vpc")
	version, _ := vpc.Version("2017-03-12")
	for action, want := range map[string]bool{"DeleteRoutes": false, "CreateRoutes": true} {
		a, _ := version.Action(action)
		routes, _ := a.In.Field("Routes")
		cidr, _ := routes.Shape.Field("DestinationCidrBlock")
		if cidr.Required != want {
			t.Errorf("%s: got required %v, want %v", action, cidr.Required, want)
		}
	}
}
