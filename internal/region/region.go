// Package region is the map of the cloud: its regions, their zones, what they are called, and the hosts that lead there.
package region

import (
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// The states of a region or zone. In an UNAVAILABLE zone nothing new can be bought; what is there goes on.
const (
	Available   = "AVAILABLE"
	Unavailable = "UNAVAILABLE"
)

// Region is one region of the cloud. It is shared and must not be changed.
type Region struct {
	Name   string // "ap-guangzhou"
	ID     string // RegionIdMC, "1"; empty where unknown. It is not the number that zones are numbered by
	State  string
	Listed bool // DescribeRegions shows it to an ordinary account

	lacks            []string
	chinese, english string
	zones            []*Zone
}

// What not every region has.
const (
	KMS  = "kms"  // keys to encrypt disks with
	Spot = "spot" // spot instances
)

// Has says whether the region has KMS or Spot.
func (r *Region) Has(what string) bool { return !slices.Contains(r.lacks, what) }

// Title is the region's name for people: "华南地区(广州)", "South China(Guangzhou)".
func (r *Region) Title(l tcerr.Language) string { return title(l, r.chinese, r.english) }

// Zones are the region's zones, by number. A region without zones is known to the cloud, but has no instances.
func (r *Region) Zones() []*Zone { return slices.Clone(r.zones) }

// Bare says that the region has no zone.
func (r *Region) Bare() bool { return len(r.zones) == 0 }

// finance says whether the region is one of those for banks, which are a cloud apart.
func (r *Region) finance() bool { return strings.HasSuffix(r.Name, "-fsi") }

// Zone is one zone of a region. It is shared and must not be changed.
type Zone struct {
	Name   string // "ap-guangzhou-3"
	ID     string // ZoneId, "100003"
	Region string // "ap-guangzhou"
	State  string

	chinese, english string
}

// Title is the zone's name for people: "广州三区", "Guangzhou Zone 3".
func (z *Zone) Title(l tcerr.Language) string { return title(l, z.chinese, z.english) }

// Available says that new resources can be bought in the zone.
func (z *Zone) Available() bool { return z.State == Available }

// All are the regions in the order of DescribeRegions, then those that it does not list.
func All() []*Region { return slices.Clone(theMap().regions) }

// Listed are the regions that DescribeRegions shows to an ordinary account, in its order.
func Listed() []*Region {
	return slices.DeleteFunc(All(), func(r *Region) bool { return !r.Listed })
}

// Find is the region of a name; names are case-sensitive.
func Find(name string) (*Region, bool) {
	r, ok := theMap().byName[name]
	return r, ok
}

// FindZone is the zone of a name, whatever its region.
func FindZone(name string) (*Zone, bool) {
	z, ok := theMap().zones[name]
	return z, ok
}

func title(l tcerr.Language, chinese, english string) string {
	if l == tcerr.Chinese {
		return chinese
	}
	return english
}
