package cbs

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// modifyDisksChargeType makes portable disks prepaid or postpaid. All of them or none.
func modifyDisksChargeType(c *api.Call, in *sdk.ModifyDisksChargeTypeRequestParams) (*sdk.ModifyDisksChargeTypeResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxBatch, "DiskIds"); err != nil {
		return nil, err
	}
	postpaid := or(in.DiskChargePostpaid, false)
	if postpaid == (in.DiskChargePrepaid != nil) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, postpaid, "DiskChargePostpaid")
	}
	change := func(d *Disk) { d.Charge, d.Deadline, d.Renew, d.Period = Postpaid, 0, "", 0 }
	if !postpaid {
		t, err := readTerm(in.DiskChargePrepaid, "DiskChargePrepaid")
		if err != nil {
			return nil, err
		}
		change = func(d *Disk) { t.apply(d, c.Now) }
	}
	for _, id := range ids {
		d, err := findResting(c, id)
		if err != nil {
			return nil, err
		}
		if err := convertible(c, id, d, postpaid); err != nil {
			return nil, err
		}
		replan(c.Tx, id, change)
	}
	return &sdk.ModifyDisksChargeTypeResponseParams{}, nil
}

func convertible(c *api.Call, id string, d *Disk, postpaid bool) error {
	switch {
	case !d.Portable:
		return notPortable(c, id)
	case postpaid == (d.Charge == Postpaid):
		return unfit(c, id, d)
	}
	return nil
}

// renewDisk lets a prepaid disk end later. A disk in the recycle bin comes back.
func renewDisk(c *api.Call, in *sdk.RenewDiskRequestParams) (*sdk.RenewDiskResponseParams, error) {
	d, err := find(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	t, err := readTerm(in.DiskChargePrepaid, "DiskChargePrepaid")
	if err != nil {
		return nil, err
	}
	if err := renewable(c, *in.DiskId, d); err != nil {
		return nil, err
	}
	replan(c.Tx, *in.DiskId, func(d *Disk) {
		if d.State == ToRecycle {
			d.State = Unattached
		}
		t.apply(d, d.until(c.Now))
	})
	return &sdk.RenewDiskResponseParams{}, nil
}

// renewable says whether a disk can be renewed on its own.
func renewable(c *api.Call, id string, d *Disk) error {
	switch {
	case d.Charge != Prepaid:
		return unfit(c, id, d)
	case !d.Portable:
		return notPortable(c, id)
	}
	return nil
}

// inquiryPriceCreateDisks is the price of disks that one might make.
func inquiryPriceCreateDisks(c *api.Call, in *sdk.InquiryPriceCreateDisksRequestParams) (*sdk.InquiryPriceCreateDisksResponseParams, error) {
	if err := checkProject(c, or(in.ProjectId, 0)); err != nil {
		return nil, err
	}
	k, ok := FindKind(*in.DiskType)
	if !ok || k.Retired {
		return nil, bad(*in.DiskType, "DiskType")
	}
	g := Goods{Type: *in.DiskType, Size: *in.DiskSize, Throughput: or(in.ThroughputPerformance, 0), Backups: or(in.DiskBackupQuota, 0)}
	count := or(in.DiskCount, 1)
	switch {
	case g.Size < k.Min || g.Size > k.Max:
		return nil, bad(g.Size, "DiskSize")
	case count < 1 || count > maxAtOnce:
		return nil, bad(count, "DiskCount")
	case g.Throughput > 0 && (g.Throughput > k.Extra || g.Size < extraMinSize):
		return nil, bad(g.Throughput, "ThroughputPerformance")
	case *in.DiskChargeType == Postpaid:
		return &sdk.InquiryPriceCreateDisksResponseParams{DiskPrice: perHour(g.Hour(c.Region).times(count))}, nil
	case *in.DiskChargeType != Prepaid:
		return nil, bad(*in.DiskChargeType, "DiskChargeType")
	}
	t, err := readTerm(in.DiskChargePrepaid, "DiskChargePrepaid")
	if err != nil {
		return nil, err
	}
	return &sdk.InquiryPriceCreateDisksResponseParams{DiskPrice: once(g.Months(months(t, c.Now)).times(count))}, nil
}

// months is for how long is paid who pays for the term from an instant on.
func months(t term, from time.Time) float64 {
	if t.align.IsZero() {
		return float64(t.months)
	}
	return t.end(from).Sub(from).Hours() / monthHours
}

// monthHours is a twelfth of a year, which is what the cloud takes for a month when it counts days.
const monthHours = 365 * 24 / 12.0
