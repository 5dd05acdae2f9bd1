package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"gopkg.in/natefinch/lumberjack.v2"
)

// file writes records as lines of JSON. One goroutine owns it, from openFile to close.
type file struct {
	log    *Log
	reader *reader
	out    *lumberjack.Logger
	fault  func(error)
	done   chan struct{}
	once   sync.Once
	err    error
}

func openFile(l *Log, o Options) (*file, error) {
	if err := writable(o.File); err != nil {
		return nil, err
	}
	f := &file{
		log:    l,
		reader: l.subscribe(fileLength, true),
		fault:  o.Fault,
		done:   make(chan struct{}),
		out: &lumberjack.Logger{
			Filename:   o.File,
			MaxSize:    max(1, orDefault(o.FileBytes, 64<<20)>>20),
			MaxBackups: orDefault(o.FileKeep, 3),
		},
	}
	go f.run()
	return f, nil
}

// writable opens the file once, so that a wrong path is known at the start and not at the first record.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func (f *file) run() {
	defer close(f.done)
	for e := range f.reader.events {
		if f.err == nil {
			f.write(e)
		}
	}
	f.err = errors.Join(f.err, f.out.Close())
}

// write takes the first error for the last word: a full disk stays full.
func (f *file) write(e Event) {
	f.err = WriteLine(f.out, e)
	if f.err != nil && f.fault != nil {
		f.fault(f.broken())
	}
}

func (f *file) broken() error {
	return fmt.Errorf("write trace file %s: %w", f.out.Filename, f.err)
}

// WriteLine writes an event as one line of JSON, and before it a line {"lost":N} if records were lost.
func WriteLine(w io.Writer, e Event) error {
	if e.Lost > 0 {
		if _, err := fmt.Fprintf(w, "{\"lost\":%d}\n", e.Lost); err != nil {
			return err
		}
	}
	b, err := json.Marshal(e.Record)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

func (f *file) close() error {
	f.once.Do(func() {
		f.log.mu.Lock()
		f.log.drop(f.reader)
		f.log.mu.Unlock()
		<-f.done
	})
	if f.err != nil {
		return f.broken()
	}
	return nil
}
