package state

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// line starts an update and waits until it is in the line for the journal, or has failed.
func (p *player) line(s *Store) (done chan error) {
	done, ran := make(chan error, 1), make(chan bool)
	go func() { done <- p.updateAnd(s, func() { close(ran) }) }()
	<-ran
	a := s.account(home.Account)
	a.writing.Lock() // held by the writer until then
	defer a.writing.Unlock()
	return done
}

// TestStoreBehavesLikeTheModelWhileTheJournalIsBusy: writers go on in one another's nodes then, and some fail.
func TestStoreBehavesLikeTheModelWhileTheJournalIsBusy(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		gate := make(chan bool)
		kept := newEngine(func([]journal.Commit) error { <-gate; return nil })
		s := open(t, kept, WithDetector())
		p := &player{rand.New(rand.NewPCG(seed, 1)), &model{map[place][]*modelRow{}}, t0}
		joined := 0
		for step := range 40 {
			var writers []chan error
			for range 1 + p.IntN(10) {
				writers = append(writers, p.line(s))
				p.now = p.now.Add(time.Duration(p.IntN(10)) * time.Second)
				if d := s.account(home.Account).ahead; d != nil && d.joined {
					joined++
				}
			}
			for _, done := range writers {
				if err := await(done, gate); err != nil {
					t.Fatalf("seed %d, step %d: %v", seed, step, err)
				}
			}
			if err := s.View(home, p.now, p.compare); err != nil {
				t.Fatalf("seed %d, after step %d: %v", seed, step, err)
			}
		}
		if joined == 0 {
			t.Errorf("seed %d: no writer has joined another", seed)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := open(t, kept).View(home, p.now, p.compare); err != nil {
			t.Errorf("seed %d, from the journal: %v", seed, err)
		}
	}
}

// await lets batches pass until a writer is done.
func await(done chan error, gate chan bool) error {
	for {
		select {
		case err := <-done:
			return err
		case gate <- true:
		}
	}
}
