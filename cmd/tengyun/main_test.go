package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tengyun": main, "probe": probe})
}

// TestScripts runs the transcripts of testdata. In them `serve [FLAGS]` starts an emulator inside the test, which ends
// with the script, and `exits CODE VERB …` runs the program and holds it to its exit code.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, "cache"))
			e.Setenv("SHELL", "/bin/bash")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"serve": scriptServe, "exits": scriptExits},
	})
}

func scriptServe(ts *testscript.TestScript, neg bool, args []string) {
	environ := []string{"XDG_CACHE_HOME=" + ts.Getenv("XDG_CACHE_HOME")}
	args = append([]string{"--cache", filepath.Join(ts.Getenv("WORK"), "ca")}, args...)
	s, err := startServe(environ, args)
	ts.Check(err)
	ts.Defer(func() { s.stop() })
	ts.Setenv("TENGYUN_ADDRESS", s.address)
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	want, code := args[0], "0"
	if err := ts.Exec("tengyun", args[1:]...); err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != want {
		ts.Fatalf("got exit code %s, want %s", code, want)
	}
}

// served is an emulator that runs inside the test.
type served struct {
	address string
	banner  string
	code    func() int // stops it
}

func (s *served) stop() int { return s.code() }

// startServe runs the verb until its banner is printed.
func startServe(environ, args []string) (*served, error) {
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	var stderr strings.Builder
	done := make(chan int, 1)
	go func() {
		code := run(ctx, &program{strings.NewReader(""), w, &stderr, environ}, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...))
		w.Close()
		done <- code
	}()
	s := &served{code: func() int { cancel(); go io.Copy(io.Discard, r); return <-done }}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		s.banner += lines.Text() + "\n"
		if _, address, ok := strings.Cut(lines.Text(), "endpoint   http://"); ok {
			s.address = address
		}
		if strings.Contains(lines.Text(), "call") {
			return s, nil
		}
	}
	return nil, fmt.Errorf("serve ended with %d: %s", s.stop(), stderr.String())
}

func TestServeEndsWithTheSignal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "address")
	if err := os.WriteFile(file, []byte("stale"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("tengyun", "serve", "--listen", "127.0.0.1:0", "--address-file", file, "--data", filepath.Join(dir, "data"), "--log-format", "json")
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	if !lines.Scan() || !strings.Contains(lines.Text(), `"msg":"listening"`) {
		t.Fatalf("got %q, want that it listens", lines.Text())
	}
	address, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(address), "127.0.0.1:") || !strings.Contains(lines.Text(), strings.TrimSpace(string(address))) {
		t.Errorf("got address %q, %v, want the one of %s", address, err, lines.Text())
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(stderr)
	if err := c.Wait(); err != nil {
		t.Errorf("got %v, want exit code 0; stderr: %s", err, rest)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the address file is still there")
	}
}

func TestServeTellsHowToGetIn(t *testing.T) {
	t.Parallel()
	s, err := startServe(nil, []string{"--cache", t.TempDir(), "--region", "ap-shanghai"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"http://" + s.address, "ap-shanghai", "AKIDTENGYUN", "in memory: it is gone when this process ends",
		`"HTTP", "` + s.address + `"`, "tengyun exec --address " + s.address + " -- terraform apply",
	} {
		if !strings.Contains(s.banner, want) {
			t.Errorf("%q is missing in\n%s", want, s.banner)
		}
	}
	if _, err := startServe(nil, []string{"--cache", t.TempDir(), "--listen", s.address}); err == nil || !strings.Contains(err.Error(), "is another emulator running?") {
		t.Errorf("got %v, want a hint that the port is taken", err)
	}
	if code := s.stop(); code != 0 {
		t.Errorf("got exit code %d, want 0", code)
	}
}
