package main

import "testing"

func TestSpareRoom(t *testing.T) {
	t.Parallel()
	const mib = 1 << 20
	for live, want := range map[uint64]int{ // in percent
		0: 3200, 1 * mib: 3200, 4 * mib: 3200, 64 * mib: 200, 128 * mib: 100, 200 * mib: 100, 256 * mib: 100,
		512 * mib: 50, 1024 * mib: 25, 2048 * mib: 25,
	} {
		if got := spare(live); got != want {
			t.Errorf("%d MiB alive: got %d %%, want %d", live/mib, got, want)
		}
	}
}
