package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
)

func resetVerb() *verb {
	v := &verb{name: "reset", args: "[--address HOST:PORT]", short: "forget all state of a running emulator", long: `
Every resource of every account is gone afterwards, at once and for good.
Settings, limits and the credentials stay.

example:
  tengyun reset
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		at := addressFlag(p, fs)
		rest, err := v.parse(p, fs, args)
		if err == nil {
			err = exactly(rest)
		}
		if err != nil {
			return err
		}
		return at().control(ctx, http.MethodPost, "reset", nil, nil)
	}
	return v
}

func healthcheckVerb() *verb {
	v := &verb{name: "healthcheck", args: "[--address HOST:PORT]", short: "say whether an emulator is ready", long: `
Ends with 0 when it is ready, 1 when it is not, 3 when nothing answers.
Fit for the HEALTHCHECK of a container, which then needs no curl.

example:
  tengyun healthcheck && echo ready
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		at := addressFlag(p, fs)
		rest, err := v.parse(p, fs, args)
		if err == nil {
			err = exactly(rest)
		}
		if err != nil {
			return err
		}
		return at().control(ctx, http.MethodGet, "ready", nil, nil)
	}
	return v
}

func versionVerb() *verb {
	v := &verb{name: "version", short: "print the version of this program", long: `
example:
  tengyun version
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		rest, err := v.parse(p, flag.NewFlagSet(v.name, flag.ContinueOnError), args)
		if err == nil {
			err = exactly(rest)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "tengyun %s %s/%s %s\n", versionText(), runtime.GOOS, runtime.GOARCH, runtime.Version())
		return err
	}
	return v
}

// version is set by the linker: -X main.version=v1.2.3.
var version string

// versionText is the version as it was built: "v1.2.3"; of a build that was told none, the module's, or "devel" and the commit.
func versionText() string {
	if version != "" {
		return version
	}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if build.Main.Version != "" && build.Main.Version != "(devel)" {
		return build.Main.Version
	}
	for _, s := range build.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel " + s.Value[:12]
		}
	}
	return "devel"
}
