package cbs

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// order is a CreateDisks of one small postpaid disk.
func order() sdk.CreateDisksRequestParams {
	return sdk.CreateDisksRequestParams{
		Placement: &sdk.Placement{Zone: p("ap-guangzhou-3")}, DiskChargeType: p(Postpaid), DiskType: p(Premium), DiskSize: p(uint64(50)),
	}
}

// prepaidOrder is a CreateDisks of a disk for a month.
func prepaidOrder() sdk.CreateDisksRequestParams {
	in := order()
	in.DiskChargeType, in.DiskChargePrepaid = p(Prepaid), &sdk.DiskChargePrepaid{Period: p(uint64(1))}
	return in
}

func (w *world) disk(in sdk.CreateDisksRequestParams) string {
	w.T.Helper()
	return *apitest.Call(w.World, createDisks, in).DiskIdSet[0]
}

func (w *world) describe(id string) *sdk.Disk {
	w.T.Helper()
	set := apitest.Call(w.World, describeDisks, sdk.DescribeDisksRequestParams{DiskIds: []*string{&id}}).DiskSet
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

func (w *world) wantState(id, want string) {
	w.T.Helper()
	got := "absent"
	if d := w.describe(id); d != nil {
		got = *d.DiskState
	}
	if got != want {
		w.T.Errorf("state of %s: got %s, want %s", id, got, want)
	}
}

func TestDiskIsCompleteAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := order()
	in.Tags = []*sdk.Tag{{Key: p("team"), Value: p("web")}}
	d := w.describe(w.disk(in))
	if *d.DiskState != Unattached || *d.DiskSize != 50 || *d.Placement.ProjectId != 0 || *d.CreateTime != "2026-03-01 12:00:00" || *d.Tags[0].Value != "web" {
		t.Errorf("got %+v", d)
	}
	null := []string{"DeadlineTime", "AutoSnapshotPolicyIds", "AttachMode", "InstanceType", "EncryptType", "KmsKeyId"}
	for i, v := 0, reflect.ValueOf(*d); i < v.NumField(); i++ {
		if n := v.Type().Field(i).Name; v.Field(i).IsNil() && !slices.Contains(null, n) {
			t.Errorf("%s: got null, want a value", n)
		}
	}
}

func TestCreateDisksRefusals(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, code string
		spoil      func(in *sdk.CreateDisksRequestParams)
	}{
		{"zone of another region", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.Placement.Zone = p("ap-beijing-3") }},
		{"unknown project", sdk.INVALIDPARAMETER_PROJECTIDNOTEXIST, func(in *sdk.CreateDisksRequestParams) { in.Placement.ProjectId = p(uint64(7)) }},
		{"neither size nor snapshot", tcerr.MissingParameter, func(in *sdk.CreateDisksRequestParams) { in.DiskSize = nil }},
		{"too small", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.DiskSize = p(uint64(9)) }},
		{"too large", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.DiskSize = p(uint64(32001)) }},
		{"not sold alone", sdk.INVALIDPARAMETER_DISKCONFIGNOTSUPPORTED, func(in *sdk.CreateDisksRequestParams) { in.DiskType = p(TSSD) }},
		{"unknown type", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.DiskType = p("CLOUD_NINE") }},
		{"long name", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.DiskName = p(fmt.Sprintf("%061d", 1)) }},
		{"prepaid without a period", tcerr.MissingParameter, func(in *sdk.CreateDisksRequestParams) { in.DiskChargeType = p(Prepaid) }},
		{"no such snapshot", sdk.INVALIDSNAPSHOTID_NOTFOUND, func(in *sdk.CreateDisksRequestParams) { in.SnapshotId = p("snap-00000000") }},
		{"too many", sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, func(in *sdk.CreateDisksRequestParams) { in.DiskCount = p(uint64(51)) }},
		{"encrypted and shareable", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.Encrypt, in.Shareable = p("ENCRYPT"), p(true) }},
		{"throughput of a slow type", sdk.INVALIDPARAMETERVALUE, func(in *sdk.CreateDisksRequestParams) { in.ThroughputPerformance = p(uint64(10)) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w, in := newWorld(t), order()
			row.spoil(&in)
			apitest.Refused(w.World, row.code, createDisks, in)
		})
	}
}

func TestAttachAndDetachTakeTheirTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.instance("ins-1")
	id := w.disk(order())
	apitest.Call(w.World, attachDisks, sdk.AttachDisksRequestParams{InstanceId: p("ins-1"), DiskIds: []*string{&id}})
	w.wantState(id, Attaching)
	apitest.Refused(w.World, sdk.RESOURCEUNAVAILABLE_ATTACHED, attachDisks, sdk.AttachDisksRequestParams{InstanceId: p("ins-1"), DiskIds: []*string{&id}})
	w.Now = w.Now.Add(attachTime)
	w.wantState(id, Attached)
	if d := w.describe(id); *d.InstanceId != "ins-1" || !*d.Attached {
		t.Errorf("got instance %s, attached %t", *d.InstanceId, *d.Attached)
	}
	apitest.Refused(w.World, sdk.RESOURCEBUSY, terminateDisks, sdk.TerminateDisksRequestParams{DiskIds: []*string{&id}})
	apitest.Call(w.World, detachDisks, sdk.DetachDisksRequestParams{DiskIds: []*string{&id}})
	w.wantState(id, Detaching)
	w.Now = w.Now.Add(detachTime)
	if d := w.describe(id); *d.InstanceId != "" || *d.Attached || *d.LastAttachInsId != "ins-1" {
		t.Errorf("got instance %q, attached %t, last %s", *d.InstanceId, *d.Attached, *d.LastAttachInsId)
	}
	apitest.Call(w.World, terminateDisks, sdk.TerminateDisksRequestParams{DiskIds: []*string{&id}})
	w.wantState(id, "absent")
}

func TestAttachIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	system := w.instance("ins-1")[0]
	id := w.disk(order())
	apitest.Refused(w.World, sdk.INVALIDDISK_NOTPORTABLE, attachDisks, sdk.AttachDisksRequestParams{InstanceId: p("ins-1"), DiskIds: []*string{&id, &system}})
	w.wantState(id, Unattached)
}

func TestPrepaidDiskGoesToTheRecycleBinAndBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := prepaidOrder()
	in.Tags = []*sdk.Tag{{Key: p("team"), Value: p("web")}}
	id := w.disk(in)
	apitest.Call(w.World, terminateDisks, sdk.TerminateDisksRequestParams{DiskIds: []*string{&id}})
	w.wantState(id, ToRecycle)
	apitest.Call(w.World, renewDisk, sdk.RenewDiskRequestParams{DiskId: &id, DiskChargePrepaid: &sdk.DiskChargePrepaid{Period: p(uint64(1))}})
	w.wantState(id, Unattached)
	w.Now = w.Now.Add(recycleTime + time.Hour)
	if d := w.describe(id); *d.DeadlineTime != "2026-05-01 12:00:00" || len(d.Tags) != 1 {
		t.Errorf("got deadline %s and %d tags, want 2026-05-01 12:00:00 and 1", *d.DeadlineTime, len(d.Tags))
	}
	w.Now = time.Date(2026, 5, 1, 4, 0, 0, 0, time.UTC)
	w.wantState(id, ToRecycle)
	w.Now = w.Now.Add(recycleTime)
	w.wantState(id, "absent")
}

func TestAutomaticRenewalNeverEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := prepaidOrder()
	in.DiskChargePrepaid.RenewFlag = p(AutoRenew)
	id := w.disk(in)
	w.Now = w.Now.AddDate(1, 0, 1)
	if d := w.describe(id); *d.DiskState != Unattached || *d.DeadlineTime != "2027-04-01 12:00:00" {
		t.Errorf("got %s until %s", *d.DiskState, *d.DeadlineTime)
	}
}

func TestExpiryOfADiskDoesNotStopItsAttachment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.instance("ins-1")
	id := w.disk(prepaidOrder())
	apitest.Call(w.World, attachDisks, sdk.AttachDisksRequestParams{InstanceId: p("ins-1"), DiskIds: []*string{&id}})
	apitest.Call(w.World, modifyDisksRenewFlag, sdk.ModifyDisksRenewFlagRequestParams{DiskIds: []*string{&id}, RenewFlag: p(NoRenew)})
	w.Now = w.Now.Add(attachTime)
	w.wantState(id, Attached)
	w.Now = time.Date(2026, 4, 1, 4, 0, 0, 0, time.UTC)
	w.wantState(id, ToRecycle)
	if d := w.describe(id); *d.InstanceId != "" {
		t.Errorf("got %s, want no instance", *d.InstanceId)
	}
}

func TestResizeChangesTheSizeAtItsEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.disk(order())
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE, resizeDisk, sdk.ResizeDiskRequestParams{DiskId: &id, DiskSize: p(uint64(50))})
	apitest.Call(w.World, resizeDisk, sdk.ResizeDiskRequestParams{DiskId: &id, DiskSize: p(uint64(100))})
	if d := w.describe(id); *d.DiskState != Expanding || *d.DiskSize != 50 {
		t.Errorf("got %s of %d GiB", *d.DiskState, *d.DiskSize)
	}
	w.Now = w.Now.Add(expandTime)
	if d := w.describe(id); *d.DiskState != Unattached || *d.DiskSize != 100 {
		t.Errorf("got %s of %d GiB", *d.DiskState, *d.DiskSize)
	}
}

func TestReleaseEndsWhatBelongsToTheInstance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.instance("ins-1", Spec{Type: Premium, Size: 20}, Spec{Type: Premium, Size: 20, KeepOnExit: true})
	if d := w.describe(all[2]); *d.DiskName != "web_2" || *d.DeleteWithInstance {
		t.Errorf("got %s, deleted with its instance %t", *d.DiskName, *d.DeleteWithInstance)
	}
	end := w.Now.Add(time.Minute)
	if err := w.Do(func(c *api.Call) error {
		tag.Set(c.Tx, volume(all[0]), map[string]string{"team": "web"})
		Release(c, end, "ins-1")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.wantState(all[0], Attached)
	w.Now = end
	w.wantState(all[0], "absent")
	w.wantState(all[1], "absent")
	w.wantState(all[2], Unattached)
	w.Do(func(c *api.Call) error {
		if tags := tag.Of(c.Tx, volume(all[0])); len(tags) > 0 {
			t.Errorf("got %v, want no tags of a disk that is gone", tags)
		}
		return nil
	})
}
