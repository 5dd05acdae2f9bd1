package cbs

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// rule is one line of a policy: at some hours of some days, in Beijing.
type rule struct {
	Hours     []uint64
	Weekdays  []uint64 `json:",omitempty"` // 0 is Sunday
	Monthdays []uint64 `json:",omitempty"`
	Every     uint64   `json:",omitempty"` // so many days after the policy was made
}

// readRules reads a policy's plan. Every line needs hours and one way to tell the days.
func readRules(in []*sdk.Policy) ([]rule, error) {
	if len(in) == 0 {
		return nil, tcerr.Missing("Policy")
	}
	rules := make([]rule, 0, len(in))
	for _, x := range in {
		r := rule{Hours: numbers(x.Hour), Weekdays: numbers(x.DayOfWeek), Monthdays: numbers(x.DayOfMonth), Every: or(x.IntervalDays, 0)}
		ways := min(1, len(r.Weekdays)) + min(1, len(r.Monthdays)) + int(min(1, r.Every))
		switch {
		case len(r.Hours) == 0:
			return nil, tcerr.Missing("Policy.Hour")
		case slices.Max(r.Hours) > 23:
			return nil, bad(slices.Max(r.Hours), "Policy.Hour")
		case ways != 1:
			return nil, bad(ways, "Policy.DayOfWeek")
		case len(r.Weekdays) > 0 && slices.Max(r.Weekdays) > 6:
			return nil, bad(slices.Max(r.Weekdays), "Policy.DayOfWeek")
		case len(r.Monthdays) > 0 && (slices.Max(r.Monthdays) > 31 || slices.Min(r.Monthdays) < 1):
			return nil, bad(slices.Max(r.Monthdays), "Policy.DayOfMonth")
		case r.Every > 365:
			return nil, bad(r.Every, "Policy.IntervalDays")
		}
		rules = append(rules, r)
	}
	return rules, nil
}

func numbers(in []*uint64) (all []uint64) {
	for _, n := range in {
		if n != nil {
			all = append(all, *n)
		}
	}
	return all
}

// on says whether a rule of a policy made on day first means a day.
func (r *rule) on(day, first time.Time) bool {
	switch {
	case len(r.Weekdays) > 0:
		return slices.Contains(r.Weekdays, uint64(day.Weekday()))
	case len(r.Monthdays) > 0:
		return slices.Contains(r.Monthdays, uint64(day.Day()))
	}
	return uint64(day.Sub(first)/(24*time.Hour))%max(r.Every, 1) == 0
}

// horizon is how many days ahead a next instant is looked for: the 29th of February can be eight years away.
const horizon = 366 * 8

// next is when a policy's next snapshots would be taken, after now; nil for a policy that is not active.
func (x *policy) next(now time.Time) *string {
	if !x.Active {
		return nil
	}
	today, first := midnight(now), midnight(time.Unix(x.Created, 0))
	for d := range horizon {
		day := today.AddDate(0, 0, d)
		if at, ok := x.firstOn(day, first, now); ok {
			return p(at.Format(localTime))
		}
	}
	return nil
}

// firstOn is the first instant of a policy on a day, after now.
func (x *policy) firstOn(day, first, now time.Time) (at time.Time, ok bool) {
	for _, r := range x.Rules {
		if !r.on(day, first) {
			continue
		}
		for _, h := range r.Hours {
			t := day.Add(time.Duration(h) * time.Hour)
			if t.After(now) && (!ok || t.Before(at)) {
				at, ok = t, true
			}
		}
	}
	return at, ok
}

// midnight is the beginning of a day in Beijing.
func midnight(t time.Time) time.Time {
	y, m, d := t.In(beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, beijing)
}
