package wire

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"unsafe"
)

// layout is how values of one Go type lie in memory, found by reflection once, so that reading and writing them needs none.
type layout struct {
	kind   reflect.Kind // Invalid: what only encoding/json knows
	raw    bool         // json.RawMessage
	own    bool         // an Appender, by its pointer
	typ    reflect.Type
	size   uintptr
	elem   *layout  // of a pointer or slice
	fields []member // of a struct
	byName map[string]int
}

// member is a field of a struct as it stands on the wire.
type member struct {
	name   string
	key    string // ,"Name":
	null   string // ,"Name":null
	offset uintptr
	nils   bool // whether its zero value is a nil pointer, which a list's data is too
	*layout
}

// layouts remembers what reflection found. It is a cache: it only ever gains what is true of a type for good.
var layouts sync.Map // reflect.Type → *layout

func layoutOf(t reflect.Type) *layout {
	if l, ok := layouts.Load(t); ok {
		return l.(*layout)
	}
	b := builder{}
	l := b.layout(t)
	for t, l := range b {
		layouts.LoadOrStore(t, l)
	}
	return l
}

// field gives the index of the field with this name. The guess is looked at first.
func (l *layout) field(name string, guess int) (int, bool) {
	if guess < len(l.fields) && l.fields[guess].name == name {
		return guess, true
	}
	i, ok := l.byName[name]
	return i, ok
}

// builder makes the layout of a type and all it contains. It remembers those begun, as types may contain themselves.
type builder map[reflect.Type]*layout

func (b builder) layout(t reflect.Type) *layout {
	if l, ok := b[t]; ok {
		return l
	}
	if l, ok := layouts.Load(t); ok {
		return l.(*layout)
	}
	l := &layout{kind: t.Kind(), typ: t, size: t.Size()}
	b[t] = l
	switch {
	case reflect.PointerTo(t).Implements(reflect.TypeFor[Appender]()):
		l.kind, l.own = reflect.Invalid, true
	case t == reflect.TypeFor[json.RawMessage]():
		l.raw = true
	case t.Implements(reflect.TypeFor[json.Marshaler]()), t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		l.kind = reflect.Invalid
	case t.Kind() == reflect.Struct:
		l.fields = b.members(t, 0)
		l.byName = make(map[string]int, len(l.fields))
		for i, f := range l.fields {
			l.byName[f.name] = i
		}
	case t.Kind() == reflect.Pointer, t.Kind() == reflect.Slice:
		l.elem = b.layout(t.Elem())
	case !scalar(t.Kind()):
		l.kind = reflect.Invalid
	}
	return l
}

func scalar(k reflect.Kind) bool {
	return k == reflect.String || k == reflect.Bool ||
		reflect.Int <= k && k <= reflect.Uint64 || k == reflect.Float32 || k == reflect.Float64
}

// members lists the wire fields of a struct. An embedded struct's fields count as its own; an outer one hides an inner.
// An embedded pointer is the SDK's BaseResponse, which is not on the wire.
func (b builder) members(t reflect.Type, base uintptr) []member {
	var own, inner []member
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			inner = append(inner, b.members(f.Type, base+f.Offset)...)
			continue
		}
		name := wireName(f)
		if f.Anonymous || !f.IsExported() || name == "-" {
			continue
		}
		key := "," + string(appendString(nil, name)) + ":"
		own = append(own, member{
			name: name, key: key, null: key + "null", offset: base + f.Offset,
			nils: f.Type.Kind() == reflect.Pointer || f.Type.Kind() == reflect.Slice, layout: b.layout(f.Type),
		})
	}
	for _, m := range inner {
		if !has(own, m.name) {
			own = append(own, m)
		}
	}
	return own
}

func has(all []member, name string) bool {
	for _, m := range all {
		if m.name == name {
			return true
		}
	}
	return false
}

// wireName is what the SDK's tags call a field.
func wireName(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
		return name
	}
	return f.Name
}

// sliceHeader is how a slice of anything lies in memory.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}
