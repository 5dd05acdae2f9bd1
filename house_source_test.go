package tengyun_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// source is one Go file of the module.
type source struct {
	path   string // internal/state/table.go
	dir    string // internal/state; "" is the root
	test   bool
	text   string
	syntax *ast.File
}

var fileSet = token.NewFileSet()

// where is a place in a source: internal/state/table.go:12.
func where(n ast.Node) string {
	p := fileSet.Position(n.Pos())
	return p.String()
}

// lines is how many lines a node takes.
func lines(n ast.Node) int {
	return fileSet.Position(n.End()).Line - fileSet.Position(n.Pos()).Line + 1
}

// tree lists every file of the house that is kept, and none that is made or installed.
func tree(t *testing.T) []string {
	t.Helper()
	files, err := walked()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var walked = sync.OnceValues(func() ([]string, error) {
	var files []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", "node_modules", "bin", "out"}, d.Name()):
			return fs.SkipDir
		case d.Type().IsRegular() && d.Name() != ".git" && !made(d.Name()):
			files = append(files, filepath.ToSlash(name))
		}
		return nil
	})
	return files, err
})

// made says whether .gitignore leaves out a file of this name.
func made(name string) bool {
	return strings.HasSuffix(name, ".test") || strings.HasSuffix(name, ".prof") || strings.HasPrefix(name, "coverage.")
}

// sources parses the module's Go files. Those of tools belong to modules of their own.
func sources(t *testing.T) []*source {
	t.Helper()
	all, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var parsed = sync.OnceValues(func() ([]*source, error) {
	files, err := walked()
	if err != nil {
		return nil, err
	}
	var all []*source
	for _, name := range files {
		if !strings.HasSuffix(name, ".go") || strings.HasPrefix(name, "tools/") || name == "deps.go" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		syntax, err := parser.ParseFile(fileSet, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		dir := path.Dir(name)
		if dir == "." {
			dir = ""
		}
		all = append(all, &source{name, dir, strings.HasSuffix(name, "_test.go"), string(text), syntax})
	}
	return all, nil
})

// packages groups the sources by folder.
func packages(t *testing.T) map[string][]*source {
	t.Helper()
	byDir := map[string][]*source{}
	for _, f := range sources(t) {
		byDir[f.dir] = append(byDir[f.dir], f)
	}
	return byDir
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
