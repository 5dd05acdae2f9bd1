package state

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// sight is all that can be seen of a table in a region.
type sight struct {
	Len                  int
	All, Newest, At, Get []seen
	Page, NewestPage     []seen // without the first two
	Brief                string // without the first two
	Next                 map[string]modelVersion
	Under                map[string]under // by index=key
}

// briefs tell of each table in another order.
var briefs = map[*Table[box]]*Brief[box]{boxes: NewBrief(boxes, true, tell), crates: NewBrief(crates, false, tell)}

func tell(b []byte, id string, row *box) []byte { return fmt.Appendf(b, "%s %s\n", id, row.State) }

// under is what an index holds under a key.
type under struct {
	Count                      int
	At                         []seen
	Where, Newest              []seen
	WhereFrom, WhereNewestFrom []seen // without the first two
}

var indexKeys = [][2]string{{"state", "PENDING"}, {"state", "RUNNING"}, {"tag", "x"}, {"tag", "z"}, {"tag", "STOPPED"}, {"tag", "none"}}

func (p *player) want(at place) sight {
	all := p.model.all(at, p.now, func(*box) bool { return true })
	s := sight{Len: len(all), All: all, At: all, Get: all, Newest: reversed(all),
		Page: skip(all, 2), NewestPage: skip(reversed(all), 2), Next: map[string]modelVersion{}, Under: map[string]under{}}
	told := s.Page
	if at.table == boxes.kind.name {
		told = s.NewestPage
	}
	for _, row := range told {
		s.Brief += string(tell(nil, row.ID, &row.Row))
	}
	for _, key := range indexKeys {
		found := p.model.all(at, p.now, func(b *box) bool { return slices.Contains(boxKeys(key[0], b), key[1]) })
		s.Under[key[0]+"="+key[1]] = under{Count: len(found), At: found, Where: found, Newest: reversed(found),
			WhereFrom: skip(found, 2), WhereNewestFrom: skip(reversed(found), 2)}
	}
	for _, r := range p.model.rows[at] {
		i := slices.IndexFunc(r.versions, func(v modelVersion) bool { return v.From.After(p.now) })
		if i >= 0 && r.at(p.now) != nil {
			s.Next[r.id] = r.versions[i]
		}
	}
	return s
}

func reversed(all []seen) []seen {
	all = slices.Clone(all)
	slices.Reverse(all)
	return all
}

func skip(all []seen, n int) []seen {
	if len(all) <= n {
		return nil
	}
	return all[n:]
}

func read(tx *Tx, t *Table[box]) sight {
	s := sight{Len: t.Len(tx), All: gather(t.All(tx)), Newest: gather(t.Newest(tx)), Page: page(t.Page(tx, 2, 1000, false)),
		NewestPage: page(t.Page(tx, 2, 1000, true)), Brief: strings.Join(briefs[t].Page(tx, 2, 1000), ""),
		Next: map[string]modelVersion{}, Under: map[string]under{}}
	for _, row := range s.All {
		b, _ := t.Get(tx, row.ID)
		s.Get = append(s.Get, seen{row.ID, *b})
		if at, b, ok := t.Next(tx, row.ID); ok {
			s.Next[row.ID] = modelVersion{at, b}
		}
	}
	for i := 0; ; i++ {
		id, b := t.At(tx, i)
		if b == nil {
			break
		}
		s.At = append(s.At, seen{id, *b})
	}
	for _, key := range indexKeys {
		x, k := key[0], key[1]
		s.Under[x+"="+k] = under{t.Count(tx, x, k), whereAt(tx, t, x, k), gather(t.Where(tx, x, k)), gather(t.WhereNewest(tx, x, k)),
			gather(t.WhereFrom(tx, x, k, 2)), gather(t.WhereNewestFrom(tx, x, k, 2))}
	}
	return s
}

func whereAt(tx *Tx, t *Table[box], index, key string) (all []seen) {
	for i := 0; ; i++ {
		id, b := t.WhereAt(tx, index, key, i)
		if b == nil {
			return all
		}
		all = append(all, seen{id, *b})
	}
}

func gather(rows iter.Seq2[string, *box]) (all []seen) {
	for id, b := range rows {
		all = append(all, seen{id, *b})
	}
	return all
}

func page(hits []Hit[box]) (all []seen) {
	for _, hit := range hits {
		all = append(all, seen{hit.ID, *hit.Row})
	}
	return all
}
