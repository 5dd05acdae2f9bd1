package tengyun_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestRefusalsAreHeld keeps docs/refusals.md true: some transcript is refused each code by each action of its line.
func TestRefusalsAreHeld(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("docs", "refusals.md"))
	if err != nil {
		t.Fatal(err)
	}
	held := refusals(t)
	quoted := regexp.MustCompile("`([^`]+)`")
	n := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !quoted.MatchString(cells[1]) {
			continue
		}
		for _, action := range quoted.FindAllStringSubmatch(cells[1], -1) {
			for _, code := range quoted.FindAllStringSubmatch(cells[3], -1) {
				if n++; !held[code[1]+" cvm "+action[1]] {
					t.Errorf("no transcript has `refuse %s cvm %s`", code[1], action[1])
				}
			}
		}
	}
	if n == 0 {
		t.Error("the page has no lines")
	}
}

// refusals are the codes that transcripts of CVM are refused, with product and action.
func refusals(t *testing.T) map[string]bool {
	t.Helper()
	held := map[string]bool{}
	refused := regexp.MustCompile(`(?m)^refuse (\S+ \S+ \S+)`)
	for _, pattern := range []string{"*.txtar", filepath.Join("refusals", "*.txtar")} {
		files, err := filepath.Glob(filepath.Join("scenario", "cvm", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, hit := range refused.FindAllStringSubmatch(string(text), -1) {
				held[hit[1]] = true
			}
		}
	}
	return held
}
