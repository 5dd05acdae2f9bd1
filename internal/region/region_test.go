package region_test

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func TestListedRegionsComeFirstInWireOrder(t *testing.T) {
	t.Parallel()
	var got []string
	for _, r := range region.All() {
		if r.Listed {
			got = append(got, r.Name)
		}
	}
	want := []string{
		"ap-shanghai", "ap-nanjing", "ap-guangzhou", "ap-beijing", "ap-chengdu", "ap-chongqing", "ap-hongkong", "ap-seoul", "ap-tokyo",
		"ap-singapore", "ap-bangkok", "ap-jakarta", "na-siliconvalley", "eu-frankfurt", "na-ashburn", "sa-saopaulo", "me-saudi-arabia",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("listed regions (-want +got):\n%s", diff)
	}
	for i, r := range region.All() {
		if r.Listed != (i < len(want)) {
			t.Errorf("region %d, %s: got Listed %v", i, r.Name, r.Listed)
		}
	}
}

func TestRegionsAndZonesAreWellFormed(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	claim := func(key, who string) {
		if other, taken := seen[key]; taken {
			t.Errorf("%q is of %s and of %s", key, other, who)
		}
		seen[key] = who
	}
	zone := regexp.MustCompile(`^[1-9][0-9]{5,6}$`)
	for _, r := range region.All() {
		claim(r.Name, r.Name)
		claim(r.Title(tcerr.Chinese), r.Name)
		claim(r.Title(tcerr.English), r.Name)
		if r.Listed && (r.ID == "" || len(r.Zones()) == 0) {
			t.Errorf("listed region %s: got id %q and %d zones, want both", r.Name, r.ID, len(r.Zones()))
		}
		for _, z := range r.Zones() {
			claim(z.Name, z.Name)
			claim(z.ID, z.Name)
			claim(z.Title(tcerr.Chinese), z.Name)
			claim(z.Title(tcerr.English), z.Name)
			if !zone.MatchString(z.ID) || z.Region != r.Name || z.State != region.Available && z.State != region.Unavailable {
				t.Errorf("zone %s of %s: got %+v", z.Name, r.Name, *z)
			}
			if found, ok := region.FindZone(z.Name); !ok || found != z {
				t.Errorf("FindZone(%s): got %v, %v", z.Name, found, ok)
			}
		}
	}
}

func TestFindZone(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, id, zh, en string
		available        bool
	}{
		{"ap-guangzhou-3", "100003", "广州三区", "Guangzhou Zone 3", true},
		{"ap-guangzhou-2", "100002", "广州二区", "Guangzhou Zone 2", false},
		{"ap-beijing-7", "800007", "北京七区", "Beijing Zone 7", true},
		{"ap-shanghai-5", "200005", "上海五区", "Shanghai Zone 5", true},
		{"ap-hongkong-3", "300003", "香港三区", "Hong Kong Zone 3", true},
		{"ap-qingyuan-1", "650001", "清远一区", "Qingyuan Zone 1", true},
	} {
		z, ok := region.FindZone(row.name)
		if !ok {
			t.Fatalf("FindZone(%s): got nothing", row.name)
		}
		if z.ID != row.id || z.Title(tcerr.Chinese) != row.zh || z.Title(tcerr.English) != row.en || z.Available() != row.available {
			t.Errorf("FindZone(%s): got %+v, want %+v", row.name, *z, row)
		}
	}
}

func TestNotEveryRegionHasEverything(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name      string
		kms, spot bool
	}{
		{"ap-guangzhou", true, true},
		{"ap-bangkok", false, true},
		{"ap-beijing-fsi", true, false},
		{"me-saudi-arabia", false, false},
	} {
		r, _ := region.Find(row.name)
		if r.Has(region.KMS) != row.kms || r.Has(region.Spot) != row.spot {
			t.Errorf("%s: got KMS %v and Spot %v, want %v and %v", row.name, r.Has(region.KMS), r.Has(region.Spot), row.kms, row.spot)
		}
	}
}

func TestUnknownNamesAreNotFound(t *testing.T) {
	t.Parallel()
	if _, ok := region.Find("AP-GUANGZHOU"); ok {
		t.Error("Find: a name in another case was found")
	}
	if _, ok := region.FindZone("ap-guangzhou"); ok {
		t.Error("FindZone: a region was found")
	}
}

func TestZonesIsACopy(t *testing.T) {
	t.Parallel()
	r, _ := region.Find("ap-guangzhou")
	r.Zones()[0] = nil
	if r.Zones()[0] == nil {
		t.Error("a caller's change reached the map")
	}
}
