package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"syscall"
	"time"
)

// start tells how long the program takes to its first answer, a signed one, and what memory it has then.
func start(ctx context.Context, l *lab) ([]figure, error) {
	var took, memory []float64
	for range l.rounds + 1 {
		d, s, err := l.startOnce(ctx)
		if err != nil {
			return nil, err
		}
		time.Sleep(200 * time.Millisecond)
		now, _ := s.resident()
		s.close()
		took, memory = append(took, float64(d.Microseconds())/1e3), append(memory, now)
	}
	return []figure{
		{what: "start to first answer", value: median(took[1:]), unit: " ms", bound: 50, most: true, beside: fmt.Sprintf("first %.1f ms", took[0])},
		{what: "memory when idle", value: median(memory), unit: " MiB", bound: 40, most: true},
	}, nil
}

func (l *lab) startOnce(ctx context.Context) (time.Duration, *server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, nil, err
	}
	address := free.Addr().String()
	_ = free.Close() // it was listened on in vain
	request := cvm("DescribeInstancesStatus", `{}`).bytes()
	began := time.Now()
	s := &server{exec.CommandContext(ctx, l.program, "serve", "--listen", address, "--cache", l.dir, "--log-level", "error"), address}
	if err := s.cmd.Start(); err != nil {
		return 0, nil, err
	}
	for time.Since(began) < 10*time.Second {
		c, err := dial(address)
		if errors.Is(err, syscall.ECONNREFUSED) {
			time.Sleep(200 * time.Microsecond)
			continue
		}
		if err != nil {
			return 0, nil, err
		}
		defer c.Close()
		_, err = c.exchange(request)
		return time.Since(began), s, err
	}
	s.close()
	return 0, nil, errors.New("nobody listens")
}
