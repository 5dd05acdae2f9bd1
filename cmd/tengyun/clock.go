package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"time"

	"github.com/tengyun/tengyun/internal/admin"
)

func clockVerb() *verb {
	v := &verb{name: "clock", args: "[--advance DURATION] [--address HOST:PORT]", short: "show the time of a running emulator, or move it forward", long: `
What expires, renews itself, is recycled or falls into arrears does so at once
when its time has passed. There is no way back. Clients go on to date their
requests by the machine's clock.

  --advance DURATION    how far, in hours, minutes and seconds: 720h, 1h30m

example:
  tengyun clock --advance 720h
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		at := addressFlag(p, fs)
		by := fs.Duration("advance", 0, "how far")
		rest, err := v.parse(p, fs, args)
		if err == nil {
			err = exactly(rest)
		}
		if err != nil {
			return err
		}
		if *by < 0 {
			return usagef("--advance %s would move the clock back", *by)
		}
		return showClock(ctx, p, at(), *by)
	}
	return v
}

// showClock prints the time of an emulator, once it is moved forward.
func showClock(ctx context.Context, p *program, s *server, by time.Duration) (err error) {
	var reading admin.Reading
	if by == 0 {
		err = s.control(ctx, http.MethodGet, "clock", nil, &reading)
	} else {
		err = s.control(ctx, http.MethodPost, "clock", admin.Step{Advance: by.String()}, &reading)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, reading.Now.Format(time.RFC3339))
	return err
}
