package tsv_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tengyun/tengyun/internal/tsv"
)

func TestRowsSkipsCommentsAndBlanks(t *testing.T) {
	t.Parallel()
	got := slices.Collect(tsv.Rows("# source\na\tb\n\nc\td\r\n", 2))
	if diff := cmp.Diff([][]string{{"a", "b"}, {"c", "d"}}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestRowsStopsWhenAsked(t *testing.T) {
	t.Parallel()
	for cells := range tsv.Rows("a\nb\tis never reached\n", 1) {
		if cells[0] == "a" {
			break
		}
	}
}

func TestMalformedTablesPanic(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(){
		"columns": func() { _ = slices.Collect(tsv.Rows("a\tb\n", 3)) },
		"int":     func() { tsv.Int("1.5") },
		"float":   func() { tsv.Float("x") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("got no panic, want one")
				}
			}()
			f()
		})
	}
}

func TestDashIsNothing(t *testing.T) {
	t.Parallel()
	if n, f, s := tsv.Int("-"), tsv.Float("-"), tsv.Text("-"); n != 0 || f != 0 || s != "" {
		t.Errorf("got %v, %v, %q, want nothing thrice", n, f, s)
	}
}
