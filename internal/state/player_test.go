package state

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/state/journal"
)

var crates = NewTable("test.crate", boxIndexes()...)

var modelTables = map[string]*Table[box]{"test.box": boxes, "test.crate": crates}

var errNo = errors.New("no")

// player makes the same random moves on a store and on the model.
type player struct {
	*rand.Rand
	model *model
	now   time.Time
}

func (p *player) place() place {
	return place{[]string{"", "ap-guangzhou", "ap-beijing"}[p.IntN(3)], []string{"test.box", "test.crate"}[p.IntN(2)]}
}

func (p *player) id() string { return fmt.Sprint("id-", p.IntN(12)) }

func (p *player) box() box {
	name := fmt.Sprint(p.IntN(100))
	b := box{State: p.state(), Name: &name}
	for _, tag := range []string{"x", "y", "z"} {
		if p.IntN(3) == 0 {
			b.Tags = append(b.Tags, &tag)
		}
	}
	return b
}

func (p *player) state() string { return []string{"PENDING", "RUNNING", "STOPPED"}[p.IntN(3)] }

// instant is one now or later, seldom one before.
func (p *player) instant() time.Time { return p.now.Add(time.Duration(p.IntN(40)-8) * time.Second) }

func (p *player) move(tx *Tx) error {
	at, id, then := p.place(), p.id(), p.instant()
	table, tx := modelTables[at.table], tx.In(at.region)
	switch p.IntN(6) {
	case 0, 1:
		b := p.box()
		table.Put(tx, id, b)
		p.model.put(at, id, p.now, b)
	case 2, 3:
		state, tag := p.state(), p.state()
		f := func(b *box) { b.State, b.Tags = state, append(slices.Clone(b.Tags), &tag) }
		if got, want := table.Edit(tx, then, id, f), p.model.edit(at, id, then, p.now, f); got != want {
			return fmt.Errorf("edit %s at %s: got %v, want %v", id, then, got, want)
		}
	case 4:
		table.Delete(tx, then, id)
		p.model.delete(at, id, then, p.now)
	default: // a loop that writes meets what was there when it began
		for id, b := range table.Where(tx, "state", "RUNNING") {
			then := p.instant()
			f := func(b *box) { b.State = "STOPPED" }
			if got, want := table.Edit(tx, then, id, f), p.model.edit(at, id, then, p.now, f); got != want || b.State != "RUNNING" {
				return fmt.Errorf("loop at %s, edit at %s: got %v %+v, want %v", id, then, got, b, want)
			}
		}
	}
	return p.compareAt(tx, at)
}

// update makes some moves in one transaction, which sometimes fails.
func (p *player) update(s *Store) error { return p.updateAnd(s, func() {}) }

// updateAnd is update that calls moved at the end of the transaction, before its outcome is known.
func (p *player) updateAnd(s *Store, moved func()) error {
	before := p.model.copy()
	err := s.Update(home, p.now, func(tx *Tx) error {
		defer moved()
		for range 1 + p.IntN(4) {
			if err := p.move(tx); err != nil {
				return err
			}
		}
		if p.IntN(5) == 0 {
			p.model = before
			return errNo
		}
		return nil
	})
	if errors.Is(err, errNo) {
		return nil
	}
	return err
}

// compare reads everything there is to read, in every way.
func (p *player) compare(tx *Tx) error {
	for name := range modelTables {
		for _, region := range []string{"", "ap-guangzhou", "ap-beijing"} {
			if err := p.compareAt(tx, place{region, name}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *player) compareAt(tx *Tx, at place) error {
	got, want := read(tx.In(at.region), modelTables[at.table]), p.want(at)
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("%s in %q at %s (-want +got):\n%s", at.table, at.region, tx.Now, cmp.Diff(want, got))
	}
	return nil
}

// play makes n steps: transactions, and time. reopen, if any, is another store on the same journal.
func play(t *testing.T, seed uint64, n int, s *Store, reopen func(*Store) *Store) {
	p := &player{rand.New(rand.NewPCG(seed, 0)), &model{map[place][]*modelRow{}}, t0}
	for i := range n {
		if err := p.update(s); err != nil {
			t.Fatalf("seed %d, step %d: %v", seed, i, err)
		}
		p.now = p.now.Add(time.Duration(p.IntN(10)) * time.Second)
		if reopen != nil && p.IntN(20) == 0 {
			s = reopen(s)
		}
		if err := s.View(home, p.now, p.compare); err != nil {
			t.Fatalf("seed %d, after step %d: %v", seed, i, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestStoreBehavesLikeTheModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		play(t, seed, 150, open(t, journal.Memory{}, WithDetector()), nil)
	}
}

func TestStoreBehavesLikeTheModelOverRestarts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		dir := t.TempDir()
		play(t, seed, 100, open(t, openFile(t, dir), WithDetector()), func(s *Store) *Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, openFile(t, dir), WithDetector())
		})
	}
}
