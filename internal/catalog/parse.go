package catalog

import "strings"

// reader builds a product from its text, a line at a time. A line's first word says what it is about: version,
// action, in, out, code, shape; one that starts with a space is a member of the shape last named. Counting lines
// beforehand lets each sort of thing lie in one array, and every string is a piece of the text.
type reader struct {
	product *Product
	version *Version
	action  *Action
	rates   map[string]int

	shape   *Shape
	named   map[string]*Shape // of the version, as soon as they are mentioned
	actions []Action
	refs    []*Action
	shapes  []Shape
	fields  []Field
	codes   []string
}

// parse reads a product's facts. It trusts them: they are the project's own, and a test writes each back.
func parse(name, text string, rates map[string]int) *Product {
	actions := strings.Count(text, "\naction ")
	r := &reader{
		product: &Product{Name: name},
		rates:   rates,
		actions: make([]Action, 0, actions),
		refs:    make([]*Action, 0, actions),
		shapes:  make([]Shape, 0, 2*actions+strings.Count(text, "\nshape ")),
		fields:  make([]Field, 0, strings.Count(text, "\n ")),
		codes:   make([]string, 0, strings.Count(text, "\ncode ")),
	}
	for line := range strings.Lines(text) {
		r.read(line[:len(line)-1])
	}
	return r.product
}

func (r *reader) read(line string) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "":
		r.addField(rest)
	case "version":
		r.version = &Version{Product: r.product.Name, Date: rest}
		r.product.Versions = append(r.product.Versions, r.version)
		r.named = map[string]*Shape{}
	case "action":
		r.addAction(rest)
	case "in":
		r.action.In = r.begin(r.newShape(r.action.Name + "Request"))
	case "out":
		r.action.Out = r.begin(r.newShape(r.action.Name + "Response"))
	case "shape":
		r.begin(r.shapeOf(rest))
	case "code":
		r.codes = append(r.codes, rest)
		r.action.Codes = tail(r.codes, len(r.action.Codes)+1)
	}
}

func (r *reader) addAction(name string) {
	r.actions = append(r.actions, Action{Product: r.product.Name, Version: r.version.Date, Name: name, Rate: DefaultRate})
	r.action = &r.actions[len(r.actions)-1]
	if rate, ok := r.rates[name]; ok {
		r.action.Rate = rate
	}
	r.refs = append(r.refs, r.action)
	r.version.Actions = tail(r.refs, len(r.version.Actions)+1)
}

// addField reads "Filters []Filter !": a name, the lists around it and its kind, and a mark if it is required.
func (r *reader) addField(text string) {
	name, kind, _ := strings.Cut(text, " ")
	f := Field{Name: name}
	kind, f.Required = strings.CutSuffix(kind, " !")
	for strings.HasPrefix(kind, "[]") {
		kind = kind[2:]
		f.Lists++
	}
	if f.Kind = kindOf(kind); f.Kind == Object {
		f.Shape = r.shapeOf(kind)
	}
	r.fields = append(r.fields, f)
	r.shape.Fields = tail(r.fields, len(r.shape.Fields)+1)
}

func kindOf(word string) Kind {
	switch word {
	case "string":
		return String
	case "int64":
		return Int64
	case "uint64":
		return Uint64
	case "float":
		return Float
	case "bool":
		return Bool
	case "number":
		return Number
	default:
		return Object
	}
}

func (r *reader) begin(s *Shape) *Shape {
	r.shape = s
	return s
}

// shapeOf is the shape of this name, which may come to be mentioned before, or in the midst of, its own members.
func (r *reader) shapeOf(name string) *Shape {
	s, ok := r.named[name]
	if !ok {
		s = r.newShape(name)
		r.named[name] = s
	}
	return s
}

func (r *reader) newShape(name string) *Shape {
	r.shapes = append(r.shapes, Shape{Name: name})
	return &r.shapes[len(r.shapes)-1]
}

// tail is the last n of a list, closed, so that appending to it would copy.
func tail[T any](list []T, n int) []T {
	return list[len(list)-n : len(list) : len(list)]
}
