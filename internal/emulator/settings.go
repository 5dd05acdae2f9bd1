package emulator

import (
	"maps"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

// quotas are numbers that differ from an ordinary account's: by account, and under everyone those of all the others.
type quotas map[string]map[quota.Limit]int

// everyone is no account's Uin.
const everyone = ""

// Quotas are the numbers by account, by OwnerUin, that differ from an ordinary account's; under "" are those of all
// accounts that have none of their own.
func (e *Emulator) Quotas() map[string]map[quota.Limit]int { return maps.Clone(*e.quotas.Load()) }

// SetQuotas gives an account, or "" for all, other numbers of some quotas; the others stay.
func (e *Emulator) SetQuotas(account string, some map[quota.Limit]int) error {
	all := e.Quotas()
	own := maps.Clone(all[account])
	if own == nil {
		own = map[quota.Limit]int{}
	}
	maps.Copy(own, some)
	all[account] = own
	e.quotas.Store((*quotas)(&all))
	return nil
}

// quota is how many of something an account may have: its own number, or everyone's, or an ordinary account's.
func (e *Emulator) quota(account string, l quota.Limit) int {
	all := *e.quotas.Load()
	if n, ok := all[account][l]; ok {
		return n
	}
	if n, ok := all[everyone][l]; ok {
		return n
	}
	return l.Default()
}

// Standings are the accounts that do not stand well.
func (e *Emulator) Standings() account.Standings { return maps.Clone(*e.standings.Load()) }

// SetStandings says how some accounts stand, in words that must have passed their Check; the others stay. What that
// means for an account's instances is kept like all of them, longer than the word itself.
func (e *Emulator) SetStandings(some account.Standings) error {
	all := e.standings.Load().With(some)
	e.standings.Store(&all)
	for owner := range some {
		if err := e.settle(owner); err != nil {
			return err
		}
	}
	return nil
}

func (e *Emulator) standing(owner string) account.Standing { return e.standings.Load().Of(owner) }

// Stock is what the owner said of what is left in the shops.
func (e *Emulator) Stock() []offer.Word { return e.stock.Load().Words() }

// SetStock adds words to those; they must have passed their Check.
func (e *Emulator) SetStock(words []offer.Word) {
	stock := *e.stock.Load()
	for _, w := range words {
		stock = stock.With(w.Zone, w.Item, w.Level)
	}
	e.stock.Store(&stock)
}

func (e *Emulator) level(zone, item string) string { return string(e.stock.Load().Level(zone, item)) }
