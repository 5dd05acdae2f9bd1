package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// sample is what one round found of one server.
type sample struct {
	answers   int
	took      time.Duration
	cpu       time.Duration // of the server; 0 where the system does not tell
	latencies []time.Duration
}

func (s sample) rate() float64 { return float64(s.answers) / s.took.Seconds() }

// cost is the server's work for one answer in microseconds.
func (s sample) cost() float64 { return float64(s.cpu.Microseconds()) / float64(s.answers) }

// p99 is in microseconds.
func (s sample) p99() float64 {
	return float64(s.latencies[len(s.latencies)*99/100].Nanoseconds()) / 1e3
}

// drive keeps every connection busy for d: each sends the requests in an order of its own, the next as soon as the last
// is answered.
func drive(ctx context.Context, s *server, connections int, d time.Duration, requests [][]byte) (sample, error) {
	clients := make([]*client, connections)
	for i := range clients {
		c, err := dial(s.address)
		if err != nil {
			return sample{}, err
		}
		defer c.Close()
		if _, err := c.exchange(requests[0]); err != nil { // the connection's own cost is not asked for
			return sample{}, err
		}
		clients[i] = c
	}
	var (
		work  sync.WaitGroup
		mu    sync.Mutex
		total sample
		fault error
	)
	cpu, began := s.cpu(), time.Now()
	for i, c := range clients {
		work.Go(func() {
			latencies, err := c.drive(ctx, began.Add(d), requests, i*len(requests)/connections)
			mu.Lock()
			defer mu.Unlock()
			total.latencies = append(total.latencies, latencies...)
			if err != nil {
				fault = fmt.Errorf("under load: %w", err)
			}
		})
	}
	work.Wait()
	total.took, total.cpu, total.answers = time.Since(began), s.cpu()-cpu, len(total.latencies)
	if fault == nil && total.answers == 0 {
		fault = fmt.Errorf("no answer in %v", d)
	}
	slices.Sort(total.latencies)
	return total, fault
}

// drive sends requests from the one numbered first on, until the time is up.
func (c *client) drive(ctx context.Context, until time.Time, requests [][]byte, first int) (latencies []time.Duration, err error) {
	for now := time.Now(); now.Before(until) && ctx.Err() == nil; {
		if _, err := c.exchange(requests[first%len(requests)]); err != nil {
			return latencies, err
		}
		first++
		then := now
		now = time.Now()
		latencies = append(latencies, now.Sub(then))
	}
	return latencies, ctx.Err()
}

// duel drives two servers in turns. Requests are made anew for each round, and are the same for both sides of it.
func (l *lab) duel(ctx context.Context, one, other *server, requests func() [][]byte) (ones, others []sample, err error) {
	for i := range l.rounds + 1 {
		all := requests()
		sides := []*server{one, other}
		if i%2 == 1 {
			slices.Reverse(sides)
		}
		for _, s := range sides {
			found, err := drive(ctx, s, l.connections, l.round, all)
			switch {
			case err != nil:
				return nil, nil, err
			case i == 0: // to warm up
			case s == one:
				ones = append(ones, found)
			default:
				others = append(others, found)
			}
		}
	}
	return ones, others, nil
}
