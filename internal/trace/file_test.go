package trace

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFileHoldsEveryRecordAsALine(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "trace.jsonl")
	l := open(Options{File: path})
	for n := range 100 {
		l.Add(success(n))
	}
	l.Hangup()
	l.Add(failure(100))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(b), []byte("\n"))
	if len(lines) != 101 {
		t.Fatalf("got %d lines, want 101", len(lines))
	}
	var last Record
	if err := json.Unmarshal(lines[100], &last); err != nil || last.RequestID != id(100) || last.Failed != "signature" {
		t.Errorf("got %s, %v", lines[100], err)
	}
}

func TestFileIsRotated(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(Options{File: filepath.Join(dir, "trace.jsonl"), FileBytes: 1 << 20, FileKeep: 1})
	r := success(1)
	r.Params = []byte(strings.Repeat("p", 100<<10)) // of which a record keeps the beginning
	for range 800 {
		l.Add(r)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Size() > 1<<20 {
			t.Errorf("%s: got %v, want a file of a megabyte at most", f.Name(), err)
		}
	}
	if len(files) < 2 {
		t.Errorf("got %d files, want the last one and one before it", len(files))
	}
}

func TestUnwritableFileIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := Open(Options{File: filepath.Join(t.TempDir(), "\x00")}); err == nil {
		t.Error("got nil, want the error of the file")
	}
	dir := filepath.Join(t.TempDir(), "none")
	if _, err := Open(Options{File: filepath.Join(dir, "trace.jsonl")}); err == nil {
		t.Error("got nil, want the error of the directory that is not there")
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the directory was made")
	}
}

func TestFileThatBreaksIsToldAtOnceAndOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "dir")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	told := make(chan error, 2)
	l := open(Options{File: filepath.Join(dir, "trace.jsonl"), Fault: func(err error) { told <- err }})
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l.Add(success(1))
	if err := <-told; !strings.Contains(err.Error(), "trace.jsonl") {
		t.Errorf("got %v, want the error of the file", err)
	}
	l.Add(success(2))
	if err := l.Close(); err == nil || len(told) > 0 {
		t.Errorf("got %v and told %d times more, want the error and no more", err, len(told))
	}
}
