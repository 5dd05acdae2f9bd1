package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"
)

// FileName is what File calls its file in the data directory.
const FileName = "tengyun.db"

// format is the version of what stands in the file; a file with a higher one is refused, never guessed at.
const format = 1

// metaBucket holds the format under formatKey, 4 bytes, big endian.
const metaBucket, formatKey = "tengyun", "format"

// smallest is how many bytes a data file has at least.
const smallest = 4 * 4096

// patience is how long OpenFile waits for another process to let the file go.
const patience = 300 * time.Millisecond

// OpenFile opens the data file in directory dir, both made if there are none. A file that somebody else has open, that
// is not Tengyun's, that a newer Tengyun has written, that is cut short or damaged is refused, untouched.
func OpenFile(dir string) (*File, error) {
	path := filepath.Join(dir, FileName)
	if err := create(dir, path); err != nil {
		return nil, fmt.Errorf("make %s: %w", path, err)
	}
	f := &File{path: path}
	if err := f.guard(f.inspect); err != nil {
		return nil, err
	}
	err := f.guard(func() (err error) {
		f.db, err = bbolt.Open(path, 0o600, options())
		return err
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// options: the list of free pages stays in the file, for to rebuild it bbolt panics where nobody can recover.
func options() *bbolt.Options {
	return &bbolt.Options{Timeout: patience, FreelistType: bbolt.FreelistMapType}
}

// create makes dir and an empty data file if there is none. The file appears in one step, complete, so that one without
// content can only be a damaged one.
func create(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	draft, err := os.CreateTemp(dir, FileName+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if err := draft.Close(); err != nil {
		return err
	}
	if err := initialize(draft.Name()); err != nil {
		return err
	}
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(dir)
}

func initialize(path string) error {
	db, err := bbolt.Open(path, 0o600, options())
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		meta, err := tx.CreateBucket([]byte(metaBucket))
		if err != nil {
			return err
		}
		return meta.Put([]byte(formatKey), binary.BigEndian.AppendUint32(nil, format))
	})
	return errors.Join(err, db.Close())
}

// syncDir makes a new name in dir durable, where the system can do that.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // Windows cannot
	return d.Close()
}

// inspect says what is wrong with the file, before anything could be written to it.
func (f *File) inspect() error {
	size, err := f.preread()
	if err != nil {
		return err
	}
	if size < smallest {
		return fmt.Errorf("the file is cut short, or not Tengyun's: %d bytes", size)
	}
	o := options()
	o.ReadOnly = true
	db, err := bbolt.Open(f.path, 0o600, o)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.View(func(tx *bbolt.Tx) error { return check(tx, size) })
}

// check looks at the size before it touches a page: what is mapped beyond the end of the file cannot be read.
func check(tx *bbolt.Tx, size int64) error {
	if size < tx.Size() {
		return fmt.Errorf("the file is cut short: %d bytes of %d", size, tx.Size())
	}
	meta := tx.Bucket([]byte(metaBucket))
	if meta == nil {
		return errForeign
	}
	v := meta.Get([]byte(formatKey))
	if len(v) != 4 {
		return errDamaged
	}
	if have := binary.BigEndian.Uint32(v); have > format {
		return fmt.Errorf("the file was written by a newer Tengyun (format %d, this one knows %d)", have, format)
	}
	return nil
}

var errForeign = errors.New("the file is not Tengyun's")

// preread reads the file once from end to end: bbolt then finds it in the system's cache, instead of going to the disk
// for page after page in the order of its tree. It answers the file's size.
func (f *File) preread() (size int64, err error) {
	file, err := os.Open(f.path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	buffer := make([]byte, 1<<20)
	for {
		n, err := file.Read(buffer)
		size += int64(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
	}
	return size, nil
}

// guard runs what uses the file and gives each failure the file's name. bbolt trusts its file: where that is damaged it
// panics, or reads memory that is not there.
func (f *File) guard(use func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: %w (%v)", f.path, errDamaged, p)
		}
	}()
	err = use()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bolt.ErrTimeout):
		return fmt.Errorf("%s is in use: is another Tengyun running on this directory?", f.path)
	case errors.Is(err, bolt.ErrInvalid), errors.Is(err, bolt.ErrVersionMismatch):
		return fmt.Errorf("%s: %w", f.path, errForeign)
	case errors.Is(err, bolt.ErrChecksum):
		return fmt.Errorf("%s: %w", f.path, errDamaged)
	default:
		return fmt.Errorf("%s: %w", f.path, err)
	}
}
