package api

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// TokenCodes are the codes by which a product refuses a ClientToken.
type TokenCodes struct {
	TooLong  string // more than 64 ASCII characters; "" where the product has no such code
	Mismatch string // the same token with other parameters
}

// answered is what a ClientToken stands for: the answer that was given, and to what question.
type answered struct {
	Question string
	Answer   json.RawMessage
}

// tokens are kept a day. Simulated: the cloud does not document how long it remembers one.
var tokens = state.NewTable[answered]("api.client-token")

const tokenLife = 24 * time.Hour

// errDryRun undoes what a dry run did; the caller never sees it.
var errDryRun = errors.New("dry run")

// DryRan says whether err ended a dry run that would have succeeded: its transaction is undone, the answer is empty.
func DryRan(err error) bool { return errors.Is(err, errDryRun) }

// Do runs the action. A repeated ClientToken gets the first answer again; DryRun true checks all and changes nothing.
func (a *Action) Do(c *Call, s *Service, r *wire.Request) (any, error) {
	token, _ := r.Param("ClientToken")
	if token == "" || !a.Writes {
		return a.rehearse(c, r)
	}
	if s.Tokens.TooLong != "" && len(token) > 64 {
		return nil, tcerr.New(a.listed(s, s.Tokens.TooLong), "The specified ClientToken `%s` exceeds the maximum length of 64 characters.", token)
	}
	key := a.Name + "/" + token
	if old, ok := tokens.Get(c.Tx, key); ok {
		if old.Question != r.Fingerprint() {
			return nil, tcerr.New(s.Tokens.Mismatch, "The ClientToken `%s` was used before with other parameters.", token)
		}
		return a.replay(old.Answer)
	}
	result, err := a.rehearse(c, r)
	if err != nil {
		return nil, err
	}
	tokens.Put(c.Tx, key, answered{Question: r.Fingerprint(), Answer: JSON(result)})
	tokens.Delete(c.Tx, c.Now.Add(tokenLife), key)
	return result, nil
}

// listed is a code if the action may answer it, else the common one that says no more than that a value is wrong.
func (a *Action) listed(s *Service, code string) string {
	p, _ := catalog.Lookup(s.Name)
	if p == nil {
		return code
	}
	v, ok := p.Version(s.Version)
	if !ok {
		return code
	}
	if action, ok := v.Action(a.Name); ok && !action.Allows(code) {
		return tcerr.InvalidParameterValue
	}
	return code
}

func (a *Action) rehearse(c *Call, r *wire.Request) (any, error) {
	result, err := a.run(c, r)
	if dry, _ := r.Param("DryRun"); err == nil && dry == "true" && !a.ownDryRun {
		return nil, errDryRun
	}
	return result, err
}
