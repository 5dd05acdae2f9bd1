package trace

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func open(o Options) *Log {
	l, err := Open(o)
	if err != nil {
		panic(err)
	}
	return l
}

func id(n int) string { return fmt.Sprintf("5c7d4a3e-1b2c-4d5e-8f90-%012x", n) }

func success(n int) *Record {
	return &Record{
		RequestID: id(n), Time: noon, Duration: 1500 * time.Microsecond,
		Remote: "127.0.0.1:4000", Client: "SDK_GO_1.3.210", SecretID: "AKIDEXAMPLE", Uin: "100000000001",
		Product: "cvm", Version: "2017-03-12", Action: "DescribeInstancesStatus", Region: "ap-guangzhou", TraceID: "t",
		Method: "POST", Host: "cvm.tencentcloudapi.com",
		Params: []byte(`{"Limit":20}`), Response: []byte(`{"Response":{"TotalCount":0,"RequestId":"x"}}`),
		Passed: []string{"method", "size", "product", "signature", "rate", "parameters"},
	}
}

func failure(n int) *Record {
	r := success(n)
	r.Failed, r.Code, r.Message = "signature", "AuthFailure.SignatureFailure", "The provided credentials could not be validated."
	r.Evidence = map[string]any{"Difference": "byte 7"}
	return r
}

func TestFindGivesBackWhatWasAdded(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	want := failure(1)
	want.Cause, want.Stack = "disk full", "goroutine 1"
	l.Add(want)
	want.ParamsSize, want.ResponseSize = len(want.Params), len(want.Response)
	want.Evidence = json.RawMessage(`{"Difference":"byte 7"}`)
	got, ok := l.Find(id(1))
	if !ok {
		t.Fatal("got nothing, want the record")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("record changed (-want +got):\n%s", diff)
	}
}

func TestFindTakesTheLastTwelveDigitsInAnyCase(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	l.Add(success(0xabcdef))
	l.Add(success(2))
	for _, ask := range []string{"000000abcdef", "000000ABCDEF", strings.ToUpper(id(0xabcdef))} {
		if got, ok := l.Find(ask); !ok || got.RequestID != id(0xabcdef) {
			t.Errorf("Find(%q): got %v, want %s", ask, got, id(0xabcdef))
		}
	}
	for _, ask := range []string{"", "cdef", "00000000dead", "1" + id(2), "90-000000000002"} {
		if got, ok := l.Find(ask); ok {
			t.Errorf("Find(%q): got %s, want nothing", ask, got.RequestID)
		}
	}
}

func TestLogForgetsTheOldestBeyondItsCount(t *testing.T) {
	t.Parallel()
	l := open(Options{Records: 10})
	for n := range 25 {
		l.Add(success(n))
	}
	recent := l.Recent(100, nil)
	if len(recent) != 10 || recent[0].RequestID != id(24) || recent[9].RequestID != id(15) {
		t.Errorf("got %d records, want the latest ten, newest first", len(recent))
	}
	if _, ok := l.Find(id(14)); ok {
		t.Error("got the record beyond the count, want nothing")
	}
}

func TestLogStaysWithinItsBytes(t *testing.T) {
	t.Parallel()
	l := open(Options{Bytes: 4 * segmentBytes})
	big := bytes.Repeat([]byte("x"), 1<<20)
	for n := range 30 {
		r := failure(n)
		r.Params, r.Response, r.Stack = big, big, string(big)
		r.Host, r.Evidence = string(big), strings.Repeat("<>", 30_000)
		r.Passed = make([]string, 1000)
		l.Add(r)
	}
	total := 0
	for _, s := range l.segments {
		total += cap(s.bytes)
	}
	if total > 4*segmentBytes {
		t.Errorf("got %d bytes, want at most %d", total, 4*segmentBytes)
	}
	got, ok := l.Find(id(29))
	if !ok || len(got.Params) != keptOfFailure || got.ParamsSize != 1<<20 {
		t.Fatalf("got %v, want the latest with its first 64 KiB of parameters", ok)
	}
	if n := l.Len(); n < 3 || n > 20 {
		t.Errorf("got %d records held, want those that fit", n)
	}
	for _, r := range l.Recent(100, nil) {
		if len(r.Params) != keptOfFailure || r.Code == "" {
			t.Errorf("record %s was written over", r.RequestID)
		}
	}
}

func TestSuccessKeepsTheBeginningOfItsAnswer(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	r := success(1)
	r.Response = bytes.Repeat([]byte("y"), 40_000)
	l.Add(r)
	got, _ := l.Find(id(1))
	if len(got.Response) != keptOfSuccess || got.ResponseSize != 40_000 {
		t.Errorf("got %d of %d bytes, want %d of 40000", len(got.Response), got.ResponseSize, keptOfSuccess)
	}
}

func TestRecentKeepsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	for n := range 6 {
		if n%2 == 0 {
			l.Add(failure(n))
		} else {
			l.Add(success(n))
		}
	}
	got := l.Recent(2, (*Record).Refused)
	if len(got) != 2 || got[0].RequestID != id(4) || got[1].RequestID != id(2) {
		t.Errorf("got %d records, want the two latest refusals", len(got))
	}
}

func TestSlowReaderLosesRecordsAndIsTold(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	ctx, cancel := context.WithCancel(t.Context())
	events := l.Subscribe(ctx)
	for n := range streamLength + 5 {
		l.Add(success(n))
	}
	for range streamLength {
		if e := <-events; e.Lost != 0 {
			t.Fatalf("got %d lost too early", e.Lost)
		}
	}
	l.Add(failure(1000))
	if e := <-events; e.Lost != 5 || e.Record.RequestID != id(1000) {
		t.Errorf("got %d lost before %s, want 5 before %s", e.Lost, e.Record.RequestID, id(1000))
	}
	cancel()
	if _, open := <-events; open {
		t.Error("got an event after the end, want a closed stream")
	}
	l.Add(success(1))
}

func TestLogIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	l := open(Options{Records: 50, Bytes: 2 * segmentBytes})
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range 4 {
		wg.Go(func() {
			for n := range 100 {
				l.Add(failure(n))
				l.Find(id(n))
			}
		})
	}
	for range 2 {
		wg.Go(func() {
			for range l.Subscribe(ctx) {
			}
		})
		wg.Go(func() {
			for range 5 {
				for _, r := range l.Recent(50, nil) {
					if r.Code != "AuthFailure.SignatureFailure" {
						t.Errorf("got code %q", r.Code)
					}
				}
			}
			cancel()
		})
	}
	wg.Wait()
}

func BenchmarkAdd(b *testing.B) {
	for _, size := range []int{200, 4096} {
		b.Run(fmt.Sprintf("response=%d", size), func(b *testing.B) {
			l := open(Options{})
			r := success(1)
			r.Response = bytes.Repeat([]byte("x"), size)
			b.ReportAllocs()
			for b.Loop() {
				l.Add(r)
			}
		})
	}
}
