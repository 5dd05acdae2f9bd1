package state

import (
	"fmt"
	"unsafe"
)

// memo is something derived from a version. Memos of one version form a list; there are few.
type memo struct {
	value any // *D
	next  *memo
}

// derived is what a Memo keeps.
type derived[S comparable, D any] struct {
	of    S
	value D
}

// Memo is what make derives from row, which a table has handed out, and from whatever else stands at of: Stamps. It is kept
// with that version of the row until somebody asks with another of. The types are its name: two derivations from one table
// are two types. Two readers at once may both make it, so make has no effect but its answer, which nobody may change.
func Memo[T any, S comparable, D any](row *T, of S, make func() D) D {
	v := versionOf(row)
	if d := recall[derived[S, D]](v); d != nil && d.of == of {
		return d.value
	}
	d := &derived[S, D]{of, make()}
	attach(v, d)
	return d.value
}

// versionOf is the version of a row that a table has handed out. They are boxed together: to walk back is as good as to
// look the row up again, and spares a page of rows a third of its time.
func versionOf[T any](row *T) *version {
	b := (*boxed[T])(unsafe.Add(unsafe.Pointer(row), -int(unsafe.Offsetof(boxed[T]{}.value))))
	if b.row != any(row) {
		panic(fmt.Sprintf("state: a %T that no table has handed out", row))
	}
	return &b.version
}

// remember is v's memo of type D, made if it has none.
func remember[D any](v *version, make func() D) D {
	if d := recall[D](v); d != nil {
		return *d
	}
	d := make()
	attach(v, &d)
	return d
}

// recall is v's memo of type D, or nil.
func recall[D any](v *version) *D {
	for m := v.memo.Load(); m != nil; m = m.next {
		if d, ok := m.value.(*D); ok {
			return d
		}
	}
	return nil
}

// attach puts a memo in front of v's, in place of one of the same type.
func attach[D any](v *version, d *D) {
	for {
		first := v.memo.Load()
		if v.memo.CompareAndSwap(first, &memo{d, without[D](first)}) {
			return
		}
	}
}

// without is the list m but for its memo of type D.
func without[D any](m *memo) *memo {
	if m == nil {
		return nil
	}
	if _, same := m.value.(*D); same {
		return m.next
	}
	return &memo{m.value, without[D](m.next)}
}
