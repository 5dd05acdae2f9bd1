package state

import (
	"slices"
	"time"
)

// model is the store as anybody would write it who had all the time in the world: every version of every row, for ever.
type model struct {
	rows map[place][]*modelRow // by creation
}

type modelRow struct {
	id       string
	versions []modelVersion // by time
}

type modelVersion struct {
	From time.Time
	Row  *box // nil: gone
}

// seen is a row as a reader gets it.
type seen struct {
	ID  string
	Row box
}

func (r *modelRow) at(t time.Time) *box {
	var b *box
	for _, v := range r.versions {
		if !v.From.After(t) {
			b = v.Row
		}
	}
	return b
}

func (m *model) find(p place, id string, now time.Time) *modelRow {
	for _, r := range m.rows[p] {
		if r.id == id && r.at(now) != nil {
			return r
		}
	}
	return nil
}

func (m *model) all(p place, now time.Time, match func(*box) bool) (all []seen) {
	for _, r := range m.rows[p] {
		if b := r.at(now); b != nil && match(b) {
			all = append(all, seen{r.id, *b})
		}
	}
	return all
}

func (m *model) put(p place, id string, now time.Time, b box) {
	r := m.find(p, id, now)
	if r == nil {
		r = &modelRow{id: id}
		m.rows[p] = append(m.rows[p], r)
	}
	r.versions = []modelVersion{{now, &b}}
}

func (m *model) edit(p place, id string, at, now time.Time, f func(*box)) bool {
	r := m.find(p, id, now)
	if at.Before(now) {
		at = now
	}
	if r == nil || r.at(at) == nil {
		return false
	}
	cut := []modelVersion{{at, r.at(at)}}
	for _, v := range slices.Backward(r.versions) {
		if v.From.After(at) {
			cut = slices.Insert(cut, 1, v)
		}
	}
	r.versions = slices.DeleteFunc(r.versions, func(v modelVersion) bool { return !v.From.Before(at) })
	for _, v := range cut {
		if v.Row != nil {
			b := *v.Row
			f(&b)
			v.Row = &b
		}
		r.versions = append(r.versions, v)
	}
	return true
}

func (m *model) delete(p place, id string, at, now time.Time) {
	if r := m.find(p, id, now); r != nil {
		r.versions = slices.DeleteFunc(r.versions, func(v modelVersion) bool { return !v.From.Before(at) })
		r.versions = append(r.versions, modelVersion{at, nil})
	}
}

func (m *model) copy() *model {
	c := &model{map[place][]*modelRow{}}
	for p, rows := range m.rows {
		for _, r := range rows {
			c.rows[p] = append(c.rows[p], &modelRow{r.id, slices.Clone(r.versions)})
		}
	}
	return c
}
