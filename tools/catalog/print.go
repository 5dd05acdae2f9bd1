package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// print makes the files of facts: one a product, the list of products, and the list of all actions.
func print(products []*product, order []string) (map[string]string, error) {
	files := map[string]string{}
	for _, p := range products {
		files[filepath.Join("data", p.name+".txt")] = p.print()
	}
	files["products.txt"] = printProducts(products)
	actions, err := printActions(products, order)
	files["actions.txt"] = actions
	return files, err
}

func (p *product) print() string {
	var b strings.Builder
	for _, v := range p.versions {
		fmt.Fprintf(&b, "version %s\n", v.date)
		for _, action := range v.actions {
			fmt.Fprintf(&b, "action %s\nin\n", action)
			v.shapes[action+"Request"].print(&b)
			b.WriteString("out\n")
			v.shapes[action+"Response"].print(&b)
			for _, code := range v.codes[action] {
				fmt.Fprintf(&b, "code %s\n", code)
			}
		}
		for _, name := range v.nested() {
			fmt.Fprintf(&b, "shape %s\n", name)
			v.shapes[name].print(&b)
		}
	}
	return b.String()
}

func (s shape) print(b *strings.Builder) {
	for _, f := range s {
		fmt.Fprintf(b, " %s %s%s", f.name, strings.Repeat("[]", f.lists), f.kind)
		if f.required {
			b.WriteString(" !")
		}
		b.WriteByte('\n')
	}
}

// printProducts writes a line a version: product, date, number of actions, number of error codes listed.
func printProducts(products []*product) string {
	var b strings.Builder
	for _, p := range products {
		for _, v := range p.versions {
			fmt.Fprintf(&b, "%s %s %d %d\n", p.name, v.date, len(v.actions), v.countCodes())
		}
	}
	return b.String()
}

// printActions writes a line an action and version, followed by the products that have it, best guess first.
// It refuses to guess: where two products share an action, the preferences must name them both.
func printActions(products []*product, order []string) (string, error) {
	owners := map[string][]string{}
	for _, p := range products {
		for _, v := range p.versions {
			for _, action := range v.actions {
				key := action + " " + v.date
				owners[key] = append(owners[key], p.name)
			}
		}
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(owners)) {
		names := owners[key]
		if len(names) > 1 {
			for _, name := range names {
				if !slices.Contains(order, name) {
					return "", fmt.Errorf("%s belongs to %v: put %s in preferred.txt", key, names, name)
				}
			}
			slices.SortFunc(names, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
		}
		fmt.Fprintf(&b, "%s %s\n", key, strings.Join(names, " "))
	}
	return b.String(), nil
}

// write makes the room's files those given, and removes products that are gone.
func write(room string, files map[string]string) error {
	if err := os.RemoveAll(filepath.Join(room, "data")); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(room, "data"), 0o755); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(room, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare names every file of the room that is not as given.
func compare(room string, files map[string]string) error {
	var wrong []error
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text, err := os.ReadFile(filepath.Join(room, name))
		if err != nil {
			wrong = append(wrong, err)
		} else if string(text) != files[name] {
			wrong = append(wrong, fmt.Errorf("%s is not what its sources say", name))
		}
	}
	found, err := fs.Glob(os.DirFS(room), "data/*")
	if err != nil {
		return err
	}
	for _, name := range found {
		if _, ok := files[filepath.FromSlash(name)]; !ok {
			wrong = append(wrong, fmt.Errorf("%s has no source", name))
		}
	}
	return errors.Join(wrong...)
}
