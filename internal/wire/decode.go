package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// Decode fills into, a pointer to the SDK's parameter struct, from checked parameters. Members that the struct lacks are
// passed over, and null leaves a field as it is. An error means that catalog and SDK disagree on a type.
func (r *Request) Decode(into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("decode parameters: into a %T, not a struct", into)
	}
	d := decoder{tree: r.values(), share: len(r.Body)+len(r.RawQuery) <= shared}
	if d.share {
		d.strings, d.numbers = d.shelves()
	}
	return d.structure(0, layoutOf(v.Type().Elem()), v.UnsafePointer())
}

// shared is up to how many bytes a request is kept alive by a string decoded from it.
// Strings of larger ones are copied, or a row that keeps a name would keep the whole request.
const shared = 256

type decoder struct {
	tree
	share   bool
	strings []string // made at once for a small request: its pointers point here
	numbers []uint64
}

// shelves makes room for all strings and all numbers of the tree.
func (t tree) shelves() ([]string, []uint64) {
	strings, numbers := 0, 0
	for i := range t {
		switch t[i].kind {
		case text, untyped:
			strings++
		case number:
			numbers++
		}
	}
	return make([]string, strings), make([]uint64, numbers)
}

// shelve takes the first of what a shelf holds, or a new one if it holds no more.
func shelve[T any](shelf *[]T) *T {
	if len(*shelf) == 0 {
		return new(T)
	}
	p := &(*shelf)[0]
	*shelf = (*shelf)[1:]
	return p
}

func (d *decoder) structure(i int32, l *layout, p unsafe.Pointer) error {
	next := 0 // clients send members in the order of the struct, or nearly
	for m := i + 1; m < d.tree[i].end; m = d.tree[m].end {
		f, ok := l.field(d.tree[m].name, next)
		if !ok {
			continue
		}
		next = f + 1
		if err := d.value(m, l.fields[f].layout, unsafe.Add(p, l.fields[f].offset)); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) value(i int32, l *layout, p unsafe.Pointer) error {
	n := &d.tree[i]
	if n.kind == null {
		return nil
	}
	switch l.kind {
	case reflect.Pointer:
		return d.pointer(i, l, p)
	case reflect.Slice:
		return d.slice(i, l, p)
	case reflect.Struct:
		if n.kind != object {
			return d.mismatch(i, l)
		}
		return d.structure(i, l, p)
	}
	return d.scalar(i, l, p)
}

// pointer makes what the pointer at p shall point to.
func (d *decoder) pointer(i int32, l *layout, p unsafe.Pointer) error {
	var made unsafe.Pointer
	switch l.elem.kind {
	case reflect.String:
		made = unsafe.Pointer(shelve(&d.strings))
	case reflect.Int64, reflect.Uint64:
		made = unsafe.Pointer(shelve(&d.numbers))
	case reflect.Bool:
		made = unsafe.Pointer(new(bool))
	default:
		made = reflect.New(l.elem.typ).UnsafePointer()
	}
	*(*unsafe.Pointer)(p) = made
	return d.value(i, l.elem, made)
}

func (d *decoder) slice(i int32, l *layout, p unsafe.Pointer) error {
	if l.raw {
		*(*json.RawMessage)(p) = d.appendJSON(nil, i)
		return nil
	}
	if d.tree[i].kind != list {
		return d.mismatch(i, l)
	}
	n := 0
	for m := i + 1; m < d.tree[i].end; m = d.tree[m].end {
		n++
	}
	var data unsafe.Pointer
	if l.elem.kind == reflect.Pointer {
		data = unsafe.Pointer(unsafe.SliceData(make([]unsafe.Pointer, n))) // any pointers are alike, and this is quicker
	} else {
		data = reflect.MakeSlice(l.typ, n, n).UnsafePointer()
	}
	*(*sliceHeader)(p) = sliceHeader{data, n, n}
	at := uintptr(0)
	for m := i + 1; m < d.tree[i].end; m = d.tree[m].end {
		if err := d.value(m, l.elem, unsafe.Add(data, at)); err != nil {
			return err
		}
		at += l.elem.size
	}
	return nil
}

func (d *decoder) scalar(i int32, l *layout, p unsafe.Pointer) error {
	n := &d.tree[i]
	var err error
	switch {
	case l.kind == reflect.String && n.scalar():
		*(*string)(p) = d.keep(n.text)
	case l.kind == reflect.Int64 && n.kind == number:
		*(*int64)(p), err = strconv.ParseInt(n.text, 10, 64)
	case l.kind == reflect.Uint64 && n.kind == number:
		*(*uint64)(p), err = strconv.ParseUint(n.text, 10, 64)
	case l.kind == reflect.Float64 && n.kind == number:
		*(*float64)(p), err = strconv.ParseFloat(n.text, 64)
	case l.kind == reflect.Bool && n.kind == boolean:
		*(*bool)(p) = n.text == "true"
	case l.kind == reflect.Invalid || l.kind != reflect.String && scalar(l.kind):
		err = json.Unmarshal(d.appendJSON(nil, i), reflect.NewAt(l.typ, p).Interface())
	default:
		return d.mismatch(i, l)
	}
	if err != nil {
		return d.mismatch(i, l)
	}
	return nil
}

// scalar says whether n has a text. A number may go into a string: Check lets that pass where the cloud does.
func (n *node) scalar() bool { return n.kind == text || n.kind == number || n.kind == untyped }

func (d *decoder) keep(s string) string {
	if d.share {
		return s
	}
	return strings.Clone(s)
}

func (d *decoder) mismatch(i int32, l *layout) error {
	return fmt.Errorf("decode parameter %s: the catalog's type does not go into a %v", d.path(i), l.typ)
}

// appendJSON writes node i as JSON again.
func (t tree) appendJSON(b []byte, i int32) []byte {
	n := &t[i]
	switch n.kind {
	case text, untyped:
		return appendString(b, n.text)
	case object, list:
		opening, closing := byte('{'), byte('}')
		if n.kind == list {
			opening, closing = '[', ']'
		}
		b = append(b, opening)
		for m := i + 1; m < n.end; m = t[m].end {
			if m > i+1 {
				b = append(b, ',')
			}
			if n.kind == object {
				b = append(appendString(b, t[m].name), ':')
			}
			b = t.appendJSON(b, m)
		}
		return append(b, closing)
	}
	return append(b, n.text...)
}
