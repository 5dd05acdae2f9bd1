package admin

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/tengyun/tengyun/internal/account"
)

func (c *Control) standings(w http.ResponseWriter, r *http.Request) {
	if c.Standings == nil {
		refuse(w, http.StatusNotImplemented, "this emulator's accounts all stand well")
		return
	}
	answer(w, c.Standings())
}

// setStandings says how some accounts stand: {"100000000001":"no-balance"}. Those that the body does not name stay.
func (c *Control) setStandings(w http.ResponseWriter, r *http.Request) {
	var some account.Standings
	if err := read(w, r, &some); err != nil {
		refuse(w, http.StatusBadRequest, "read the standings: "+err.Error())
		return
	}
	for uin, word := range some {
		if err := errors.Join(checkUin(uin), word.Check()); err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
	}
	if c.SetStandings != nil {
		if err := c.SetStandings(some); err != nil {
			refuse(w, http.StatusInternalServerError, "settle the accounts: "+err.Error())
			return
		}
	}
	c.standings(w, r)
}

// checkUin refuses what is no account's number.
func checkUin(uin string) error {
	if _, err := strconv.ParseUint(uin, 10, 64); err != nil {
		return errors.New(strconv.Quote(uin) + " is not the Uin of an account")
	}
	return nil
}
