package catalog

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCounts(t *testing.T) {
	t.Parallel()
	products, versions, actions := Counts()
	if products < 255 || versions < 290 || actions < 15_500 {
		t.Errorf("got %d products, %d versions, %d actions, want at least 255, 290, 15500", products, versions, actions)
	}
	var seen [3]int
	for _, name := range Names() {
		p, _ := Lookup(name)
		seen[0]++
		seen[1] += len(p.Versions)
		for _, v := range p.Versions {
			seen[2] += len(v.Actions)
		}
	}
	if want := [3]int{products, versions, actions}; seen != want {
		t.Errorf("got %v products, versions and actions in the facts, want %v as listed", seen, want)
	}
	if names := Names(); !slices.IsSorted(names) {
		t.Errorf("names are not sorted: %v", names)
	}
}

func TestLookupOfNoProduct(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "CVM", "nosuch", "../products", "cvm.txt"} {
		if p, ok := Lookup(name); ok {
			t.Errorf("Lookup(%q): got %v, want none", name, p.Name)
		}
	}
}

func TestLookupAtOnce(t *testing.T) {
	t.Parallel()
	var wait sync.WaitGroup
	got := make([]*Product, 8)
	for i := range got {
		wait.Go(func() { got[i], _ = Lookup("vod") })
	}
	wait.Wait()
	for _, p := range got {
		if p == nil || p != got[0] {
			t.Fatalf("got %p, want everyone to have %p", p, got[0])
		}
	}
}

func TestProductsOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		version, action string
		want            []string
	}{
		"one":                    {"2017-03-12", "RunInstances", []string{"cvm"}},
		"cvm before postgres":    {"2017-03-12", "DescribeZones", []string{"cvm", "postgres"}},
		"cvm before mariadb":     {"2017-03-12", "AssociateSecurityGroups", []string{"cvm", "mariadb"}},
		"cwp before yunjing":     {"2018-02-28", "DeleteMachine", []string{"cwp", "yunjing"}},
		"other version":          {"2018-03-28", "DescribeZones", []string{"sqlserver"}},
		"no such version":        {"2017-03-13", "RunInstances", nil},
		"half an action":         {"2017-03-12", "RunInstance", nil},
		"half a version":         {"2017-03", "RunInstances", nil},
		"nothing":                {"", "", nil},
		"before the first":       {"2017-03-12", "!", nil},
		"after the last":         {"2017-03-12", "~", nil},
		"a piece of the line":    {"2017-03-12 cvm", "DescribeZones", nil},
		"a line end in the name": {"2017-03-12", "A\nDescribeZones", nil},
	} {
		if diff := cmp.Diff(c.want, ProductsOf(c.version, c.action)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEveryActionIsFound(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, _ := Lookup(name)
		for _, v := range p.Versions {
			for _, a := range v.Actions {
				if got := ProductsOf(v.Date, a.Name); !slices.Contains(got, name) {
					t.Errorf("ProductsOf(%s, %s): got %v, want %s among them", v.Date, a.Name, got, name)
				}
				if got, _ := v.Action(a.Name); got != a {
					t.Errorf("%s %s %s is not found by its name", name, v.Date, a.Name)
				}
			}
		}
	}
}

// TestFactsReadBack writes each product as it was understood: it must be the text that was read.
func TestFactsReadBack(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, _ := Lookup(name)
		if want, got := factsOf(name), text(p); got != want {
			t.Errorf("%s is not understood (-want +got):\n%s", name, cmp.Diff(want, got))
		}
	}
}

func TestRatesNameActionsAndSources(t *testing.T) {
	t.Parallel()
	source, seen := false, map[string]bool{}
	for line := range strings.Lines(rateLines) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			source = len(words) > 1
			continue
		}
		p, ok := Lookup(words[0])
		if !ok || len(words) != 3 || ratesOf(words[0])[words[1]] < 1 {
			t.Fatalf("not a rate: %q", line)
		}
		if !slices.ContainsFunc(p.Versions, func(v *Version) bool { _, ok := v.Action(words[1]); return ok }) {
			t.Errorf("%s has no action %s", words[0], words[1])
		}
		if !source || seen[words[0]+words[1]] {
			t.Errorf("%s %s has no source above it, or stands there twice", words[0], words[1])
		}
		seen[words[0]+words[1]] = true
	}
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"cvm", "vpc", "csip"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				parse(name, factsOf(name), ratesOf(name))
			}
		})
	}
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, name := range Names() {
				parse(name, factsOf(name), nil)
			}
		}
	})
}

func BenchmarkProductsOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ProductsOf("2017-03-12", "DescribeInstancesStatus")
	}
}

// text writes a product the way its facts are written.
func text(p *Product) string {
	var b strings.Builder
	for _, v := range p.Versions {
		fmt.Fprintf(&b, "version %s\n", v.Date)
		for _, a := range v.Actions {
			fmt.Fprintf(&b, "action %s\nin\n%sout\n%s", a.Name, members(a.In), members(a.Out))
			for _, code := range a.Codes {
				fmt.Fprintf(&b, "code %s\n", code)
			}
		}
		nested := map[string]*Shape{}
		for _, a := range v.Actions {
			reach(a.In, nested)
			reach(a.Out, nested)
		}
		for _, s := range slices.SortedFunc(maps.Values(nested), func(a, b *Shape) int { return strings.Compare(a.Name, b.Name) }) {
			fmt.Fprintf(&b, "shape %s\n%s", s.Name, members(s))
		}
	}
	return b.String()
}

func members(s *Shape) string {
	kinds := [...]string{"string", "int64", "uint64", "float", "bool", "number", "object"}
	var b strings.Builder
	for _, f := range s.Fields {
		kind := kinds[f.Kind]
		if f.Shape != nil {
			kind = f.Shape.Name
		}
		fmt.Fprintf(&b, " %s %s%s", f.Name, strings.Repeat("[]", int(f.Lists)), kind)
		if f.Required {
			b.WriteString(" !")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// reach collects the shapes below a shape.
func reach(s *Shape, into map[string]*Shape) {
	for _, f := range s.Fields {
		if f.Shape != nil && into[f.Shape.Name] == nil {
			into[f.Shape.Name] = f.Shape
			reach(f.Shape, into)
		}
	}
}

func shapesOf(p *Product) iter.Seq[*Shape] {
	found := map[string]*Shape{}
	for _, v := range p.Versions {
		for _, a := range v.Actions {
			reach(a.In, found)
			reach(a.Out, found)
		}
	}
	return maps.Values(found)
}
