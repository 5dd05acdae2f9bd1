package cbs

import (
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/quota"
)

// quotas is settings under which the account has these numbers, and what is usual of all else.
func quotas(m map[string]int) func(string, quota.Limit) int {
	return func(_ string, l quota.Limit) int {
		if n, ok := m[string(l)]; ok {
			return n
		}
		return l.Default()
	}
}

func TestNextTriggerTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC) // Sunday noon in Beijing
	n := func(all ...uint64) []uint64 { return all }
	for _, row := range []struct {
		name string
		rule rule
		want string
	}{
		{"later today", rule{Hours: n(3, 13), Weekdays: n(0)}, "2026-03-01 13:00:00"},
		{"now is over", rule{Hours: n(12), Weekdays: n(0)}, "2026-03-08 12:00:00"},
		{"another weekday", rule{Hours: n(0), Weekdays: n(4, 6)}, "2026-03-05 00:00:00"},
		{"day of the month", rule{Hours: n(5), Monthdays: n(31)}, "2026-03-31 05:00:00"},
		{"late in the month", rule{Hours: n(5), Monthdays: n(29)}, "2026-03-29 05:00:00"},
		{"every third day", rule{Hours: n(5), Every: 3}, "2026-03-04 05:00:00"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			x := policy{Active: true, Created: now.Unix(), Rules: []rule{row.rule}}
			if got := x.next(now); got == nil || *got != row.want {
				t.Errorf("got %v, want %s", got, row.want)
			}
		})
	}
}

func weekly() []*sdk.Policy {
	return []*sdk.Policy{{DayOfWeek: []*uint64{p(uint64(5))}, Hour: []*uint64{p(uint64(0))}}}
}

func TestPoliciesAndTheirDisks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dry := apitest.Call(w.World, createAutoSnapshotPolicy, sdk.CreateAutoSnapshotPolicyRequestParams{Policy: weekly(), DryRun: p(true)})
	if dry.AutoSnapshotPolicyId != nil || *dry.NextTriggerTime != "2026-03-06 00:00:00" {
		t.Errorf("got %v at %s, want no id at 2026-03-06 00:00:00", dry.AutoSnapshotPolicyId, *dry.NextTriggerTime)
	}
	id := *apitest.Call(w.World, createAutoSnapshotPolicy, sdk.CreateAutoSnapshotPolicyRequestParams{Policy: weekly()}).AutoSnapshotPolicyId
	disk := w.disk(order())
	bind := sdk.BindAutoSnapshotPolicyRequestParams{AutoSnapshotPolicyId: &id, DiskIds: []*string{&disk}}
	apitest.Call(w.World, bindAutoSnapshotPolicy, bind)
	apitest.Refused(w.World, sdk.INVALIDDISK_ALREADYBOUND, bindAutoSnapshotPolicy, bind)
	x := apitest.Call(w.World, describeAutoSnapshotPolicies, sdk.DescribeAutoSnapshotPoliciesRequestParams{}).AutoSnapshotPolicySet[0]
	if len(x.DiskIdSet) != 1 || *x.RetentionDays != 7 || *x.IsPermanent || *x.AutoSnapshotPolicyName != untitled {
		t.Errorf("got %+v", x)
	}
	of := apitest.Call(w.World, describeDiskAssociatedAutoSnapshotPolicy, sdk.DescribeDiskAssociatedAutoSnapshotPolicyRequestParams{DiskId: &disk})
	if *of.TotalCount != 1 || len(of.AutoSnapshotPolicySet[0].DiskIdSet) != 0 {
		t.Errorf("got %+v", of)
	}
	d := apitest.Call(w.World, describeDisks, sdk.DescribeDisksRequestParams{ReturnBindAutoSnapshotPolicy: p(true)}).DiskSet[0]
	if len(d.AutoSnapshotPolicyIds) != 1 {
		t.Errorf("got %v", d.AutoSnapshotPolicyIds)
	}
	apitest.Call(w.World, terminateDisks, sdk.TerminateDisksRequestParams{DiskIds: []*string{&disk}})
	x = apitest.Call(w.World, describeAutoSnapshotPolicies, sdk.DescribeAutoSnapshotPoliciesRequestParams{}).AutoSnapshotPolicySet[0]
	if len(x.DiskIdSet) != 0 {
		t.Errorf("got %d disks, want none after their end", len(x.DiskIdSet))
	}
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, modifyAutoSnapshotPolicyAttribute, sdk.ModifyAutoSnapshotPolicyAttributeRequestParams{
		AutoSnapshotPolicyId: &id, IsPermanent: p(true), RetentionDays: p(uint64(3)),
	})
	apitest.Call(w.World, deleteAutoSnapshotPolicies, sdk.DeleteAutoSnapshotPoliciesRequestParams{AutoSnapshotPolicyIds: []*string{&id}})
	apitest.Refused(w.World, sdk.INVALIDAUTOSNAPSHOTPOLICYID_NOTFOUND, bindAutoSnapshotPolicy, bind)
}

func TestBackupPointsFollowTheirQuota(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disk := w.disk(order())
	in := sdk.CreateDiskBackupRequestParams{DiskId: &disk}
	apitest.Refused(w.World, sdk.RESOURCEINSUFFICIENT_OVERQUOTA, createDiskBackup, in)
	apitest.Call(w.World, modifyDiskBackupQuota, sdk.ModifyDiskBackupQuotaRequestParams{DiskId: &disk, DiskBackupQuota: p(uint64(2))})
	first := *apitest.Call(w.World, createDiskBackup, in).DiskBackupId
	w.Advance(backupTime)
	second := *apitest.Call(w.World, createDiskBackup, in).DiskBackupId
	apitest.Refused(w.World, sdk.RESOURCEBUSY, deleteDiskBackups, sdk.DeleteDiskBackupsRequestParams{DiskBackupIds: []*string{&first, &second}})
	w.Advance(backupTime)
	apitest.Call(w.World, applyDiskBackup, sdk.ApplyDiskBackupRequestParams{DiskId: &disk, DiskBackupId: &first})
	w.wantState(disk, Rollbacking)
	w.Advance(rollbackTime)
	snap := *apitest.Call(w.World, createSnapshot, sdk.CreateSnapshotRequestParams{DiskId: &disk, DiskBackupId: &first}).SnapshotId
	w.Advance(snapshotTime)
	out := apitest.Call(w.World, describeDiskBackups, sdk.DescribeDiskBackupsRequestParams{Filters: []*sdk.Filter{{Name: p("disk-id"), Values: []*string{&disk}}}})
	if *out.TotalCount != 1 || *out.DiskBackupSet[0].DiskBackupId != second || *out.DiskBackupSet[0].CreateTime != "2026-03-01T04:00:05+00:00" {
		t.Errorf("got %+v, want the second alone", out.DiskBackupSet)
	}
	if s := w.snapshotOf(snap); *s.SnapshotState != Normal {
		t.Errorf("got %s", *s.SnapshotState)
	}
	apitest.Call(w.World, modifyDiskBackupQuota, sdk.ModifyDiskBackupQuotaRequestParams{DiskId: &disk, DiskBackupQuota: p(uint64(0))})
	if d := w.describe(disk); *d.DiskBackupCount != 0 || *d.DiskBackupQuota != 0 {
		t.Errorf("got %d of %d backup points", *d.DiskBackupCount, *d.DiskBackupQuota)
	}
}

func TestPricesComeOfOneBook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hour := apitest.Call(w.World, inquiryPriceCreateDisks, sdk.InquiryPriceCreateDisksRequestParams{DiskChargeType: p(Postpaid), DiskType: p(Premium), DiskSize: p(uint64(100)), DiskCount: p(uint64(2))}).DiskPrice
	if *hour.UnitPrice != 0.18 || *hour.UnitPriceHigh != "0.18" || *hour.ChargeUnit != "HOUR" || hour.OriginalPrice != nil {
		t.Errorf("got %+v", hour)
	}
	month := apitest.Call(w.World, inquiryPriceCreateDisks, sdk.InquiryPriceCreateDisksRequestParams{
		DiskChargeType: p(Prepaid), DiskType: p(TSSD), DiskSize: p(uint64(500)), ThroughputPerformance: p(uint64(100)), DiskChargePrepaid: &sdk.DiskChargePrepaid{Period: p(uint64(1))},
	}).DiskPrice
	if *month.OriginalPrice != 800 || *month.DiscountPriceHigh != "800" || month.UnitPrice != nil {
		t.Errorf("got %+v, want 800", month)
	}
	in := prepaidOrder()
	in.DiskSize = p(uint64(20))
	disk := w.disk(in)
	renew := apitest.Call(w.World, inquiryPriceRenewDisks, sdk.InquiryPriceRenewDisksRequestParams{
		DiskIds: []*string{&disk}, DiskChargePrepaids: []*sdk.DiskChargePrepaid{{Period: p(uint64(1))}},
	}).DiskPrice
	if *renew.OriginalPrice != 7 {
		t.Errorf("got %v, want 7", *renew.OriginalPrice)
	}
	grow := apitest.Call(w.World, inquiryPriceResizeDisk, sdk.InquiryPriceResizeDiskRequestParams{DiskId: &disk, DiskSize: p(uint64(40))}).DiskPrice
	if *grow.OriginalPrice < 7 || *grow.OriginalPrice > 7.5 {
		t.Errorf("got %v, want about 7 for a month", *grow.OriginalPrice)
	}
}

func TestChargeTypesChangeBothWays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	disk := w.disk(order())
	apitest.Call(w.World, modifyDisksChargeType, sdk.ModifyDisksChargeTypeRequestParams{DiskIds: []*string{&disk}, DiskChargePrepaid: &sdk.DiskChargePrepaid{Period: p(uint64(2))}})
	if d := w.describe(disk); *d.DiskChargeType != Prepaid || *d.DeadlineTime != "2026-05-01 12:00:00" || *d.DifferDaysOfDeadline != 61 || !*d.IsReturnable {
		t.Errorf("got %s until %s, %d days", *d.DiskChargeType, *d.DeadlineTime, *d.DifferDaysOfDeadline)
	}
	apitest.Call(w.World, modifyDisksChargeType, sdk.ModifyDisksChargeTypeRequestParams{DiskIds: []*string{&disk}, DiskChargePostpaid: p(true)})
	w.Advance(100 * 24 * time.Hour)
	w.wantState(disk, Unattached)
	apitest.Refused(w.World, sdk.INVALIDDISK_NOTSUPPORTED, renewDisk, sdk.RenewDiskRequestParams{DiskId: &disk, DiskChargePrepaid: &sdk.DiskChargePrepaid{Period: p(uint64(1))}})
}

func TestAttributesOfDisks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	system := w.instance("ins-1")[0]
	disk := w.disk(order())
	apitest.Call(w.World, modifyDiskAttributes, sdk.ModifyDiskAttributesRequestParams{DiskIds: []*string{&disk, &system}, DiskName: p("a")})
	apitest.Refused(w.World, sdk.INVALIDDISK_NOTSUPPORTED, modifyDiskAttributes, sdk.ModifyDiskAttributesRequestParams{DiskIds: []*string{&disk, &system}, ProjectId: p(uint64(0))})
	apitest.Refused(w.World, sdk.INVALIDDISK_NOTSUPPORTED, modifyDiskAttributes, sdk.ModifyDiskAttributesRequestParams{DiskIds: []*string{&disk}, Portable: p(false)})
	apitest.Call(w.World, modifyDiskAttributes, sdk.ModifyDiskAttributesRequestParams{DiskIds: []*string{&disk}, DiskType: p(SSD)})
	w.Advance(migrateTime / 2)
	if d := w.describe(disk); !*d.Migrating || *d.MigratePercent != 50 || *d.DiskType != Premium || *d.DiskName != "a" {
		t.Errorf("got %s at %d%%", *d.DiskType, *d.MigratePercent)
	}
	apitest.Refused(w.World, sdk.RESOURCEINUSE_DISKMIGRATING, attachDisks, sdk.AttachDisksRequestParams{InstanceId: p("ins-1"), DiskIds: []*string{&disk}})
	w.Advance(migrateTime / 2)
	if d := w.describe(disk); *d.Migrating || *d.MigratePercent != 100 || *d.DiskType != SSD {
		t.Errorf("got %s at %d%%", *d.DiskType, *d.MigratePercent)
	}
}

func TestDisksAreFoundInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	late, soon, never := prepaidOrder(), prepaidOrder(), order()
	late.DiskChargePrepaid.Period = p(uint64(3))
	ids := []string{w.disk(late), w.disk(soon), w.disk(never)}
	got := func(in sdk.DescribeDisksRequestParams) (all []string) {
		for _, d := range apitest.Call(w.World, describeDisks, in).DiskSet {
			all = append(all, *d.DiskId)
		}
		return all
	}
	for _, row := range []struct {
		name string
		in   sdk.DescribeDisksRequestParams
		want []string
	}{
		{"oldest first", sdk.DescribeDisksRequestParams{}, ids},
		{"newest first", sdk.DescribeDisksRequestParams{Order: p("DESC"), Limit: p(uint64(2))}, []string{ids[2], ids[1]}},
		{"by deadline", sdk.DescribeDisksRequestParams{OrderField: p("DEADLINE")}, []string{ids[1], ids[0], ids[2]}},
		{"by deadline, page", sdk.DescribeDisksRequestParams{OrderField: p("DEADLINE"), Offset: p(uint64(1)), Limit: p(uint64(1))}, []string{ids[0]}},
		{"by charge", sdk.DescribeDisksRequestParams{Filters: []*sdk.Filter{{Name: p("disk-charge-type"), Values: []*string{p(Postpaid)}}}}, ids[2:]},
		{"by portable", sdk.DescribeDisksRequestParams{Filters: []*sdk.Filter{{Name: p("portable"), Values: []*string{p("FALSE")}}}}, nil},
	} {
		if g := got(row.in); len(g) != len(row.want) || len(g) > 0 && g[0] != row.want[0] || len(g) > 1 && g[1] != row.want[1] {
			t.Errorf("%s: got %v, want %v", row.name, g, row.want)
		}
	}
	apitest.Refused(w.World, sdk.INVALIDFILTER, describeDisks, sdk.DescribeDisksRequestParams{Filters: []*sdk.Filter{{Name: p("size"), Values: []*string{p("1")}}}})
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, describeDisks, sdk.DescribeDisksRequestParams{
		DiskIds: []*string{&ids[0]}, Filters: []*sdk.Filter{{Name: p("zone"), Values: []*string{p("ap-guangzhou-3")}}},
	})
}

func TestConfigurationsAreWhatCanBeBought(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	out := apitest.Call(w.World, describeDiskConfigQuota, sdk.DescribeDiskConfigQuotaRequestParams{
		InquiryType: p("INQUIRY_CBS_CONFIG"), Zones: []*string{p("ap-guangzhou-3")}, DiskChargeType: p(Postpaid), DiskUsage: p(DataDisk),
	})
	for _, o := range out.DiskConfigSet {
		in := order()
		in.DiskType, in.DiskSize = o.DiskType, o.MinDiskSize
		if _, err := apitest.Try(w.World, createDisks, in); err != nil || !*o.Available {
			t.Errorf("%s of %d GiB: got %v", *o.DiskType, *o.MinDiskSize, err)
		}
	}
	w.Settings.Stock = func(_, item string) string {
		if item == Premium {
			return "WithoutStock"
		}
		return "EnoughStock"
	}
	apitest.Refused(w.World, sdk.RESOURCEINSUFFICIENT, createDisks, order())
}

func TestEveryActionOfTheCatalogIsThere(t *testing.T) {
	t.Parallel()
	product, ok := catalog.Lookup("cbs")
	if !ok {
		t.Fatal("the catalog has no cbs")
	}
	have := map[string]api.Action{}
	for _, a := range Service.Actions {
		have[a.Name] = a
	}
	for _, a := range product.Versions[len(product.Versions)-1].Actions {
		if _, ok := have[a.Name]; !ok {
			t.Errorf("%s is missing", a.Name)
		}
	}
}
