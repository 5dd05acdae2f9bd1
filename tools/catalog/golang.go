package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const goSDK = "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/"

var (
	codeLine   = regexp.MustCompile(`(?m)^//\s+[A-Z0-9_]+ = "([^"]+)"`)
	versionDir = regexp.MustCompile(`^v(\d{4})(\d\d)(\d\d)$`)
)

var goKinds = map[string]string{
	"string": "string", "bool": "bool", "int64": "int64", "uint64": "uint64", "float64": "float",
}

// goModule is one product's module of the Go SDK, where it lies unpacked.
type goModule struct{ Path, Dir string }

// goModules lists the product modules that go.mod pins.
func goModules() ([]goModule, error) {
	out, err := exec.Command("go", "list", "-m", "-json", "all").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var modules []goModule
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var m goModule
		switch err := dec.Decode(&m); {
		case errors.Is(err, io.EOF):
			return modules, nil
		case err != nil:
			return nil, fmt.Errorf("go list: %w", err)
		case !strings.HasPrefix(m.Path, goSDK) || m.Path == goSDK+"common":
		case m.Dir == "":
			return nil, fmt.Errorf("%s is not downloaded: try make inputs", m.Path)
		default:
			modules = append(modules, m)
		}
	}
}

// mergeInto adds what the module knows to the product of its name.
func (m goModule) mergeInto(products []*product) error {
	name := path.Base(m.Path)
	i := slices.IndexFunc(products, func(p *product) bool { return p.name == name })
	if i < 0 {
		return fmt.Errorf("the Node SDK has no product %s", name)
	}
	dirs, err := filepath.Glob(filepath.Join(m.Dir, "v*"))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		date := versionDir.ReplaceAllString(filepath.Base(dir), "$1-$2-$3")
		if err := products[i].version(date).mergeGo(dir); err != nil {
			return err
		}
	}
	return nil
}

func (v *version) mergeGo(dir string) error {
	files := token.NewFileSet()
	client, err := parser.ParseFile(files, filepath.Join(dir, "client.go"), nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	models, err := parser.ParseFile(files, filepath.Join(dir, "models.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	v.addGo(client, models)
	return nil
}

func (v *version) addGo(client, models *ast.File) {
	v.addActions(client)
	for name, s := range goShapes(models) {
		v.shapes[name] = merge(v.shapes[name], s)
	}
}

// addActions takes the codes of each action from the comment of its …WithContext method.
func (v *version) addActions(client *ast.File) {
	for _, d := range client.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil {
			continue
		}
		action, ok := strings.CutSuffix(f.Name.Name, "WithContext")
		if !ok {
			continue
		}
		var codes []string
		for _, line := range f.Doc.List {
			if m := codeLine.FindStringSubmatch(line.Text); m != nil {
				codes = append(codes, m[1])
			}
		}
		slices.Sort(codes)
		v.codes[action] = slices.Compact(codes)
		if !slices.Contains(v.actions, action) {
			v.actions = append(v.actions, action)
			slices.Sort(v.actions)
		}
	}
}

// goShapes reads the structs that go over the wire, under the Node SDK's names. A request is there twice, as
// XRequest around the client's own baggage and as XRequestParams: the second is the fact.
func goShapes(models *ast.File) map[string]shape {
	shapes := map[string]shape{}
	for _, d := range models.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, spec := range g.Specs {
			t := spec.(*ast.TypeSpec)
			s, ok := t.Type.(*ast.StructType)
			if !ok || slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool { return len(f.Names) == 0 }) {
				continue
			}
			shapes[wireName(t.Name.Name)] = goFields(s)
		}
	}
	return shapes
}

func wireName(name string) string {
	for _, suffix := range []string{"Request", "Response"} {
		if stem, ok := strings.CutSuffix(name, suffix+"Params"); ok {
			return stem + suffix
		}
	}
	return name
}

func goFields(s *ast.StructType) shape {
	var fields shape
	for _, f := range s.Fields.List {
		m := wireTag.FindStringSubmatch(f.Tag.Value)
		if m == nil {
			continue
		}
		g := field{name: m[1]}
		g.kind, g.lists = goKind(f.Type)
		fields = append(fields, g)
	}
	return fields
}

var wireTag = regexp.MustCompile(`name:"([^"]+)"`)

func goKind(t ast.Expr) (kind string, lists int) {
	switch t := t.(type) {
	case *ast.StarExpr:
		return goKind(t.X)
	case *ast.ArrayType:
		kind, lists = goKind(t.Elt)
		return kind, lists + 1
	case *ast.Ident:
		return cmp.Or(goKinds[t.Name], t.Name), 0
	}
	return "", 0
}

// merge refines one SDK's shape by the other's: Node has the order and what is required, Go the kinds.
// Members that Node does not know yet, the Go module being newer, stand last and are optional.
func merge(node, golang shape) shape {
	for _, g := range golang {
		i := slices.IndexFunc(node, func(n field) bool { return n.name == g.name })
		if i < 0 {
			node = append(node, g)
			continue
		}
		node[i].kind, node[i].lists = g.kind, g.lists
	}
	return node
}
