package offer

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/tengyun/tengyun/internal/tsv"
)

// Range is the sizes that a disk may have, in GB.
type Range struct{ Min, Max, Step int64 }

// Holds says that a size is one of the range.
func (r Range) Holds(gb int64) bool { return r.Min <= gb && gb <= r.Max && gb%r.Step == 0 }

// DiskType is a type of cloud disk. It is shared and must not be changed.
type DiskType struct {
	Name         string // "CLOUD_PREMIUM"
	System, Data Range

	hourly, monthly float64 // yuan for a GB on the mainland
	zones           []string
}

// Steps of sizes. Simulated: the references say 10 for data disks, examples of the API show 1.
const (
	systemStep = 1
	dataStep   = 10
)

// DiskTypes are those that a zone sells; the first is the one to take when none is asked for.
func DiskTypes(zone string) []*DiskType {
	return slices.DeleteFunc(slices.Clone(disks()), func(d *DiskType) bool { return !d.SoldIn(zone) })
}

// FindDiskType is the disk type of a name, wherever it may be sold.
func FindDiskType(name string) (*DiskType, bool) {
	for _, d := range disks() {
		if d.Name == name {
			return d, true
		}
	}
	return nil, false
}

// SoldIn says that a zone sells the disk type.
func (d *DiskType) SoldIn(zone string) bool { return slices.Contains(d.zones, zone) }

//go:embed disks.tsv
var disksTable string

var disks = sync.OnceValue(func() []*DiskType {
	var all []*DiskType
	for c := range tsv.Rows(disksTable, 8) {
		all = append(all, &DiskType{
			Name:   c[0],
			System: Range{tsv.Int(c[1]), tsv.Int(c[2]), systemStep},
			Data:   Range{tsv.Int(c[3]), tsv.Int(c[4]), dataStep},
			hourly: tsv.Float(c[5]), monthly: tsv.Float(c[6]),
			zones: zones(c[7]),
		})
	}
	return all
})
