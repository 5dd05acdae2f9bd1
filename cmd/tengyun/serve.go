package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/tengyun/tengyun"
	"github.com/tengyun/tengyun/internal/config"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

// drainTime is how long requests under way may take to end once the emulator is told to.
const drainTime = 10 * time.Second

func serveVerb() *verb {
	v := &verb{name: "serve", args: "[--SETTING VALUE …]", short: "run the emulator", long: serveHelp()}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		sources := config.Bind(fs, checkStock)
		rest, err := v.parse(p, fs, args)
		if err == nil {
			err = exactly(rest)
		}
		if err != nil {
			return err
		}
		settings, err := sources.Settings(p.environ)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		return serve(ctx, p, settings)
	}
	return v
}

// checkStock refuses words about what the cloud does not sell.
func checkStock(s *config.Settings) error {
	for _, word := range s.Stock {
		if _, err := offer.ParseWord(word); err != nil {
			return err
		}
	}
	return nil
}

// serveHelp is a line a setting.
func serveHelp() string {
	var b strings.Builder
	b.WriteString("\n")
	for _, s := range config.Table() {
		fmt.Fprintf(&b, "  %-25s %s", "--"+s.Name+" "+s.Value, s.Help)
		if s.Default != "" {
			fmt.Fprintf(&b, " (%s)", s.Default)
		}
		b.WriteString("\n")
	}
	b.WriteString(`  --config FILE             read settings from FILE: name = value lines

Each has a variable, TENGYUN_ADDRESS_FILE for --address-file. A flag wins over the
variable, the variable over the file. SIGTERM lets requests end, then ends with 0.

example:
  tengyun serve --data ./cloud --speed real
`)
	return b.String()
}

// serve runs an emulator until ctx ends.
func serve(ctx context.Context, p *program, s *config.Settings) error {
	tuneRuntime(p, s.Data != "")
	log := newLogger(p.stderr, s)
	o, err := options(s, log)
	if err != nil {
		return err
	}
	cloud, err := tengyun.Start(o)
	if errors.Is(err, syscall.EADDRINUSE) {
		err = fmt.Errorf("%w\nis another emulator running? --listen 127.0.0.1:0 takes a free port", err)
	}
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cloud.Wait() }()
	if err = announce(p, s, cloud); err == nil {
		log.Info("listening", "address", cloud.Address, "version", versionText())
		select {
		case <-ctx.Done():
			log.Info("ending: requests under way are answered first")
		case err = <-ended:
		}
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	return errors.Join(err, cloud.Shutdown(drain), removeAddress(s))
}

func options(s *config.Settings, log *slog.Logger) (tengyun.Options, error) {
	data, err := absolute(s.Data)
	if err != nil {
		return tengyun.Options{}, err
	}
	cache, err := cacheDir(s)
	if err != nil {
		log.Warn("clients that insist on https cannot reach the emulator", "error", err)
	}
	return tengyun.Options{
		Listen: s.Listen, Data: data, Cache: cache, Region: s.Region, Speed: s.Speed, Seed: s.Seed,
		SecretID: s.Key.SecretID, SecretKey: s.Key.SecretKey, Uin: s.Key.Caller.Uin, AppID: s.Key.Caller.AppID,
		NoRates: !s.RateLimits, Rates: s.Rates, Quotas: s.Quotas, Stock: s.Stock,
		TraceRecords: s.TraceSize, TraceFile: s.TraceFile, AdminAny: s.AdminAny, Version: versionText(), Log: log,
	}, nil
}

func newLogger(w io.Writer, s *config.Settings) *slog.Logger {
	o := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// cacheDir is where the certificate authority is kept; "" with the data, or nowhere if there is no place for it.
func cacheDir(s *config.Settings) (string, error) {
	if s.Cache != "" || s.Data != "" {
		return absolute(s.Cache)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find a place for the certificate authority: %w", err)
	}
	cache = filepath.Join(cache, "tengyun")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", fmt.Errorf("make a place for the certificate authority: %w", err)
	}
	return cache, nil
}

// absolute makes a path one that other programs understand; "" stays.
func absolute(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	return filepath.Abs(path)
}

// announce says where the emulator is, on stdout and in the address file, which comes last and whole, for programs that
// wait for it.
func announce(p *program, s *config.Settings, c *tengyun.Cloud) error {
	if err := removeAddress(s); err != nil {
		return err
	}
	if err := writeBanner(p.stdout, c, s.Data); err != nil {
		return fmt.Errorf("print where the emulator is: %w", err)
	}
	if s.AddressFile == "" {
		return nil
	}
	if err := replace(s.AddressFile, []byte(c.Address+"\n")); err != nil {
		return fmt.Errorf("write the address: %w", err)
	}
	return nil
}

func removeAddress(s *config.Settings) error {
	if s.AddressFile == "" {
		return nil
	}
	if err := os.Remove(s.AddressFile); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the address: %w", err)
	}
	return nil
}
