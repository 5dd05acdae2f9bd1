package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/config"
)

func coverageVerb() *verb {
	v := &verb{name: "coverage", args: "[PRODUCT] [--json | --names]", short: "count or list what is emulated and what is not", long: `
Needs no running emulator. Every action of the cloud is known and its requests are
checked in full; one that is not emulated then answers
UnsupportedOperation.NotEmulated, never a made-up success.

  --json   JSON in place of text
  --names  bare names: of the products, or of the actions of PRODUCT

example:
  tengyun coverage cvm
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		asJSON := fs.Bool("json", false, "")
		names := fs.Bool("names", false, "")
		rest, err := v.parse(p, fs, args)
		if err != nil {
			return err
		}
		if len(rest) > 1 {
			return exactly(rest, "PRODUCT")
		}
		if *names {
			return writeNames(p.stdout, rest)
		}
		if len(rest) == 0 {
			return coverAll(p.stdout, *asJSON)
		}
		return coverOne(p.stdout, rest[0], *asJSON)
	}
	return v
}

// totals is how much of the cloud is emulated.
type totals struct {
	Products    int            `json:"products"`
	Actions     int            `json:"actions"`
	Emulated    int            `json:"emulated"`
	NotEmulated int            `json:"notEmulated"`
	ByProduct   map[string]int `json:"emulatedByProduct"`
}

func coverAll(w io.Writer, asJSON bool) error {
	products, _, actions := catalog.Counts()
	t := totals{Products: products, Actions: actions, ByProduct: map[string]int{}}
	list := emulated()
	for _, e := range list {
		t.Emulated++
		t.ByProduct[e.product]++
	}
	t.NotEmulated = actions - t.Emulated
	if asJSON {
		return writeJSON(w, t)
	}
	_, err := fmt.Fprintf(w, "products      %6d\nactions       %6d\nemulated      %6d\nnot emulated  %6d\n", t.Products, t.Actions, t.Emulated, t.NotEmulated)
	product := ""
	for _, e := range list {
		if err == nil && e.product != product {
			product = e.product
			_, err = fmt.Fprintf(w, "\n%-10s %4d of %d emulated", product, t.ByProduct[product], countActions(product))
		}
	}
	if err == nil && len(list) > 0 {
		_, err = fmt.Fprintln(w)
	}
	return err
}

func countActions(product string) int {
	n := 0
	if p, ok := catalog.Lookup(product); ok {
		for _, v := range p.Versions {
			n += len(v.Actions)
		}
	}
	return n
}

// covered is one action, as JSON shows it.
type covered struct {
	Version  string `json:"version"`
	Action   string `json:"action"`
	Emulated bool   `json:"emulated"`
}

func coverOne(w io.Writer, product string, asJSON bool) error {
	p, err := lookup(product)
	if err != nil {
		return err
	}
	list := emulated()
	actions := []covered{}
	for _, v := range p.Versions {
		for _, a := range v.Actions {
			actions = append(actions, covered{v.Date, a.Name, slices.Contains(list, emulatedAction{product, v.Date, a.Name})})
		}
	}
	if asJSON {
		return writeJSON(w, map[string]any{"product": product, "actions": actions})
	}
	var b strings.Builder
	version := ""
	for _, a := range actions {
		if a.Version != version {
			version = a.Version
			fmt.Fprintf(&b, "%s %s\n", product, version)
		}
		mark := "not emulated"
		if a.Emulated {
			mark = "emulated"
		}
		fmt.Fprintf(&b, "  %-12s  %s\n", mark, a.Action)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func writeNames(w io.Writer, rest []string) error {
	names := catalog.Names()
	if len(rest) == 1 {
		p, err := lookup(rest[0])
		if err != nil {
			return err
		}
		names = nil
		for _, v := range p.Versions {
			for _, a := range v.Actions {
				names = append(names, a.Name)
			}
		}
		slices.Sort(names)
		names = slices.Compact(names)
	}
	_, err := fmt.Fprintln(w, strings.Join(names, "\n"))
	return err
}

func lookup(product string) (*catalog.Product, error) {
	p, ok := catalog.Lookup(product)
	if !ok {
		return nil, fmt.Errorf("the cloud has no product %s%s", product, config.Suggest(product, catalog.Names()))
	}
	return p, nil
}
