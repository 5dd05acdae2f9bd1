// Command bench measures the speed of the house, as ratios within one run: against a bare net/http handler, a large
// cloud against a small one, many writers against one. Machines differ and have other things to do; ratios stay.
//
// Servers and load are processes of their own. What is compared takes turns, round by round, and the median of the
// rounds is told. docs/performance.md says how to read it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// lab is what all experiments share.
type lab struct {
	program     string // the emulator's binary
	dir         string // of files that go away
	rounds      int
	round       time.Duration
	connections int
	small, big  int // instances
}

// experiment is one part of the run.
type experiment struct {
	name string
	run  func(context.Context, *lab) ([]figure, error)
}

func experiments() []experiment {
	return []experiment{
		{"start", start},
		{"status", status},
		{"page", page},
		{"writers", writers},
		{"size", size},
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "bare" {
		log.Fatal(serveBare(os.Args[2:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		log.Fatal("bench: ", err)
	}
}

func run(ctx context.Context) error {
	var l lab
	only := flag.String("only", "", "experiments to run, with commas; all of start,status,page,writers,size otherwise")
	flag.StringVar(&l.program, "program", "", "a tengyun binary; built from ./cmd/tengyun otherwise")
	flag.IntVar(&l.rounds, "rounds", 9, "rounds of each comparison")
	flag.DurationVar(&l.round, "round", time.Second, "how long each side of a round takes")
	flag.IntVar(&l.connections, "connections", 32, "keep-alive connections that read")
	flag.IntVar(&l.small, "small", 1000, "instances of the small cloud")
	flag.IntVar(&l.big, "big", 1_000_000, "instances of the large cloud")
	flag.Parse()
	dir, err := os.MkdirTemp("", "tengyun-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	l.dir = dir
	if l.program == "" {
		if l.program, err = build(ctx, dir); err != nil {
			return err
		}
	}
	for _, e := range experiments() {
		if *only != "" && !strings.Contains(","+*only+",", ","+e.name+",") {
			continue
		}
		figures, err := e.run(ctx, &l)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		for _, f := range figures {
			fmt.Println(f)
		}
	}
	return nil
}

// build makes the program as users have it.
func build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "tengyun")
	c := exec.CommandContext(ctx, "go", "build", "-o", program, "github.com/tengyun/tengyun/cmd/tengyun")
	c.Stderr = os.Stderr
	return program, c.Run()
}
