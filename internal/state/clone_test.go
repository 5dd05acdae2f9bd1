package state

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shape has everything that a row may be made of.
type shape struct {
	Number  int
	Pointer *string
	Slice   []*string
	Plain   []byte
	Array   [2]*string
	Map     map[string]*string
	Struct  struct{ Inner *string }
	Nil     *string
	Empty   []string
	At      time.Time
	Raw     json.RawMessage
}

// paint makes a shape whose every text is s.
func paint(s string) shape {
	p := func() *string { c := s; return &c }
	return shape{1, p(), []*string{p(), nil}, []byte(s), [2]*string{p(), p()}, map[string]*string{"k": p()},
		struct{ Inner *string }{p()}, nil, []string{}, t0, json.RawMessage(s)}
}

func TestCloneSharesNothing(t *testing.T) {
	t.Parallel()
	original := paint("one")
	var copied shape
	clone(&copied, &original)
	if diff := cmp.Diff(original, copied); diff != "" {
		t.Errorf("(-original +clone):\n%s", diff)
	}
	for _, p := range []*string{copied.Pointer, copied.Slice[0], copied.Array[0], copied.Map["k"], copied.Struct.Inner} {
		*p = "two"
	}
	copied.Plain[0], copied.Raw[0], copied.Slice[1] = 't', 't', copied.Pointer
	if diff := cmp.Diff(paint("one"), original); diff != "" {
		t.Errorf("the original after a change of its clone (-want +got):\n%s", diff)
	}
}

func TestTypesThatJSONWouldLoseAreRefused(t *testing.T) {
	t.Parallel()
	type inner struct{ hidden int }
	type node struct {
		Next *node
		At   json.Number
	}
	for name, c := range map[string]struct {
		table func()
		want  string
	}{
		"not exported": {func() { NewTable[struct{ In []inner }]("x") }, "table x: struct { In []state.inner }.In.hidden would be lost"},
		"left out": {func() {
			NewTable[struct {
				A int `json:"-"`
			}]("x")
		}, "would be lost"},
		"interface": {func() { NewTable[struct{ A map[string]any }]("x") }, ".A (interface {}) would be lost"},
		"recursive": {func() { NewTable[node]("x") }, ""},
	} {
		if got := panics(c.table); (got == "") != (c.want == "") || len(got) < len(c.want) || got[len(got)-len(c.want):] != c.want {
			t.Errorf("%s: got panic %q, want …%s", name, got, c.want)
		}
	}
	_ = inner{hidden: 0}
}
