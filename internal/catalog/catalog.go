// Package catalog is what the cloud says of its own API: products, versions, actions, parameters, error codes, rates.
//
// The facts are text files, one a product, embedded and parsed when a product is first asked for; tools/catalog
// writes them. Everything handed out is shared and never changes.
package catalog

import (
	"slices"
	"strings"
)

// Kind is the type of a parameter's leaf, as the cloud's own messages name it.
type Kind uint8

// The kinds of a leaf. Number is a number of which no source says more.
const (
	String Kind = iota
	Int64
	Uint64
	Float
	Bool
	Number
	Object // Field.Shape says of what
)

// String is the kind's name in messages: "string", "int64", "uint64", "float", "bool".
func (k Kind) String() string {
	return [...]string{"string", "int64", "uint64", "float", "bool", "float", "object"}[k]
}

// Product is one cloud product: cvm.
type Product struct {
	Name     string
	Versions []*Version // oldest first
}

// Version finds one of the product's versions by its date: 2017-03-12.
func (p *Product) Version(date string) (*Version, bool) {
	for _, v := range p.Versions {
		if v.Date == date {
			return v, true
		}
	}
	return nil, false
}

// Version is one dated API of a product: 2017-03-12.
type Version struct {
	Product string
	Date    string
	Actions []*Action // by name
}

// Action finds an action by its exact name.
func (v *Version) Action(name string) (*Action, bool) {
	i, ok := slices.BinarySearchFunc(v.Actions, name, func(a *Action, name string) int { return strings.Compare(a.Name, name) })
	if !ok {
		return nil, false
	}
	return v.Actions[i], true
}

// Action is one operation, its parameters and what it answers.
type Action struct {
	Product, Version, Name string
	In, Out                *Shape   // never nil; RequestId is a member of Out
	Codes                  []string // error codes it may answer, sorted, common ones excepted; nil where no source lists them
	Rate                   int      // requests a second that one identity may send by one ingress
}

// Allows says whether the action's list has this very code. An action without a list allows every code.
func (a *Action) Allows(code string) bool {
	if a.Codes == nil {
		return true
	}
	_, ok := slices.BinarySearch(a.Codes, code)
	return ok
}

// Shape is an object's members, in the order of the source. Shapes may contain themselves.
type Shape struct {
	Name   string // Placement; of an action's own shapes RunInstancesRequest, RunInstancesResponse
	Fields []Field
}

// Field is one member of a Shape.
type Field struct {
	Name     string
	Kind     Kind
	Lists    uint8  // how many lists enclose it: 0 for a value, 1 for [..], 2 for [[..]]
	Required bool   // a fact of parameters; of answers it means little
	Shape    *Shape // of an Object; nil otherwise
}

// Field finds a member by its exact name. Shapes are short (a handful of members, rarely forty), so walking
// one is as quick as a map and needs no memory.
func (s *Shape) Field(name string) (*Field, bool) {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i], true
		}
	}
	return nil, false
}
