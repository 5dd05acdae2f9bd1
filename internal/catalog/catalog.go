// Package catalog is what the cloud says of its own API: products, versions, actions, parameters, error codes.
//
// The facts are text files, one a product, embedded and parsed when a product is first asked for.
package catalog

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
	Binary
)

// String is the kind's name in messages: "string", "int64", "uint64", "float", "bool".
func (k Kind) String() string {
	return [...]string{"string", "int64", "uint64", "float", "bool", "float", "object", "binary"}[k]
}

// Product is one cloud product: cvm.
type Product struct {
	Name     string
	Versions []*Version // oldest first
}

// Version is one dated API of a product: 2017-03-12.
type Version struct {
	Product string
	Date    string
	Actions []*Action // by name

	byName map[string]*Action
}

// Action is one operation, its parameters and what it answers.
type Action struct {
	Product, Version, Name string
	In, Out                *Shape
	Codes                  []string // error codes it may answer, common ones excepted; nil where no source lists them
}

// Shape is an object's members, in the order of the source.
type Shape struct {
	Name   string
	Fields []Field

	byName map[string]int
}

// Field is one member of a Shape.
type Field struct {
	Name     string
	Kind     Kind
	Lists    uint8 // how many lists enclose it: 0 for a value, 1 for [..], 2 for [[..]]
	Required bool
	Shape    *Shape // of an Object; nil otherwise
}

// Field finds a member by its exact name.
func (s *Shape) Field(name string) (*Field, bool) {
	i, ok := s.byName[name]
	if !ok {
		return nil, false
	}
	return &s.Fields[i], true
}

// Action finds an action by its exact name.
func (v *Version) Action(name string) (*Action, bool) {
	a, ok := v.byName[name]
	return a, ok
}
