// Command catalog writes the facts that internal/catalog embeds, from the packages pinned beside it.
//
// The Node SDK names every product's versions, actions, shapes and what is required; the Go SDK's modules
// know, for the products that have one, the exact kinds of numbers and the error codes of each action.
// Facts only: descriptions stay where they are.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
)

func main() {
	log.SetFlags(0)
	room := flag.String("room", "../../internal/catalog", "the `folder` that holds the facts")
	check := flag.Bool("check", false, "write nothing; fail if the facts there are not what would be written")
	flag.Parse()

	files, err := generate("node_modules", "preferred.txt")
	if err != nil {
		log.Fatal(err)
	}
	if *check {
		err = compare(*room, files)
	} else {
		err = write(*room, files)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// generate makes every file of facts, by its path in the room.
func generate(nodeModules, preferred string) (map[string]string, error) {
	products, err := readNode(nodeModules)
	if err != nil {
		return nil, fmt.Errorf("read the Node SDK (is it installed? try make inputs): %w", err)
	}
	modules, err := goModules()
	if err != nil {
		return nil, err
	}
	for _, m := range modules {
		if err := m.mergeInto(products); err != nil {
			return nil, fmt.Errorf("read %s: %w", m.Dir, err)
		}
	}
	for _, p := range sorted(products) {
		for _, v := range p.versions {
			if err := v.check(); err != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	order, err := readPreferences(preferred)
	if err != nil {
		return nil, err
	}
	return print(products, order)
}

// sorted puts products and their versions in the one order in which they are written.
func sorted(products []*product) []*product {
	slices.SortFunc(products, func(a, b *product) int { return cmp.Compare(a.name, b.name) })
	for _, p := range products {
		slices.SortFunc(p.versions, func(a, b *version) int { return cmp.Compare(a.date, b.date) })
	}
	return products
}

// readPreferences reads who wins where several products share an action: one product a line, best first.
func readPreferences(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var order []string
	for line := range linesOf(string(text)) {
		if line[0] != '#' {
			order = append(order, line)
		}
	}
	return order, nil
}
