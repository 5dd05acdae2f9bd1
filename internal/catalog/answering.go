package catalog

import "strings"

// ActionsAnswering lists the actions whose lists have this very code, by product, version and name. Only products
// that mention the code are parsed. Few products have lists of codes; an action without a list is never named.
func ActionsAnswering(code string) []*Action {
	var found []*Action
	for _, name := range open().coded {
		if !strings.Contains(factsOf(name), "\ncode "+code+"\n") {
			continue
		}
		p, _ := Lookup(name)
		for _, v := range p.Versions {
			for _, a := range v.Actions {
				if a.Codes != nil && a.Allows(code) {
					found = append(found, a)
				}
			}
		}
	}
	return found
}
