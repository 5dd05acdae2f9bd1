package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/config"
)

// server is a running emulator, as a verb speaks to it.
type server struct {
	address string // HOST:PORT
	client  *http.Client
}

// addressFlag declares --address. The server is to be made after the flags are read.
func addressFlag(p *program, fs *flag.FlagSet) func() *server {
	address := fs.String("address", "", "HOST:PORT of the emulator")
	return func() *server {
		at := *address
		for _, otherwise := range []string{p.env(config.AddressEnv), config.DefaultListen} {
			if at == "" {
				at = otherwise
			}
		}
		at = strings.TrimSuffix(strings.TrimPrefix(at, "http://"), "/")
		return &server{address: at, client: newClient()}
	}
}

// newClient speaks to the address itself: a proxy in the environment may be the very emulator.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	return &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableCompression: true}}
}

// do sends a request and reads the whole answer.
func (s *server) do(r *http.Request) (status int, body []byte, err error) {
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, nil, s.unreachable(err)
	}
	defer answer.Body.Close()
	if body, err = io.ReadAll(answer.Body); err != nil {
		return 0, nil, s.unreachable(err)
	}
	return answer.StatusCode, body, nil
}

func (s *server) unreachable(err error) error {
	if errors.Is(err, context.Canceled) {
		return &exitError{code: exitFailed, err: errors.New("interrupted")}
	}
	return &exitError{exitUnreachable, fmt.Errorf("no emulator answers at %s: %w\nstart one with `tengyun serve`, or say where it is with --address HOST:PORT", s.address, err)}
}

// control tells the control plane in, and decodes its answer into out; either may be nil.
func (s *server) control(ctx context.Context, method, path string, in, out any) error {
	var said io.Reader
	if in != nil {
		body, err := json.Marshal(in)
		if err != nil {
			return err
		}
		said = bytes.NewReader(body)
	}
	r, err := s.controlRequest(ctx, method, path, said)
	if err != nil {
		return err
	}
	status, body, err := s.do(r)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return errors.New(refusal(status, body))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return &exitError{exitUnreachable, fmt.Errorf("what answers at %s is no emulator: read %s: %w", s.address, path, err)}
	}
	return nil
}

func (s *server) controlRequest(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+s.address+admin.Prefix+path, body)
	if err != nil {
		return nil, usagef("%q is not HOST:PORT", s.address)
	}
	return r, nil
}

// refusal is the control plane's own words, where it has any.
func refusal(status int, body []byte) string {
	var told struct{ Error string }
	if json.Unmarshal(body, &told) == nil && told.Error != "" {
		return told.Error
	}
	return fmt.Sprintf("the server answers %d %s: %s", status, http.StatusText(status), bytes.TrimSpace(body[:min(len(body), 200)]))
}

// info is what the emulator says of itself. It tells its credentials to this machine alone; those of another machine
// are taken from the environment, or are the default ones.
func (s *server) info(ctx context.Context, p *program) (admin.Info, error) {
	var info admin.Info
	if err := s.control(ctx, http.MethodGet, "info", nil, &info); err != nil {
		return info, err
	}
	if info.SecretID == "" {
		info.SecretID = firstOf(p.env(config.EnvPrefix+"SECRET_ID"), config.DefaultSecretID)
		info.SecretKey = firstOf(p.env(config.EnvPrefix+"SECRET_KEY"), config.DefaultSecretKey)
	}
	return info, nil
}

func firstOf(candidates ...string) string {
	for _, c := range candidates {
		if c != "" {
			return c
		}
	}
	return ""
}
