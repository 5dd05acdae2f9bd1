package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// product is what the SDKs say of one cloud product.
type product struct {
	name     string
	versions []*version
}

// version holds one dated API. Shapes stand under the Node SDK's names: XRequest and XResponse for action X.
type version struct {
	date    string
	actions []string
	shapes  map[string]shape
	codes   map[string][]string // by action
}

type shape []field

// field is a member. A kind that starts with a capital is the name of a shape.
type field struct {
	name     string
	kind     string
	lists    int
	required bool
}

func (p *product) version(date string) *version {
	for _, v := range p.versions {
		if v.date == date {
			return v
		}
	}
	v := &version{date: date, shapes: map[string]shape{}, codes: map[string][]string{}}
	p.versions = append(p.versions, v)
	return v
}

// nested lists the shapes that parameters and answers are made of, sorted. Shapes that no action reaches are left out.
func (v *version) nested() []string {
	seen := map[string]bool{}
	var visit func(shape)
	visit = func(s shape) {
		for _, f := range s {
			if f.isObject() && !seen[f.kind] {
				seen[f.kind] = true
				visit(v.shapes[f.kind])
			}
		}
	}
	for _, a := range v.actions {
		visit(v.shapes[a+"Request"])
		visit(v.shapes[a+"Response"])
	}
	return slices.Sorted(maps.Keys(seen))
}

// check finds shapes that are named but nowhere declared.
func (v *version) check() error {
	names := v.nested()
	for _, a := range v.actions {
		names = append(names, a+"Request", a+"Response")
	}
	for _, name := range names {
		if _, ok := v.shapes[name]; !ok {
			return fmt.Errorf("version %s does not declare %s", v.date, name)
		}
	}
	return nil
}

// countCodes counts the different codes that the version's actions list.
func (v *version) countCodes() int {
	seen := map[string]bool{}
	for _, codes := range v.codes {
		for _, code := range codes {
			seen[code] = true
		}
	}
	return len(seen)
}

func (f field) isObject() bool { return f.kind[0] >= 'A' && f.kind[0] <= 'Z' }

// linesOf are the lines of a text that say something.
func linesOf(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			if line != "" && !yield(line) {
				return
			}
		}
	}
}
