package account

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Standing is how an account stands with the cloud that it buys from. "" is Good.
type Standing string

// The standings of an account.
const (
	Good        Standing = "good"
	NoBalance   Standing = "no-balance"   // it can pay for nothing more
	UnpaidOrder Standing = "unpaid-order" // it has ordered a change of what it pays ahead, and not paid for it
	Unqualified Standing = "unqualified"  // it has not shown whose it is, or may not use what is offered
)

// Check refuses a word that is no standing.
func (s Standing) Check() error {
	all := []string{string(Good), string(NoBalance), string(UnpaidOrder), string(Unqualified)}
	if !slices.Contains(all, string(s)) {
		return fmt.Errorf("%q is not a standing: %s", string(s), strings.Join(all, ", "))
	}
	return nil
}

// Standings are how accounts stand, by OwnerUin. Who is not named stands well.
type Standings map[string]Standing

// With are the standings after some of them have changed; the ones it is called on stay as they are.
func (s Standings) With(some Standings) Standings {
	all := maps.Clone(s)
	if all == nil {
		all = Standings{}
	}
	maps.Copy(all, some)
	maps.DeleteFunc(all, func(_ string, s Standing) bool { return s == Good })
	return all
}

// Of is how one account stands.
func (s Standings) Of(account string) Standing {
	if word, ok := s[account]; ok {
		return word
	}
	return Good
}
