package offer

import (
	"math"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
)

// What a price by use is the price of.
const (
	perHour = "HOUR"
	perGB   = "GB"
)

// Item is the amount as the API shows it: by the hour to a hundredth of a cent, in advance to a cent.
// A step is shown only when the price falls.
func (a Amount) Item(term Term) *sdk.ItemPrice {
	if term.Months > 0 {
		return &sdk.ItemPrice{
			OriginalPrice: cents(a.List), DiscountPrice: cents(a.Paid), Discount: percent(a.Paid, a.List),
		}
	}
	p := a.by(perHour)
	if a.Second != a.Paid {
		p.UnitPriceSecondStep, p.UnitPriceDiscountSecondStep = fine(a.listed(a.Second)), fine(a.Second)
		p.UnitPriceThirdStep, p.UnitPriceDiscountThirdStep = fine(a.listed(a.Third)), fine(a.Third)
	}
	return p
}

// CataloguePrice is an offer's price as DescribeZoneInstanceConfigInfos shows it. In advance, it is that of a month,
// with those of one, three and five years beside it.
func CataloguePrice(o Offer, chargeType string) *sdk.ItemPrice {
	term := TermOf(chargeType, 1)
	p := TypePrice(o.Type, o.Zone.Region, term).Item(term)
	if term.Months == 0 {
		return p
	}
	years := func(n int) (list, paid, discount *float64) {
		a := TypePrice(o.Type, o.Zone.Region, Term{Months: float64(12 * n)})
		return cents(a.List), cents(a.Paid), percent(a.Paid, a.List)
	}
	p.OriginalPriceOneYear, p.DiscountPriceOneYear, p.DiscountOneYear = years(1)
	p.OriginalPriceThreeYear, p.DiscountPriceThreeYear, p.DiscountThreeYear = years(3)
	p.OriginalPriceFiveYear, p.DiscountPriceFiveYear, p.DiscountFiveYear = years(5)
	return p
}

// InternetItem is the amount of an InternetPrice as the API shows it.
func (a Amount) InternetItem(chargeType string, term Term) *sdk.ItemPrice {
	if chargeType == TrafficPostpaid && a.List > 0 {
		return a.by(perGB)
	}
	return a.Item(InternetTerm(chargeType, term))
}

func (a Amount) by(unit string) *sdk.ItemPrice {
	return &sdk.ItemPrice{
		UnitPrice: fine(a.List), UnitPriceDiscount: fine(a.Paid), ChargeUnit: &unit, Discount: percent(a.Paid, a.List),
	}
}

// listed is the list price of a step, in the proportion of the first one.
func (a Amount) listed(paid float64) float64 { return paid * a.List / a.Paid }

func cents(f float64) *float64 { return round(f, 100) }

func fine(f float64) *float64 { return round(f, 10_000) }

// percent is what is paid of a list price: 20 is two tenths of it. Of nothing, all is paid.
func percent(paid, list float64) *float64 {
	if list == 0 {
		return round(100, 1)
	}
	return round(100*paid/list, 100)
}

func round(f, unit float64) *float64 {
	r := math.Round(f*unit) / unit
	return &r
}
