package quota_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

var (
	start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	run   = quota.Key{Uin: "100000000001", Ingress: "ap-guangzhou", Product: "cvm", Action: "RunInstances"}
)

func TestTakeRefusesBeyondTheLimitUntilTheSecondIsOver(t *testing.T) {
	t.Parallel()
	var r quota.Rates
	for _, step := range []struct {
		name  string
		after time.Duration
		count int
		ok    bool
	}{
		{"first", 0, 1, true},
		{"second", 300 * time.Millisecond, 2, true},
		{"one too many", 999 * time.Millisecond, 3, false},
		{"refused ones count", 999 * time.Millisecond, 4, false},
		{"next second", time.Second, 1, true},
		{"late arrival of the second before", 999 * time.Millisecond, 2, true},
		{"much later", time.Hour, 1, true},
		{"clock set back", 0, 1, true},
	} {
		if count, ok := r.Take(run, 2, start.Add(step.after)); count != step.count || ok != step.ok {
			t.Errorf("%s: got %d, %v, want %d, %v", step.name, count, ok, step.count, step.ok)
		}
	}
}

func TestTakeCountsEachKeyApart(t *testing.T) {
	t.Parallel()
	var r quota.Rates
	for name, change := range map[string]func(*quota.Key){
		"itself":  func(*quota.Key) {},
		"uin":     func(k *quota.Key) { k.Uin = "100000000002" },
		"ingress": func(k *quota.Key) { k.Ingress = "ap-beijing" },
		"product": func(k *quota.Key) { k.Product = "vpc" },
		"action":  func(k *quota.Key) { k.Action = "StopInstances" },
	} {
		k := run
		change(&k)
		if count, ok := r.Take(k, 1, start); count != 1 || !ok {
			t.Errorf("%s: got %d, %v, want 1, true", name, count, ok)
		}
	}
}

func TestRulesTakeEffectAtOnce(t *testing.T) {
	t.Parallel()
	var r quota.Rates
	take := func() bool { _, ok := r.Take(run, 1, start); return ok }
	steps := []struct {
		name  string
		rules quota.Rules
		ok    bool
		limit int
	}{
		{"as it is", quota.Rules{}, true, 1},
		{"used up", quota.Rules{}, false, 1},
		{"raised", quota.Rules{Actions: map[string]int{"cvm.RunInstances": 3}}, true, 3},
		{"another action", quota.Rules{Actions: map[string]int{"cvm.StopInstances": 9}}, false, 1},
		{"unlimited", quota.Rules{Actions: map[string]int{"cvm.RunInstances": 0}}, true, 0},
		{"off", quota.Rules{Off: true}, true, 0},
	}
	for _, step := range steps {
		r.Set(step.rules)
		if ok := take(); ok != step.ok {
			t.Errorf("%s: got %v, want %v", step.name, ok, step.ok)
		}
		if got := r.Limit("cvm", "RunInstances", 1); got != step.limit {
			t.Errorf("%s: got limit %d, want %d", step.name, got, step.limit)
		}
		if diff := cmp.Diff(step.rules, r.Rules()); diff != "" {
			t.Errorf("%s: rules (-want +got):\n%s", step.name, diff)
		}
	}
}

func TestSetKeepsItsOwnCopyOfTheRules(t *testing.T) {
	t.Parallel()
	var r quota.Rates
	mine := map[string]int{"cvm.RunInstances": 7}
	r.Set(quota.Rules{Actions: mine})
	mine["cvm.RunInstances"] = 1
	r.Rules().Actions["cvm.RunInstances"] = 2
	if got := r.Rules().Actions["cvm.RunInstances"]; got != 7 {
		t.Errorf("got %d, want 7", got)
	}
}

func TestConcurrentTakesLetExactlyTheLimitThrough(t *testing.T) {
	t.Parallel()
	var r quota.Rates
	var through atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				if _, ok := r.Take(run, 300, start); ok {
					through.Add(1)
				}
				r.Set(quota.Rules{})
			}
		})
	}
	all.Wait()
	if got := through.Load(); got != 300 {
		t.Errorf("got %d requests through, want 300", got)
	}
}

func TestAPastSecondIsForgotten(t *testing.T) {
	t.Parallel()
	var r quota.Rates
	flood(&r, start, 100_000)
	if got := r.Held(); got != 100_000 {
		t.Fatalf("in its second: got %d keys, want 100000", got)
	}
	flood(&r, start.Add(5*time.Second), 1000)
	if got := r.Held(); got > 1000 {
		t.Errorf("after it: got %d keys, want at most 1000", got)
	}
}

func flood(r *quota.Rates, now time.Time, keys int) {
	for i := range keys {
		k := run
		k.Uin = strconv.Itoa(i)
		r.Take(k, 1, now)
	}
}

func TestExceededSaysBothNumbersInBothLanguages(t *testing.T) {
	t.Parallel()
	err := quota.Exceeded(21, 20)
	want := map[tcerr.Language]string{
		tcerr.English: "Your current request times equals to `21` in a second, which exceeds the frequency limit `20` for a second. " +
			"Please reduce the frequency of calls.",
		tcerr.Chinese: "您当前每秒请求 `21` 次，超过了每秒频率上限 `20`，请稍后重试。",
	}
	for l, text := range want {
		if got := err.Message(l); got != text {
			t.Errorf("%s: got %q, want %q", l, got, text)
		}
	}
	if err.Code != tcerr.RequestLimitExceeded {
		t.Errorf("got code %s, want %s", err.Code, tcerr.RequestLimitExceeded)
	}
}

func BenchmarkTake(b *testing.B) {
	b.ReportAllocs()
	b.Run("one", func(b *testing.B) {
		var r quota.Rates
		for b.Loop() {
			r.Take(run, 20, start)
		}
	})
	b.Run("parallel", func(b *testing.B) {
		var r quota.Rates
		r.Set(quota.Rules{Actions: map[string]int{"cvm.StopInstances": 9}})
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				r.Take(run, 20, start)
			}
		})
	})
}
