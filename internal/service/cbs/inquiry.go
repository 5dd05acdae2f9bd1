package cbs

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Goods is what is paid for in a disk.
func (d *Disk) Goods() Goods {
	t := d.traits()
	return Goods{Type: d.Type, Size: d.Size, Throughput: t.Throughput, Backups: t.Backups}
}

// change is what it costs to turn what is paid for into something else: per hour if the disk is postpaid, else for
// what is left of its time, where less costs nothing.
func (d *Disk) change(c *api.Call, to Goods) (cost Cost, prepaid bool) {
	if d.Charge != Prepaid {
		return to.Hour(c.Region), false
	}
	left := max(0, d.until(c.Now).Sub(c.Now).Hours()/monthHours)
	was, is := d.Goods().Months(left), to.Months(left)
	return Cost{max(0, round(is.List-was.List, 2)), max(0, round(is.Discounted-was.Discounted, 2))}, true
}

// price is a cost as the older inquiries show it.
func price(cost Cost, prepaid bool) *sdk.Price {
	if prepaid {
		return once(cost)
	}
	return perHour(cost)
}

// detailed is a price with its one detail, as renewals and resizes show it.
func detailed(cost Cost, prepaid bool) *sdk.PrepayPrice {
	x := price(cost, prepaid)
	return &sdk.PrepayPrice{
		ChargeUnit: x.ChargeUnit, OriginalPrice: x.OriginalPrice, DiscountPrice: x.DiscountPrice, OriginalPriceHigh: x.OriginalPriceHigh,
		DiscountPriceHigh: x.DiscountPriceHigh, UnitPrice: x.UnitPrice, UnitPriceDiscount: x.UnitPriceDiscount,
		UnitPriceHigh: x.UnitPriceHigh, UnitPriceDiscountHigh: x.UnitPriceDiscountHigh,
		DetailPrices: []*sdk.DetailPrice{{
			PriceName: p("cbsDisk"), PriceTitle: p("云硬盘"), ChargeUnit: x.ChargeUnit, OriginalPrice: x.OriginalPrice,
			DiscountPrice: x.DiscountPrice, OriginalPriceHigh: x.OriginalPriceHigh, DiscountPriceHigh: x.DiscountPriceHigh,
			UnitPrice: x.UnitPrice, UnitPriceDiscount: x.UnitPriceDiscount, UnitPriceHigh: x.UnitPriceHigh,
			UnitPriceDiscountHigh: x.UnitPriceDiscountHigh,
		}},
	}
}

// inquiryPriceResizeDisk is the price of one disk or several at a larger size.
func inquiryPriceResizeDisk(c *api.Call, in *sdk.InquiryPriceResizeDiskRequestParams) (*sdk.InquiryPriceResizeDiskResponseParams, error) {
	if (in.DiskId == nil) == (len(in.DiskIds) == 0) {
		return nil, tcerr.Missing("DiskId")
	}
	if err := checkProject(c, or(in.ProjectId, 0)); err != nil {
		return nil, err
	}
	sum, prepaid := Cost{}, false
	for i, id := range plain(append([]*string{in.DiskId}, in.DiskIds...)) {
		d, err := find(c, id)
		switch {
		case err != nil:
			return nil, err
		case !d.Portable:
			return nil, notPortable(c, id)
		case !Grows(d, *in.DiskSize) && d.Size != *in.DiskSize:
			return nil, bad(*in.DiskSize, "DiskSize")
		}
		to := d.Goods()
		to.Size = *in.DiskSize
		cost, pre := d.change(c, to)
		if i > 0 && pre != prepaid {
			return nil, bad(id, "DiskIds")
		}
		sum, prepaid = sum.plus(cost), pre
	}
	return &sdk.InquiryPriceResizeDiskResponseParams{DiskPrice: detailed(sum, prepaid)}, nil
}

// inquirePriceModifyDiskExtraPerformance is the price of a disk with more throughput, or less.
func inquirePriceModifyDiskExtraPerformance(c *api.Call, in *sdk.InquirePriceModifyDiskExtraPerformanceRequestParams) (*sdk.InquirePriceModifyDiskExtraPerformanceResponseParams, error) {
	d, err := find(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	if err := boostable(c, *in.DiskId, d, *in.ThroughputPerformance); err != nil {
		return nil, err
	}
	to := d.Goods()
	to.Throughput = *in.ThroughputPerformance
	return &sdk.InquirePriceModifyDiskExtraPerformanceResponseParams{DiskPrice: price(d.change(c, to))}, nil
}

// inquirePriceModifyDiskBackupQuota is the price of a disk with more backup points, or fewer.
func inquirePriceModifyDiskBackupQuota(c *api.Call, in *sdk.InquirePriceModifyDiskBackupQuotaRequestParams) (*sdk.InquirePriceModifyDiskBackupQuotaResponseParams, error) {
	d, err := find(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	if *in.DiskBackupQuota > maxBackups {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.DiskBackupQuota, "DiskBackupQuota")
	}
	to := d.Goods()
	to.Backups = *in.DiskBackupQuota
	return &sdk.InquirePriceModifyDiskBackupQuotaResponseParams{DiskPrice: price(d.change(c, to))}, nil
}

// inquiryPriceRenewDisks is the price of letting prepaid disks end later: each for its own term, or all on one day.
func inquiryPriceRenewDisks(c *api.Call, in *sdk.InquiryPriceRenewDisksRequestParams) (*sdk.InquiryPriceRenewDisksResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxBatch, "DiskIds"); err != nil {
		return nil, err
	}
	if err := checkProject(c, or(in.ProjectId, 0)); err != nil {
		return nil, err
	}
	sum := Cost{}
	for i, id := range ids {
		d, err := find(c, id)
		if err != nil {
			return nil, err
		}
		if err := renewable(c, id, d); err != nil {
			return nil, err
		}
		n, err := renewal(c, d, i, in)
		if err != nil {
			return nil, err
		}
		sum = sum.plus(d.Goods().Months(n))
	}
	return &sdk.InquiryPriceRenewDisksResponseParams{DiskPrice: detailed(sum, true)}, nil
}

// renewal is for how many months the i-th disk of an inquiry would be renewed.
func renewal(c *api.Call, d *Disk, i int, in *sdk.InquiryPriceRenewDisksRequestParams) (float64, error) {
	from := d.until(c.Now)
	if in.NewDeadline != nil {
		end, err := time.ParseInLocation(localTime, *in.NewDeadline, beijing)
		if err != nil || !end.After(from) {
			return 0, bad(*in.NewDeadline, "NewDeadline")
		}
		return end.Sub(from).Hours() / monthHours, nil
	}
	if i >= len(in.DiskChargePrepaids) {
		return 0, tcerr.Missing("DiskChargePrepaids")
	}
	t, err := readTerm(in.DiskChargePrepaids[i], "DiskChargePrepaids")
	if err != nil {
		return 0, err
	}
	return max(0, months(t, from)), nil
}
