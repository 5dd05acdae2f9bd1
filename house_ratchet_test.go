package tengyun_test

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/emulator"
)

var update = flag.Bool("update", false, "rewrite the lists of gaps and README's tables")

// TestGeneratedListOfActions keeps the list of what the emulated products do not do yet.
func TestGeneratedListOfActions(t *testing.T) {
	t.Parallel()
	var lines []string
	for _, s := range emulator.Services() {
		does := map[string]bool{}
		for _, a := range s.Actions {
			does[a.Name] = true
		}
		for _, a := range versionOf(t, s.Name, s.Version).Actions {
			if !does[a.Name] {
				lines = append(lines, s.Name+" "+a.Name)
			}
		}
	}
	ratchet(t, "not-emulated.txt", lines)
}

// TestGeneratedListOfParameters keeps the list of what emulated actions accept and do nothing with: parameters whose
// field no service ever reads, and those that the SDK's types lack. Each has its reason.
func TestGeneratedListOfParameters(t *testing.T) {
	t.Parallel()
	reads := fieldsRead(services(t))
	var lines []string
	for _, s := range emulator.Services() {
		v := versionOf(t, s.Name, s.Version)
		for _, a := range s.Actions {
			action, ok := v.Action(a.Name)
			if !ok {
				t.Fatalf("the catalog has no %s %s", s.Name, a.Name)
			}
			for _, path := range ignored(action.In, paramsOf(t, s.Name, a.Name), reads, nil) {
				lines = append(lines, s.Name+" "+a.Name+" "+path)
			}
		}
	}
	ratchet(t, "ignored-parameters.txt", argued(t, "ignored-parameters.txt", lines))
}

func versionOf(t *testing.T, product, date string) *catalog.Version {
	t.Helper()
	p, ok := catalog.Lookup(product)
	if !ok {
		t.Fatalf("the catalog has no product %s", product)
	}
	v, ok := p.Version(date)
	if !ok {
		t.Fatalf("the catalog has no %s %s", product, date)
	}
	return v
}

// paramsOf is the type into which an action's parameters are decoded: the SDK's, or the service's own.
func paramsOf(t *testing.T, product, action string) types.Type {
	t.Helper()
	for _, p := range services(t) {
		if p.path != module+"/internal/service/"+product {
			continue
		}
		for _, dep := range append([]*types.Package{p.types}, p.types.Imports()...) { // its own stand for what the SDK lacks
			if in := dep.Scope().Lookup(action + "RequestParams"); in != nil {
				return in.Type()
			}
		}
	}
	t.Fatalf("nothing that service %s imports has a %sRequestParams", product, action)
	return nil
}

// argued is the lines of a list of gaps, each with the word for its reason that the kept list has for it, behind the table
// of such words that the kept list begins with, "# word: reason". A line without one is an error.
func argued(t *testing.T, name string, lines []string) (all []string) {
	t.Helper()
	reasons, words := map[string]string{}, map[string]bool{}
	for kept := range strings.Lines(read(t, filepath.Join("testdata", "ratchet", name))) {
		kept = strings.TrimSpace(kept)
		if reason, ok := strings.CutPrefix(kept, "# "); ok {
			word, _, _ := strings.Cut(reason, ":")
			words[word] = true
			all = append(all, kept)
		} else if end := strings.LastIndex(kept, " "); end > 0 {
			reasons[kept[:end]] = kept[end+1:]
		}
	}
	for _, gap := range lines {
		if !words[reasons[gap]] {
			t.Errorf("%s gives no reason for %s", name, gap)
		}
		all = append(all, strings.TrimSpace(gap+" "+reasons[gap]))
	}
	return all
}

// ratchet compares a list of gaps with the one that is kept. It is to become shorter, never longer: whoever adds a line
// to it has to show it to the reader of the change.
func ratchet(t *testing.T, name string, lines []string) {
	t.Helper()
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	name = filepath.Join("testdata", "ratchet", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := gocmp.Diff(strings.Split(read(t, name), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-kept +found): close the gap, or make generate and explain the new line:\n%s", name, diff)
	}
}

// fieldsRead are the struct fields whose value some package takes.
func fieldsRead(packages []*checkedPackage) map[*types.Var]bool {
	reads := map[*types.Var]bool{}
	for _, p := range packages {
		written := map[ast.Expr]bool{}
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				if assign, ok := n.(*ast.AssignStmt); ok {
					for _, left := range assign.Lhs {
						written[left] = true
					}
				}
				return true
			})
		}
		for sel, s := range p.info.Selections {
			if v, ok := s.Obj().(*types.Var); ok && !written[sel] {
				reads[v] = true
			}
		}
	}
	return reads
}

// ignored are the paths of the parameters in a shape whose fields nobody reads. ClientToken and DryRun are the
// gateway's business.
func ignored(s *catalog.Shape, in types.Type, reads map[*types.Var]bool, above []string) (paths []string) {
	if len(above) > 0 && slices.Contains(above[:len(above)-1], s.Name) {
		return nil // a shape within itself
	}
	fields := members(in)
	for i := range s.Fields {
		f := &s.Fields[i]
		if len(above) == 0 && (f.Name == "ClientToken" || f.Name == "DryRun") {
			continue
		}
		v, ok := fields[f.Name]
		if !ok || !reads[v] {
			paths = append(paths, f.Name)
			continue
		}
		if f.Kind == catalog.Object && f.Shape != nil {
			for _, path := range ignored(f.Shape, v.Type(), reads, append(above, s.Name, f.Shape.Name)) {
				paths = append(paths, fmt.Sprintf("%s.%s", f.Name, path))
			}
		}
	}
	return paths
}

// members are the fields of a struct, behind pointers and lists, by their names on the wire.
func members(t types.Type) map[string]*types.Var {
	for {
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Struct:
			byName := map[string]*types.Var{}
			for i := range u.NumFields() {
				tag := reflect.StructTag(u.Tag(i))
				name, _, _ := strings.Cut(cmp.Or(tag.Get("name"), tag.Get("json"), u.Field(i).Name()), ",")
				byName[name] = u.Field(i)
			}
			return byName
		default:
			return nil
		}
	}
}
