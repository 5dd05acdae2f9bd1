package offer

import (
	_ "embed"
	"sync"

	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tsv"
)

// plan is how a family's price falls with use and with months in advance.
type plan string

const (
	flat   plan = "flat"   // never by the hour; from six months on
	tiered plan = "tiered" // after 96 and after 360 hours; from six months on
	deep   plan = "deep"   // never by the hour; from the first month on
)

// discount is what is paid of the list price for months in advance. Source: product documents of 2021.
func (p plan) discount(months float64) float64 {
	if p != deep {
		return cbs.PeriodDiscount(months)
	}
	paid := 1.0
	for _, s := range deepSteps() {
		if months >= s.months {
			paid = s.paid
		}
	}
	return paid
}

type step struct {
	months, paid float64
}

func deepSteps() []step {
	return []step{{1, 0.87}, {3, 0.78}, {6, 0.73}, {12, 0.69}, {24, 0.55}, {36, 0.41}, {48, 0.33}, {60, 0.27}}
}

// market is how prices in a region differ from those in the tables.
type market struct {
	instances   float64
	monthHours  float64 // hours of the hourly price that a month in advance costs
	trafficList float64 // yuan for a GB
	trafficPaid float64
	spot        float64 // part of the hourly price
	abroad      bool
}

// elsewhere is the row of regions that have none.
const elsewhere = "*"

func marketIn(region string) market {
	if m, ok := markets()[region]; ok {
		return m
	}
	return markets()[elsewhere]
}

// Abroad says whether a region lies outside the mainland, where some things are not offered.
func Abroad(region string) bool { return marketIn(region).abroad }

//go:embed markets.tsv
var marketsTable string

var markets = sync.OnceValue(func() map[string]market {
	all := make(map[string]market)
	for c := range tsv.Rows(marketsTable, 7) {
		all[c[0]] = market{
			instances: tsv.Float(c[1]), monthHours: tsv.Float(c[2]),
			trafficList: tsv.Float(c[3]), trafficPaid: tsv.Float(c[4]), spot: tsv.Float(c[5]) / 100, abroad: c[6] == "abroad",
		}
	}
	return all
})
