package cbs

import (
	"fmt"
	"runtime"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
)

// BenchmarkDescribeDisks looks for disks among those of many instances: the time follows what is found, not what is there.
func BenchmarkDescribeDisks(b *testing.B) {
	w := apitest.New(b)
	w.Store, _ = state.Open(journal.Memory{}) // without the detector, which reads every row twice
	const instances = 100_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	w.Must(func(c *api.Call) {
		for i := range instances {
			Start(c, Launch{
				InstanceID: fmt.Sprintf("ins-%08d", i), InstanceName: "web", Zone: "ap-guangzhou-3", Ready: c.Now, System: Spec{Type: Premium, Size: 50},
			})
		}
	})
	loose := *apitest.Call(w, createDisks, order()).DiskIdSet[0]
	runtime.GC()
	runtime.ReadMemStats(&after)
	one := func(name, value string) []*sdk.Filter { return []*sdk.Filter{{Name: &name, Values: []*string{&value}}} }
	for _, row := range []struct {
		name string
		in   sdk.DescribeDisksRequestParams
	}{
		{"id", sdk.DescribeDisksRequestParams{DiskIds: []*string{&loose}}},
		{"page", sdk.DescribeDisksRequestParams{Offset: p(uint64(instances - 200)), Limit: p(uint64(100))}},
		{"instance", sdk.DescribeDisksRequestParams{Filters: one("instance-id", "ins-00050000")}},
		{"state", sdk.DescribeDisksRequestParams{Filters: one("disk-state", Unattached)}},
		{"attached page", sdk.DescribeDisksRequestParams{Filters: one("disk-state", Attached), Limit: p(uint64(100))}},
		{"usage", sdk.DescribeDisksRequestParams{Filters: one("disk-usage", DataDisk)}},
	} {
		b.Run(row.name, func(b *testing.B) {
			for b.Loop() {
				apitest.Call(w, describeDisks, row.in)
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/instances, "B/disk")
		})
	}
	b.Run("Of", func(b *testing.B) {
		w.Must(func(c *api.Call) {
			for b.Loop() {
				for range Of(c.Tx, "ins-00050000") {
				}
			}
		})
	})
}
