package cvm

import "time"

// How long things take in the cloud; the emulator's speed scales them all. Reboots and image creation are documented,
// the rest is what clients see.
const (
	launchTakes    = 30 * time.Second
	startTakes     = 15 * time.Second
	stopTakes      = 15 * time.Second
	rebootTakes    = 30 * time.Second
	terminateTakes = 10 * time.Second
	modifyTakes    = 5 * time.Second
	resetTakes     = 60 * time.Second
	rescueTakes    = 60 * time.Second
	enterTakes     = 10 * time.Second
	migrateTakes   = 60 * time.Second
	exitTakes      = 10 * time.Second
	imageTakes     = 10 * time.Minute
	copyTakes      = 15 * time.Minute
)
