package main

import (
	"context"
	"fmt"
	"math/rand/v2"
)

const (
	pageSize = 20
	pages    = 4096 // different requests of a round
	ordinary = 10_000
)

// randomPages makes the calls of a round: pages at random offsets of n instances.
func randomPages(action string, n int) func() [][]byte {
	return func() [][]byte {
		all := make([][]byte, pages)
		for i := range all {
			all[i] = cvm(action, `{"Offset":%d,"Limit":%d}`, rand.IntN(max(n-pageSize, 1)), pageSize).bytes()
		}
		return all
	}
}

// status holds pages of states against a bare handler.
func status(ctx context.Context, l *lab) ([]figure, error) {
	return l.againstBare(ctx, "DescribeInstancesStatus", 0.75)
}

// page holds pages of whole instances against a bare handler.
func page(ctx context.Context, l *lab) ([]figure, error) {
	return l.againstBare(ctx, "DescribeInstances", 0.6)
}

func (l *lab) againstBare(ctx context.Context, action string, least float64) ([]figure, error) {
	house, err := l.emulator(ctx)
	if err != nil {
		return nil, err
	}
	defer house.close()
	if err := fill(house.address, ordinary); err != nil {
		return nil, err
	}
	c, err := dial(house.address)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	answer, err := c.exchange(randomPages(action, ordinary)()[0])
	if err != nil {
		return nil, err
	}
	bare, err := l.bare(ctx, answer)
	if err != nil {
		return nil, err
	}
	defer bare.close()
	ours, theirs, err := l.duel(ctx, house, bare, randomPages(action, ordinary))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("%s, %d of %d (%d bytes)", action, pageSize, ordinary, len(answer))
	return []figure{
		{what: what + ": throughput", value: median(ratios(ours, theirs, sample.rate)), unit: "×", bound: least, beside: beside(ours, theirs, sample.rate, "/s")},
		{what: what + ": CPU", value: median(ratios(theirs, ours, sample.cost)), unit: "×", bound: least, beside: beside(ours, theirs, sample.cost, " µs")},
		{what: what + ": p99", value: median(ratios(ours, theirs, sample.p99)), unit: "×", bound: 3, most: true, beside: beside(ours, theirs, sample.p99, " µs")},
	}, nil
}

// beside tells the medians behind a ratio.
func beside(one, other []sample, f func(sample) float64, unit string) string {
	return fmt.Sprintf("%.1f%s against %.1f%s", median(each(one, f)), unit, median(each(other, f)), unit)
}

// size holds pages of a large cloud against those of a small one.
func size(ctx context.Context, l *lab) ([]figure, error) {
	small, err := l.filled(ctx, l.small)
	if err != nil {
		return nil, err
	}
	defer small.close()
	big, err := l.filled(ctx, l.big)
	if err != nil {
		return nil, err
	}
	defer big.close()
	figures := []figure{l.memory(big, "made")}
	f, err := l.againstSmall(ctx, "DescribeInstancesStatus", big, small)
	if err != nil {
		return nil, err
	}
	figures = append(figures, f)
	for _, s := range []struct {
		*server
		n int
	}{{small, l.small}, {big, l.big}} {
		if err := readAll(s.address, s.n); err != nil {
			return nil, err
		}
	}
	if f, err = l.againstSmall(ctx, "DescribeInstances", big, small); err != nil {
		return nil, err
	}
	return append(figures, f, l.memory(big, "read")), nil
}

// memory is what the large cloud has taken so far.
func (l *lab) memory(big *server, done string) figure {
	now, most := big.resident()
	return figure{what: fmt.Sprintf("%d instances %s: memory at most", l.big, done), value: most / 1024, unit: " GiB", bound: 3, most: true,
		beside: fmt.Sprintf("%.2f GiB then", now/1024)}
}

// readAll shows every instance once, as someone does who lists them all: what the emulator remembers of that is to be
// part of what it needs.
func readAll(address string, n int) error {
	c, err := dial(address)
	if err != nil {
		return err
	}
	defer c.Close()
	const page = 100
	for i := 0; i < n; i += page {
		if _, err := c.exchange(cvm("DescribeInstances", `{"Offset":%d,"Limit":%d}`, i, page).bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) filled(ctx context.Context, n int) (*server, error) {
	s, err := l.emulator(ctx)
	if err != nil {
		return nil, err
	}
	if err := fill(s.address, n); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// againstSmall tells how much longer a page of the big cloud takes. Each side has requests of its own.
func (l *lab) againstSmall(ctx context.Context, action string, big, small *server) (figure, error) {
	var bigs, smalls []sample
	for i := range l.rounds + 1 {
		b, err := drive(ctx, big, l.connections, l.round, randomPages(action, l.big)())
		if err != nil {
			return figure{}, err
		}
		s, err := drive(ctx, small, l.connections, l.round, randomPages(action, l.small)())
		if err != nil {
			return figure{}, err
		}
		if i > 0 {
			bigs, smalls = append(bigs, b), append(smalls, s)
		}
	}
	return figure{
		what: fmt.Sprintf("%s, %d of %d against of %d: time", action, pageSize, l.big, l.small), value: median(ratios(smalls, bigs, sample.rate)), unit: "×",
		bound: 1.5, most: true, beside: beside(bigs, smalls, sample.cost, " µs"),
	}, nil
}
