package admin

import (
	"errors"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/service/cvm"
)

func TestDeedsAreDoneAndAnswersSayWhatStandsAgainst(t *testing.T) {
	t.Parallel()
	c := control(t)
	if status, body := ask(c, "GET", "/_tengyun/instances/ins-1", ""); status != 501 {
		t.Errorf("got %d %s, want 501 of an emulator that has none", status, body)
	}
	hold := ""
	c.Instance = func(id string) (cvm.Condition, error) {
		if id != "ins-1" {
			return cvm.Condition{}, cvm.ErrNoInstance
		}
		return cvm.Condition{Account: "100000000001", Region: "ap-guangzhou", State: "RUNNING", Hold: hold}, nil
	}
	c.Act = func(id string, d cvm.Deed) error {
		if _, err := c.Instance(id); err != nil {
			return err
		}
		switch d {
		case cvm.Ban:
			hold = "banned"
		case cvm.Lift:
			return cvm.ErrImpossible
		case cvm.Migrate:
			return errors.New("the disk is full")
		}
		return nil
	}
	for _, row := range []struct {
		path, body string
		want       int
		says       string
	}{
		{"ins-1", `{"do":"ban"}`, 200, `"hold": "banned"`},
		{"ins-1", `{"do":"lift"}`, 409, "not possible"},
		{"ins-1", `{"do":"migrate"}`, 500, "full"},
		{"ins-1", `{"do":"destroy"}`, 400, "migrate"},
		{"ins-1", `{"undo":"ban"}`, 400, "undo"},
		{"ins-2", `{"do":"ban"}`, 404, "no account has this instance"},
	} {
		if status, answer := ask(c, "POST", "/_tengyun/instances/"+row.path, row.body); status != row.want || !strings.Contains(answer, row.says) {
			t.Errorf("POST %s %s: got %d %s, want %d and %s", row.path, row.body, status, answer, row.want, row.says)
		}
	}
}
