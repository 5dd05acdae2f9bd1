package emulator

import (
	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Instance finds how an instance is, whosever it is. Answers cvm.ErrNoInstance.
func (e *Emulator) Instance(id string) (found cvm.Condition, err error) {
	ok, now := false, e.clock.Now()
	for _, owner := range e.Store.Accounts() {
		err := e.Store.View(state.Scope{Account: owner}, now, func(tx *state.Tx) error {
			for _, r := range region.All() {
				if !ok {
					found, ok = cvm.Look(tx.In(r.Name), id)
				}
			}
			return nil
		})
		if err != nil || ok {
			return found, err
		}
	}
	return found, cvm.ErrNoInstance
}

// Act does to an instance what the cloud's own people can, as a write to its owner's account like any other. Answers
// what cvm.Act does.
func (e *Emulator) Act(id string, d cvm.Deed) error {
	is, err := e.Instance(id)
	if err != nil {
		return err
	}
	return e.Store.Update(state.Scope{Account: is.Account, Region: is.Region}, e.clock.Now(), func(tx *state.Tx) error {
		c := e.call(tx)
		c.RequestID = e.Gateway.IDs.UUID()
		return cvm.Act(c, id, d)
	})
}

// settle lets an account's instances take note of how it stands.
func (e *Emulator) settle(owner string) error {
	return e.Store.Update(state.Scope{Account: owner}, e.clock.Now(), func(tx *state.Tx) error {
		for _, r := range region.All() {
			cvm.Settle(e.call(tx.In(r.Name)))
		}
		return nil
	})
}

// call is one that nobody has sent.
func (e *Emulator) call(tx *state.Tx) *api.Call {
	return &api.Call{
		Tx: tx, Caller: account.Caller{OwnerUin: tx.Account, Uin: tx.Account}, Asked: tx.Region,
		Language: tcerr.English, IDs: e.Gateway.IDs, Settings: e.Gateway.Settings,
	}
}
