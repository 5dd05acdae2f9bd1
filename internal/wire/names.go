package wire

// names finds the first name that is empty or stands twice in its object, and refuses it.
func (t tree) names() error {
	for i := range int32(len(t)) {
		if t[i].kind != object {
			continue
		}
		for c := i + 1; c < t[i].end; c = t[c].end {
			if t[c].name == "" {
				return emptyKey()
			}
		}
		if c := t.repeats(i); c >= 0 {
			return repeated(t.path(c))
		}
	}
	return nil
}

// few is up to how many names comparing each with each beats a map.
const few = 16

// repeats gives the first member of object i whose name an earlier one has, or -1.
func (t tree) repeats(i int32) int32 {
	n := 0
	for c := i + 1; c < t[i].end; c = t[c].end {
		n++
		if n > few {
			return t.repeatsOfMany(i)
		}
		for d := i + 1; d < c; d = t[d].end {
			if t[d].name == t[c].name {
				return c
			}
		}
	}
	return -1
}

func (t tree) repeatsOfMany(i int32) int32 {
	seen := map[string]bool{}
	for c := i + 1; c < t[i].end; c = t[c].end {
		if seen[t[c].name] {
			return c
		}
		seen[t[c].name] = true
	}
	return -1
}
