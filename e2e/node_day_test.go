package e2e

import (
	"bufio"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestADayInTheLifeByNode runs the steps of TestADayInTheLife with the official Node SDK. The script says on stdout when
// time is to go on, and is told on stdin what time it is then.
func TestADayInTheLifeByNode(t *testing.T) {
	t.Parallel()
	wantNodeClients(t)
	r := start(t)
	cmd := exec.CommandContext(t.Context(), "node", "day.js")
	cmd.Dir, cmd.Env = "node", r.nodeEnvironment(t)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	ask, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	steps := 0
	for lines := bufio.NewScanner(ask); lines.Scan(); steps++ {
		var seconds float64
		if _, err := fmt.Sscanf(lines.Text(), "advance %g", &seconds); err != nil {
			t.Errorf("got the line %q, want `advance SECONDS`", lines.Text())
		}
		r.clock.Advance(time.Duration(seconds * float64(time.Second)))
		fmt.Fprintln(answer, r.clock.Now().UnixMilli())
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("node day.js, after %d steps: %v\n%s", steps, err, &complaints)
	}
}
