package emulator

import (
	"maps"

	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

// Quotas are those that differ from an ordinary account's.
func (e *Emulator) Quotas() map[quota.Limit]int { return maps.Clone(*e.quotas.Load()) }

// SetQuotas gives some quotas other numbers; the others stay.
func (e *Emulator) SetQuotas(some map[quota.Limit]int) error {
	all := e.Quotas()
	if all == nil {
		all = map[quota.Limit]int{}
	}
	maps.Copy(all, some)
	e.quotas.Store(&all)
	return nil
}

// quota is how many of something an account may have.
func (e *Emulator) quota(_ string, l quota.Limit) int {
	if n, ok := (*e.quotas.Load())[l]; ok {
		return n
	}
	return l.Default()
}

// SetStock says how much is left of an instance type or disk type in a zone; "" is any.
func (e *Emulator) SetStock(zone, item string, l offer.Level) {
	stock := e.stock.Load().With(zone, item, l)
	e.stock.Store(&stock)
}

func (e *Emulator) level(zone, item string) string { return string(e.stock.Load().Level(zone, item)) }
