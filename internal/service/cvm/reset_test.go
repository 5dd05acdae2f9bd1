package cvm

import (
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func TestForceStopStopsAndStartsAgain(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	in := sdk.ResetInstancesPasswordRequestParams{InstanceIds: ps(id), Password: p("Passw0rd-1")}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERUNNING, resetInstancesPassword, in)
	in.ForceStop = p(true)
	call(d, resetInstancesPassword, in)
	for _, step := range []struct {
		after int
		state string
	}{{0, stateStopping}, {15, stateStarting}, {34, stateStarting}, {35, stateRunning}} {
		if got := d.later(secs(step.after), id); got.State != step.state || (got.OperationState == succeeded) != (step.state == stateRunning) {
			d.Errorf("after %d s: got %s, %s, want %s", step.after, got.State, got.OperationState, step.state)
		}
	}
	d.Advance(secs(35))
	d.stop(id)
	in.ForceStop = nil
	call(d, resetInstancesPassword, in)
	if got := d.later(modifyTakes, id); got.State != stateStopped {
		d.Errorf("got %s of an instance that was stopped, want it to stay so", got.State)
	}
}

func TestPasswordsAreHeldAgainstTheStrictestSystem(t *testing.T) {
	d := newDesk(t)
	linux := d.run()
	win := d.run(func(in *sdk.RunInstancesRequestParams) { in.ImageId = p(windows) })
	d.stop(linux, win)
	short := sdk.ResetInstancesPasswordRequestParams{InstanceIds: ps(linux, win), Password: p("Passw0rd")}
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDPASSWORD, resetInstancesPassword, short)
	short.InstanceIds = ps(linux)
	call(d, resetInstancesPassword, short)
}

func TestResetInstanceKeepsWhatIsNotTheSystem(t *testing.T) {
	d := newDesk(t)
	id := d.run(online, stocked)
	d.stop(id)
	was := d.shown(id)
	call(d, resetInstance, sdk.ResetInstanceRequestParams{
		InstanceId: &id, ImageId: p(windows), HostName: p("other"), SystemDisk: &sdk.SystemDisk{DiskSize: p(int64(80))},
	})
	d.Advance(resetTakes)
	is := d.shown(id)
	if *is.InstanceState != stateRunning || *is.ImageId != windows || *is.DefaultLoginUser != "Administrator" || *is.DefaultLoginPort != 3389 {
		d.Errorf("got %s with %s, %s:%d", *is.InstanceState, *is.ImageId, *is.DefaultLoginUser, *is.DefaultLoginPort)
	}
	if *is.SystemDisk.DiskId != *was.SystemDisk.DiskId || *is.SystemDisk.DiskSize != 80 || *is.DataDisks[0].DiskId != *was.DataDisks[0].DiskId {
		d.Errorf("got disks %+v, %+v", is.SystemDisk, is.DataDisks)
	}
	if *is.PrivateIpAddresses[0] != *was.PrivateIpAddresses[0] || *is.PublicIpAddresses[0] != *was.PublicIpAddresses[0] {
		d.Errorf("got addresses %v, want those of before", is.PrivateIpAddresses)
	}
}

func TestResetInstanceRefuses(t *testing.T) {
	d := newDesk(t)
	id, spot := d.run(), d.run(func(in *sdk.RunInstancesRequestParams) { in.InstanceChargeType = p(spotpaid) })
	for _, row := range []struct {
		name string
		in   sdk.ResetInstanceRequestParams
		code string
	}{
		{"malformed image", sdk.ResetInstanceRequestParams{ImageId: p("img-1122")}, sdk.INVALIDIMAGEID_MALFORMED},
		{"no such image", sdk.ResetInstanceRequestParams{ImageId: p("img-00000000")}, sdk.INVALIDIMAGEID_NOTFOUND},
		{"image for other processors", sdk.ResetInstanceRequestParams{ImageId: p("img-9a0eg8mt")}, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEFORGIVENINSTANCETYPE},
		{"smaller disk", sdk.ResetInstanceRequestParams{SystemDisk: &sdk.SystemDisk{DiskSize: p(int64(20))}}, tcerr.InvalidParameterValue},
		{"other disk", sdk.ResetInstanceRequestParams{SystemDisk: &sdk.SystemDisk{DiskType: p(cbs.SSD)}}, tcerr.InvalidParameterValue},
		{"weak password", sdk.ResetInstanceRequestParams{LoginSettings: &sdk.LoginSettings{Password: p("a")}}, sdk.INVALIDPARAMETERVALUE_INVALIDPASSWORD},
		{"illegal host name", sdk.ResetInstanceRequestParams{HostName: p(".")}, sdk.INVALIDPARAMETERVALUE_ILLEGALHOSTNAME},
		{"spot", sdk.ResetInstanceRequestParams{InstanceId: &spot}, sdk.UNSUPPORTEDOPERATION_INSTANCECHARGETYPE},
	} {
		if row.in.InstanceId == nil {
			row.in.InstanceId = &id
		}
		if _, err := try(d, resetInstance, row.in); codeIn(err) != row.code {
			d.Errorf("%s: got %v, want %s", row.name, err, row.code)
		}
	}
	abroad := d.in("ap-hongkong")
	far := abroad.run(func(in *sdk.RunInstancesRequestParams) { in.Placement.Zone = p("ap-hongkong-2") })
	refused(abroad, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEIDFORRETSETINSTANCE, resetInstance, sdk.ResetInstanceRequestParams{InstanceId: &far, ImageId: p(windows)})
}

func TestResetInstancesTypeEndsRunning(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	d.stop(id)
	call(d, resetInstancesType, sdk.ResetInstancesTypeRequestParams{InstanceIds: ps(id), InstanceType: p("S5.LARGE8")})
	d.Advance(modifyTakes)
	if got := d.row(id); got.State != stateStarting || got.OperationState != operating {
		d.Errorf("got %s, %s", got.State, got.OperationState)
	}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATESTARTING, startInstances, sdk.StartInstancesRequestParams{InstanceIds: ps(id)})
	d.Advance(startTakes)
	if got := d.shown(id); *got.InstanceState != stateRunning || *got.CPU != 4 || *got.Memory != 8 || *got.InstanceType != "S5.LARGE8" {
		d.Errorf("got %s, a %s of %d cores", *got.InstanceState, *got.InstanceType, *got.CPU)
	}
}

func TestResetInstancesTypeRefuses(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand))
	d.stop(id)
	for _, row := range []struct{ kind, code string }{
		{"S5", sdk.INVALIDINSTANCETYPE_MALFORMED},
		{"S5.MEDIUM5", sdk.RESOURCENOTFOUND_INVALIDZONEINSTANCETYPE},
		{"S5.MEDIUM4", tcerr.InvalidParameterValue},
		{"GN7.2XLARGE32", sdk.INVALIDPARAMETERVALUE_GPUINSTANCEFAMILY},
		{"IT5.4XLARGE64", sdk.UNSUPPORTEDOPERATION_UNSUPPORTEDCHANGEINSTANCETOTHISINSTANCEFAMILY},
	} {
		if _, ok := offer.Find("ap-guangzhou-3", row.kind); !ok && row.code[:7] != "Invalid" && row.code[:8] != "Resource" {
			d.Logf("%s is not sold in the zone", row.kind)
			continue
		}
		refused(d, row.code, resetInstancesType, sdk.ResetInstancesTypeRequestParams{InstanceIds: ps(id), InstanceType: &row.kind})
	}
	d.Settings.Stock = func(_, item string) string {
		return map[bool]string{true: "WithoutStock", false: "EnoughStock"}[item == "S5.LARGE8"]
	}
	refused(d, sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE, resetInstancesType, sdk.ResetInstancesTypeRequestParams{InstanceIds: ps(id), InstanceType: p("S5.LARGE8")})
	refused(d, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, resetInstancesType, sdk.ResetInstancesTypeRequestParams{InstanceIds: ps(id, id), InstanceType: p("S5.SMALL1")})
}

func TestAPrepaidInstanceIsDowngradedFiveTimes(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand))
	to := func(kind string) sdk.ResetInstancesTypeRequestParams {
		return sdk.ResetInstancesTypeRequestParams{InstanceIds: ps(id), InstanceType: &kind, ForceStop: p(true)}
	}
	for range quota.InstanceDowngrades.Default() {
		call(d, resetInstancesType, to("S5.SMALL1"))
		d.Advance(secs(60))
		call(d, resetInstancesType, to("S5.MEDIUM4"))
		d.Advance(secs(60))
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, resetInstancesType, to("S5.SMALL1"))
	for _, row := range []struct {
		operation      string
		current, limit int64
	}{{downgrades, 5, 5}, {internetCharges, -1, -1}} {
		got := call(d, describeInstancesOperationLimit, sdk.DescribeInstancesOperationLimitRequestParams{InstanceIds: ps(id), Operation: &row.operation}).InstanceOperationLimitSet
		if len(got) != 1 || *got[0].CurrentCount != row.current || *got[0].LimitCount != row.limit {
			d.Errorf("%s: got %+v", row.operation, got)
		}
	}
}

func TestDescribeInstancesModificationListsWhatCanBeHad(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	d.Settings.Stock = func(_, item string) string {
		return map[bool]string{true: "WithoutStock", false: "EnoughStock"}[item == "S5.LARGE8"]
	}
	ask := sdk.DescribeInstancesModificationRequestParams{InstanceIds: ps(id)}
	all := call(d, describeInstancesModification, ask)
	state := map[string]string{}
	for _, s := range all.InstanceTypeConfigStatusSet {
		state[*s.InstanceTypeConfig.InstanceType] = *s.Status
	}
	if state["S5.LARGE16"] != "SELL" || state["S5.LARGE8"] != "UNAVAILABLE" || state["S5.MEDIUM4"] != "" || int(*all.TotalCount) != len(state) {
		d.Errorf("got %v", state)
	}
	ask.Filters = by("status", "UNAVAILABLE")
	some := call(d, describeInstancesModification, ask)
	if *some.TotalCount == 0 || *some.TotalCount >= *all.TotalCount {
		d.Errorf("got %d of %d", *some.TotalCount, *all.TotalCount)
	}
	refused(d, sdk.INVALIDFILTER, describeInstancesModification, sdk.DescribeInstancesModificationRequestParams{InstanceIds: ps(id), Filters: by("zone", "x")})
	other := d.run(func(in *sdk.RunInstancesRequestParams) { in.Placement.Zone = p("ap-guangzhou-4") })
	refused(d, sdk.FAILEDOPERATION_ZONEINCONSISTENT, describeInstancesModification, sdk.DescribeInstancesModificationRequestParams{InstanceIds: ps(id, other)})
}

func TestASystemDiskGrows(t *testing.T) {
	d := newDesk(t)
	id := d.run(stocked)
	grow := func(size int64, more func(*sdk.ResizeInstanceDisksRequestParams)) sdk.ResizeInstanceDisksRequestParams {
		in := sdk.ResizeInstanceDisksRequestParams{InstanceId: &id, SystemDisk: &sdk.SystemDisk{DiskSize: &size}}
		if more != nil {
			more(&in)
		}
		return in
	}
	live := func(in *sdk.ResizeInstanceDisksRequestParams) { in.ResizeOnline = p(true) }
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERUNNING, resizeInstanceDisks, grow(100, nil))
	refused(d, sdk.MISSINGPARAMETER_ATLEASTONE, resizeInstanceDisks, sdk.ResizeInstanceDisksRequestParams{InstanceId: &id})
	refused(d, tcerr.InvalidParameterValue, resizeInstanceDisks, grow(50, live))
	refused(d, tcerr.InvalidParameterValue, resizeInstanceDisks, grow(100, func(in *sdk.ResizeInstanceDisksRequestParams) {
		in.DataDisks = []*sdk.DataDisk{{DiskSize: p(int64(100))}}
	}))
	data := d.shown(id).DataDisks[0].DiskId
	refused(d, sdk.UNSUPPORTEDOPERATION_INVALIDDATADISK, resizeInstanceDisks, sdk.ResizeInstanceDisksRequestParams{
		InstanceId: &id, ResizeOnline: p(true), DataDisks: []*sdk.DataDisk{{DiskId: data, DiskSize: p(int64(100))}},
	})
	call(d, resizeInstanceDisks, grow(100, live))
	if got := d.row(id); got.State != stateRunning || got.OperationState != operating {
		d.Errorf("got %s, %s while it grows", got.State, got.OperationState)
	}
	d.Advance(modifyTakes)
	if got := *d.shown(id).SystemDisk.DiskSize; got != 100 {
		d.Errorf("got %d GiB, want 100", got)
	}
	call(d, resizeInstanceDisks, grow(110, func(in *sdk.ResizeInstanceDisksRequestParams) { in.ForceStop = p(true) }))
	if got := d.row(id).State; got != stateStopping {
		d.Errorf("got %s, want it stopped first", got)
	}
	d.Advance(secs(60))
	if got := d.shown(id); *got.SystemDisk.DiskSize != 110 || *got.InstanceState != stateRunning {
		d.Errorf("got %d GiB, %s", *got.SystemDisk.DiskSize, *got.InstanceState)
	}
	d.stop(id)
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATESTOPPED, resizeInstanceDisks, grow(120, live))
	call(d, resizeInstanceDisks, grow(120, nil))
	d.Must(func(c *api.Call) {
		if _, disk, _ := cbs.SystemOf(c.Tx, id); disk.State != cbs.Expanding {
			d.Errorf("got a disk that is %s, want %s", disk.State, cbs.Expanding)
		}
	})
}

func secs(n int) time.Duration { return time.Duration(n) * time.Second }
