package state

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// ledger rows hold sums that only ever move from one to another, so that a torn view shows.
type ledger struct {
	Sum  int
	Even bool
}

var ledgers = NewTable("test.ledger", By("even", func(_ string, l *ledger) []string { return []string{fmt.Sprint(l.Even)} }))

const accounts, total = 40, 4000

// move takes one from a ledger in the region to one of no region, now, and brings it back when time has passed.
func move(tx *Tx, i int) {
	add := func(tx *Tx, sec, i, n int) {
		ledgers.Edit(tx, after(sec), fmt.Sprint(i%accounts), func(l *ledger) { l.Sum, l.Even = l.Sum+n, (l.Sum+n)%2 == 0 })
	}
	add(tx, i, i, -1)
	add(tx.In(""), i, i*7, 1)
	add(tx, i+3, i, 1)
	add(tx.In(""), i+3, i*7, -1)
}

// checkLedgers answers what is wrong with a view.
func checkLedgers(tx *Tx) error {
	sum, rows, even := 0, 0, 0
	for _, region := range []string{"", home.Region} {
		tx := tx.In(region)
		for id, l := range ledgers.All(tx) {
			again, _ := ledgers.Get(tx, id)
			if again != l || l.Even != (l.Sum%2 == 0) {
				return fmt.Errorf("%s: %+v and then %+v", id, l, again)
			}
			sum, rows = sum+l.Sum, rows+1
			if l.Even {
				even++
			}
		}
		even -= ledgers.Count(tx, "even", "true")
	}
	if sum != total || rows != 2*accounts || even != 0 {
		return fmt.Errorf("got sum %d of %d rows, want %d of %d; the index is %d wrong", sum, rows, total, 2*accounts, even)
	}
	return nil
}

func TestReadersSeeWholeTransactions(t *testing.T) {
	t.Parallel()
	for name, j := range map[string]journal.Journal{"memory": journal.Memory{}, "durable": newEngine(nil)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, j)
			update(t, s, 0, func(tx *Tx) {
				for i := range accounts {
					ledgers.Put(tx, fmt.Sprint(i), ledger{total / accounts, true})
					ledgers.Put(tx.In(""), fmt.Sprint(i), ledger{0, true})
				}
			})
			var clock atomic.Int64
			var readers sync.WaitGroup
			for range 4 {
				readers.Go(func() {
					for now := clock.Load(); now >= 0; now = clock.Load() {
						if err := s.View(home, after(int(now)), checkLedgers); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			for i := range 400 {
				clock.Store(int64(i))
				update(t, s, i, func(tx *Tx) { move(tx, i) })
			}
			clock.Store(-1)
			readers.Wait()
			view(t, s, 1000, func(tx *Tx) {
				if l, _ := ledgers.Get(tx, "1"); l.Sum != total/accounts {
					t.Errorf("when all is back: got %d, want %d", l.Sum, total/accounts)
				}
			})
		})
	}
}
