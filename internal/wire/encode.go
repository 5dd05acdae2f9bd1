package wire

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// An Appender knows its own wire JSON. It is asked by pointer.
type Appender interface{ AppendWire(b []byte) []byte }

// Append appends the wire JSON of v, in which a nil pointer or nested nil list is null.
// A json.RawMessage is spliced as it is; maps are left to encoding/json.
func Append(b []byte, v any) []byte {
	if v == nil {
		return append(b, "null"...)
	}
	l, p := view(v)
	return l.append(b, p)
}

// view gives the layout of what v holds, or points to, and its address.
func view(v any) (*layout, unsafe.Pointer) {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && !rv.IsNil() {
		if l := layoutOf(rv.Type()); l.kind == reflect.Pointer {
			return l.elem, rv.UnsafePointer()
		}
	}
	copied := reflect.New(rv.Type())
	copied.Elem().Set(rv)
	return layoutOf(rv.Type()), copied.UnsafePointer()
}

func (l *layout) append(b []byte, p unsafe.Pointer) []byte {
	for l.kind == reflect.Pointer {
		if p = *(*unsafe.Pointer)(p); p == nil {
			return append(b, "null"...)
		}
		l = l.elem
	}
	switch l.kind {
	case reflect.String:
		return appendString(b, *(*string)(p))
	case reflect.Int64:
		return strconv.AppendInt(b, *(*int64)(p), 10)
	case reflect.Uint64:
		return strconv.AppendUint(b, *(*uint64)(p), 10)
	case reflect.Bool:
		return strconv.AppendBool(b, *(*bool)(p))
	case reflect.Struct:
		return l.appendStruct(b, p)
	case reflect.Slice:
		return l.appendList(b, p)
	case reflect.Float64:
		return appendFloat(b, *(*float64)(p), 64)
	}
	return l.appendRare(b, p)
}

func (l *layout) appendStruct(b []byte, p unsafe.Pointer) []byte {
	if len(l.fields) == 0 {
		return append(b, '{', '}')
	}
	start := len(b)
	for i := range l.fields {
		f := &l.fields[i]
		q := unsafe.Add(p, f.offset)
		if f.nils && *(*unsafe.Pointer)(q) == nil {
			b = append(b, f.null...)
			continue
		}
		b = append(b, f.key...)
		b = f.append(b, q)
	}
	b[start] = '{' // where the first key has its comma
	return append(b, '}')
}

func (l *layout) appendList(b []byte, p unsafe.Pointer) []byte {
	h := (*sliceHeader)(p)
	switch {
	case l.raw && h.len == 0, h.data == nil:
		return append(b, "null"...)
	case l.raw:
		return append(b, *(*[]byte)(p)...)
	}
	b = append(b, '[')
	for i := range h.len {
		if i > 0 {
			b = append(b, ',')
		}
		b = l.elem.append(b, unsafe.Add(h.data, uintptr(i)*l.elem.size))
	}
	return append(b, ']')
}

// appendRare writes what SDK structs hardly hold: Appenders, numbers of other sizes, maps, interfaces.
func (l *layout) appendRare(b []byte, p unsafe.Pointer) []byte {
	if l.own {
		return reflect.NewAt(l.typ, p).Interface().(Appender).AppendWire(b)
	}
	v := reflect.NewAt(l.typ, p).Elem()
	switch {
	case v.CanInt():
		return strconv.AppendInt(b, v.Int(), 10)
	case v.CanUint():
		return strconv.AppendUint(b, v.Uint(), 10)
	case v.CanFloat():
		return appendFloat(b, v.Float(), 32)
	case v.Kind() == reflect.Interface && v.NumMethod() == 0:
		return Append(b, v.Interface())
	}
	text, err := json.Marshal(v.Interface())
	if err != nil {
		return append(b, "null"...) // a channel or function: nothing that an answer could mean
	}
	return append(b, text...)
}

// appendFloat writes the shortest text that reads back the same, without exponent but for extreme sizes.
func appendFloat(b []byte, f float64, bits int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(b, "null"...)
	}
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		return strconv.AppendFloat(b, f, 'e', -1, bits)
	}
	return strconv.AppendFloat(b, f, 'f', -1, bits)
}

// appendString writes s as a JSON string, escaping only what must be.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	if ordinary(s) {
		return append(append(b, s...), '"')
	}
	if !utf8.ValidString(s) {
		s = printable(s)
	}
	for {
		end := plain(s, 0)
		b = append(b, s[:end]...)
		if end == len(s) {
			return append(b, '"')
		}
		b = appendEscape(b, s[end])
		s = s[end+1:]
	}
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	const hex = "0123456789abcdef"
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
