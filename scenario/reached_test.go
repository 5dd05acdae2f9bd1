package scenario_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// codesFile has a line for each code that a cvm action lists and no transcript reaches: action, code and the word for
// the reason, which a line "# word: reason" at its head spells out. It may only shrink.
const codesFile = "unreached.txt"

// share is how much of what the actions list the transcripts reach at least.
const share = 0.70

// codes are the pairs of an action and a code that the transcripts have reached.
type codes struct {
	sync.Mutex
	reached map[string]bool // "RunInstances LimitExceeded.InstanceQuota"
}

func (c *codes) add(action *catalog.Action, code string) {
	c.Lock()
	defer c.Unlock()
	if action.Product == "cvm" {
		c.reached[action.Name+" "+code] = true
	}
}

// compare holds what was reached against what cvm's actions list, once every transcript has been played.
func (c *codes) compare(t *testing.T) {
	if flag.Lookup("test.run").Value.String() != "" {
		return // some were left out
	}
	listed, missed := 0, map[string]bool{}
	for _, pair := range listedCodes(t) {
		listed++
		if !c.reached[pair] {
			missed[pair] = true
		}
	}
	reached := float64(listed-len(missed)) / float64(listed)
	t.Logf("%d of %d listed codes are reached: %.1f %%", listed-len(missed), listed, 100*reached)
	if reached < share {
		t.Errorf("got %.1f %% of the listed codes reached, want %.0f", 100*reached, 100*share)
	}
	old, err := os.ReadFile(codesFile)
	if err != nil {
		t.Fatal(err)
	}
	now, unargued := argue(string(old), missed)
	if len(unargued) > 0 {
		t.Errorf("%s gives no reason for\n%s", codesFile, strings.Join(unargued, "\n"))
	}
	if *update {
		if err := os.WriteFile(codesFile, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), now); diff != "" {
		t.Errorf("codes that no transcript reaches (-%s +found): take out what is reached, give a reason for what is not:\n%s", codesFile, diff)
	}
}

// listedCodes are the pairs of an action and a code of its list. What every action may answer is left to the tests of
// the common codes.
func listedCodes(t *testing.T) []string {
	var all []string
	for _, s := range emulator.Services() {
		if s.Name != "cvm" {
			continue
		}
		for _, a := range s.Actions {
			for _, code := range actionOf(t, s.Name, a.Name).Codes {
				if !slices.Contains(tcerr.Explained(), code) {
					all = append(all, a.Name+" "+code)
				}
			}
		}
	}
	return all
}

// argue is the text of the file with exactly the missed pairs, each with the reason that it had, and those that had none.
func argue(text string, missed map[string]bool) (now string, unargued []string) {
	var head strings.Builder
	words := map[string]bool{}
	reasons := map[string]string{}
	for line := range strings.Lines(text) {
		if after, ok := strings.CutPrefix(line, "# "); ok {
			word, _, _ := strings.Cut(after, ":")
			words[word] = true
			head.WriteString(line)
		} else if f := strings.Fields(line); len(f) == 3 {
			reasons[f[0]+" "+f[1]] = f[2]
		}
	}
	for _, pair := range slices.Sorted(maps.Keys(missed)) {
		if !words[reasons[pair]] {
			unargued = append(unargued, pair)
		}
		fmt.Fprintln(&head, strings.TrimSpace(pair+" "+reasons[pair]))
	}
	return head.String(), unargued
}
