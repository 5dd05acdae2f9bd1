package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tengyun/tengyun/internal/trace"
)

func traceVerb() *verb {
	v := &verb{name: "trace", args: "[REQUEST_ID] [--follow] [--failed] [--action ACTION] [--limit N] [--json]",
		short: "show what happened to a request, and why", long: `
With a REQUEST_ID (or its last twelve digits, which some messages quote): what was
asked, who asked, each check in order, why it was refused, and the answer.
Without: the latest requests, the newest last. Secrets are masked.

  --follow         go on and show requests as they come
  --failed         only those that were refused
  --action ACTION  only those of one action
  --limit N        how many of the latest (20)
  --json           JSON in place of text
  --address HOST:PORT

example:
  tengyun trace 8a4e4a5c-5d4e-4f0e-9d3b-1f2a3b4c5d6e
`}
	v.run = func(ctx context.Context, p *program, args []string) error { return runTrace(ctx, p, v, args) }
	return v
}

// traceWish is what the command line asks for.
type traceWish struct {
	follow, failed, json bool
	action               string
	limit                int
}

func runTrace(ctx context.Context, p *program, v *verb, args []string) error {
	var wish traceWish
	fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
	at := addressFlag(p, fs)
	fs.BoolVar(&wish.follow, "follow", false, "")
	fs.BoolVar(&wish.failed, "failed", false, "")
	fs.BoolVar(&wish.json, "json", false, "")
	fs.StringVar(&wish.action, "action", "", "")
	fs.IntVar(&wish.limit, "limit", 20, "")
	rest, err := v.parse(p, fs, args)
	if err != nil {
		return err
	}
	switch {
	case len(rest) > 1:
		return exactly(rest, "REQUEST_ID")
	case len(rest) == 1:
		return wish.one(ctx, p, at(), rest[0])
	case wish.follow:
		return wish.stream(ctx, p, at())
	}
	return wish.list(ctx, p, at())
}

func (t *traceWish) one(ctx context.Context, p *program, s *server, id string) error {
	var record trace.Record
	if err := s.control(ctx, http.MethodGet, "trace/"+url.PathEscape(id), nil, &record); err != nil {
		return err
	}
	if t.json {
		return writeJSON(p.stdout, &record)
	}
	return trace.Render(p.stdout, &record)
}

func (t *traceWish) query() string {
	q := url.Values{}
	if t.failed {
		q.Set("failed", "1")
	}
	if t.action != "" {
		q.Set("action", t.action)
	}
	q.Set("limit", strconv.Itoa(t.limit))
	return "?" + q.Encode()
}

func (t *traceWish) list(ctx context.Context, p *program, s *server) error {
	var answer struct{ Traces []*trace.Record }
	if err := s.control(ctx, http.MethodGet, "trace"+t.query(), nil, &answer); err != nil {
		return err
	}
	for _, r := range slices.Backward(answer.Traces) {
		if err := t.show(p, r); err != nil {
			return err
		}
	}
	return nil
}

func (t *traceWish) show(p *program, r *trace.Record) error {
	if t.json {
		return trace.WriteLine(p.stdout, trace.Event{Record: r})
	}
	return trace.RenderLine(p.stdout, r)
}

// stream shows requests until the server or the user ends it.
func (t *traceWish) stream(ctx context.Context, p *program, s *server) error {
	r, err := s.controlRequest(ctx, http.MethodGet, "trace/stream"+t.query(), nil)
	if err != nil {
		return err
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return s.unreachable(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", answer.Status)
	}
	lines := bufio.NewReaderSize(answer.Body, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return nil // either side has ended it, which is how a stream ends
		}
		if err := t.line(p, line); err != nil {
			return err
		}
	}
}

// line shows one line of a stream: a record, or how many were lost.
func (t *traceWish) line(p *program, line []byte) error {
	var lost struct{ Lost int }
	if json.Unmarshal(line, &lost) == nil && lost.Lost > 0 {
		_, err := fmt.Fprintf(p.stderr, "… %d requests came too fast to be shown\n", lost.Lost)
		return err
	}
	record := new(trace.Record)
	if err := json.Unmarshal(line, record); err != nil {
		return fmt.Errorf("read a line of the stream: %w", err)
	}
	return t.show(p, record)
}
