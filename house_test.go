// Package tengyun_test holds the rules that the whole house keeps.
package tengyun_test

import (
	"slices"
	"strings"
	"testing"
)

const module = "github.com/tengyun/tengyun"

// floors names the rooms from the ground up. A room imports only rooms on lower floors. What stands in a room's
// own folder (service/cvm/offer) belongs to the room, unless it has a floor of its own.
var floors = [][]string{
	{"internal/tcerr", "internal/clock", "internal/ids", "internal/account", "internal/catalog", "internal/tsv"},
	{"internal/state", "internal/wire", "internal/quota", "internal/region"},
	{"internal/api", "internal/sign", "internal/trace", "internal/config"},
	{"internal/service/cam", "internal/service/sts"},
	{"internal/service/host"},
	{"internal/service/tag"},
	{"internal/service/vpc"},
	{"internal/service/cbs"},
	{"internal/service/cvm"},
	{"internal/service/region"},
	{"internal/service/api"},
	{"internal/gateway", "internal/front"},
	{"internal/admin"},
	{"internal/emulator"},
	{""},
	{"cmd/tengyun", "scenario", "e2e"},
}

// roomOf is the room that a folder belongs to, and its floor; -1 for none.
func roomOf(dir string) (room string, floor int) {
	for {
		for floor, rooms := range floors {
			if slices.Contains(rooms, dir) {
				return dir, floor
			}
		}
		cut := strings.LastIndexByte(dir, '/')
		if cut < 0 {
			return "", -1
		}
		dir = dir[:cut]
	}
}

// imports lists the packages of the house that a file imports, as folders.
func (f *source) imports() []string {
	var dirs []string
	for _, spec := range f.syntax.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		if dir, ours := strings.CutPrefix(path, module); ours {
			dirs = append(dirs, strings.TrimPrefix(dir, "/"))
		}
	}
	return dirs
}

func TestEveryFolderIsARoom(t *testing.T) {
	t.Parallel()
	for dir := range packages(t) {
		if _, floor := roomOf(dir); floor < 0 {
			t.Errorf("%s stands on no floor: give the room its place in house_test.go", dir)
		}
	}
}

func TestRoomsImportDownwards(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		room, floor := roomOf(f.dir)
		for _, dir := range f.imports() {
			if to, below := roomOf(dir); to != room && below >= floor {
				t.Errorf("%s imports %s, which stands on floor %d; %s stands on floor %d", f.path, dir, below, room, floor)
			}
		}
	}
}

func TestServicesKnowNoWire(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		if f.test || !strings.HasPrefix(f.dir, "internal/service/") {
			continue
		}
		for _, spec := range f.syntax.Imports {
			switch path := strings.Trim(spec.Path.Value, `"`); path {
			case "net/http", module + "/internal/wire", module + "/internal/gateway":
				t.Errorf("%s imports %s: a service gets decoded parameters and gives back a value or an error", f.path, path)
			}
		}
	}
}

// TestRequirementsAreReleases keeps go.mod free of what only one machine can resolve.
func TestRequirementsAreReleases(t *testing.T) {
	t.Parallel()
	text := read(t, "go.mod")
	if !strings.Contains(text, "module "+module+"\n") {
		t.Errorf("go.mod: want module %s", module)
	}
	for line := range strings.Lines(text) {
		if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); word == "replace" || word == "exclude" || word == "toolchain" {
			t.Errorf("go.mod: %q: a program with such a line cannot be had by go install", strings.TrimSpace(line))
		}
	}
}
