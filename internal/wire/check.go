package wire

import (
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Check holds the parameters against what the action takes: unknown, then type, then missing, nested paths included.
// It types the texts of a query or form on the way. The error, if any, is a *tcerr.Error and the first of its sort.
func (r *Request) Check(in *catalog.Shape) error {
	if in == nil {
		in = &catalog.Shape{}
	}
	c := checker{tree: r.params}
	if unknown := c.members(0, in); unknown != 0 {
		return tcerr.Unknown(r.params.path(unknown))
	}
	if c.wrong != nil {
		return c.wrong
	}
	if c.lacking {
		return tcerr.Missing(r.params.missing(0, in, ""))
	}
	return nil
}

// checker walks the tree once. Of wrong types it keeps the first, because a name unknown further on goes before it.
type checker struct {
	tree
	wrong   error
	lacking bool // a required member is absent somewhere
}

// members checks the object i and gives the first unknown member in it, or 0: no member is the root.
func (c *checker) members(i int32, s *catalog.Shape) (unknown int32) {
	lacks := 0
	for f := range s.Fields {
		if s.Fields[f].Required {
			lacks++
		}
	}
	t := c.tree
	for m := i + 1; m < t[i].end; m = t[m].end {
		f, ok := s.Field(t[m].name)
		if !ok {
			return m
		}
		if t[m].kind == null && !f.Required {
			continue // Simulated: null for an optional member is taken as its absence
		}
		if unknown := c.value(m, f, f.Lists); unknown != 0 {
			return unknown
		}
		if f.Required {
			lacks--
		}
	}
	c.lacking = c.lacking || lacks > 0
	return 0
}

// value checks node i, which stands where lists more lists of f's kind are expected.
func (c *checker) value(i int32, f *catalog.Field, lists uint8) (unknown int32) {
	n := &c.tree[i]
	switch {
	case n.kind == null:
		c.refuse(cannotBeNull(c.path(i)))
	case lists > 0 && n.kind != list:
		c.refuse(tcerr.WrongType(c.path(i), "list")) // Simulated: the name is the API description's, the text not seen
	case lists > 0:
		for m := i + 1; m < n.end; m = c.tree[m].end {
			if unknown := c.value(m, f, lists-1); unknown != 0 {
				return unknown
			}
		}
	case f.Kind == catalog.Object && n.kind != object:
		c.refuse(tcerr.WrongType(c.path(i), f.Kind.String()))
	case f.Kind == catalog.Object && f.Shape != nil:
		return c.members(i, f.Shape)
	case f.Kind == catalog.Object:
		return 0 // no source says what is in it
	case !n.typed(f.Kind) && !c.tolerated(i, f):
		c.refuse(tcerr.WrongType(c.path(i), f.Kind.String()))
	}
	return 0
}

func (c *checker) refuse(err *tcerr.Error) {
	if c.wrong == nil {
		c.wrong = err
	}
}

// tolerated says whether the cloud takes the number at i although it describes a string: VPC's paging is described as
// strings in some actions and as integers in others, and clients send either to both.
func (c *checker) tolerated(i int32, f *catalog.Field) bool {
	if f.Kind != catalog.String || c.tree[i].kind != number {
		return false
	}
	switch c.path(i) {
	case "Offset", "Limit":
		return true
	}
	return false
}

// missing finds the first required member that is absent, in the order of the shape. There is one.
func (t tree) missing(i int32, s *catalog.Shape, prefix string) string {
	for k := range s.Fields {
		f := &s.Fields[k]
		m := t.find(i, f.Name)
		path := join(prefix, f.Name)
		if m < 0 {
			if f.Required {
				return path
			}
			continue
		}
		if f.Kind != catalog.Object || f.Shape == nil {
			continue
		}
		if found := t.missingWithin(m, f, f.Lists); found != "" {
			return found
		}
	}
	return ""
}

func (t tree) missingWithin(i int32, f *catalog.Field, lists uint8) string {
	if t[i].kind == null {
		return ""
	}
	if lists == 0 {
		return t.missing(i, f.Shape, t.path(i))
	}
	for m := i + 1; m < t[i].end; m = t[m].end {
		if found := t.missingWithin(m, f, lists-1); found != "" {
			return found
		}
	}
	return ""
}
