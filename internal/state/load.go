package state

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// load reads the journal. Rows stay encoded until their table is asked for.
func (s *Store) load() error {
	found := map[string]map[place][]slot{}
	err := s.journal.Load(func(name string, revision uint64, e journal.Entry) error {
		if found[name] == nil {
			found[name] = map[place][]slot{}
			s.account(name).shown.Load().revision = revision
		}
		if e.Table == "" {
			return nil // an account without rows
		}
		l, err := decodeLife(e.ID, e.Data)
		if err != nil {
			return fmt.Errorf("row %s of %s, account %s: %w", e.ID, e.Table, name, err)
		}
		p := place{e.Region, e.Table}
		found[name][p] = append(found[name][p], slot{e.Seq, l})
		return nil
	})
	for name, places := range found {
		s.account(name).shown.Load().fill(places)
	}
	return err
}

// fill puts rows where they belong. Only while nobody else sees r.
func (r *root) fill(places map[place][]slot) {
	r.shelves = map[string]map[string]*shelf{}
	for p, slots := range places {
		if r.shelves[p.region] == nil {
			r.shelves[p.region] = map[string]*shelf{}
		}
		r.shelves[p.region][p.table] = newShelf(loaded(slots))
		for _, s := range slots {
			r.seq = max(r.seq, s.seq)
			if c := s.later; c != nil {
				r.due.Set(boundary{c.at, address{p, s.seq, s.id}})
			}
		}
	}
}

func loaded(slots []slot) *part {
	p := newPart(nil)
	p.stamp = loadedStamp
	slices.SortFunc(slots, bySeq)
	ids := make([]entry, len(slots))
	for i, s := range slots {
		p.rows.Set(s)
		ids[i] = entry{hash(s.id), s.seq}
	}
	p.ids = sorted(ids)
	return p
}

// Dump hands over every row as the journal holds it, in the shape that Load of a journal does, ordered by account,
// region, table and id: what has been settled, but not yet told to the journal, is left out.
func (s *Store) Dump(f func(account string, revision uint64, e journal.Entry) error) error {
	for _, name := range s.Accounts() {
		r := s.account(name).shown.Load()
		for _, p := range r.places() {
			rows := r.shelves[p.region][p.table].part.Load()
			for _, at := range slices.SortedFunc(rows.rows.All(), func(a, b slot) int { return cmp.Compare(a.id, b.id) }) {
				if err := f(name, r.revision, journal.Entry{Region: p.region, Table: p.table, Seq: at.seq, ID: at.id, Data: encode(at.life)}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// places is where r has parts, in order.
func (r *root) places() []place {
	var all []place
	for region, tables := range r.shelves {
		for table := range tables {
			all = append(all, place{region, table})
		}
	}
	slices.SortFunc(all, func(a, b place) int { return cmp.Or(cmp.Compare(a.region, b.region), cmp.Compare(a.table, b.table)) })
	return all
}
