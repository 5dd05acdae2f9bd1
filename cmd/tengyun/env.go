package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/tengyun/tengyun/internal/admin"
)

func envVerb() *verb {
	v := &verb{name: "env", args: "[--shell bash|fish|powershell] [--json]", short: "print the environment that redirects clients here", long: `
For SDKs and Terraform alike: credentials, region, a proxy that leads to the emulator,
and certificates to trust. The Python SDK and tccli must be told the endpoint, too.
The shell is yours unless named.

  --shell SHELL  bash (and sh, zsh), fish or powershell
  --json         endpoint, secretId, secretKey, region, caFile, proxy
  --address HOST:PORT

example:
  eval "$(tengyun env)"
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		at := addressFlag(p, fs)
		shell := fs.String("shell", filepath.Base(p.env("SHELL")), "")
		asJSON := fs.Bool("json", false, "")
		rest, err := v.parse(p, fs, args)
		if err == nil {
			err = exactly(rest)
		}
		if err != nil {
			return err
		}
		say, err := sayer(*shell)
		if err != nil {
			return err
		}
		info, list, err := redirect(ctx, p, at())
		if err != nil {
			return err
		}
		if *asJSON {
			return writeJSON(p.stdout, map[string]string{
				"endpoint": info.Endpoint, "secretId": info.SecretID, "secretKey": info.SecretKey,
				"region": info.Region, "caFile": info.CAFile, "proxy": info.Proxy,
			})
		}
		return writeVariables(p.stdout, list, say)
	}
	return v
}

// redirect asks the emulator where it is, and makes the environment that leads there. A certificate that cannot be
// read is told and left out: plain HTTP still works.
func redirect(ctx context.Context, p *program, s *server) (admin.Info, []variable, error) {
	info, err := s.info(ctx, p)
	if err != nil {
		return info, nil, err
	}
	info = s.reachable(info)
	bundle, err := certificates(p, info)
	if err != nil {
		_, _ = fmt.Fprintf(p.stderr, "tengyun: %v\nclients that insist on https will not trust the emulator\n", err)
	}
	return info, environment(p, info, bundle), nil
}

func writeVariables(w io.Writer, list []variable, say func(variable) string) error {
	var b strings.Builder
	for _, v := range list {
		b.WriteString(say(v) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sayer is how a shell is told a variable. An empty value takes the variable away.
func sayer(shell string) (func(variable) string, error) {
	switch shell {
	case "", ".", "sh", "bash", "zsh", "dash", "ksh", "ash":
		return func(v variable) string {
			if v.value == "" {
				return "unset " + v.name
			}
			return "export " + v.name + "='" + strings.ReplaceAll(v.value, "'", `'\''`) + "'"
		}, nil
	case "fish":
		return func(v variable) string {
			if v.value == "" {
				return "set -e " + v.name
			}
			return "set -gx " + v.name + " '" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(v.value) + "'"
		}, nil
	case "powershell", "pwsh":
		return func(v variable) string {
			if v.value == "" {
				return "$env:" + v.name + " = $null"
			}
			return "$env:" + v.name + " = '" + strings.ReplaceAll(v.value, "'", "''") + "'"
		}, nil
	}
	return nil, usagef("shell %s is not known; it is bash, fish or powershell", shell)
}
