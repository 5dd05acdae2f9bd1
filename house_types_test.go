package tengyun_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// checkedPackage is a package of the house with all its types known.
type checkedPackage struct {
	path  string
	files []*ast.File
	types *types.Package
	info  *types.Info
}

// checkedPackages type-checks the packages below internal, and with them what they import.
func checkedPackages(t *testing.T) []*checkedPackage {
	t.Helper()
	all, err := checked()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// services are the packages below internal/service.
func services(t *testing.T) (some []*checkedPackage) {
	t.Helper()
	for _, p := range checkedPackages(t) {
		if strings.HasPrefix(p.path, module+"/internal/service/") {
			some = append(some, p)
		}
	}
	return some
}

var checked = sync.OnceValues(func() ([]*checkedPackage, error) {
	listed, err := list("./internal/...")
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range listed {
		exports[p.ImportPath] = p.Export
	}
	set := token.NewFileSet()
	imports := importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var all []*checkedPackage
	for _, p := range listed {
		if !strings.HasPrefix(p.ImportPath, module+"/internal/") {
			continue
		}
		c := &checkedPackage{path: p.ImportPath, info: &types.Info{
			Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{},
		}}
		for _, f := range parsedIn(p.Dir) {
			c.files = append(c.files, f.syntax)
		}
		if c.types, err = (&types.Config{Importer: imports}).Check(p.ImportPath, fileSet, c.files, c.info); err != nil {
			return nil, fmt.Errorf("check the types of %s: %w", p.ImportPath, err)
		}
		all = append(all, c)
	}
	return all, nil
})

// parsedIn are the sources of a folder, without tests.
func parsedIn(dir string) (found []*source) {
	all, err := parsed()
	if err != nil {
		return nil
	}
	for _, f := range all {
		if abs, err := filepath.Abs(f.dir); err == nil && abs == dir && !f.test {
			found = append(found, f)
		}
	}
	return found
}

// listedPackage is what `go list` says of one.
type listedPackage struct{ ImportPath, Dir, Export string }

// list asks the go command for packages and all they import, compiled.
func list(pattern string) ([]listedPackage, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export", pattern)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.String())
	}
	var all []listedPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listedPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		all = append(all, p)
	}
}
