package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// bill is what is paid for: machines and their disks by themselves, public addresses by themselves.
type bill struct {
	term     offer.Term
	charge   string // InternetChargeType of the addresses
	machine  offer.Amount
	internet offer.Amount
}

// add puts more of what is paid for on the bill.
func (b *bill) add(kind *offer.Type, disks []cbs.Goods, region string) {
	if kind != nil {
		b.machine = b.machine.Add(offer.TypePrice(kind, region, b.term))
	}
	for _, g := range disks {
		b.machine = b.machine.Add(offer.DiskPrice(g, region, b.term))
	}
}

// online puts a public address on the bill. What it costs by traffic does not depend on how many there are.
func (b *bill) online(net vpc.Internet, region string) {
	price := offer.InternetPrice(net.Charge, int64(net.Bandwidth), region, b.term)
	if b.charge = net.Charge; b.charge == offer.TrafficPostpaid {
		b.internet = price
		return
	}
	b.internet = b.internet.Add(price)
}

// price is the bill as inquiries show it.
func (b *bill) price() *sdk.Price {
	return &sdk.Price{InstancePrice: b.machine.Item(b.term), BandwidthPrice: b.internet.InternetItem(b.charge, b.term)}
}

// rest is the bill of a change to what is paid for: by the hour the new price, of what is paid ahead the difference for
// the months that are left.
func rest(term offer.Term, was, is offer.Amount, left float64) *sdk.Price {
	b := bill{term: term, machine: is}
	if term.Months > 0 {
		b.machine = is.Minus(was).Times(left)
		b.machine.List, b.machine.Paid = max(b.machine.List, 0), max(b.machine.Paid, 0)
	}
	return b.price()
}

// monthHours is a twelfth of a year, which is what the cloud takes for a month when it counts days.
const monthHours = 365 * 24 / 12.0

// left is how many months a prepaid instance has left.
func (i *Instance) left(now time.Time) float64 {
	return max(i.until(now).Sub(now).Hours(), 0) / monthHours
}

// termOf is how an instance is paid now: by the hour, or by a month of several.
func (i *Instance) term() offer.Term { return offer.TermOf(i.Charge, 1) }

// disksOf are the disks of an instance that a bill of it has: the system disk, and of the others those that which picks.
func disksOf(c *api.Call, id string, which func(*cbs.Disk) bool) (all []cbs.Goods) {
	for _, d := range cbs.Of(c.Tx, id) {
		if d.System || which(d) {
			all = append(all, goods(d))
		}
	}
	return all
}

// goods is what is paid for in a disk.
func goods(d *cbs.Disk) cbs.Goods {
	g := cbs.Goods{Type: d.Type, Size: d.Size}
	if d.More != nil {
		g.Throughput, g.Backups = d.More.Throughput, d.More.Backups
	}
	return g
}

// prepaidDisk and anyDisk are which disks a bill has.
func prepaidDisk(d *cbs.Disk) bool { return d.Charge == cbs.Prepaid }

func anyDisk(*cbs.Disk) bool { return true }

func noDisk(*cbs.Disk) bool { return false }
