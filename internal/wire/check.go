package wire

import (
	"slices"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Check holds the parameters against what the action takes: unknown, then type, then missing, nested paths included.
// It types the texts of a query or form on the way. The error, if any, is a *tcerr.Error and the first of its sort.
func (r *Request) Check(in *catalog.Shape) error {
	if in == nil {
		in = &catalog.Shape{}
	}
	c := checker{tree: r.values()}
	if unknown := c.members(0, in); unknown != 0 {
		return tcerr.Unknown(c.path(unknown))
	}
	if c.wrong != nil {
		return c.wrong
	}
	if c.lacking {
		from, name := c.missing(0, in)
		return tcerr.Missing(join(c.path(from), name))
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
	next := 0 // clients send members in the order of the shape, or nearly
	for m := i + 1; m < t[i].end; m = t[m].end {
		if next >= len(s.Fields) || s.Fields[next].Name != t[m].name {
			if next = slices.IndexFunc(s.Fields, func(f catalog.Field) bool { return f.Name == t[m].name }); next < 0 {
				return m
			}
		}
		f := &s.Fields[next]
		next++
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
		c.refuse(i, "")
	case lists > 0 && n.kind != list:
		c.refuse(i, "list") // Simulated: the name is the API description's, the text was not seen
	case lists > 0:
		for m := i + 1; m < n.end; m = c.tree[m].end {
			if unknown := c.value(m, f, lists-1); unknown != 0 {
				return unknown
			}
		}
	case f.Kind == catalog.Object && n.kind != object:
		c.refuse(i, f.Kind.String())
	case f.Kind == catalog.Object && f.Shape != nil:
		return c.members(i, f.Shape)
	case f.Kind == catalog.Object:
		return 0 // no source says what is in it
	case !n.typed(f.Kind) && !c.tolerated(i, f):
		c.refuse(i, f.Kind.String())
	}
	return 0
}

// refuse keeps what is wrong with node i if nothing was before: it is not of type want, or null if that is "".
// Only once is a path made, which takes time: a request may be wrong a million times.
func (c *checker) refuse(i int32, want string) {
	switch {
	case c.wrong != nil:
	case want == "":
		c.wrong = cannotBeNull(c.path(i))
	default:
		c.wrong = tcerr.WrongType(c.path(i), want)
	}
}

// tolerated says whether the cloud takes the number at i although it describes a string: VPC's paging is described as
// strings in some actions and as integers in others, and clients send either to both.
func (c *checker) tolerated(i int32, f *catalog.Field) bool {
	if f.Kind != catalog.String || c.tree[i].kind != number || c.wrong != nil {
		return false
	}
	switch c.path(i) {
	case "Offset", "Limit":
		return true
	}
	return false
}

// missing finds the first required member that is absent, in the order of the shape: its name, and the object it is
// absent from. That is -1 if none is.
func (t tree) missing(i int32, s *catalog.Shape) (from int32, name string) {
	for k := range s.Fields {
		f := &s.Fields[k]
		m := t.find(i, f.Name)
		if m < 0 && f.Required {
			return i, f.Name
		}
		if m < 0 || t[m].kind == null || f.Shape == nil {
			continue
		}
		if from, name := t.missingWithin(m, f, f.Lists); from >= 0 {
			return from, name
		}
	}
	return -1, ""
}

func (t tree) missingWithin(i int32, f *catalog.Field, lists uint8) (from int32, name string) {
	if lists == 0 {
		return t.missing(i, f.Shape)
	}
	for m := i + 1; m < t[i].end; m = t[m].end {
		if from, name := t.missingWithin(m, f, lists-1); from >= 0 {
			return from, name
		}
	}
	return -1, ""
}
