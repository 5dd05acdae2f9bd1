package cvm

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// months makes an order prepaid.
func months(n int64, renew string) func(*sdk.RunInstancesRequestParams) {
	return func(in *sdk.RunInstancesRequestParams) {
		in.InstanceChargeType = p(prepaid)
		in.InstanceChargePrepaid = &sdk.InstanceChargePrepaid{Period: &n, RenewFlag: &renew}
	}
}

// online gives an order a public address.
func online(in *sdk.RunInstancesRequestParams) {
	in.InternetAccessible = &sdk.InternetAccessible{InternetChargeType: p(byTraffic), InternetMaxBandwidthOut: p(int64(5))}
}

// stocked gives an order a data disk and a tag.
func stocked(in *sdk.RunInstancesRequestParams) {
	in.DataDisks = []*sdk.DataDisk{{DiskType: p(cbs.Premium), DiskSize: p(int64(20))}}
	in.TagSpecification = tagging("instance")
}

// until moves the clock to an instant.
func (d *desk) until(at string) {
	d.Helper()
	to, err := time.Parse(time.RFC3339, at)
	if err != nil || to.Before(d.Now) {
		d.Fatalf("cannot move the clock to %s", at)
	}
	d.Now = to
}

// traces is what there is of an instance, by room.
type traces struct {
	Instance, Host, Card bool
	Disks                int
	Tags                 map[string]string
}

func (d *desk) traces(id string) (all traces) {
	d.Helper()
	d.Must(func(c *api.Call) {
		_, all.Instance = instances.Get(c.Tx, id)
		_, all.Host = host.Get(c.Tx, id)
		_, all.Card = vpc.Of(c.Tx, id)
		for range cbs.Of(c.Tx, id) {
			all.Disks++
		}
		all.Tags = tag.Of(c.Tx, tagged(id))
	})
	return all
}

// wantGone fails if anything of an instance is left.
func (d *desk) wantGone(id string) {
	d.Helper()
	if diff := cmp.Diff(traces{}, d.traces(id)); diff != "" {
		d.Errorf("at %s something is left of %s (-want +got):\n%s", iso(d.Now.Unix()), id, diff)
	}
}

// wantState holds an instance's state and how it came about.
func (d *desk) wantState(id, state, restrict, isolated string) {
	d.Helper()
	i := d.row(id)
	if i == nil {
		d.Fatalf("at %s %s is no more, want %s", iso(d.Now.Unix()), id, state)
	}
	if got, want := [...]string{i.State, i.Restrict, i.Isolated}, [...]string{state, restrict, isolated}; got != want {
		d.Errorf("at %s: got %q, want %q", iso(d.Now.Unix()), got, want)
	}
	d.Must(func(c *api.Call) {
		if h, ok := host.Get(c.Tx, id); !ok || h.State != state {
			d.Errorf("at %s the host is %+v, want it %s", iso(d.Now.Unix()), h, state)
		}
	})
}

func TestAPrepaidInstanceThatNobodyRenewsEnds(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand), online, stocked)
	if want := (traces{true, true, true, 2, map[string]string{"team": "web"}}); !cmp.Equal(want, d.traces(id)) {
		d.Fatal(cmp.Diff(want, d.traces(id)))
	}
	d.until("2026-04-01T03:59:59Z")
	d.wantState(id, stateRunning, unrestricted, notIsolated)
	d.until("2026-04-01T04:00:00Z")
	d.wantState(id, stateRunning, expired, notIsolated)
	d.until("2026-04-02T04:00:00Z")
	d.wantState(id, stateShutdown, expired, byExpiry)
	d.until("2026-04-09T03:59:59Z")
	d.wantState(id, stateShutdown, expired, byExpiry)
	d.until("2026-04-09T04:00:00Z")
	d.wantGone(id)
}

func TestOperationsLeaveAnEndWhereItIs(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand))
	d.stop(id)
	call(d, modifyInstancesAttribute, ModifyInstancesAttributeRequestParams{InstanceIds: ps(id), InstanceName: p("other")})
	call(d, startInstances, sdk.StartInstancesRequestParams{InstanceIds: ps(id)})
	d.until("2026-03-20T00:00:00Z")
	call(d, rebootInstances, sdk.RebootInstancesRequestParams{InstanceIds: ps(id)})
	d.until("2026-04-02T03:59:58Z")
	call(d, stopInstances, sdk.StopInstancesRequestParams{InstanceIds: ps(id)})
	d.wantState(id, stateStopping, expired, notIsolated)
	d.until("2026-04-02T04:00:00Z")
	d.wantState(id, stateShutdown, expired, byExpiry)
	d.Advance(stopTakes)
	d.wantState(id, stateShutdown, expired, byExpiry)
	if got := d.row(id); got.Name != "other" || got.OperationState != succeeded {
		d.Errorf("got %s %s, want other %s", got.Name, got.OperationState, succeeded)
	}
	d.until("2026-04-09T04:00:00Z")
	d.wantGone(id)
}

func TestAutomaticRenewalsComeMonthByMonth(t *testing.T) {
	d := newDesk(t)
	d.until("2026-03-31T04:00:00Z")
	id := d.run(months(2, renewByItself), stocked)
	for _, row := range []struct{ at, expires string }{
		{"2026-05-01T04:00:00Z", "2026-05-31T04:00:00Z"},
		{"2026-05-31T04:00:00Z", "2026-06-30T04:00:00Z"},
		{"2026-06-30T04:00:00Z", "2026-07-31T04:00:00Z"},
		{"2027-02-28T03:59:59Z", "2027-02-28T04:00:00Z"},
		{"2027-02-28T04:00:00Z", "2027-03-31T04:00:00Z"},
	} {
		d.until(row.at)
		d.wantState(id, stateRunning, unrestricted, notIsolated)
		if got := d.shown(id).ExpiredTime; *got != row.expires {
			d.Errorf("at %s: got %s, want %s", row.at, *got, row.expires)
		}
	}
	call(d, modifyInstancesRenewFlag, sdk.ModifyInstancesRenewFlagRequestParams{InstanceIds: ps(id), RenewFlag: p(renewSilently)})
	if got := d.shown(id); *got.ExpiredTime != "2027-03-31T04:00:00Z" || *got.RenewFlag != renewSilently {
		d.Errorf("got %s until %s", *got.RenewFlag, *got.ExpiredTime)
	}
	d.until("2027-04-08T04:00:00Z")
	d.wantGone(id)
}

func TestARenewalBringsAnInstanceBackFromTheRecycleBin(t *testing.T) {
	one := sdk.InstanceChargePrepaid{Period: p(int64(1))}
	for _, row := range []struct {
		name    string
		recycle func(d *desk, id string)
		disks   int
		expires string
		later   string // than the end that it was going to have
	}{
		{"expired", func(d *desk, _ string) { d.until("2026-04-05T00:00:00Z") }, 1, "2026-05-01T04:00:00Z", "2026-04-20T00:00:00Z"},
		{"returned", func(d *desk, id string) {
			call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(id)})
			d.until("2026-03-05T00:00:00Z")
		}, 2, "2026-04-05T00:00:00Z", "2026-03-20T00:00:00Z"},
	} {
		t.Run(row.name, func(t *testing.T) {
			d := newDesk(t)
			id := d.run(months(1, renewByHand), online, stocked)
			row.recycle(d, id)
			if got := d.row(id); got == nil || got.State != stateShutdown {
				d.Fatalf("got %+v, want it in the recycle bin", got)
			}
			call(d, renewInstances, sdk.RenewInstancesRequestParams{InstanceIds: ps(id), InstanceChargePrepaid: &one})
			d.Advance(startTakes)
			d.wantState(id, stateRunning, unrestricted, notIsolated)
			if got := *d.shown(id).ExpiredTime; got != row.expires {
				d.Errorf("got %s, want %s", got, row.expires)
			}
			d.until(row.later)
			if want := (traces{true, true, true, row.disks, map[string]string{"team": "web"}}); !cmp.Equal(want, d.traces(id)) {
				d.Error(cmp.Diff(want, d.traces(id)))
			}
			d.until("2026-06-01T00:00:00Z")
			d.wantGone(id)
		})
	}
}

func TestASecondTerminationEmptiesTheRecycleBin(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(12, renewByItself), online, stocked)
	end := sdk.TerminateInstancesRequestParams{InstanceIds: ps(id), ReleasePrepaidDataDisks: p(true)}
	call(d, terminateInstances, end)
	refused(d, sdk.OPERATIONDENIED_INSTANCEOPERATIONINPROGRESS, terminateInstances, end)
	d.Advance(terminateTakes)
	d.wantState(id, stateShutdown, unrestricted, byHand)
	if got := d.traces(id); got.Disks != 1 || !got.Card || len(got.Tags) != 1 {
		d.Errorf("got %+v, want the system disk, the card and the tag", got)
	}
	call(d, terminateInstances, end)
	d.Advance(terminateTakes)
	d.wantGone(id)
}

func TestTheRecycleBinIsEmptiedAfterAWeek(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(12, renewByHand), online, stocked)
	call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(id)})
	d.Advance(terminateTakes + recycled - time.Second)
	d.wantState(id, stateShutdown, unrestricted, byHand)
	call(d, modifyInstancesProject, sdk.ModifyInstancesProjectRequestParams{InstanceIds: ps(id), ProjectId: p(int64(0))})
	d.Advance(time.Second)
	d.wantGone(id)
}

func TestAChangeOfPaymentMovesTheEnd(t *testing.T) {
	d := newDesk(t)
	id := d.run(online, stocked)
	year := &sdk.InstanceChargePrepaid{Period: p(int64(12))}
	to := func(charge string, pay *sdk.InstanceChargePrepaid) sdk.ModifyInstancesChargeTypeRequestParams {
		return sdk.ModifyInstancesChargeTypeRequestParams{InstanceIds: ps(id), InstanceChargeType: &charge, InstanceChargePrepaid: pay}
	}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCECHARGETYPE, modifyInstancesChargeType, to(postpaid, nil))
	refused(d, tcerr.MissingParameter, modifyInstancesChargeType, to(prepaid, nil))
	call(d, modifyInstancesChargeType, to(prepaid, year))
	d.Advance(modifyTakes)
	if got := d.shown(id); *got.InstanceChargeType != prepaid || *got.ExpiredTime != "2027-03-01T04:00:30Z" || *got.RenewFlag != renewByHand {
		d.Errorf("got %s until %s, %s", *got.InstanceChargeType, *got.ExpiredTime, *got.RenewFlag)
	}
	call(d, modifyInstancesChargeType, to(postpaid, nil))
	d.Advance(modifyTakes)
	if got := d.shown(id); got.ExpiredTime != nil || got.RenewFlag != nil {
		d.Errorf("got %v, %v of a postpaid instance, want neither", got.ExpiredTime, got.RenewFlag)
	}
	d.until("2028-01-01T00:00:00Z")
	if want := (traces{true, true, true, 2, map[string]string{"team": "web"}}); !cmp.Equal(want, d.traces(id)) {
		d.Error(cmp.Diff(want, d.traces(id)))
	}
}

// shown is an instance as DescribeInstances shows it.
func (d *desk) shown(id string) *sdk.Instance {
	d.Helper()
	out := call(d, describeInstances, sdk.DescribeInstancesRequestParams{InstanceIds: ps(id)})
	if len(out.InstanceSet) != 1 {
		d.Fatalf("%s is not shown", id)
	}
	i := new(sdk.Instance)
	if err := json.Unmarshal(out.InstanceSet[0].AppendWire(nil), i); err != nil {
		d.Fatal(err)
	}
	return i
}
