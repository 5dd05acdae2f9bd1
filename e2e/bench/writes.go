package main

import (
	"context"
	"fmt"
	"os"
)

// manyWriters is how many launch at the same time.
const manyWriters = 64

// writers holds the rate of many that launch instances at once, durably, against the rate of one.
func writers(ctx context.Context, l *lab) ([]figure, error) {
	data, err := os.MkdirTemp(l.dir, "data-")
	if err != nil {
		return nil, err
	}
	s, err := l.emulator(ctx, "--data", data)
	if err != nil {
		return nil, err
	}
	defer s.close()
	const room = 1_000_000
	net, err := found(s.address, room)
	if err != nil {
		return nil, err
	}
	var ones, manys []sample
	for i := range l.rounds + 1 {
		var requests [][]byte
		for k := range net.subnets {
			requests = append(requests, net.launch(k, 1).bytes())
		}
		one, err := drive(ctx, s, 1, l.round, requests)
		if err != nil {
			return nil, err
		}
		many, err := drive(ctx, s, manyWriters, l.round, requests)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			ones, manys = append(ones, one), append(manys, many)
		}
	}
	return []figure{{
		what: fmt.Sprintf("RunInstances on a file, %d writers against one: rate", manyWriters), value: median(ratios(manys, ones, sample.rate)), unit: "×", bound: 10,
		beside: beside(manys, ones, sample.rate, "/s") + ", CPU " + beside(manys, ones, sample.cost, " µs") + ", p99 " + beside(manys, ones, sample.p99, " µs"),
	}}, nil
}
