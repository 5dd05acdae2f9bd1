package tengyun_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// What a person can hold in mind. Tests and tables of data are read in another way.
const (
	maxFileLines  = 300
	maxFuncLines  = 60
	maxParameters = 5
)

func TestFilesAndFunctionsAreSmall(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		if n := strings.Count(f.text, "\n"); n > maxFileLines {
			t.Errorf("%s has %d lines, want at most %d", f.path, n, maxFileLines)
		}
		for fn := range functions(f) {
			if n := lines(fn); n > maxFuncLines {
				t.Errorf("%s: %s has %d lines, want at most %d", where(fn), fn.Name.Name, n, maxFuncLines)
			}
			if n := fn.Type.Params.NumFields(); n > maxParameters {
				t.Errorf("%s: %s takes %d parameters, want at most %d", where(fn), fn.Name.Name, n, maxParameters)
			}
		}
	}
}

// functions yields the declared functions and methods of a file.
func functions(f *source) func(yield func(*ast.FuncDecl) bool) {
	return func(yield func(*ast.FuncDecl) bool) {
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && !yield(fn) {
				return
			}
		}
	}
}

func TestEveryPackageHasOneDoc(t *testing.T) {
	t.Parallel()
	for dir, files := range packages(t) {
		code := slices.DeleteFunc(slices.Clone(files), func(f *source) bool { return f.test })
		if len(code) == 0 {
			code = files
		}
		var docs []string
		for _, f := range code {
			if f.syntax.Doc != nil {
				docs = append(docs, f.path)
			}
		}
		if len(docs) != 1 {
			t.Errorf("%q: got package docs in %q, want exactly one", dir, docs)
		}
	}
}

func TestNoInit(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		for fn := range functions(f) {
			if fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s: init: what a package needs is handed to it", where(fn))
			}
		}
	}
}

// TestPackageVariablesStay: two emulators in one process share the package variables, so nobody may change one.
func TestPackageVariablesStay(t *testing.T) {
	t.Parallel()
	for _, p := range checkedPackages(t) {
		refuse := func(changed ast.Expr) {
			for {
				switch x := changed.(type) {
				case *ast.IndexExpr:
					changed = x.X
					continue
				case *ast.SelectorExpr:
					changed = x.X
					continue
				case *ast.StarExpr:
					changed = x.X
					continue
				case *ast.Ident:
					if v, ok := p.info.Uses[x].(*types.Var); ok && v.Parent() == p.types.Scope() {
						t.Errorf("%s: %s is changed: hand it down instead", where(x), x.Name)
					}
				}
				return
			}
		}
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					for _, left := range n.Lhs {
						refuse(left)
					}
				case *ast.IncDecStmt:
					refuse(n.X)
				}
				return true
			})
		}
	}
}

// TestOnlyTheClockTellsTheTime: whoever asks the machine for the time cannot be tested with another. The clients of
// e2e live outside the house and may look at their own watch.
func TestOnlyTheClockTellsTheTime(t *testing.T) {
	t.Parallel()
	forbidden := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"}
	for _, f := range sources(t) {
		if f.dir == "internal/clock" || f.dir == "e2e" || strings.HasPrefix(f.dir, "e2e/") {
			continue
		}
		words := forbidden
		if f.test {
			words = []string{"Sleep", "After", "Tick"}
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(words, sel.Sel.Name) {
				t.Errorf("%s: time.%s: ask the clock", where(sel), sel.Sel.Name)
			}
			return true
		})
	}
}

// errorCode is what the cloud's codes look like. The words alone are codes, and so is each with something behind a dot.
var errorCode = regexp.MustCompile(`^(AuthFailure|DryRunOperation|FailedOperation|InternalError|InvalidAction|InvalidParameter|` +
	`InvalidParameterValue|InvalidParameterCombination|InvalidParameterConflict|LimitExceeded|MissingParameter|MutexOperation|` +
	`NoSuchProduct|NoSuchVersion|OperationDenied|RequestLimitExceeded|ResourceInUse|ResourceInsufficient|ResourceNotFound|` +
	`ResourceUnavailable|ResourcesSoldOut|UnauthorizedOperation|UnknownParameter|UnsupportedOperation|UnsupportedProtocol|` +
	`UnsupportedRegion|Invalid[A-Z]\w*\.(NotFound|Malformed|Mismatch|NotSupported))(\.\w+)*$`)

// TestCodesAreConstants: a code that is typed out by hand is mistyped one day. Products' codes are constants of their
// SDK, common ones of tcerr; where the SDK lacks one that its cloud answers, the service declares the constant.
func TestCodesAreConstants(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		if f.test || f.dir == "internal/tcerr" || strings.HasPrefix(f.dir, "e2e") {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && errorCode.MatchString(strings.Trim(lit.Value, "\"`")) {
				t.Errorf("%s: %s: want a constant", where(lit), lit.Value)
			}
			return true
		})
	}
}

// TestFilesAreForEveryMachine: a path of one machine, or the address of a package registry, works at one place only.
func TestFilesAreForEveryMachine(t *testing.T) {
	t.Parallel()
	local := regexp.MustCompile("(^|[\\s\"'`(=:])/(work|root|tmp|home/[a-z]+)/")
	registry := regexp.MustCompile(`(proxy|sum)\.golang\.org|registry\.npmjs|npm[m]irror|goproxy\.(io|cn)|(deb|security)\.debian\.org|"resolve[d]": `)
	for _, name := range tree(t) {
		text := read(t, name)
		if !utf8.ValidString(text) {
			continue
		}
		n := 0
		for line := range strings.Lines(text) {
			n++
			if m := local.FindString(line); m != "" {
				t.Errorf("%s:%d: %q is a path of one machine", name, n, m)
			}
			if m := registry.FindString(line); m != "" {
				t.Errorf("%s:%d: %q is the address of a package registry", name, n, m)
			}
		}
	}
}
