package api

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFoldedIsWhatItWas: whatever the pattern, what comes out is what went in.
func TestFoldedIsWhatItWas(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	like := Folded{}
	for range 5000 {
		v := thing(random, 3)
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		f := Fold(json.RawMessage(want), like)
		if got := string(f.AppendWire([]byte("before "))); got != "before "+string(want) {
			t.Fatalf("folded by %s:\n got %s\nwant before %s", like.pattern, got, want)
		}
		if random.IntN(3) == 0 {
			like = f
		}
	}
}

// thing makes JSON values that are often alike.
func thing(r *rand.Rand, deep int) any {
	switch n := r.IntN(5); {
	case n == 0 && deep > 0:
		return []any{thing(r, deep-1), thing(r, deep-1)}
	case n < 4 && deep > 0:
		return map[string]any{"Id": r.IntN(30), "Name": strings.Repeat("x,\"", r.IntN(4)), "In": thing(r, deep-1), "State": "RUNNING"}
	case n < 2:
		return nil
	}
	return r.IntN(1000)
}

func TestLikesShareTheirPattern(t *testing.T) {
	t.Parallel()
	wire := func(id string) json.RawMessage {
		return json.RawMessage(`{"InstanceId":"` + id + `","State":"RUNNING","Private":["10.0.` + id[4:5] + `.7"],"Zone":"` + strings.Repeat("z", 200) + `"}`)
	}
	one := Fold(wire("ins-1a2b3c4d"), Folded{})
	other := Fold(wire("ins-8a2b3c4d"), one)
	if other.pattern != one.pattern || len(other.difference) > 50 {
		t.Errorf("got a difference of %d bytes, want at most 50", len(other.difference))
	}
	if stranger := Fold(json.RawMessage(`{"Code":1}`), one); stranger.difference != "" {
		t.Errorf("got %q as the difference of a stranger, want a pattern of its own", stranger.difference)
	}
}

func TestWhatIsTooLongToFoldIsKeptWhole(t *testing.T) {
	t.Parallel()
	long := json.RawMessage(`"` + strings.Repeat("long ", 1<<14) + `"`)
	f := Fold(long, Fold(long, Folded{}))
	if got := string(f.AppendWire(nil)); got != string(long) {
		t.Errorf("got %d bytes, want %d, the same", len(got), len(long))
	}
}
