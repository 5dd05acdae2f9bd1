package emulator_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/emulator"
)

// ahead is how many days the clock of an emulator is ahead of the machine's.
func ahead(t *testing.T, e *emulator.Emulator) int {
	t.Helper()
	r := httptest.NewRequest("GET", admin.Prefix+"clock", nil)
	r.RemoteAddr, r.Host = "127.0.0.1:4000", "127.0.0.1:8030"
	w := httptest.NewRecorder()
	e.Handler().ServeHTTP(w, r)
	var reading admin.Reading
	if err := json.Unmarshal(w.Body.Bytes(), &reading); err != nil {
		t.Fatalf("%s: %v", w.Body, err)
	}
	return int(reading.Now.Sub(clock.Real{}.Now()).Round(time.Hour) / (24 * time.Hour))
}

// TestClockStaysAheadAfterARestart ends the emulator thrice: once it was moved, once more, and once all was forgotten.
func TestClockStaysAheadAfterARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i, step := range []func(*emulator.Emulator) error{
		func(e *emulator.Emulator) error { return e.Advance(48 * time.Hour) },
		func(e *emulator.Emulator) error { return e.Advance(24 * time.Hour) },
		func(e *emulator.Emulator) error { return e.Reset() },
		func(*emulator.Emulator) error { return nil },
	} {
		e, err := emulator.Start(emulator.Options{Data: dir})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := ahead(t, e), [...]int{0, 2, 3, 3}[i]; got != want {
			t.Errorf("start %d: got %d days ahead, want %d", i, got, want)
		}
		if err := step(e); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClockGoesNoFurtherThanItCanTell(t *testing.T) {
	t.Parallel()
	e, err := emulator.Start(emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Advance(1<<63 - 1); err == nil || !strings.Contains(err.Error(), "2199") {
		t.Errorf("got %v, want a refusal", err)
	}
	if got := ahead(t, e); got != 0 {
		t.Errorf("got %d days ahead, want 0", got)
	}
}
