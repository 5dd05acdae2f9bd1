package quota

import (
	"maps"
	"strings"
)

// compiled is Rules as Take asks them: no string has to be built to look an action up.
type compiled struct {
	off     bool
	given   map[string]int
	actions map[action]int
}

type action struct{ product, name string }

func compile(r Rules) *compiled {
	c := &compiled{off: r.Off, given: maps.Clone(r.Actions), actions: make(map[action]int, len(r.Actions))}
	for name, limit := range r.Actions {
		product, bare, _ := strings.Cut(name, ".")
		c.actions[action{product, bare}] = limit
	}
	return c
}
