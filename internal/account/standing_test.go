package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/account"
)

func TestStandingsChangeOneByOne(t *testing.T) {
	t.Parallel()
	before := account.Standings{"1": account.NoBalance, "2": account.Unqualified}
	after := before.With(account.Standings{"1": account.Good, "3": account.UnpaidOrder})
	if diff := cmp.Diff(account.Standings{"2": account.Unqualified, "3": account.UnpaidOrder}, after); diff != "" {
		t.Errorf("after a change (-want +got):\n%s", diff)
	}
	if before.Of("1") != account.NoBalance || after.Of("1") != account.Good || after.Of("3") != account.UnpaidOrder {
		t.Errorf("got %v before and %v after", before, after)
	}
}

func TestOnlyStandingsAreStandings(t *testing.T) {
	t.Parallel()
	for word, good := range map[account.Standing]bool{account.Good: true, account.NoBalance: true, "rich": false, "": false} {
		if err := word.Check(); (err == nil) != good {
			t.Errorf("%q: got %v, want good = %t", word, err, good)
		}
	}
}
