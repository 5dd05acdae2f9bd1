package offer

import (
	"slices"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// The architectures of instance types and images.
const (
	X86 = "x86_64"
	ARM = "arm"
)

// The kinds of local disks.
const (
	LocalNVMe = "LOCAL_NVME" // solid-state disks of high IO types
	LocalHDD  = "LOCAL_PRO"  // hard disks of big data types, which the API calls storage blocks
)

// Family is a generation of instance types of one kind. It is shared and must not be changed.
type Family struct {
	Name        string // "S5"
	Arch        string
	CPUType     string // "AMD EPYC Milan"; empty where unknown
	Frequency   string // "2.5GHz/3.1GHz": of all cores and of one; "-" for what is unknown
	NetworkCard int64  // Gbps
	GPUType     string // "NVIDIA T4"; empty without one
	GPUMemory   int64  // GB of one GPU
	LocalDisk   string // LocalNVMe, LocalHDD or empty

	chinese, english string
	plan             plan
	paid             float64 // part of the list price that is paid by the hour
	types            []*Type
}

// Title is the family's name for people: "标准型S5", "Standard S5".
func (f *Family) Title(l tcerr.Language) string {
	if l == tcerr.Chinese {
		return f.chinese
	}
	return f.english
}

// Batch says that the family is for batch computing alone.
func (f *Family) Batch() bool { return f.Name == "BC1" || f.Name == "BS1" }

// Types are the family's instance types, small ones first.
func (f *Family) Types() []*Type { return slices.Clone(f.types) }

// Type is an instance type. It is shared and must not be changed.
type Type struct {
	Name       string // "S5.MEDIUM4"
	Family     *Family
	CPU        int64   // vCPUs
	Memory     int64   // GB
	GPU        int64   // GPUs that the instance sees
	GPUCount   float64 // physical GPUs behind them; a part of one is less than 1
	PPS        int64   // 10,000 packets a second
	Bandwidth  float64 // Gbps between instances
	LocalDisks int64   // how many of the family's kind
	LocalSize  int64   // GB of each

	hourly float64 // yuan on the mainland
}

// Families are all families, standard ones first.
func Families() []*Family { return slices.Clone(window().families) }

// Types are all instance types, in the order of their families.
func Types() []*Type { return slices.Clone(window().types) }

// FindType is the instance type of a name, wherever it may be sold.
func FindType(name string) (*Type, bool) {
	t, ok := window().byName[name]
	return t, ok
}

// Interfaces is how many network interfaces an instance may have, the primary one included.
// Source: documentation of 2021.
func (t *Type) Interfaces() int {
	switch {
	case t.CPU >= 12:
		return 8
	case t.CPU >= 8:
		return 6
	case t.CPU >= 4:
		return 4
	case t.CPU >= 2 && t.Family.Name != "SA1":
		return 4
	}
	return 2
}

// AddressesPerInterface is how many private IPv4 addresses a network interface of the instance may have.
// Source: documentation of 2021.
func (t *Type) AddressesPerInterface() int {
	switch {
	case t.CPU >= 12:
		return 30
	case t.CPU >= 8:
		return 20
	case t.CPU >= 2:
		return 10
	}
	return 6
}

// PublicAddresses is how many public addresses an instance may have, elastic or not: two below 6 vCPUs, then one more
// for each six, and ten from 48 on. Source: documentation of 2021.
func (t *Type) PublicAddresses() int { return int(min(2+t.CPU/6, 10)) }
