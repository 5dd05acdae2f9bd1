package offer_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

func priceOf(t *testing.T, instanceType, region string, term offer.Term, premium ...int64) offer.Amount {
	t.Helper()
	i, ok := offer.FindType(instanceType)
	if !ok {
		t.Fatalf("%s is not known", instanceType)
	}
	a := offer.TypePrice(i, region, term)
	for _, gb := range premium {
		a = a.Add(offer.DiskPrice(cbs.Goods{Type: cbs.Premium, Size: uint64(gb)}, region, term))
	}
	return a
}

func internet(charge string, mbps int64, region string, months float64) *sdk.ItemPrice {
	term := offer.Term{Months: months}
	return offer.InternetPrice(charge, mbps, region, term).InternetItem(charge, term)
}

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.15*want {
		t.Errorf("%s: got %g, want %g within 15 %%", name, got, want)
	}
}

func TestPricesAreNearRecordedQuotes(t *testing.T) {
	t.Parallel()
	hour, month, spot := offer.Term{}, offer.Term{Months: 1}, offer.Term{Spot: true}
	hk := priceOf(t, "SA2.MEDIUM4", "ap-hongkong", hour, 40, 40)
	near(t, "SA2.MEDIUM4 with disks in ap-hongkong", hk.Paid, 0.29)
	near(t, "the same, listed", hk.List, 0.36)
	near(t, "the same for a month", priceOf(t, "SA2.MEDIUM4", "ap-hongkong", month, 40, 40).Paid, 155.82)
	near(t, "SA2.MEDIUM4 with disks in ap-singapore", priceOf(t, "SA2.MEDIUM4", "ap-singapore", hour, 40, 40).Paid, 0.30)
	near(t, "SA5.MEDIUM4 with disks in ap-hongkong", priceOf(t, "SA5.MEDIUM4", "ap-hongkong", hour, 40, 40).Paid, 0.39)
	near(t, "S5.MEDIUM4 with disks in ap-hongkong", priceOf(t, "S5.MEDIUM4", "ap-hongkong", hour, 40, 40).Paid, 0.40)
	near(t, "S5.MEDIUM4 for a month", priceOf(t, "S5.MEDIUM4", "ap-guangzhou", month).Paid, 133)
	near(t, "S5.MEDIUM2 in ap-singapore, listed", priceOf(t, "S5.MEDIUM2", "ap-singapore", hour).List, 0.25)
	near(t, "SA5.MEDIUM2 as spot in sa-saopaulo", priceOf(t, "SA5.MEDIUM2", "sa-saopaulo", spot).Paid, 0.012)
	near(t, "S3.SMALL1", priceOf(t, "S3.SMALL1", "ap-chongqing", hour).List, 0.18)
	near(t, "S3.SMALL2", priceOf(t, "S3.SMALL2", "ap-chongqing", hour).List, 0.26)
	s2 := priceOf(t, "S2.SMALL1", "ap-guangzhou", hour)
	near(t, "S2.SMALL1", s2.Paid, 0.15)
	near(t, "S2.SMALL1 after 96 hours", s2.Second, 0.07)
	near(t, "S2.SMALL1 after 360 hours", s2.Third, 0.05)
	near(t, "S2.SMALL1 for a month", priceOf(t, "S2.SMALL1", "ap-guangzhou", month).Paid, 59)
	near(t, "S2.SMALL1 for a year", priceOf(t, "S2.SMALL1", "ap-guangzhou", offer.Term{Months: 12}).Paid, 587.64)
	near(t, "a GB of CLOUD_PREMIUM", offer.DiskPrice(cbs.Goods{Type: cbs.Premium, Size: 1}, "ap-guangzhou", hour).Paid, 0.0009)
	near(t, "a GB of CLOUD_PREMIUM in ap-hongkong", offer.DiskPrice(cbs.Goods{Type: cbs.Premium, Size: 1}, "ap-hongkong", hour).Paid, 0.0005)
	near(t, "a GB of CLOUD_SSD", offer.DiskPrice(cbs.Goods{Type: cbs.SSD, Size: 1}, "ap-guangzhou", hour).Paid, 0.0025)
	near(t, "a GB of CLOUD_PREMIUM for a month", offer.DiskPrice(cbs.Goods{Type: cbs.Premium, Size: 1}, "ap-guangzhou", month).Paid, 0.35)
	near(t, "a GB of traffic", offer.TrafficPrice("ap-guangzhou").Paid, 0.80)
	near(t, "a GB of traffic in ap-hongkong", offer.TrafficPrice("ap-hongkong").Paid, 0.6666)
}

func TestPricesOfEveryOfferArePlausible(t *testing.T) {
	t.Parallel()
	for z, offers := range everyZone(t) {
		for _, o := range offers {
			hour := offer.TypePrice(o.Type, z.Region, offer.Term{})
			month := offer.TypePrice(o.Type, z.Region, offer.Term{Months: 1})
			year := offer.TypePrice(o.Type, z.Region, offer.Term{Months: 12})
			spot := offer.TypePrice(o.Type, z.Region, offer.Term{Spot: true})
			switch {
			case hour.Paid <= 0 || hour.Paid > hour.List*1.0001 || hour.Third > hour.Second || hour.Second > hour.Paid:
				t.Errorf("%s in %s by the hour: got %+v", o.Type.Name, z.Name, hour)
			case month.Paid < 0.4*720*hour.Paid || month.Paid > 720*hour.Paid:
				t.Errorf("%s in %s for a month: got %.2f against %.2f by the hour", o.Type.Name, z.Name, month.Paid, 720*hour.Paid)
			case year.Paid >= 12*month.Paid || math.Abs(year.List-12*month.List) > 0.01:
				t.Errorf("%s in %s for a year: got %+v against %+v for a month", o.Type.Name, z.Name, year, month)
			case spot.Paid > hour.Paid/2:
				t.Errorf("%s in %s as spot: got %g of %g", o.Type.Name, z.Name, spot.Paid, hour.Paid)
			}
		}
	}
}

func TestItemShowsWhatTheAPIShows(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		got  *sdk.ItemPrice
		want *sdk.ItemPrice
	}{
		{"by the hour", priceOf(t, "S5.MEDIUM4", "ap-guangzhou", offer.Term{}, 50).Item(offer.Term{}), &sdk.ItemPrice{
			UnitPrice: new(0.7373), UnitPriceDiscount: new(0.405), ChargeUnit: new("HOUR"), Discount: new(54.93),
		}},
		{"in steps", priceOf(t, "S2.SMALL1", "ap-guangzhou", offer.Term{}).Item(offer.Term{}), &sdk.ItemPrice{
			UnitPrice: new(0.15), UnitPriceDiscount: new(0.15), ChargeUnit: new("HOUR"), Discount: new(100.0),
			UnitPriceSecondStep: new(0.075), UnitPriceDiscountSecondStep: new(0.075),
			UnitPriceThirdStep: new(0.051), UnitPriceDiscountThirdStep: new(0.051),
		}},
		{"as spot", priceOf(t, "SA2.MEDIUM4", "ap-guangzhou", offer.Term{Spot: true}).Item(offer.Term{Spot: true}), &sdk.ItemPrice{
			UnitPrice: new(0.25), UnitPriceDiscount: new(0.05), ChargeUnit: new("HOUR"), Discount: new(20.0),
		}},
		{"for a year", priceOf(t, "SA2.MEDIUM4", "ap-guangzhou", offer.Term{Months: 12}).Item(offer.Term{Months: 12}), &sdk.ItemPrice{
			OriginalPrice: new(1110.0), DiscountPrice: new(921.3), Discount: new(83.0),
		}},
		{"traffic", internet(offer.TrafficPostpaid, 5, "ap-hongkong", 0), &sdk.ItemPrice{
			UnitPrice: new(1.0), UnitPriceDiscount: new(0.6666), ChargeUnit: new("GB"), Discount: new(66.66),
		}},
		{"bandwidth by the hour", internet(offer.BandwidthPostpaid, 6, "ap-guangzhou", 0), &sdk.ItemPrice{
			UnitPrice: new(0.565), UnitPriceDiscount: new(0.565), ChargeUnit: new("HOUR"), Discount: new(100.0),
		}},
		{"bandwidth for a year", internet(offer.BandwidthPrepaid, 1, "ap-guangzhou", 12), &sdk.ItemPrice{
			OriginalPrice: new(300.0), DiscountPrice: new(249.0), Discount: new(83.0),
		}},
		{"no bandwidth", internet(offer.TrafficPostpaid, 0, "ap-guangzhou", 0), &sdk.ItemPrice{
			UnitPrice: new(0.0), UnitPriceDiscount: new(0.0), ChargeUnit: new("HOUR"), Discount: new(100.0),
		}},
	} {
		if diff := cmp.Diff(row.want, row.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.name, diff)
		}
	}
}

func TestTheCatalogueAgreesWithAnInquiry(t *testing.T) {
	t.Parallel()
	for _, o := range slices.Collect(offer.Offers("ap-guangzhou-6")) {
		for _, charge := range o.ChargeTypes() {
			term := offer.TermOf(charge, 1)
			inquiry := offer.TypePrice(o.Type, o.Zone.Region, term).Item(term)
			listed := *offer.CataloguePrice(o, charge)
			if (listed.OriginalPriceFiveYear != nil) != (charge == offer.Prepaid) {
				t.Errorf("%s %s: got five years of %v", o.Type.Name, charge, listed.OriginalPriceFiveYear)
			}
			listed.OriginalPriceOneYear, listed.DiscountPriceOneYear, listed.DiscountOneYear = nil, nil, nil
			listed.OriginalPriceThreeYear, listed.DiscountPriceThreeYear, listed.DiscountThreeYear = nil, nil, nil
			listed.OriginalPriceFiveYear, listed.DiscountPriceFiveYear, listed.DiscountFiveYear = nil, nil, nil
			if diff := cmp.Diff(inquiry, &listed); diff != "" {
				t.Errorf("%s %s (-inquiry +catalogue):\n%s", o.Type.Name, charge, diff)
			}
		}
	}
}

func TestManyCostManyTimes(t *testing.T) {
	t.Parallel()
	one := priceOf(t, "S2.SMALL1", "ap-guangzhou", offer.Term{})
	want := one.Add(one).Add(one)
	got := one.Times(3)
	for name, d := range map[string]float64{
		"list": got.List - want.List, "paid": got.Paid - want.Paid, "second": got.Second - want.Second, "third": got.Third - want.Third,
	} {
		if math.Abs(d) > 1e-9 {
			t.Errorf("%s: three times one is off three of one by %g", name, d)
		}
	}
}
