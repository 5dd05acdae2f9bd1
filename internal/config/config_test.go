package config

import (
	"errors"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/account"
)

// read puts a command line, an environment and the text of a file together.
func read(t *testing.T, args, environ []string, file string) (*Settings, error) {
	t.Helper()
	if file != "" {
		path := filepath.Join(t.TempDir(), "tengyun.conf")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		environ = append([]string{"TENGYUN_CONFIG=" + path}, environ...)
	}
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	fs.SetOutput(new(strings.Builder))
	sources := Bind(fs, checkStock)
	if err := CheckFlags(fs, args); err != nil {
		return nil, err
	}
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	return sources.Settings(environ)
}

// checkStock stands for what the rooms above know.
func checkStock(s *Settings) error {
	if slices.Contains(s.Stock, "moon") {
		return errors.New("nothing is sold there")
	}
	return nil
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	got, err := read(t, nil, []string{"HOME=/root", "TENGYUN_ADDRESS=x:1"}, "")
	if err != nil {
		t.Fatal(err)
	}
	want := &Settings{
		Listen: "127.0.0.1:8030", Region: "ap-guangzhou", Speed: 20, RateLimits: true, TraceSize: 5000,
		Key: account.Key{SecretID: DefaultSecretID, SecretKey: DefaultSecretKey, Caller: account.Caller{OwnerUin: "100000000001", Uin: "100000000001", AppID: 1250000001}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings differ (-want +got):\n%s", diff)
	}
	if len(DefaultSecretID) != 36 || len(DefaultSecretKey) != 32 {
		t.Errorf("got a key of %d and %d characters, want 36 and 32", len(DefaultSecretID), len(DefaultSecretKey))
	}
}

func TestFlagWinsOverEnvironmentOverFile(t *testing.T) {
	t.Parallel()
	file := "# mine\nspeed = real\nregion = \"ap-shanghai\"\nseed=7\nrate = cvm.RunInstances=1\nrate = cvm.StopInstances=2\n"
	env := []string{"TENGYUN_REGION=ap-beijing", "TENGYUN_SEED=8", "TENGYUN_LOG_FORMAT=json", "TENGYUN_QUOTA=cvm.key-pairs=1, vpc.vpcs=2", "TENGYUN_DATA="}
	args := []string{"--seed", "9", "--log-level=debug", "-admin", "any", "--rate-limits", "off", "--speed", "real", "--speed", "2.5"}
	got, err := read(t, args, env, file)
	if err != nil {
		t.Fatal(err)
	}
	want := Settings{
		Listen: DefaultListen, Region: "ap-beijing", Speed: 2.5, Seed: 9, Key: got.Key, TraceSize: 5000,
		Rates: map[string]int{"cvm.RunInstances": 1, "cvm.StopInstances": 2}, Quotas: map[string]int{"cvm.key-pairs": 1, "vpc.vpcs": 2},
		LogLevel: slog.LevelDebug, LogJSON: true, AdminAny: true,
	}
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("settings differ (-want +got):\n%s", diff)
	}
}

func TestEverySettingHasItsThreeNames(t *testing.T) {
	t.Parallel()
	for _, s := range Table() {
		if s.Help == "" || s.Value == "" || s.set == nil {
			t.Errorf("%s: incomplete", s.Name)
		}
		value := s.Default
		switch s.Name {
		case "rate":
			value = "cvm.RunInstances=1"
		case "quota":
			value = "cvm.key-pairs=1"
		}
		if value == "" {
			value = "x"
		}
		for way, try := range map[string]func() (*Settings, error){
			"flag":        func() (*Settings, error) { return read(t, []string{"--" + s.Name, value}, nil, "") },
			"environment": func() (*Settings, error) { return read(t, nil, []string{s.Env() + "=" + value}, "") },
			"file":        func() (*Settings, error) { return read(t, nil, nil, s.Name+" = "+value+"\n") },
		} {
			if _, err := try(); err != nil {
				t.Errorf("%s by %s: %v", s.Name, way, err)
			}
		}
	}
}

func TestMistypedSettingsAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args, env []string
		file      string
		want      string // in the error
	}{
		"flag":             {args: []string{"--lisen", "x"}, want: "did you mean --listen?"},
		"far flag":         {args: []string{"--xyzzy"}, want: "valid ones: --account --address-file"},
		"flag without":     {args: []string{"--listen"}, want: "needs an argument"},
		"environment":      {env: []string{"TENGYUN_LISTNE=x"}, want: "did you mean TENGYUN_LISTEN?"},
		"kubernetes":       {env: []string{"TENGYUN_PORT=tcp://1", "TENGYUN_SERVICE_HOST=1", "TENGYUN_PORT_8030_TCP=x", "TENGYUN_SPEED=?"}, want: `environment variable TENGYUN_SPEED: "?" is not instant`},
		"file key":         {file: "spead = fast\n", want: "tengyun.conf line 1: spead is not a setting; did you mean speed?"},
		"file line":        {file: "\nspeed fast\n", want: "line 2:"},
		"file twice":       {file: "speed = fast\nspeed = real\n", want: "line 2: speed is set a second time"},
		"file value":       {file: "speed = slow\n", want: `tengyun.conf line 1: speed: "slow" is not instant`},
		"second of many":   {file: "rate = cvm.RunInstances=1\n\nrate = cvm.RunInstances=x\n", want: "tengyun.conf line 3: rate: "},
		"stock":            {args: []string{"--stock", "a/b=c", "--stock", "moon"}, want: "flag -stock: nothing is sold there"},
		"stock of file":    {file: "stock = a/b=c\nstock = moon\n", want: "tengyun.conf line 2: stock: nothing is sold there"},
		"trace file":       {args: []string{"--trace-file", "none/x"}, want: "there is no directory none"},
		"address file":     {env: []string{"TENGYUN_ADDRESS_FILE=config.go/x"}, want: "TENGYUN_ADDRESS_FILE: there is no directory config.go"},
		"no file":          {args: []string{"--config", "none"}, want: "read settings: open none"},
		"listen":           {args: []string{"--listen", "8030"}, want: "not HOST:PORT"},
		"listen port":      {args: []string{"--listen", "x:65536"}, want: "not a port"},
		"region":           {args: []string{"--region", "ap-guangzou"}, want: "did you mean ap-guangzhou?"},
		"speed zero":       {args: []string{"--speed", "0"}, want: "above 0"},
		"speed nan":        {args: []string{"--speed", "NaN"}, want: "above 0"},
		"seed":             {args: []string{"--seed", "-1"}, want: "whole number"},
		"secret id":        {args: []string{"--secret-id", "a/b"}, want: "slashes"},
		"secret key":       {args: []string{"--secret-key", ""}, want: "empty"},
		"account":          {args: []string{"--account", "1"}, want: "UIN/APPID"},
		"rate limits":      {args: []string{"--rate-limits", "yes"}, want: "neither on nor off"},
		"rate":             {args: []string{"--rate", "cvm.RunInstances"}, want: "NAME=N"},
		"rate negative":    {args: []string{"--rate", "cvm.RunInstances=-1"}, want: "NAME=N"},
		"rate of nothing":  {args: []string{"--rate", "cvm.RunInstance=1"}, want: "cvm has no action RunInstance"},
		"quota of nothing": {args: []string{"--quota", "cvm.keypairs=1"}, want: "did you mean cvm.key-pairs?"},
		"log level":        {args: []string{"--log-level", "loud"}, want: "debug, info"},
		"trace size":       {args: []string{"--trace-size", "0"}, want: "between 1 and"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, test.args, test.env, test.file)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	words := []string{"serve", "explain", "exec", "env", "trace"}
	for word, want := range map[string]string{"sevre": "serve", "Explain": "explain", "explian": "explain", "en": "env", "quux": "", "": ""} {
		if got, _ := Nearest(word, words); got != want {
			t.Errorf("Nearest(%q): got %q, want %q", word, got, want)
		}
	}
}
