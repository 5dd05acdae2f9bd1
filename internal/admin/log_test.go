package admin

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestOwnFaultsAreLogged(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	observe := Log(slog.New(slog.NewTextHandler(&b, nil)))
	observe(record("00000000000a", "RunInstances", ""))
	observe(record("00000000000b", "RunInstances", "InvalidParameter"))
	if b.Len() > 0 {
		t.Errorf("got %s, want nothing at this level", b.String())
	}
	fault := record("00000000000c", "RunInstances", "InternalError")
	fault.Cause = "disk full"
	observe(fault)
	if got := b.String(); !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "00000000000c") || !strings.Contains(got, `cause="disk full"`) {
		t.Errorf("got %s, want the fault", got)
	}
}
