// Command tengyun is Tencent Cloud on your own machine: it serves the emulator and talks to a running one.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, &program{os.Stdin, os.Stdout, os.Stderr, os.Environ()}, os.Args[1:]))
}
