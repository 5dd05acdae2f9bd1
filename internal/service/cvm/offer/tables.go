package offer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/tsv"
)

//go:embed families.tsv
var familiesTable string

//go:embed types.tsv
var typesTable string

//go:embed sales.tsv
var salesTable string

// shop is what the tables of instance types say.
type shop struct {
	families []*Family
	types    []*Type
	byName   map[string]*Type
	sold     map[string][]*Family // by zone, in the order of families
}

var window = sync.OnceValue(func() *shop {
	s := &shop{byName: make(map[string]*Type), sold: make(map[string][]*Family)}
	families := make(map[string]*Family)
	for c := range tsv.Rows(familiesTable, 12) {
		f := newFamily(c)
		s.families = append(s.families, f)
		families[f.Name] = f
	}
	for c := range tsv.Rows(typesTable, 9) {
		name, _, _ := strings.Cut(c[0], ".")
		t := newType(c, families[name])
		t.Family.types = append(t.Family.types, t)
		s.types = append(s.types, t)
		s.byName[t.Name] = t
	}
	for c := range tsv.Rows(salesTable, 2) {
		for _, zone := range zones(c[1]) {
			for name := range strings.FieldsSeq(c[0]) {
				s.sold[zone] = append(s.sold[zone], families[name])
			}
		}
	}
	for _, sold := range s.sold {
		slices.SortFunc(sold, func(a, b *Family) int {
			return slices.Index(s.families, a) - slices.Index(s.families, b)
		})
	}
	return s
})

func newFamily(c []string) *Family {
	return &Family{
		Name: c[0], chinese: c[1], english: c[2], Arch: c[3],
		CPUType: tsv.Text(c[4]), Frequency: c[5], NetworkCard: tsv.Int(c[6]),
		GPUType: tsv.Text(c[7]), GPUMemory: tsv.Int(c[8]), LocalDisk: tsv.Text(c[9]),
		plan: plan(c[10]), paid: tsv.Float(c[11]) / 100,
	}
}

func newType(c []string, f *Family) *Type {
	count, size, local := strings.Cut(c[7], "x")
	t := &Type{
		Name: c[0], Family: f, CPU: tsv.Int(c[1]), Memory: tsv.Int(c[2]), GPU: tsv.Int(c[3]), GPUCount: tsv.Float(c[4]),
		PPS: tsv.Int(c[5]), Bandwidth: tsv.Float(c[6]), hourly: tsv.Float(c[8]),
	}
	if local {
		t.LocalDisks, t.LocalSize = tsv.Int(count), tsv.Int(size)
	}
	return t
}

// zones are those that a cell names: "*" is every zone where something new can be bought, "-" none.
func zones(cell string) []string {
	if cell != "*" {
		return existing(strings.Fields(tsv.Text(cell)))
	}
	var all []string
	for _, r := range region.All() {
		for _, z := range r.Zones() {
			if z.Available() {
				all = append(all, z.Name)
			}
		}
	}
	return all
}

func existing(zones []string) []string {
	for _, z := range zones {
		if _, ok := region.FindZone(z); !ok {
			panic("offer: no such zone: " + z)
		}
	}
	return zones
}
