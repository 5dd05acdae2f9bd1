package cvm

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// inquiry is what an order would cost.
func inquiry(in sdk.RunInstancesRequestParams) sdk.InquiryPriceRunInstancesRequestParams {
	return sdk.InquiryPriceRunInstancesRequestParams{
		Placement: in.Placement, ImageId: in.ImageId, InstanceType: in.InstanceType, InstanceChargeType: in.InstanceChargeType,
		InstanceChargePrepaid: in.InstanceChargePrepaid, SystemDisk: in.SystemDisk, DataDisks: in.DataDisks,
		InternetAccessible: in.InternetAccessible, InstanceCount: in.InstanceCount, InstanceMarketOptions: in.InstanceMarketOptions,
	}
}

func (d *desk) quote(in sdk.RunInstancesRequestParams) *sdk.Price {
	d.Helper()
	return call(d, inquiryPriceRunInstances, inquiry(in)).Price
}

func TestAnInquiryAddsWhatTheBooksSay(t *testing.T) {
	d := newDesk(t)
	kind, _ := offer.FindType("S5.MEDIUM4")
	system, data := cbs.Goods{Type: cbs.Premium, Size: 50}, cbs.Goods{Type: cbs.Premium, Size: 20}
	for _, row := range []struct {
		name  string
		order sdk.RunInstancesRequestParams
		term  offer.Term
		count float64
		disks []cbs.Goods
	}{
		{"by the hour", d.order(), offer.Term{}, 1, []cbs.Goods{system}},
		{"three with data disks", d.order(stocked, func(in *sdk.RunInstancesRequestParams) { in.InstanceCount = p(int64(3)) }), offer.Term{}, 3, []cbs.Goods{system, data}},
		{"for a year", d.order(stocked, months(12, renewByHand)), offer.Term{Months: 12}, 1, []cbs.Goods{system, data}},
		{"as spot", d.order(func(in *sdk.RunInstancesRequestParams) { in.InstanceChargeType = p(spotpaid) }), offer.Term{Spot: true}, 1, []cbs.Goods{system}},
	} {
		want := offer.TypePrice(kind, "ap-guangzhou", row.term)
		for _, g := range row.disks {
			want = want.Add(offer.DiskPrice(g, "ap-guangzhou", row.term))
		}
		if diff := cmp.Diff(want.Times(row.count).Item(row.term), d.quote(row.order).InstancePrice); diff != "" {
			d.Errorf("%s (-books +inquiry):\n%s", row.name, diff)
		}
	}
}

func TestAnInquiryMakesNothing(t *testing.T) {
	d := newDesk(t)
	price := d.quote(d.order(online)).BandwidthPrice
	if *price.ChargeUnit != "GB" || *price.UnitPrice != 0.8 {
		d.Errorf("got %v a %s of traffic", *price.UnitPrice, *price.ChargeUnit)
	}
	if got := call(d, describeInstances, sdk.DescribeInstancesRequestParams{}).TotalCount; got != 0 {
		d.Errorf("got %d instances", got)
	}
}

func TestAnInquiryRefusesWhatAnOrderWouldBeRefused(t *testing.T) {
	d := newDesk(t)
	for _, row := range []struct {
		name   string
		change func(in *sdk.RunInstancesRequestParams)
		code   string
	}{
		{"zone elsewhere", func(in *sdk.RunInstancesRequestParams) { in.Placement.Zone = p("ap-shanghai-2") }, sdk.INVALIDZONE_MISMATCHREGION},
		{"no such type", func(in *sdk.RunInstancesRequestParams) { in.InstanceType = p("S5.MEDIUM5") }, sdk.INVALIDPARAMETERVALUE_INSTANCETYPENOTFOUND},
		{"no such image", func(in *sdk.RunInstancesRequestParams) { in.ImageId = p("img-00000000") }, sdk.INVALIDIMAGEID_NOTFOUND},
		{"period", months(13, renewByHand), sdk.INVALIDPERIOD},
		{"more than it answers", func(in *sdk.RunInstancesRequestParams) { in.InstanceCount = p(int64(101)) }, sdk.INVALIDPARAMETERVALUE_RANGE},
		{"bid", func(in *sdk.RunInstancesRequestParams) { bid(in, "0.0001") }, sdk.INVALIDPARAMETERVALUE_INSUFFICIENTPRICE},
	} {
		if _, err := try(d, inquiryPriceRunInstances, inquiry(d.order(row.change))); codeIn(err) != row.code {
			d.Errorf("%s: got %v, want %s", row.name, err, row.code)
		}
	}
}

func bid(in *sdk.RunInstancesRequestParams, most string) {
	in.InstanceChargeType = p(spotpaid)
	in.InstanceMarketOptions = &sdk.InstanceMarketOptionsRequest{MarketType: p("spot"), SpotOptions: &sdk.SpotMarketOptions{MaxPrice: &most}}
}

// TestAChangeCostsWhatIsLeftOfIt: of a prepaid instance the difference for the time that is left, of others the new price.
func TestAChangeCostsWhatIsLeftOfIt(t *testing.T) {
	d := newDesk(t)
	ahead, hourly := d.run(months(12, renewByHand)), d.run()
	d.Now = time.Date(2026, 9, 1, 4, 0, 0, 0, time.UTC)
	retyped := func(id, kind string) *sdk.ItemPrice {
		return call(d, inquiryPriceResetInstancesType, sdk.InquiryPriceResetInstancesTypeRequestParams{InstanceIds: ps(id), InstanceType: &kind}).Price.InstancePrice
	}
	month := d.quote(d.order(months(1, renewByHand), func(in *sdk.RunInstancesRequestParams) { in.InstanceType = p("S5.MEDIUM8") })).InstancePrice
	was := d.quote(d.order(months(1, renewByHand))).InstancePrice
	if got, want := *retyped(ahead, "S5.MEDIUM8").DiscountPrice, (*month.DiscountPrice-*was.DiscountPrice)*5.95; got < want*0.99 || got > want*1.01 {
		d.Errorf("got %.2f for what is left of a year, want about %.2f", got, want)
	}
	if got := *retyped(ahead, "S5.SMALL1").DiscountPrice; got != 0 {
		d.Errorf("got %.2f for less, want nothing", got)
	}
	want := d.quote(d.order(func(in *sdk.RunInstancesRequestParams) { in.InstanceType = p("S5.MEDIUM8") })).InstancePrice
	if diff := cmp.Diff(want, retyped(hourly, "S5.MEDIUM8")); diff != "" {
		d.Error(diff)
	}
	disk := sdk.InquiryPriceResizeInstanceDisksRequestParams{InstanceId: &hourly, ResizeOnline: p(true), SystemDisk: &sdk.SystemDisk{DiskSize: p(int64(100))}}
	want = d.quote(d.order(func(in *sdk.RunInstancesRequestParams) { in.SystemDisk = &sdk.SystemDisk{DiskSize: p(int64(100))} })).InstancePrice
	if diff := cmp.Diff(want, call(d, inquiryPriceResizeInstanceDisks, disk).Price.InstancePrice); diff != "" {
		d.Error(diff)
	}
	again := sdk.InquiryPriceResetInstanceRequestParams{InstanceId: &hourly, SystemDisk: &sdk.SystemDisk{DiskSize: p(int64(100))}}
	if diff := cmp.Diff(want, call(d, inquiryPriceResetInstance, again).Price.InstancePrice); diff != "" {
		d.Error(diff)
	}
}

func TestARenewalCostsWhatALaunchDoes(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand), stocked)
	year := &sdk.InstanceChargePrepaid{Period: p(int64(12))}
	want := d.quote(d.order(months(12, renewByHand), stocked)).InstancePrice
	renewal := sdk.InquiryPriceRenewInstancesRequestParams{InstanceIds: ps(id), InstanceChargePrepaid: year}
	if diff := cmp.Diff(want, call(d, inquiryPriceRenewInstances, renewal).Price.InstancePrice); diff != "" {
		d.Error(diff)
	}
	renewal.RenewPortableDataDisk = p(false)
	want = d.quote(d.order(months(12, renewByHand))).InstancePrice
	if diff := cmp.Diff(want, call(d, inquiryPriceRenewInstances, renewal).Price.InstancePrice); diff != "" {
		d.Error(diff)
	}
	hourly := d.run(stocked)
	change := sdk.InquiryPriceModifyInstancesChargeTypeRequestParams{
		InstanceIds: ps(hourly), InstanceChargeType: p(prepaid), InstanceChargePrepaid: year, ModifyPortableDataDisk: p(true),
	}
	want = d.quote(d.order(months(12, renewByHand), stocked)).InstancePrice
	if diff := cmp.Diff(want, call(d, inquiryPriceModifyInstancesChargeType, change).Price.InstancePrice); diff != "" {
		d.Error(diff)
	}
	renewal.InstanceIds = ps(hourly)
	refused(d, sdk.INVALIDPARAMETERVALUE_INSTANCENOTSUPPORTEDMIXPRICINGMODEL, inquiryPriceRenewInstances, renewal)
}

func TestAReturnPaysBackWhatIsLeft(t *testing.T) {
	d := newDesk(t)
	ahead, hourly := d.run(months(12, renewByHand), stocked), d.run()
	ask := func(ids ...string) sdk.InquiryPriceTerminateInstancesRequestParams {
		return sdk.InquiryPriceTerminateInstancesRequestParams{InstanceIds: ps(ids...)}
	}
	month := *d.quote(d.order(months(1, renewByHand), stocked)).InstancePrice.DiscountPrice
	d.Now = time.Date(2027, 2, 1, 4, 0, 0, 0, time.UTC)
	if got := *call(d, inquiryPriceTerminateInstances, ask(ahead)).InstanceRefundsSet[0].Refunds; got < month*0.9 || got > month {
		d.Errorf("got %.2f for four weeks, want about the %.2f of a month", got, month)
	}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCEMIXEDPRICINGMODEL, inquiryPriceTerminateInstances, ask(ahead, hourly))
}

func TestBandwidthPaidAheadCostsTheDaysItGrows(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(12, renewByHand), func(in *sdk.RunInstancesRequestParams) {
		in.InternetAccessible = &sdk.InternetAccessible{InternetMaxBandwidthOut: p(int64(5))}
	})
	in := sdk.InquiryPriceResetInstancesInternetMaxBandwidthRequestParams{
		InstanceIds: ps(id), InternetAccessible: &sdk.InternetAccessible{InternetMaxBandwidthOut: p(int64(10))},
		StartTime: p("2026-03-02"), EndTime: p("2026-04-01"),
	}
	month := offer.BandwidthPrice(10, offer.Term{Months: 1}).Minus(offer.BandwidthPrice(5, offer.Term{Months: 1})).Paid
	if got := *call(d, inquiryPriceResetInstancesInternetMaxBandwidth, in).Price.BandwidthPrice.DiscountPrice; got < month || got > month*1.03 {
		d.Errorf("got %.2f for 31 days of 5 Mbps more, want a little above the %.2f of a month", got, month)
	}
}

func TestSpotInstancesAreBidFor(t *testing.T) {
	d := newDesk(t)
	kind, _ := offer.FindType("S5.MEDIUM4")
	price := offer.TypePrice(kind, "ap-guangzhou", offer.Term{Spot: true}).Paid
	for most, code := range map[string]string{
		"0.001": sdk.INVALIDPARAMETERVALUE_INSUFFICIENTPRICE, "much": tcerr.InvalidParameterValue, "9": "",
	} {
		if _, err := try(d, runInstances, d.order(func(in *sdk.RunInstancesRequestParams) { bid(in, most) })); codeIn(err) != code {
			d.Errorf("a bid of %s at a price of %.4f: got %v, want %q", most, price, err, code)
		}
	}
	d.Settings.Stock = func(_, item string) string {
		return map[bool]string{true: "WithoutStock", false: "EnoughStock"}[item == "S5.MEDIUM4"]
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_INSUFFICIENTOFFERING, runInstances, d.order(func(in *sdk.RunInstancesRequestParams) { bid(in, "9") }))
	refused(d, sdk.UNSUPPORTEDOPERATION_NOINSTANCETYPESUPPORTSPOT, runInstances, d.order(func(in *sdk.RunInstancesRequestParams) {
		in.InstanceType = p(localType(d))
		bid(in, "1000")
	}))
}

// localType is a type with local disks that the zone of the desk's orders sells.
func localType(d *desk) string {
	d.Helper()
	for o := range offer.Offers("ap-guangzhou-3") {
		if o.Type.Family.LocalDisk != "" {
			return o.Type.Name
		}
	}
	d.Fatal("no type with local disks is sold")
	return ""
}

func TestCoresAndThreadsGoTogether(t *testing.T) {
	d := newDesk(t)
	for _, row := range []struct {
		name string
		in   sdk.CpuTopology
		code string
	}{
		{"cores alone", sdk.CpuTopology{CoreCount: p(int64(1))}, sdk.INVALIDPARAMETER_LACKCORECOUNTORTHREADPERCORE},
		{"too many cores", sdk.CpuTopology{CoreCount: p(int64(2)), ThreadPerCore: p(int64(1))}, sdk.INVALIDPARAMETERVALUE_CORECOUNTVALUE},
		{"too many threads", sdk.CpuTopology{CoreCount: p(int64(1)), ThreadPerCore: p(int64(3))}, sdk.INVALIDPARAMETERVALUE_THREADPERCOREVALUE},
		{"one thread", sdk.CpuTopology{CoreCount: p(int64(1)), ThreadPerCore: p(int64(1))}, ""},
	} {
		if _, err := try(d, runInstances, d.order(func(in *sdk.RunInstancesRequestParams) { in.CpuTopology = &row.in })); codeIn(err) != row.code {
			d.Errorf("%s: got %v, want %q", row.name, err, row.code)
		}
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_CAMROLENAMEMALFORMED, runInstances, d.order(func(in *sdk.RunInstancesRequestParams) { in.CamRoleName = p("a b") }))
}
