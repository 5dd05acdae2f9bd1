package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/emulator"
)

var whoAnswers = regexp.MustCompile(`(?m)^(answered by|Any action may answer it\.|The cloud answers this; Tengyun does not: .*\.)$`)

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
				for _, part := range []string{"\nmeaning  ", "\ncause    ", "\nremedy   "} {
					if !strings.Contains(b.String(), part) {
						t.Errorf("%s: got no %q in\n%s", code, strings.TrimSpace(part), b.String())
					}
				}
				if !whoAnswers.MatchString(b.String()) {
					t.Errorf("%s: want who answers it, or that nothing does:\n%s", code, b.String())
				}
			}
		}
	}
	if len(asked) < 400 {
		t.Errorf("got %d codes, want some hundreds", len(asked))
	}
}

// TestGatewaysOwnCodesAreAnyActions names those that are checked before an action is looked at, and those that nothing
// here answers, whether or not some action lists them.
func TestGatewaysOwnCodesAreAnyActions(t *testing.T) {
	t.Parallel()
	const any, never = "Any action may answer it.", "The cloud answers this; Tengyun does not: "
	for _, c := range []struct{ codes, says, not string }{
		{"InvalidParameter MissingParameter UnknownParameter RequestLimitExceeded InvalidParameterValue UnsupportedRegion", any, never},
		{"InvalidParameter MissingParameter RequestLimitExceeded InvalidParameterValue", any, "answered by"},
		{"ActionOffline AuthFailure.MFAFailure IpInBlacklist ServiceUnavailable InvalidRegion UnauthorizedOperation", never, any},
		{"ResourceInUse InvalidParameterValue.InstanceIdMalformed", "\nanswered by\n", any},
		{"OperationDenied ResourcesSoldOut UnauthorizedOperation", "\nanswered by\n", any},
	} {
		for code := range strings.FieldsSeq(c.codes) {
			var b strings.Builder
			if err := explain(&b, code); err != nil || !strings.Contains(b.String(), c.says) || strings.Contains(b.String(), c.not) {
				t.Errorf("%s: got %v, want %q and not %q in\n%s", code, err, c.says, c.not, b.String())
			}
		}
	}
}

func TestWordsOfACodeDoNotMakeItOne(t *testing.T) {
	t.Parallel()
	if err := explain(new(strings.Builder), "InvalidCastle.NotFound"); err == nil {
		t.Error("got an explanation of a code that nobody answers")
	}
}
