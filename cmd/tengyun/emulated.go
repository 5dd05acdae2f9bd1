package main

// emulatedAction is an action that the emulator does, and not only checks.
type emulatedAction struct{ product, version, name string }

// emulated lists them by product and name.
func emulated() []emulatedAction { return nil }
