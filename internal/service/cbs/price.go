package cbs

import (
	"math"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"
)

// Goods is what is paid for in a disk. Its type, if unknown, costs nothing.
type Goods struct {
	Type       string
	Size       uint64 // GiB
	Throughput uint64 // extra MiB/s
	Backups    uint64 // backup points
}

// Cost is what something costs in yuan: at list price, and after the discounts that everybody gets.
type Cost struct{ List, Discounted float64 }

// Prices besides those of a GiB, in yuan. Source of extraMonth: the example of InquiryPriceCreateDisks.
// Simulated: extraHour, in the ratio of the disk's own prices, and what a GiB of a backup point costs.
const (
	extraMonth  = 3.0
	extraHour   = 0.0063
	backupMonth = 0.12
	backupHour  = 0.00025
)

// Abroad one price is known. Simulated: every other is the mainland's.
const hongKongPremiumHour = 0.0005

// Hour is the price of an hour in a region.
func (g Goods) Hour(region string) Cost {
	k, ok := FindKind(g.Type)
	if !ok {
		return Cost{}
	}
	gib := float64(k.HourMicro) / 1e6
	if region == "ap-hongkong" && g.Type == Premium {
		gib = hongKongPremiumHour
	}
	sum := round(gib*float64(g.Size)+extraHour*float64(g.Throughput)+backupHour*float64(g.Size*g.Backups), 6)
	return Cost{sum, sum}
}

// Months is the price of n months bought at once, or of the part of a month that is left of them.
func (g Goods) Months(n float64) Cost {
	k, ok := FindKind(g.Type)
	if !ok {
		return Cost{}
	}
	month := float64(k.MonthFen)/100*float64(g.Size) + extraMonth*float64(g.Throughput) + backupMonth*float64(g.Size*g.Backups)
	return Cost{round(month*n, 2), round(month*n*PeriodDiscount(n), 2)}
}

// PeriodDiscount is what part of the list price is paid by who buys so many months at once.
// Source: document/product/213/2180; the disks' table is the same.
func PeriodDiscount(months float64) float64 {
	switch {
	case months >= 36:
		return 0.50
	case months >= 24:
		return 0.70
	case months >= 12:
		return 0.83
	case months >= 6:
		return 0.88
	}
	return 1
}

func (c Cost) plus(o Cost) Cost { return Cost{c.List + o.List, c.Discounted + o.Discounted} }

func (c Cost) times(n uint64) Cost { return Cost{c.List * float64(n), c.Discounted * float64(n)} }

func round(v float64, digits int) float64 {
	f := math.Pow10(digits)
	return math.Round(v*f) / f
}

// exact is a price in all its digits, as the members named …High have it.
func exact(v float64) *string {
	return p(strconv.FormatFloat(round(v, 6), 'f', -1, 64))
}

// perHour is a price as inquiries about postpaid disks show it.
func perHour(c Cost) *sdk.Price {
	return &sdk.Price{
		ChargeUnit: p("HOUR"),
		UnitPrice:  p(round(c.List, 2)), UnitPriceDiscount: p(round(c.Discounted, 2)),
		UnitPriceHigh: exact(c.List), UnitPriceDiscountHigh: exact(c.Discounted),
	}
}

// once is a price as inquiries about prepaid disks show it.
func once(c Cost) *sdk.Price {
	return &sdk.Price{
		OriginalPrice: p(round(c.List, 2)), DiscountPrice: p(round(c.Discounted, 2)),
		OriginalPriceHigh: exact(c.List), DiscountPriceHigh: exact(c.Discounted),
	}
}
