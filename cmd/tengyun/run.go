package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/tengyun/tengyun/internal/config"
)

// program is what a verb may touch of the world. Results go to stdout, all else to stderr.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environ        []string // as of os.Environ
}

// env is the value of an environment variable; "" when it is not set.
func (p *program) env(name string) string {
	value := ""
	for _, pair := range p.environ {
		if v, ok := strings.CutPrefix(pair, name+"="); ok {
			value = v
		}
	}
	return value
}

// Exit codes. They are promised in the help.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitUnreachable = 3
)

// exitError ends the program with a code. A nil err has been told already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usagef is a command line that cannot be understood.
func usagef(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// run does what the command line says and gives the exit code.
func run(ctx context.Context, p *program, args []string) int {
	name, err := dispatch(ctx, p, args)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var exit *exitError
	if !errors.As(err, &exit) {
		exit = &exitError{exitFailed, err}
	}
	if exit.err != nil {
		_, _ = fmt.Fprintf(p.stderr, "tengyun: %v\n", exit.err)
	}
	if exit.code == exitUsage {
		_, _ = fmt.Fprintf(p.stderr, "`tengyun help%s` says more\n", name)
	}
	return exit.code
}

// dispatch finds the verb and runs it. The name is that of the verb, with a space before it, for a hint at its help.
func dispatch(ctx context.Context, p *program, args []string) (name string, err error) {
	if len(args) == 0 {
		writeHelp(p.stderr)
		return "", &exitError{code: exitUsage}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return "", help(p, args[1:])
	case "-v", "-version", "--version":
		args = []string{"version"}
	}
	v, ok := findVerb(args[0])
	if !ok {
		return "", usagef("there is no verb %s%s\nverbs: %s", args[0], config.Suggest(args[0], verbNames()), strings.Join(verbNames(), " "))
	}
	return " " + v.name, v.run(ctx, p, args[1:])
}

// parse reads the flags of a verb. Flags may stand before, between and after the other arguments, up to a "--".
func (v *verb) parse(p *program, fs *flag.FlagSet, args []string) (rest []string, err error) {
	fs.SetOutput(io.Discard)
	for {
		if err := config.CheckFlags(fs, args); err != nil {
			return nil, &exitError{exitUsage, err}
		}
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			v.writeHelp(p.stdout)
			return nil, err
		} else if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		left := fs.Args()
		if len(left) == 0 {
			return rest, nil
		}
		if parsed := len(args) - len(left); parsed > 0 && args[parsed-1] == "--" {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// exactly refuses any other number of arguments than those named.
func exactly(args []string, names ...string) error {
	if len(args) > len(names) {
		return usagef("%q is one argument too many", args[len(names)])
	}
	if len(args) < len(names) {
		return usagef("%s is missing", names[len(args)])
	}
	return nil
}
