package main

import (
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/emulator"
)

// TestEveryCodeOfAnEmulatedProductIsExplained asks for each code that an action of theirs lists.
func TestEveryCodeOfAnEmulatedProductIsExplained(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	for _, s := range emulator.Services() {
		product, _ := catalog.Lookup(s.Name)
		version, _ := product.Version(s.Version)
		for _, action := range version.Actions {
			for _, code := range action.Codes {
				if asked[code] {
					continue
				}
				asked[code] = true
				var b strings.Builder
				if err := explain(&b, code); err != nil {
					t.Errorf("%s: %v", code, err)
				}
				for _, part := range []string{"\nmeaning  ", "\ncause    ", "\nremedy   ", "\nanswered by\n"} {
					if !strings.Contains(b.String(), part) {
						t.Errorf("%s: got no %q in\n%s", code, strings.TrimSpace(part), b.String())
					}
				}
			}
		}
	}
	if len(asked) < 400 {
		t.Errorf("got %d codes, want some hundreds", len(asked))
	}
}

func TestWordsOfACodeDoNotMakeItOne(t *testing.T) {
	t.Parallel()
	if err := explain(new(strings.Builder), "InvalidCastle.NotFound"); err == nil {
		t.Error("got an explanation of a code that nobody answers")
	}
}
