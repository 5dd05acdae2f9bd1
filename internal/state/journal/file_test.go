package journal

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
)

func open(t *testing.T, dir string) *File {
	t.Helper()
	f, err := OpenFile(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func load(f *File) (map[string][]Entry, map[string]uint64, error) {
	rows, revisions := map[string][]Entry{}, map[string]uint64{}
	err := f.Load(func(account string, revision uint64, e Entry) error {
		if revisions[account] = revision; e.Table != "" {
			rows[account] = append(rows[account], e)
		}
		return nil
	})
	return rows, revisions, err
}

func TestFileKeepsWhatWasAppended(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "when", "missing")
	f := open(t, dir)
	a := Entry{"ap-guangzhou", "cvm.instance", 1, "ins-1", []byte("one")}
	b := Entry{"", "cvm.keypair", 300, "skey-1\x00\x00", []byte{}}
	c := Entry{"", "cvm.keypair", 1 << 40, "skey-2", []byte("three")}
	gone := c
	gone.Data = nil
	for _, batch := range [][]Commit{
		{{"100", 1, "x", []Entry{a, c}}, {"200", 1, "y", []Entry{c}}},
		{{"100", 2, "z", []Entry{b, gone}}, {"200", 2, "u", []Entry{gone}}, {"", 1, "v", []Entry{a}}},
	} {
		if err := f.Append(batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir)
	defer f.Close()
	rows, revisions, err := load(f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string][]Entry{"100": {b, a}, "": {a}}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]uint64{"100": 2, "200": 2, "": 1}, revisions); diff != "" {
		t.Errorf("revisions (-want +got):\n%s", diff)
	}
}

func TestFileAppendsABatchWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir())
	defer f.Close()
	e := Entry{"", "cvm.keypair", 1, "skey-1", []byte("one")}
	if err := f.Append([]Commit{{"100", 1, "x", []Entry{e}}, {"200", 7, "y", []Entry{e}}}); err == nil {
		t.Error("revision 7 after 0: got no error")
	}
	if rows, revisions, err := load(f); len(rows) != 0 || len(revisions) != 0 || err != nil {
		t.Errorf("got %v at %v, %v, want nothing", rows, revisions, err)
	}
}

// sample is a directory with a data file of some size.
func sample(t *testing.T) (dir, path string) {
	t.Helper()
	dir = t.TempDir()
	f := open(t, dir)
	for i := range 20 {
		c := Commit{Account: "100", Revision: uint64(i + 1)}
		for j := range 50 {
			c.Entries = append(c.Entries, Entry{"", "t", uint64(100*i + j), fmt.Sprint(i, "-", j), []byte(strings.Repeat("data", 100))})
		}
		if err := f.Append([]Commit{c}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, filepath.Join(dir, FileName)
}

func TestFileThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path string)
		want  string
	}{
		"empty":             {truncate(0), "cut short"},
		"few bytes":         {truncate(100), "cut short"},
		"first page alone":  {truncate(4096), "cut short"},
		"first pages alone": {truncate(5 * 4096), "cut short"},
		"half":              {truncate(-2), "cut short"},
		"text":              {replace(strings.Repeat("not a data file\n", 1000)), "not Tengyun's"},
		"somebody else's":   {foreign, "not Tengyun's"},
		"newer": {edit(func(meta *bbolt.Bucket) error {
			return meta.Put([]byte(formatKey), binary.BigEndian.AppendUint32(nil, format+1))
		}), "newer Tengyun (format 2, this one knows 1)"},
		"format cut":        {edit(func(meta *bbolt.Bucket) error { return meta.Put([]byte(formatKey), []byte("?")) }), "damaged"},
		"a row changed":     {scribble("datadata", "dataDATA"), "damaged"},
		"an id changed":     {scribble("17-3", "71-3"), "damaged"},
		"a place changed":   {scribble("\x00t\x00\x00", "\x00t\x00\x01"), "damaged"},
		"data pages zeroed": {zero(8, 200), "damaged"},
		"a directory":       {func(t *testing.T, path string) { must(t, os.Remove(path)); must(t, os.Mkdir(path, 0o700)) }, "is a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, path := sample(t)
			c.spoil(t, path)
			before, _ := os.ReadFile(path)
			f, err := OpenFile(dir)
			if err == nil {
				_, _, err = load(f)
				defer f.Close()
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want …%s… and the file's name", err, c.want)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestFileOfAnotherProcessIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir)
	if _, err := OpenFile(dir); err == nil || !strings.Contains(err.Error(), "is in use: is another Tengyun running") {
		t.Errorf("got %v, want …is in use…", err)
	}
	must(t, f.Close())
	must(t, open(t, dir).Close())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// truncate cuts a file to size bytes, to a part of what it was if size is negative.
func truncate(size int64) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		info, err := os.Stat(path)
		must(t, err)
		if size < 0 {
			size = info.Size() / -size
		}
		must(t, os.Truncate(path, size))
	}
}

func replace(text string) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.WriteFile(path, []byte(text), 0o600)) }
}

// scribble changes every old in a file.
func scribble(old, new string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		data, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(data), old, new)), 0o600))
	}
}

func zero(from, to int) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		data, err := os.ReadFile(path)
		must(t, err)
		clear(data[from*os.Getpagesize() : to*os.Getpagesize()])
		must(t, os.WriteFile(path, data, 0o600))
	}
}

func foreign(t *testing.T, path string) {
	must(t, os.Remove(path))
	db, err := bbolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, db.Close())
}

func edit(f func(meta *bbolt.Bucket) error) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		db, err := bbolt.Open(path, 0o600, nil)
		must(t, err)
		must(t, db.Update(func(tx *bbolt.Tx) error { return f(tx.Bucket([]byte(metaBucket))) }))
		must(t, db.Close())
	}
}
