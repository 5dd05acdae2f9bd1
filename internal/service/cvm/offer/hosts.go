package offer

import (
	_ "embed"
	"regexp"
	"strconv"
	"sync"

	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tsv"
)

// Host is a type of dedicated host: a machine that is rented whole, for instances cut to measure.
type Host struct {
	Name   string // "HS20"
	CPU    int64  // vCPUs
	Memory int64  // GB

	monthly float64 // yuan
}

//go:embed hosts.tsv
var hostsTable string

var hosts = sync.OnceValue(func() map[string]*Host {
	m := map[string]*Host{}
	for c := range tsv.Rows(hostsTable, 4) {
		m[c[0]] = &Host{Name: c[0], CPU: tsv.Int(c[1]), Memory: tsv.Int(c[2]), monthly: tsv.Float(c[3])}
	}
	return m
})

// FindHost is the type of dedicated host of a name.
func FindHost(name string) (*Host, bool) {
	h, ok := hosts()[name]
	return h, ok
}

// Price is what a host costs for so many months, in every region alike.
func (h *Host) Price(months int) Amount {
	list := h.monthly * float64(months)
	return steady(list, list*cbs.PeriodDiscount(float64(months)))
}

var share = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^CDH_([1-9]\d{0,3})C([1-9]\d{0,3})G$`) })

// shareFamily is the family of all types that are cut to measure. They cost nothing: their host is paid.
var shareFamily = &Family{Name: "CDH", Arch: X86, paid: 1}

// Share is the type of an instance that is cut to measure, of so many vCPUs and GB as its name says: CDH_2C4G.
func Share(name string) (*Type, bool) {
	m := share().FindStringSubmatch(name)
	if m == nil {
		return nil, false
	}
	cpu, _ := strconv.ParseInt(m[1], 10, 64)
	memory, _ := strconv.ParseInt(m[2], 10, 64)
	return &Type{Name: name, Family: shareFamily, CPU: cpu, Memory: memory}, true
}
