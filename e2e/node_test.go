package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// wantNodeClients ends a test without the npm clients: `make test` installs them and wants them all; a bare `go test`
// does without them where they are not installed.
func wantNodeClients(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join("node", "node_modules", "tencentcloud-sdk-nodejs")); err != nil {
		if os.Getenv("E2E_CLIENTS") == "all" {
			t.Fatal("the npm clients are not installed: make node")
		}
		t.Skip("the npm clients are not installed: make node")
	}
}

// nodeEnvironment leads a script to the emulator.
func (r *running) nodeEnvironment(tb testing.TB) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"TENGYUN_ADDRESS=" + r.address,
		"TENCENTCLOUD_SECRET_ID=" + secretID,
		"TENCENTCLOUD_SECRET_KEY=" + secretKey,
		"NODE_EXTRA_CA_CERTS=" + r.caFile(tb),
	}
}

// TestNodeClients runs the npm clients' own tests.
func TestNodeClients(t *testing.T) {
	t.Parallel()
	wantNodeClients(t)
	r := start(t)
	files, err := filepath.Glob(filepath.Join("node", "*.test.js"))
	if err != nil || len(files) == 0 {
		t.Fatalf("got test files %q, error %v; want some", files, err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), "node", "--test", filepath.Base(name))
			cmd.Dir = "node"
			cmd.Env = r.nodeEnvironment(t)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("node --test: %v\n%s", err, out)
			}
			t.Logf("%s", out)
		})
	}
}
