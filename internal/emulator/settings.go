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
