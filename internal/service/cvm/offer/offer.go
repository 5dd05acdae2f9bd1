// Package offer is the cloud's shop window: which instance types and images are sold where, and for how much.
//
// All of it is data: tables with their sources, read when first asked for. What has run out for the moment is not here:
// the owner of an emulator keeps it in a Stock.
package offer

import (
	"iter"
	"slices"

	"github.com/tengyun/tengyun/internal/region"
)

// The ways in which an instance is paid.
const (
	Prepaid  = "PREPAID"
	Postpaid = "POSTPAID_BY_HOUR"
	SpotPaid = "SPOTPAID"
	HostPaid = "CDHPAID" // free of charge, on a host that the account has; no zone lists it
)

// Offer is an instance type in a zone that sells it.
type Offer struct {
	Zone *region.Zone
	Type *Type
}

// Offers are what a zone sells, family by family, small types first. A zone that is sold out or unknown sells nothing.
func Offers(zone string) iter.Seq[Offer] {
	return func(yield func(Offer) bool) {
		z, ok := region.FindZone(zone)
		if !ok {
			return
		}
		for _, f := range window().sold[zone] {
			for _, t := range f.types {
				if !yield(Offer{z, t}) {
					return
				}
			}
		}
	}
}

// Find is the offer of an instance type in a zone.
func Find(zone, instanceType string) (Offer, bool) {
	z, known := region.FindZone(zone)
	t, exists := FindType(instanceType)
	if !known || !exists || !slices.Contains(window().sold[zone], t.Family) {
		return Offer{}, false
	}
	return Offer{z, t}, true
}

// FamiliesIn are the families that a zone sells, in the order of Families.
func FamiliesIn(zone string) []*Family { return slices.Clone(window().sold[zone]) }

// ChargeTypes are the ways in which the offer is paid. Types with local disks are not sold as spot instances, and some
// regions have none.
// Simulated: which types are, as the cloud lists them by the day.
func (o Offer) ChargeTypes() []string {
	if here, _ := region.Find(o.Zone.Region); o.Type.Family.LocalDisk != "" || !here.Has(region.Spot) {
		return []string{Prepaid, Postpaid}
	}
	return []string{Prepaid, Postpaid, SpotPaid}
}
