package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a process that answers.
type server struct {
	cmd     *exec.Cmd
	address string
}

// open starts a process that writes its address into a file.
func (l *lab) open(ctx context.Context, program string, args ...string) (*server, error) {
	dir, err := os.MkdirTemp(l.dir, "server-")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "address")
	s := &server{cmd: exec.CommandContext(ctx, program, append(args, "--address-file", file)...)}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for range 1000 {
		if text, err := os.ReadFile(file); err == nil && strings.HasSuffix(string(text), "\n") {
			s.address = strings.TrimSpace(string(text))
			return s, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.close()
	return nil, fmt.Errorf("%s says nothing of its address", program)
}

// emulator starts the emulator, in which nothing stands in the way of many instances and of many calls. The limiter counts.
func (l *lab) emulator(ctx context.Context, args ...string) (*server, error) {
	settings := []string{
		"serve", "--listen", "127.0.0.1:0", "--cache", l.dir, "--speed", "instant", "--log-level", "error",
		"--quota", "cvm.instances.postpaid-per-zone=9000000", "--quota", "cvm.instances.per-security-group=9000000", "--quota", "cvm.interfaces.per-security-group=9000000",
	}
	for _, action := range []string{"DescribeInstancesStatus", "DescribeInstances", "RunInstances"} {
		settings = append(settings, "--rate", "cvm."+action+"=1000000000")
	}
	return l.open(ctx, l.program, append(settings, args...)...)
}

// bare starts a server that does no more than it must to give this answer.
func (l *lab) bare(ctx context.Context, answer []byte) (*server, error) {
	file := filepath.Join(l.dir, "answer")
	if err := os.WriteFile(file, answer, 0o600); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return l.open(ctx, self, "bare", file)
}

// serveBare is that server: args are the file of the answer, "--address-file" and where to write the address.
func serveBare(args []string) error {
	answer, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if err := os.WriteFile(args[2], []byte(listener.Addr().String()+"\n"), 0o600); err != nil {
		return err
	}
	return http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		_, _ = w.Write(answer) // a client that has gone needs no answer
	}))
}

func (s *server) close() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // if it has ended, Wait says so
	_ = s.cmd.Wait()
}

// cpu is how much the process has worked; 0 where the system does not tell.
func (s *server) cpu() time.Duration {
	const tick = 10 * time.Millisecond // USER_HZ, which is 100 wherever Go runs on Linux
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	words := strings.Fields(rest)
	user, _ := strconv.Atoi(words[11])
	system, _ := strconv.Atoi(words[12])
	return time.Duration(user+system) * tick
}

// resident is how much memory the process has in MiB, and has had at most; 0 where the system does not tell.
func (s *server) resident() (now, most float64) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	of := func(name string) float64 {
		_, rest, _ := strings.Cut(string(text), name+":")
		words := strings.Fields(rest)
		if len(words) == 0 {
			return 0
		}
		n, _ := strconv.Atoi(words[0])
		return float64(n) / 1024
	}
	return of("VmRSS"), of("VmHWM")
}
