package admin

import (
	"errors"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/account"
)

func TestStandingsChangeWhatIsNamed(t *testing.T) {
	t.Parallel()
	c := control(t)
	if status, body := ask(c, "GET", "/_tengyun/standing", ""); status != 501 {
		t.Errorf("got %d %s, want 501 of an emulator that has none", status, body)
	}
	var all account.Standings
	c.Standings = func() account.Standings { return all }
	full := false
	c.SetStandings = func(some account.Standings) error {
		if full {
			return errors.New("the disk is full")
		}
		all = all.With(some)
		return nil
	}
	for _, body := range []string{`{"100000000001":"rich"}`, `{"alice":"good"}`, `{`} {
		if status, answer := ask(c, "PUT", "/_tengyun/standing", body); status != 400 || len(all) > 0 {
			t.Errorf("PUT %s: got %d %s, want it refused", body, status, answer)
		}
	}
	status, answer := ask(c, "PUT", "/_tengyun/standing", `{"100000000001":"no-balance"}`)
	if status != 200 || all.Of("100000000001") != account.NoBalance || !strings.Contains(answer, "no-balance") {
		t.Errorf("got %d %s, want the account without balance", status, answer)
	}
	full = true
	if status, answer := ask(c, "PUT", "/_tengyun/standing", `{"100000000001":"good"}`); status != 500 || !strings.Contains(answer, "full") {
		t.Errorf("got %d %s, want the fault told", status, answer)
	}
}
