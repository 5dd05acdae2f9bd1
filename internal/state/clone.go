package state

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
)

// clone makes to a copy of from that shares nothing with it.
func clone[T any](to, from *T) { deepen(reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()) }

// deepen makes to a copy of from, and of all that from points to.
func deepen(to, from reflect.Value) {
	to.Set(from)
	switch from.Kind() {
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			deepen(to.Elem(), from.Elem())
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
			deepenAll(to, from)
		}
	case reflect.Array:
		deepenAll(to, from)
	case reflect.Map:
		if !from.IsNil() {
			to.Set(reflect.MakeMapWithSize(from.Type(), from.Len()))
			for entry := from.MapRange(); entry.Next(); {
				value := reflect.New(from.Type().Elem()).Elem()
				deepen(value, entry.Value())
				to.SetMapIndex(entry.Key(), value)
			}
		}
	case reflect.Struct:
		for i := range from.NumField() {
			if to.Field(i).CanSet() { // what is not exported belongs to values such as time.Time, which never change
				deepen(to.Field(i), from.Field(i))
			}
		}
	}
}

func deepenAll(to, from reflect.Value) {
	if flat(from.Type().Elem().Kind()) {
		reflect.Copy(to, from)
		return
	}
	for i := range from.Len() {
		deepen(to.Index(i), from.Index(i))
	}
}

func flat(k reflect.Kind) bool { return k <= reflect.Complex128 || k == reflect.String }

// mustKeep panics if JSON would not give a T back as it was, naming the field that it would lose.
func mustKeep[T any](table string) {
	if lost := losing(reflect.TypeFor[T](), map[reflect.Type]bool{}); lost != "" {
		panic(fmt.Sprintf("state: table %s: %s%s would be lost", table, reflect.TypeFor[T](), lost))
	}
}

// losing is the path to something in t that JSON loses, or "".
func losing(t reflect.Type, seen map[reflect.Type]bool) string {
	if seen[t] || marshals(t) {
		return ""
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return losing(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() || f.Tag.Get("json") == "-" {
				return "." + f.Name
			}
			if lost := losing(f.Type, seen); lost != "" {
				return "." + f.Name + lost
			}
		}
	case reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return " (" + t.String() + ")"
	default: // plain values
	}
	return ""
}

// marshals says whether t speaks for itself.
func marshals(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Marshaler]()) || p.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}
