package region

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/tengyun/tengyun/internal/tsv"
)

//go:embed regions.tsv
var regionsTable string

//go:embed zones.tsv
var zonesTable string

type atlas struct {
	regions []*Region
	byName  map[string]*Region
	zones   map[string]*Zone
}

var theMap = sync.OnceValue(func() *atlas {
	a := &atlas{byName: make(map[string]*Region), zones: make(map[string]*Zone)}
	for c := range tsv.Rows(regionsTable, 6) {
		r := &Region{
			Name: c[0], ID: tsv.Text(c[1]), State: Available, Listed: c[2] == "listed",
			lacks: strings.Split(c[3], ","), chinese: c[4], english: c[5],
		}
		a.regions = append(a.regions, r)
		a.byName[r.Name] = r
	}
	for c := range tsv.Rows(zonesTable, 5) {
		z := &Zone{
			Name: c[0], ID: c[1], Region: c[0][:strings.LastIndexByte(c[0], '-')], State: c[2],
			chinese: c[3], english: c[4],
		}
		a.zones[z.Name] = z
		r := a.byName[z.Region]
		if r == nil {
			panic("region: zone without a region: " + z.Name)
		}
		r.zones = append(r.zones, z)
	}
	return a
})
