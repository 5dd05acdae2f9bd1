package catalog

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/*.txt
var facts embed.FS

// productLines has a line a version: product, date, number of actions, number of error codes listed.
//
//go:embed products.txt
var productLines string

// actionLines has a line an action and version, sorted, followed by the products that have it.
//
//go:embed actions.txt
var actionLines string

// directory knows which products there are, and parses each when it is first wanted.
type directory struct {
	names                       []string
	coded                       []string // those whose actions list error codes
	load                        map[string]func() *Product
	products, versions, actions int
}

// open reads the list of products, once, when the catalog is first asked anything.
var open = sync.OnceValue(func() *directory {
	d := &directory{load: map[string]func() *Product{}}
	for line := range strings.Lines(productLines) {
		words := strings.Fields(line)
		name := words[0]
		if d.load[name] == nil {
			d.names = append(d.names, name)
			d.load[name] = sync.OnceValue(func() *Product { return waive(parse(name, factsOf(name), ratesOf(name))) })
		}
		if words[3] != "0" && !slices.Contains(d.coded, name) {
			d.coded = append(d.coded, name)
		}
		n, _ := strconv.Atoi(words[2])
		d.versions++
		d.actions += n
	}
	d.products = len(d.names)
	return d
})

func factsOf(product string) string {
	text, _ := facts.ReadFile("data/" + product + ".txt") // there for every name: a test reads them all
	return string(text)
}

// Names lists every product, sorted.
func Names() []string { return slices.Clone(open().names) }

// Counts says how many products, versions and actions the catalog knows, without parsing any.
func Counts() (products, versions, actions int) {
	d := open()
	return d.products, d.versions, d.actions
}

// Lookup finds a product by name ("cvm"), parsing its facts on first use.
func Lookup(product string) (*Product, bool) {
	load, ok := open().load[product]
	if !ok {
		return nil, false
	}
	return load(), true
}

// ProductsOf lists the products that have this action in this version, best guess first: a request sent to
// a bare address names neither product nor host, and this pair is nearly always enough.
func ProductsOf(version, action string) []string {
	if strings.ContainsAny(version+action, " \n") {
		return nil
	}
	key := action + " " + version + " "
	names, ok := strings.CutPrefix(lineFrom(actionLines, key), key)
	if !ok {
		return nil
	}
	return strings.Split(names, " ")
}

// lineFrom finds the first line of a sorted text that is not less than key, without its newline; "" past the last.
func lineFrom(text, key string) string {
	low, high := 0, len(text) // starts of lines; the line at low or after it, at the latest the one at high
	for low < high {
		mid := low + (high-low)/2
		start := strings.LastIndexByte(text[:mid], '\n') + 1
		if line := firstLine(text[start:]); line < key {
			low = start + len(line) + 1
		} else {
			high = start
		}
	}
	return firstLine(text[low:])
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
