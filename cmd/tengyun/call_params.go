package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
)

// paramsJSON makes the JSON body of parameters given as flags. What the shape does not know is sent as a string, for
// the emulator to refuse.
func paramsJSON(shape *catalog.Shape, params []param) ([]byte, error) {
	root := &node{}
	for _, p := range params {
		if p.bare {
			if f := fieldAt(shape, p.path); f != nil && f.Kind != catalog.Bool {
				return nil, usagef("--%s needs a value; only a boolean goes without", p.path)
			}
			p.value = "true"
		}
		at := root
		for _, step := range strings.Split(p.path, ".") {
			at = at.child(step)
		}
		at.values = append(at.values, p.value)
	}
	return json.Marshal(root.object(shape))
}

// fieldAt is what the shape says of the field at a path; nil when it does not know it.
func fieldAt(shape *catalog.Shape, path string) (f *catalog.Field) {
	for step := range strings.SplitSeq(path, ".") {
		if _, err := strconv.Atoi(step); err == nil {
			continue // a place in a list
		}
		if shape == nil {
			return nil
		}
		if f, _ = shape.Field(step); f == nil {
			return nil
		}
		shape = f.Shape
	}
	return f
}

// node is one step of the dotted paths.
type node struct {
	children map[string]*node
	values   []string // as given, in order
}

func (n *node) child(step string) *node {
	if n.children == nil {
		n.children = map[string]*node{}
	}
	if n.children[step] == nil {
		n.children[step] = &node{}
	}
	return n.children[step]
}

func (n *node) object(shape *catalog.Shape) map[string]any {
	out := map[string]any{}
	for name, child := range n.children {
		var field *catalog.Field
		if shape != nil {
			field, _ = shape.Field(name)
		}
		if field == nil {
			field = &catalog.Field{Name: name, Kind: catalog.String}
		}
		out[name] = child.value(field, int(field.Lists))
	}
	return out
}

// value is what a field holds, with so many lists still around it.
func (n *node) value(f *catalog.Field, lists int) any {
	switch {
	case len(n.values) == 1 && isJSON(n.values[0], lists > 0, f.Kind == catalog.Object):
		return json.RawMessage(n.values[0])
	case lists > 0 && len(n.children) > 0:
		list := []any{}
		for _, i := range slices.SortedFunc(maps.Keys(n.children), byNumber) {
			list = append(list, n.children[i].value(f, lists-1))
		}
		return list
	case lists > 0:
		list := []any{}
		for _, v := range n.values {
			list = append(list, leaf(f.Kind, v))
		}
		return list
	case len(n.children) > 0:
		return n.object(f.Shape)
	case len(n.values) == 0:
		return nil
	}
	return leaf(f.Kind, n.values[len(n.values)-1])
}

// isJSON says whether a list or object is given as JSON text.
func isJSON(text string, list, object bool) bool {
	return (list && strings.HasPrefix(text, "[") || object && !list && strings.HasPrefix(text, "{")) && json.Valid([]byte(text))
}

func byNumber(a, b string) int {
	m, _ := strconv.Atoi(a)
	n, _ := strconv.Atoi(b)
	return m - n
}

// leaf types a value by its kind; a text that cannot be of the kind stays a string.
func leaf(kind catalog.Kind, text string) any {
	switch kind {
	case catalog.Int64, catalog.Uint64, catalog.Float, catalog.Number, catalog.Bool:
		if (json.Valid([]byte(text)) && !strings.ContainsAny(text, "\"[{ \t\r\n")) && text != "null" {
			return json.RawMessage(text)
		}
	}
	return text
}
