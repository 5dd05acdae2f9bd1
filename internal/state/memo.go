package state

// memo is something derived from a version. Memos of one version form a list; there are few.
type memo struct {
	value any // *D
	next  *memo
}

// Memo is what make derives from the version of row id that holds now, made once and kept with that version. The type D
// is its name: two derivations from one table are two types. Two readers at once may both make it, so make has no effect
// but its answer, which nobody may change.
func Memo[T, D any](t *Table[T], tx *Tx, id string, make func(id string, row *T) D) (D, bool) {
	s, ok := tx.read(&t.kind).find(id)
	if !ok {
		var none D
		return none, false
	}
	return remember(s.now, func() D { return make(id, t.row(tx, s)) }), true
}

// remember is v's memo of type D, made if it has none.
func remember[D any](v *version, make func() D) D {
	if d := recall[D](v); d != nil {
		return *d
	}
	d := make()
	for {
		first := v.memo.Load()
		if v.memo.CompareAndSwap(first, &memo{&d, first}) {
			return d
		}
	}
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
