package state

import (
	"slices"
)

// sight is all that can be seen of a table in a region.
type sight struct {
	Len                  int
	All, Newest, At, Get []seen
	Where, WhereAt       map[string][]seen
	WhereNewest          map[string][]seen
	Count                map[string]int
	Next                 map[string]modelVersion
}

func newSight() sight {
	return sight{Where: map[string][]seen{}, WhereAt: map[string][]seen{}, WhereNewest: map[string][]seen{},
		Count: map[string]int{}, Next: map[string]modelVersion{}}
}

func (p *player) want(at place) sight {
	all := p.model.all(at, p.now, func(*box) bool { return true })
	s := newSight()
	s.Len, s.All, s.At, s.Get, s.Newest = len(all), all, all, all, slices.Clone(all)
	slices.Reverse(s.Newest)
	for _, key := range indexKeys {
		found := p.model.all(at, p.now, func(b *box) bool { return slices.Contains(boxKeys(key[0], b), key[1]) })
		name := key[0] + "=" + key[1]
		s.Where[name], s.WhereAt[name], s.WhereNewest[name], s.Count[name] = found, found, slices.Clone(found), len(found)
		slices.Reverse(s.WhereNewest[name])
	}
	for _, r := range p.model.rows[at] {
		i := slices.IndexFunc(r.versions, func(v modelVersion) bool { return v.From.After(p.now) })
		if i >= 0 && r.at(p.now) != nil {
			s.Next[r.id] = r.versions[i]
		}
	}
	return s
}

func read(tx *Tx, t *Table[box]) sight {
	s := newSight()
	s.Len = t.Len(tx)
	for id, b := range t.All(tx) {
		s.All = append(s.All, seen{id, *b})
		b, _ := t.Get(tx, id)
		s.Get = append(s.Get, seen{id, *b})
		if at, b, ok := t.Next(tx, id); ok {
			s.Next[id] = modelVersion{at, b}
		}
	}
	for id, b := range t.Newest(tx) {
		s.Newest = append(s.Newest, seen{id, *b})
	}
	for i := 0; ; i++ {
		id, b := t.At(tx, i)
		if b == nil {
			break
		}
		s.At = append(s.At, seen{id, *b})
	}
	for _, key := range indexKeys {
		readIndex(tx, t, key, s)
	}
	return s
}

func readIndex(tx *Tx, t *Table[box], key [2]string, s sight) {
	name := key[0] + "=" + key[1]
	s.Count[name] = t.Count(tx, key[0], key[1])
	s.Where[name], s.WhereAt[name], s.WhereNewest[name] = nil, nil, nil
	for id, b := range t.Where(tx, key[0], key[1]) {
		s.Where[name] = append(s.Where[name], seen{id, *b})
	}
	for id, b := range t.WhereNewest(tx, key[0], key[1]) {
		s.WhereNewest[name] = append(s.WhereNewest[name], seen{id, *b})
	}
	for i := 0; ; i++ {
		id, b := t.WhereAt(tx, key[0], key[1], i)
		if b == nil {
			break
		}
		s.WhereAt[name] = append(s.WhereAt[name], seen{id, *b})
	}
}

var indexKeys = [][2]string{{"state", "PENDING"}, {"state", "RUNNING"}, {"tag", "x"}, {"tag", "z"}, {"tag", "STOPPED"}, {"tag", "none"}}
