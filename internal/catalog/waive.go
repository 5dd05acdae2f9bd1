package catalog

import (
	_ "embed" // the table below
	"slices"
	"strings"
)

// waivedLines has a line a member that an action does without, though its shape says that it is required.
//
//go:embed waived.txt
var waivedLines string

// waive gives those actions of a product that do without a required member a shape of their own.
func waive(p *Product) *Product {
	for line := range strings.Lines(waivedLines) {
		words := strings.Fields(line)
		if len(words) != 3 || words[0] != p.Name {
			continue
		}
		for _, v := range p.Versions {
			if a, ok := v.Action(words[1]); ok {
				a.In = a.In.without(strings.Split(words[2], "."))
			}
		}
	}
	return p
}

// without is a copy of the shape in which the member at path is optional. What lies beside the path is shared.
func (s *Shape) without(path []string) *Shape {
	own := &Shape{Name: s.Name, Fields: slices.Clone(s.Fields)}
	f, ok := own.Field(path[0])
	switch {
	case !ok:
		panic("catalog: waived.txt names " + path[0] + ", which " + s.Name + " has not")
	case len(path) == 1:
		f.Required = false
	default:
		f.Shape = f.Shape.without(path[1:])
	}
	return own
}
