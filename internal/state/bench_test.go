package state

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// machine is a row of about 1 KB as JSON has it.
type machine struct {
	Zone, State, Name, Subnet string
	Disks, Groups             []*string
	CPU, Memory               *int64
	Note                      string
}

var machines = NewTable("bench.machine", By("subnet", func(_ string, m *machine) []string { return []string{m.Subnet} }))

func newMachine(i int) machine {
	disk, group, cpu := "disk-12345678", "sg-12345678", int64(4)
	return machine{"ap-guangzhou-3", "RUNNING", fmt.Sprint("machine ", i), fmt.Sprintf("subnet-%08d", i%1000),
		[]*string{&disk, &disk}, []*string{&group}, &cpu, &cpu, string(make([]byte, 100))}
}

func machineID(i int) string { return fmt.Sprintf("ins-%08x", uint32(i)*2654435761) }

// filled is a store of n machines.
func filled(b *testing.B, n int) *Store {
	s := open(b, journal.Memory{})
	for from := 0; from < n; from += 1000 {
		update(b, s, 0, func(tx *Tx) {
			for i := from; i < min(n, from+1000); i++ {
				machines.Put(tx, machineID(i), newMachine(i))
			}
		})
	}
	return s
}

func BenchmarkGet10k(b *testing.B) {
	s := filled(b, 10_000)
	view(b, s, 0, func(tx *Tx) {
		for i := 0; b.Loop(); i++ {
			if _, ok := machines.Get(tx, machineIDs[i%len(machineIDs)]); !ok {
				b.Fatal("no such machine")
			}
		}
	})
}

var machineIDs = func() (ids [4096]string) {
	for i := range ids {
		ids[i] = machineID(i)
	}
	return ids
}()

func BenchmarkPage1k(b *testing.B) { benchmarkPage(b, 1000) }
func BenchmarkPage1M(b *testing.B) { benchmarkPage(b, 1_000_000) }

func BenchmarkPageAt1k(b *testing.B) { benchmarkPageAt(b, 1000) }
func BenchmarkPageAt1M(b *testing.B) { benchmarkPageAt(b, 1_000_000) }

// benchmarkPage opens a transaction and reads 20 rows, and how many there are: the last ones, with all that is needed in
// the processor's caches, and, cold, those at random offsets.
func benchmarkPage(b *testing.B, n int) {
	s := filled(b, n)
	for name, step := range map[string]int{"last": 0, "random": 7919} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				view(b, s, 0, func(tx *Tx) {
					if page := machines.Page(tx, (n-20+i*step)%(machines.Len(tx)-19), 20, false); len(page) != 20 {
						b.Fatal("no such page")
					}
				})
			}
		})
	}
}

// benchmarkPageAt opens a transaction and reads 20 rows one by one, always the last.
func benchmarkPageAt(b *testing.B, n int) {
	s := filled(b, n)
	for b.Loop() {
		view(b, s, 0, func(tx *Tx) {
			offset := machines.Len(tx) - 20
			for j := range 20 {
				if _, m := machines.At(tx, offset+j); m == nil {
					b.Fatal("no such machine")
				}
			}
		})
	}
}

func BenchmarkView(b *testing.B) {
	s := filled(b, 100)
	for b.Loop() {
		view(b, s, 0, func(tx *Tx) {})
	}
}

func BenchmarkCount1M(b *testing.B) {
	s := filled(b, 1_000_000)
	view(b, s, 0, func(tx *Tx) {
		for i := 0; b.Loop(); i++ {
			if n := machines.Count(tx, "subnet", fmt.Sprintf("subnet-%08d", i%1000)); n != 1000 {
				b.Fatalf("got %d, want 1000", n)
			}
		}
	})
}

func BenchmarkCommitEdit10k(b *testing.B) {
	s := filled(b, 10_000)
	for i := 0; b.Loop(); i++ {
		update(b, s, 0, func(tx *Tx) {
			machines.Edit(tx, tx.Now, machineID(i%10_000), func(m *machine) { m.State = "STOPPED" })
		})
	}
}

func BenchmarkCommitLaunch10k(b *testing.B) {
	s := filled(b, 10_000)
	for i := 0; b.Loop(); i++ {
		update(b, s, i, func(tx *Tx) {
			machines.Put(tx, machineID(10_000+i), newMachine(i))
			machines.Edit(tx, after(i+20), machineID(10_000+i), func(m *machine) { m.State = "RUNNING" })
		})
	}
}

func BenchmarkWriters1(b *testing.B)  { benchmarkWriters(b, 1) }
func BenchmarkWriters64(b *testing.B) { benchmarkWriters(b, 64) }

// benchmarkWriters commits one row a transaction to a file, from many goroutines, in one account.
func benchmarkWriters(b *testing.B, writers int) {
	s := open(b, openFile(b, b.TempDir()))
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range writers {
		wg.Go(func() {
			for i := int(next.Add(1)); i <= b.N; i = int(next.Add(1)) {
				update(b, s, 0, func(tx *Tx) { machines.Put(tx, machineID(i), newMachine(i)) })
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRow measures what the store adds to the memory of a row, with its id, two trees and an index.
func BenchmarkRow(b *testing.B) {
	const n = 100_000
	for range b.N {
		before := heap()
		rows := make([]*machine, n)
		for i := range rows {
			m := newMachine(i)
			rows[i] = &m
		}
		alone := heap() - before - 8*n
		runtime.KeepAlive(rows)
		before = heap()
		s := filled(b, n)
		b.ReportMetric(float64(heap()-before-alone)/n, "B/row")
		runtime.KeepAlive(s)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
