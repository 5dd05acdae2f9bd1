package clock_test

import (
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
)

func TestAddMonthsKeepsToTheMonth(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-15T04:00:00Z", 1, "2026-02-15T04:00:00Z"},
		{"2026-01-31T04:00:00Z", 1, "2026-02-28T04:00:00Z"},
		{"2026-01-31T04:00:00Z", 2, "2026-03-31T04:00:00Z"},
		{"2024-01-31T04:00:00Z", 1, "2024-02-29T04:00:00Z"},
		{"2026-12-31T04:00:00Z", 12, "2027-12-31T04:00:00Z"},
		{"2026-01-31T20:00:00Z", 1, "2026-02-28T20:00:00Z"}, // the first of the month in Beijing
		{"2026-03-15T04:00:00Z", 60, "2031-03-15T04:00:00Z"},
	} {
		from, err := time.Parse(time.RFC3339, row.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := clock.AddMonths(from, row.n).Format(time.RFC3339); got != row.want {
			t.Errorf("%s and %d months: got %s, want %s", row.from, row.n, got, row.want)
		}
	}
}
