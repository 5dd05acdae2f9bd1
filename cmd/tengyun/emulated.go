package main

import (
	"cmp"
	"slices"

	"github.com/tengyun/tengyun/internal/emulator"
)

// emulatedAction is an action that the emulator does, and not only checks.
type emulatedAction struct{ product, version, name string }

// emulated lists them by product, version and name.
func emulated() []emulatedAction {
	var list []emulatedAction
	for _, s := range emulator.Services() {
		for _, a := range s.Actions {
			list = append(list, emulatedAction{s.Name, s.Version, a.Name})
		}
	}
	slices.SortFunc(list, func(a, b emulatedAction) int {
		return cmp.Or(cmp.Compare(a.product, b.product), cmp.Compare(a.version, b.version), cmp.Compare(a.name, b.name))
	})
	return list
}
