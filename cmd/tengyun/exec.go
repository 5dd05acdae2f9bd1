package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func execVerb() *verb {
	v := &verb{name: "exec", args: "-- CMD [ARG …]", short: "run a program in the environment that redirects it here", long: `
The program's clients of the cloud talk to the emulator: SDKs, Terraform, packer, …
The Python SDK, and tccli with it, trusts its own certificates alone over https: tell
it http://127.0.0.1:8030 as its endpoint, too. Ends with the program's own exit code.

  --address HOST:PORT

example:
  tengyun exec -- terraform apply
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		at := addressFlag(p, fs)
		own, command := splitCommand(args)
		rest, err := v.parse(p, fs, own)
		if err != nil {
			return err
		}
		command = append(rest, command...)
		if len(command) == 0 {
			return usagef("CMD is missing")
		}
		_, list, err := redirect(ctx, p, at())
		if err != nil {
			return err
		}
		return runCommand(p, command, merged(p.environ, list))
	}
	return v
}

// splitCommand parts our own flags from the command: at "--", or at the first word that is no flag of ours.
func splitCommand(args []string) (own, command []string) {
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--":
			return args[:i], args[i+1:]
		case args[i] == "--address" || args[i] == "-address":
			i++
		case args[i] == "" || args[i][0] != '-':
			return args[:i], args[i:]
		}
	}
	return args, nil
}

// runCommand runs a program to its end and ends as it did.
func runCommand(p *program, command, environ []string) error {
	c := exec.Command(command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr, c.Env = p.stdin, p.stdout, p.stderr, environ
	if err := c.Start(); err != nil {
		return &exitError{exitFailed, err}
	}
	defer passSignals(c.Process)()
	err := c.Wait()
	var ended *exec.ExitError
	if !errors.As(err, &ended) {
		return err
	}
	if status, ok := ended.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return &exitError{code: 128 + int(status.Signal())}
	}
	return &exitError{code: ended.ExitCode()}
}

// passSignals hands on the signals that ask this process to end. An interrupt from the keyboard reaches the program by
// itself; to send it once more would make Terraform break off.
func passSignals(to *os.Process) (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGHUP)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for s := range signals {
			_ = to.Signal(s) // it may have ended already
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
		<-done
	}
}
