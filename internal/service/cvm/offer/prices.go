package offer

import "github.com/tengyun/tengyun/internal/service/cbs"

// Prices are estimates throughout: the cloud publishes no price list for machines to read. They hold near the quotes
// that are recorded (prices_test.go), and an inquiry, the catalogue and an order agree on them to the last digit.

// The ways in which a public address is paid.
const (
	BandwidthPrepaid  = "BANDWIDTH_PREPAID"
	BandwidthPostpaid = "BANDWIDTH_POSTPAID_BY_HOUR"
	BandwidthPackage  = "BANDWIDTH_PACKAGE" // the package is paid, not the address
	TrafficPostpaid   = "TRAFFIC_POSTPAID_BY_HOUR"
)

// Term is for how long something is paid. The zero Term is by the hour.
type Term struct {
	Months float64 // in advance; what is left of a term is a part of a month
	Spot   bool    // by the hour, as long as the cloud can spare it
}

// TermOf is the term of an InstanceChargeType; months count only when it is paid in advance.
func TermOf(chargeType string, months int) Term {
	switch chargeType {
	case Prepaid:
		return Term{Months: float64(max(months, 1))}
	case SpotPaid:
		return Term{Spot: true}
	}
	return Term{}
}

// Amount is money in yuan, not rounded: for an hour, or for all months of a term.
type Amount struct {
	List, Paid    float64
	Second, Third float64 // paid for an hour after 96 and after 360 hours of use; as Paid where the price does not fall
}

// steady is an amount that does not fall with use.
func steady(list, paid float64) Amount {
	return Amount{List: list, Paid: paid, Second: paid, Third: paid}
}

// Add is both amounts together. They must be of the same term.
func (a Amount) Add(b Amount) Amount {
	return Amount{a.List + b.List, a.Paid + b.Paid, a.Second + b.Second, a.Third + b.Third}
}

// Minus is what is left of the amount without b, which must be of the same term.
func (a Amount) Minus(b Amount) Amount { return a.Add(b.Times(-1)) }

// Times is the amount f times, or a part of it.
func (a Amount) Times(f float64) Amount {
	return Amount{a.List * f, a.Paid * f, a.Second * f, a.Third * f}
}

// TypePrice is what an instance of a type costs in a region, without disks and network.
func TypePrice(t *Type, region string, term Term) Amount {
	m, p, paid := marketIn(region), t.Family.plan, t.Family.paid
	if p == deep && m.abroad {
		p, paid = flat, 1
	}
	hour := t.hourly * m.instances
	switch {
	case term.Months > 0:
		list := hour * m.monthHours / p.discount(1) * term.Months
		return steady(list, list*p.discount(term.Months))
	case term.Spot:
		return steady(hour, hour*m.spot)
	case p == tiered:
		return Amount{hour / paid, hour, hour * 0.5, hour * 0.34}
	}
	return steady(hour/paid, hour)
}

// DiskPrice is what a disk costs in a region, by the price list of disks. Disks of a spot instance cost what others do.
func DiskPrice(g cbs.Goods, region string, term Term) Amount {
	if term.Months == 0 {
		hour := g.Hour(region)
		return steady(hour.List, hour.Discounted)
	}
	all := g.Months(term.Months)
	return steady(all.List, all.Discounted)
}

// InternetPrice is what a public address costs by InternetChargeType, with a bandwidth in Mbps; months count only when it
// is paid in advance. Without bandwidth, and in a package, it costs nothing. By traffic it is the price of a GB.
func InternetPrice(chargeType string, mbps int64, region string, term Term) Amount {
	switch {
	case mbps <= 0 || chargeType == BandwidthPackage:
		return Amount{}
	case chargeType == TrafficPostpaid:
		return TrafficPrice(region)
	}
	return BandwidthPrice(mbps, InternetTerm(chargeType, term))
}

// InternetTerm is for how long a public address is paid with an instance that is paid for term.
func InternetTerm(chargeType string, term Term) Term {
	if chargeType == BandwidthPrepaid {
		return Term{Months: max(term.Months, 1)}
	}
	return Term{}
}

// TrafficPrice is what a GB of traffic out to the internet costs in a region.
func TrafficPrice(region string) Amount {
	m := marketIn(region)
	return steady(m.trafficList, m.trafficPaid)
}

// BandwidthPrice is what a bandwidth out to the internet costs: five cheap Mbps, dear ones above.
// Simulated: the numbers, which no recorded quote bears out.
func BandwidthPrice(mbps int64, term Term) Amount {
	cheap, dear := float64(min(mbps, 5)), float64(max(mbps-5, 0))
	if term.Months == 0 {
		hour := cheap*0.063 + dear*0.25
		return steady(hour, hour)
	}
	list := (cheap*25 + dear*80) * term.Months
	return steady(list, list*flat.discount(term.Months))
}
