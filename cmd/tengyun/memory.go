package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much may be allocated between two runs of the collector: as much as is alive, which is Go's own rule, but no less
// than leastRoom, for an emulator that holds next to nothing would collect a hundred times a second; and no more than
// mostRoom, or leastShare of what is alive where that is more, for one of a million instances would take twice the memory.
const (
	leastRoom  = 128 << 20
	mostRoom   = 256 << 20
	leastShare = 25   // in percent
	mostShare  = 3200 // in percent: of the 4 MiB that Go takes for a heap at the start, leastRoom
)

// tuneRuntime makes Go's runtime fit for a server of this kind, unless the user has said what he wants. durable says that
// writes wait for a disk.
func tuneRuntime(p *program, durable bool) {
	if p.env("GOGC") == "" && p.env("GOMEMLIMIT") == "" {
		new(collector).follow()
	}
	// A thread that waits for the disk is one less to run Go: of two, half; of one, all, so that no writer could queue
	// behind it and share the next fsync. The system shares out the processors well enough among one thread more.
	if p.env("GOMAXPROCS") == "" && durable {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
}

// collector keeps the runtime's GOGC at what the amount of memory in use makes right.
type collector struct{ percent int }

// follow sets it, and is called again after the next collection.
func (c *collector) follow() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if percent := spare(live[0].Value.Uint64()); percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
	type fallen struct{ _ *collector } // a pointer, so that it is not one of the tiny values that are freed together
	runtime.AddCleanup(new(fallen), (*collector).follow, c)
}

// spare is the room for what is alive, in percent of it.
func spare(live uint64) int {
	room := max(min(live, mostRoom), leastRoom)
	return int(min(max(100*room/max(live, 1), leastShare), mostShare))
}
