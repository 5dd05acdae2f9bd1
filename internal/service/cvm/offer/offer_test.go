package offer_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// everyZone is each zone of the cloud with what it sells.
func everyZone(t *testing.T) map[*region.Zone][]offer.Offer {
	t.Helper()
	all := make(map[*region.Zone][]offer.Offer)
	for _, r := range region.All() {
		for _, z := range r.Zones() {
			all[z] = slices.Collect(offer.Offers(z.Name))
		}
	}
	return all
}

func TestEachFamilyIsSoldSomewhere(t *testing.T) {
	t.Parallel()
	sold := make(map[*offer.Family]bool)
	for _, offers := range everyZone(t) {
		for _, o := range offers {
			sold[o.Type.Family] = true
		}
	}
	for _, f := range offer.Families() {
		if !sold[f] {
			t.Errorf("%s is sold nowhere", f.Name)
		}
	}
}

func TestZonesSellExactlyWhenAvailable(t *testing.T) {
	t.Parallel()
	for z, offers := range everyZone(t) {
		if z.Available() != (len(offers) > 0) {
			t.Errorf("%s is %s: got %d offers", z.Name, z.State, len(offers))
		}
		for i, o := range offers {
			if found, ok := offer.Find(z.Name, o.Type.Name); !ok || found != o {
				t.Errorf("Find(%s, %s): got %v, %v, want what Offers has", z.Name, o.Type.Name, found, ok)
			}
			if slices.Contains(offers[:i], o) {
				t.Errorf("%s offers %s twice", z.Name, o.Type.Name)
			}
		}
	}
}

func TestZonesSellWhatClientsCountOn(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		zone, instanceType string
		sold               bool
	}{
		{"ap-guangzhou-3", "S1.SMALL1", true},
		{"ap-guangzhou-3", "S2.MEDIUM2", true},
		{"ap-guangzhou-3", "S3.SMALL1", true},
		{"ap-guangzhou-3", "S4.MEDIUM4", true},
		{"ap-guangzhou-3", "S5.MEDIUM2", true},
		{"ap-guangzhou-7", "S1.MEDIUM2", true},
		{"ap-guangzhou-7", "S5.MEDIUM2", true},
		{"ap-guangzhou-7", "SA1.SMALL1", true},
		{"ap-hongkong-2", "SA2.MEDIUM4", true},
		{"ap-chengdu-1", "SA9.LARGE8", true},
		{"ap-guangzhou-2", "S5.MEDIUM2", false},
		{"ap-nanjing-1", "S1.SMALL1", false},
		{"ap-guangzhou-3", "S5.MEDIUM5", false},
		{"ap-guangzhou-9", "S5.MEDIUM2", false},
	} {
		if _, sold := offer.Find(row.zone, row.instanceType); sold != row.sold {
			t.Errorf("%s in %s: got %v, want %v", row.instanceType, row.zone, sold, row.sold)
		}
	}
}

func TestTypesAreWellFormed(t *testing.T) {
	t.Parallel()
	if got := len(offer.Types()); got < 452 {
		t.Errorf("got %d types, want the 452 that are known and more", got)
	}
	name := regexp.MustCompile(`^[A-Z][A-Z]*[0-9]+[a-zA-Z]*\.([0-9]*X?LARGE|[0-9]*MEDIUM|SMALL)[0-9]+$`)
	seen := make(map[string]bool)
	for _, i := range offer.Types() {
		if seen[i.Name] {
			t.Errorf("%s is there twice", i.Name)
		}
		seen[i.Name] = true
		if !name.MatchString(i.Name) || i.CPU < 1 || i.Memory < 1 || i.PPS < 0 || i.Bandwidth <= 0 ||
			(i.GPU > 0) != (i.Family.GPUType != "") || (i.LocalDisks > 0) != (i.Family.LocalDisk != "") {
			t.Errorf("%s: got %+v", i.Name, *i)
		}
		if found, ok := offer.FindType(i.Name); !ok || found != i {
			t.Errorf("FindType(%s): got %v, %v", i.Name, found, ok)
		}
	}
}

func TestFamiliesAreWellFormed(t *testing.T) {
	t.Parallel()
	for _, f := range offer.Families() {
		zh, en := f.Title(tcerr.Chinese), f.Title(tcerr.English)
		if len(f.Types()) == 0 || zh == en || f.NetworkCard == 0 || (f.GPUMemory > 0) != (f.GPUType != "") ||
			f.Arch != offer.X86 && f.Arch != offer.ARM {
			t.Errorf("%s: got %q, %q, %d types, %+v", f.Name, zh, en, len(f.Types()), *f)
		}
	}
}

func TestWhatAnInstanceMayHave(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		instanceType                   string
		interfaces, addresses, publics int
	}{
		{"S5.SMALL1", 2, 6, 2},
		{"S5.MEDIUM4", 4, 10, 2},
		{"SA1.MEDIUM4", 2, 10, 2},
		{"S5.LARGE8", 4, 10, 2},
		{"S5.2XLARGE16", 6, 20, 3},
		{"M5.3XLARGE96", 8, 30, 4},
		{"S5.6XLARGE48", 8, 30, 6},
		{"S5.12XLARGE96", 8, 30, 10},
		{"S5.16XLARGE256", 8, 30, 10},
	} {
		i, ok := offer.FindType(row.instanceType)
		if !ok {
			t.Fatalf("%s is not known", row.instanceType)
		}
		got := []int{i.Interfaces(), i.AddressesPerInterface(), i.PublicAddresses()}
		if diff := cmp.Diff([]int{row.interfaces, row.addresses, row.publics}, got); diff != "" {
			t.Errorf("%s: interfaces, addresses, public addresses (-want +got):\n%s", row.instanceType, diff)
		}
	}
}

func TestSpotInstancesHaveNoLocalDisks(t *testing.T) {
	t.Parallel()
	for name, spot := range map[string]bool{"S5.MEDIUM4": true, "IT5.4XLARGE64": false} {
		o, ok := offer.Find("ap-guangzhou-6", name)
		if !ok {
			t.Fatalf("%s is not sold", name)
		}
		if got := slices.Contains(o.ChargeTypes(), offer.SpotPaid); got != spot {
			t.Errorf("%s as spot instance: got %v, want %v", name, got, spot)
		}
	}
}

func TestStockTakesTheNarrowestWord(t *testing.T) {
	t.Parallel()
	before := offer.Stock{}.With("", "S5.MEDIUM4", offer.WithoutStock)
	s := before.With("ap-guangzhou-3", "S5.MEDIUM4", offer.UnderStock).With("ap-beijing-6", "", offer.NormalStock)
	for _, row := range []struct {
		name, zone, item string
		want             offer.Level
	}{
		{"zone and type", "ap-guangzhou-3", "S5.MEDIUM4", offer.UnderStock},
		{"type before zone", "ap-beijing-6", "S5.MEDIUM4", offer.WithoutStock},
		{"zone", "ap-beijing-6", "S5.SMALL1", offer.NormalStock},
		{"nothing said", "ap-guangzhou-3", "S5.SMALL1", offer.EnoughStock},
	} {
		if got := s.Level(row.zone, row.item); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
	if before.Has("ap-guangzhou-3", "S5.MEDIUM4") {
		t.Error("With changed the stock that it was called on")
	}
}
