package vpc

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// crowd is a cloud of many instances, all in one VPC and one security group.
type crowd struct {
	store    *state.Store
	scope    state.Scope
	settings api.Settings
	ids      *ids.Source
	vpc      string
	group    string
	subnets  []string
}

const manyInstances = 100_000

func newCrowd(b *testing.B, n int) *crowd {
	b.Helper()
	store, err := state.Open(journal.Memory{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	w := &crowd{
		store: store, scope: state.Scope{Account: "100000000001", Region: "ap-guangzhou"}, ids: ids.New(1, 0),
		settings: api.Settings{Speed: 1, Quotas: func(string, quota.Limit) int { return 1 << 30 }},
	}
	w.do(b, func(c *api.Call) {
		out, err := createVpc(c, &sdk.CreateVpcRequestParams{VpcName: new("net"), CidrBlock: new("10.0.0.0/12")})
		if err != nil {
			b.Fatal(err)
		}
		w.vpc, w.group = *out.Vpc.VpcId, DefaultSecurityGroup(c, "0")
		for i := range 16 {
			s, err := createSubnet(c, &sdk.CreateSubnetRequestParams{
				VpcId: &w.vpc, SubnetName: new("s"), CidrBlock: new(fmt.Sprintf("10.%d.0.0/16", i)), Zone: new(zone3),
			})
			if err != nil {
				b.Fatal(err)
			}
			w.subnets = append(w.subnets, *s.Subnet.SubnetId)
		}
	})
	for i := 0; i < n; i += 1000 {
		w.do(b, func(c *api.Call) { w.launch(b, c, i, 1000) })
	}
	return w
}

func (w *crowd) launch(b *testing.B, c *api.Call, from, n int) {
	for i := from; i < from+n; i++ {
		if _, err := Launch(c, LaunchSpec{
			InstanceID: fmt.Sprintf("ins-%08d", i), Placement: Placement{w.vpc, w.subnets[i/60000]}, SecurityGroups: []string{w.group}, ReadyAt: c.Now,
		}); err != nil {
			b.Fatal(err)
		}
	}
}

func (w *crowd) do(b *testing.B, f func(c *api.Call)) {
	b.Helper()
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	if err := w.store.Update(w.scope, now, func(tx *state.Tx) error { f(w.call(tx)); return nil }); err != nil {
		b.Fatal(err)
	}
}

func (w *crowd) view(f func(c *api.Call)) {
	now := time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC)
	_ = w.store.View(w.scope, now, func(tx *state.Tx) error { f(w.call(tx)); return nil })
}

func (w *crowd) call(tx *state.Tx) *api.Call {
	return &api.Call{Tx: tx, Caller: account.Caller{OwnerUin: w.scope.Account}, Language: tcerr.English, IDs: w.ids, Settings: &w.settings}
}

// BenchmarkDescribeNetworkInterfaces asks, among many cards, for one by each of its marks, and for pages of all.
func BenchmarkDescribeNetworkInterfaces(b *testing.B) {
	w := newCrowd(b, manyInstances)
	var id, ip string
	w.view(func(c *api.Call) {
		a, _ := Of(c.Tx, "ins-00050000")
		id, ip = a.Card, a.Private[0]
	})
	for _, row := range []struct {
		name string
		in   sdk.DescribeNetworkInterfacesRequestParams
	}{
		{"id", sdk.DescribeNetworkInterfacesRequestParams{NetworkInterfaceIds: []*string{&id}}},
		{"instance", sdk.DescribeNetworkInterfacesRequestParams{Filters: filter("attachment.instance-id", "ins-00050000")}},
		{"address", sdk.DescribeNetworkInterfacesRequestParams{Filters: filter("address-ip", ip)}},
		{"first page", sdk.DescribeNetworkInterfacesRequestParams{}},
		{"page in the middle", sdk.DescribeNetworkInterfacesRequestParams{Offset: new(uint64(50_000))}},
		{"page of a subnet", sdk.DescribeNetworkInterfacesRequestParams{Filters: filter("subnet-id", w.subnets[0])}},
		{"page of a VPC", sdk.DescribeNetworkInterfacesRequestParams{Filters: filter("vpc-id", w.vpc)}},
		{"page of a security group", sdk.DescribeNetworkInterfacesRequestParams{Filters: filter("groups.security-group-id", w.group)}},
	} {
		b.Run(row.name, func(b *testing.B) {
			w.view(func(c *api.Call) {
				for b.Loop() {
					out, err := describeNetworkInterfaces(c, &row.in)
					if err != nil || len(out.NetworkInterfaceSet) == 0 {
						b.Fatalf("got %v, %v, want cards", out, err)
					}
				}
			})
		})
	}
}

func BenchmarkDescribeSubnets(b *testing.B) {
	w := newCrowd(b, manyInstances)
	w.view(func(c *api.Call) {
		for b.Loop() {
			if _, err := describeSubnets(c, &sdk.DescribeSubnetsRequestParams{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOf is what DescribeInstances asks for each instance.
func BenchmarkOf(b *testing.B) {
	w := newCrowd(b, manyInstances)
	w.view(func(c *api.Call) {
		for b.Loop() {
			if a, ok := Of(c.Tx, "ins-00050000"); !ok || len(a.Private) != 1 {
				b.Fatalf("got %v, want an attachment", a)
			}
		}
	})
}

// BenchmarkLaunch launches instances, a hundred in a transaction, and tells what one weighs.
func BenchmarkLaunch(b *testing.B) {
	w, from := newCrowd(b, 0), 0
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		w.do(b, func(c *api.Call) { w.launch(b, c, from, 100) })
		from += 100
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(from), "B/instance")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(from), "ns/instance")
	runtime.KeepAlive(w)
}
