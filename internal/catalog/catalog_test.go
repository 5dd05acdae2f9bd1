package catalog

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// find is an action that must be there.
func find(t *testing.T, product, version, name string) *Action {
	t.Helper()
	p, ok := Lookup(product)
	if !ok {
		t.Fatalf("no product %s", product)
	}
	v, ok := p.Version(version)
	if !ok {
		t.Fatalf("no version %s of %s", version, product)
	}
	a, ok := v.Action(name)
	if !ok {
		t.Fatalf("no action %s in %s %s", name, product, version)
	}
	return a
}

// member is a member that must be there.
func member(t *testing.T, s *Shape, name string) *Field {
	t.Helper()
	f, ok := s.Field(name)
	if !ok {
		t.Fatalf("no member %s in %s", name, s.Name)
	}
	return f
}

func TestFieldsOfActions(t *testing.T) {
	t.Parallel()
	type want struct {
		Kind     Kind
		Lists    uint8
		Required bool
		Shape    string
	}
	for name, c := range map[string]struct {
		product, version, action, field string
		out                             bool
		want                            want
	}{
		"object, required":       {"cvm", "2017-03-12", "AllocateHosts", "Placement", false, want{Object, 0, true, "Placement"}},
		"object, optional":       {"cvm", "2017-03-12", "RunInstances", "Placement", false, want{Object, 0, false, "Placement"}},
		"integer":                {"cvm", "2017-03-12", "RunInstances", "InstanceCount", false, want{Int64, 0, false, ""}},
		"unsigned":               {"cvm", "2017-03-12", "AllocateHosts", "HostCount", false, want{Uint64, 0, false, ""}},
		"boolean":                {"cvm", "2017-03-12", "RunInstances", "DryRun", false, want{Bool, 0, false, ""}},
		"list of objects":        {"cvm", "2017-03-12", "DescribeInstances", "Filters", false, want{Object, 1, false, "Filter"}},
		"list, required":         {"cvm", "2017-03-12", "StartInstances", "InstanceIds", false, want{String, 1, true, ""}},
		"answered list":          {"cvm", "2017-03-12", "DescribeInstances", "InstanceSet", true, want{Object, 1, false, "Instance"}},
		"every answer":           {"cvm", "2017-03-12", "RunInstances", "RequestId", true, want{String, 0, false, ""}},
		"paging as text":         {"vpc", "2017-03-12", "DescribeVpcs", "Limit", false, want{String, 0, false, ""}},
		"number without Go SDK":  {"cdb", "2017-03-20", "DescribeDBInstances", "Limit", false, want{Number, 0, false, ""}},
		"request as a parameter": {"cvm", "2017-03-12", "RunInstances", "InstanceMarketOptions", false, want{Object, 0, false, "InstanceMarketOptionsRequest"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := find(t, c.product, c.version, c.action)
			s := a.In
			if c.out {
				s = a.Out
			}
			f := member(t, s, c.field)
			got := want{Kind: f.Kind, Lists: f.Lists, Required: f.Required}
			if f.Shape != nil {
				got.Shape = f.Shape.Name
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s.%s (-want +got):\n%s", c.action, c.field, diff)
			}
		})
	}
}

func TestNestedMembers(t *testing.T) {
	t.Parallel()
	run := find(t, "cvm", "2017-03-12", "RunInstances")
	zone := member(t, member(t, run.In, "Placement").Shape, "Zone")
	if zone.Kind != String || !zone.Required {
		t.Errorf("Placement.Zone: got %v, required %v, want string, required true", zone.Kind, zone.Required)
	}
	if _, ok := run.In.Field("zone"); ok {
		t.Error("a name in the wrong case was found")
	}
	describe := find(t, "cvm", "2017-03-12", "DescribeInstances")
	status := find(t, "cvm", "2017-03-12", "DescribeImages")
	if member(t, describe.In, "Filters").Shape != member(t, status.In, "Filters").Shape {
		t.Error("two actions of a version do not share the shape Filter")
	}
}

func TestShapesThatContainThemselves(t *testing.T) {
	t.Parallel()
	found := 0
	for _, name := range Names() {
		p, _ := Lookup(name)
		for s := range shapesOf(p) {
			if slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Shape == s }) {
				found++
			}
		}
	}
	if found == 0 {
		t.Error("got no shape that contains itself, want some")
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	p, _ := Lookup("cvm")
	for _, a := range p.Versions[0].Actions {
		if len(a.Codes) == 0 || !slices.IsSorted(a.Codes) {
			t.Errorf("%s: got codes %v, want some, sorted", a.Name, a.Codes)
		}
	}
	stop := find(t, "cvm", "2017-03-12", "StopInstances")
	unlisted := find(t, "cdb", "2017-03-20", "DescribeDBInstances")
	for name, c := range map[string]struct {
		action *Action
		code   string
		want   bool
	}{
		"listed":                 {stop, "InvalidInstanceId.NotFound", true},
		"not listed":             {stop, "InvalidVpcId.NotFound", false},
		"half of a listed one":   {stop, "InvalidInstanceId", false},
		"more than a listed one": {stop, "InvalidInstanceId.NotFound.Here", false},
		"no list at all":         {unlisted, "InvalidVpcId.NotFound", true},
	} {
		if got := c.action.Allows(c.code); got != c.want {
			t.Errorf("%s: %s allows %s: got %v, want %v", name, c.action.Name, c.code, got, c.want)
		}
	}
}

func TestActionsAnswering(t *testing.T) {
	t.Parallel()
	actions := ActionsAnswering("InvalidInstanceId.NotFound")
	run := find(t, "cvm", "2017-03-12", "StopInstances")
	if !slices.Contains(actions, run) {
		t.Errorf("got %d actions without cvm StopInstances, want it among them", len(actions))
	}
	if got := ActionsAnswering("InvalidInstanceId"); slices.Contains(got, run) {
		t.Error("half of a code was taken for the code")
	}
	if got := ActionsAnswering("No\nSuchCode"); got != nil {
		t.Errorf("got %d actions for what is no code, want none", len(got))
	}
}

func TestRates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		product, version, action string
		want                     int
	}{
		{"cvm", "2017-03-12", "RunInstances", 10},
		{"cvm", "2017-03-12", "DescribeInstances", 40},
		{"cvm", "2017-03-12", "DescribeRegions", 20},
		{"cbs", "2017-03-12", "DescribeDisks", 100},
		{"cdb", "2017-03-20", "DescribeDBInstances", DefaultRate},
	} {
		if got := find(t, c.product, c.version, c.action).Rate; got != c.want {
			t.Errorf("rate of %s %s: got %d, want %d", c.product, c.action, got, c.want)
		}
	}
}
