package wire

import "strconv"

// kind says what a value is. Untyped is the text of a query or form, which only the catalog can type.
type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	untyped
	object
	list
)

// tree is the parameters of a request in the order sent, parents before children. One slice holds them all:
// a walk chases no pointers, and the number that a caller wrote is kept as its text until somebody types it.
// The first node is the object of all parameters.
type tree []node

type node struct {
	name string // of a member of an object, else ""
	text string // of a scalar
	end  int32  // index of the first node behind this one and all within it
	kind kind
}

// maxValues bounds what a request can make us hold. Simulated: the cloud documents only a limit in bytes.
const maxValues = 1 << 20

// maxDepth bounds how deep values nest. Simulated: the cloud documents no limit; its deepest parameter nests below ten.
const maxDepth = 64

// find gives the member of object i that has this name, or -1.
func (t tree) find(i int32, name string) int32 {
	if t[i].kind != object {
		return -1
	}
	for c := i + 1; c < t[i].end; c = t[c].end {
		if t[c].name == name {
			return c
		}
	}
	return -1
}

// path names node i as messages do: Filters.0.Name.
func (t tree) path(i int32) string {
	var b []byte
	for p := int32(0); p != i; {
		c, ordinal := p+1, 0
		for t[c].end <= i {
			c = t[c].end
			ordinal++
		}
		if len(b) > 0 {
			b = append(b, '.')
		}
		if t[p].kind == list {
			b = strconv.AppendInt(b, int64(ordinal), 10)
		} else {
			b = append(b, t[c].name...)
		}
		p = c
	}
	return string(b)
}

// join is the path of a member of what prefix names.
func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}
