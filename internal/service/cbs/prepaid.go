package cbs

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// term is for how long a disk is paid in advance, and what comes after.
type term struct {
	months uint64
	renew  string
	align  time.Time // the instance's own end, that the disk is to share; zero for none
}

// readTerm reads DiskChargePrepaid, which prepaid disks must have.
func readTerm(in *sdk.DiskChargePrepaid, name string) (t term, err error) {
	if in == nil {
		return t, tcerr.Missing(name)
	}
	t = term{months: or(in.Period, 0), renew: or(in.RenewFlag, "")}
	if in.CurInstanceDeadline != nil {
		if t.align, err = time.ParseInLocation(localTime, *in.CurInstanceDeadline, beijing); err != nil {
			return t, bad(*in.CurInstanceDeadline, name+".CurInstanceDeadline")
		}
	}
	switch {
	case in.Period == nil && t.align.IsZero():
		return t, tcerr.Missing(name + ".Period")
	case in.Period != nil && !isPeriod(t.months):
		return t, bad(t.months, name+".Period")
	case t.renew != "" && !isRenewFlag(t.renew):
		return t, bad(t.renew, name+".RenewFlag")
	}
	return t, nil
}

// isPeriod says whether so many months can be bought at once.
func isPeriod(months uint64) bool { return months >= 1 && months <= 12 || months == 24 || months == 36 }

func isRenewFlag(s string) bool { return slices.Contains([]string{AutoRenew, ManualRenew, NoRenew}, s) }

// end is when a disk ends that is paid for the term from an instant on.
func (t term) end(from time.Time) time.Time {
	if !t.align.IsZero() {
		from = t.align
	}
	return clock.AddMonths(from, int(t.months))
}

// apply makes a disk prepaid for the term from an instant on.
func (t term) apply(d *Disk, from time.Time) {
	d.Charge, d.Deadline = Prepaid, t.end(from).Unix()
	if t.renew != "" {
		d.Renew = t.renew
	}
	if d.Renew == "" {
		d.Renew = ManualRenew
	}
	d.DeleteWithInstance = d.System
}
