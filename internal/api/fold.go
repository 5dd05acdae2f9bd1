package api

import (
	"bytes"
	"encoding/binary"

	"github.com/tengyun/tengyun/internal/wire"
)

// Folded is the wire form of a part of an answer, to be kept and spliced into many answers. It is kept as its difference
// from a pattern, for of two instances that were launched together all but ids and addresses is the same: a tenth of the
// memory, and so many more that can be kept.
//
// A difference is a list of: how many bytes of the pattern to take, how many to leave out, how many others come instead,
// as varints, and those others. The rest of the pattern follows.
type Folded struct{ pattern, difference string }

// Fold makes the wire form of v. like is that of something alike, or the zero Folded.
func Fold(v any, like Folded) Folded {
	made := wire.Append(nil, v)
	if d, ok := difference([]byte(like.pattern), made); ok {
		return Folded{like.pattern, string(d)}
	}
	return Folded{pattern: string(made)}
}

// AppendWire appends the wire form. The encoder of answers knows of it.
func (f *Folded) AppendWire(b []byte) []byte {
	rest := f.pattern
	for d := f.difference; d != ""; {
		var take, leave, instead int
		take, d = length(d)
		leave, d = length(d)
		instead, d = length(d)
		b = append(b, rest[:take]...)
		b = append(b, d[:instead]...)
		rest, d = rest[take+leave:], d[instead:]
	}
	return append(b, rest...)
}

// length is the varint at the start of d, and what follows it.
func length(d string) (n int, rest string) {
	for i := 0; ; i++ {
		n |= int(d[i]&0x7f) << (7 * i)
		if d[i] < 0x80 {
			return n, d[i+1:]
		}
	}
}

// difference is what makes made of pattern; ok says whether that is worth while.
func difference(pattern, made []byte) (d []byte, ok bool) {
	most := len(made) / 2
	for len(d) <= most {
		take := common(pattern, made)
		pattern, made = pattern[take:], made[take:]
		if len(pattern) == 0 && len(made) == 0 {
			return d, true
		}
		leave, instead := member(pattern), member(made)
		for _, n := range [...]int{take, leave, instead} {
			d = binary.AppendUvarint(d, uint64(n))
		}
		d = append(d, made[:instead]...)
		pattern, made = pattern[leave:], made[instead:]
	}
	return nil, false
}

// common is how many bytes a and b have in common from their start.
func common(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// member is how far it is to where the next member of an object begins, or the end.
func member(b []byte) int {
	if i := bytes.Index(b, []byte(`,"`)); i >= 0 {
		return i
	}
	return len(b)
}
