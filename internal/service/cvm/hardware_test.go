package cvm

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cbs"
)

func TestRescueModeThereAndBack(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	enter := sdk.EnterRescueModeRequestParams{InstanceId: &id, Password: p("Passw0rd!")}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERUNNING, exitRescueMode, sdk.ExitRescueModeRequestParams{InstanceId: &id})
	weak := enter
	weak.Password = p("weak")
	refused(d, sdk.INVALIDPASSWORD, enterRescueMode, weak)
	weak.Password = p("Pass word 1")
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDPASSWORD, enterRescueMode, weak)
	nobody := enter
	nobody.Username = p("no body")
	refused(d, "InvalidParameterValue", enterRescueMode, nobody)
	arm := d.run(func(in *sdk.RunInstancesRequestParams) {
		in.InstanceType, in.ImageId, in.Placement.Zone = p("SR1.MEDIUM4"), p("img-9a0eg8mt"), p("ap-guangzhou-6")
	})
	refused(d, sdk.UNSUPPORTEDOPERATION_ARMARCHITECTURE, enterRescueMode, sdk.EnterRescueModeRequestParams{InstanceId: &arm, Password: p("Passw0rd!")})
	call(d, enterRescueMode, enter)
	if got := d.row(id).State; got != stateEnterRescue {
		t.Errorf("got %s, want %s", got, stateEnterRescue)
	}
	d.Advance(rescueTakes)
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERESCUEMODE, enterRescueMode, enter)
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERESCUEMODE, stopInstances, sdk.StopInstancesRequestParams{InstanceIds: ps(id)})
	call(d, exitRescueMode, sdk.ExitRescueModeRequestParams{InstanceId: &id})
	if got := d.row(id).State; got != stateExitRescue {
		t.Errorf("got %s, want %s", got, stateExitRescue)
	}
	d.Advance(rescueTakes)
	if got := d.row(id).State; got != stateRunning {
		t.Errorf("got %s, want %s", got, stateRunning)
	}
}

func TestWhatNoInstanceHasIsRefusedByItsOwnCode(t *testing.T) {
	d := newDesk(t)
	const centos7 = "img-l8og963d"
	id, old, win := d.run(), d.run(func(in *sdk.RunInstancesRequestParams) { in.ImageId = p(centos7) }), d.run(func(in *sdk.RunInstancesRequestParams) { in.ImageId = p(windows) })
	fpga := sdk.ProgramFpgaImageRequestParams{InstanceId: &id, FPGAUrl: p("fpga-123456.cos.ap-guangzhou.myqcloud.com/test.xclbin"), DBDFs: ps("0000:00:08.0")}
	refused(d, sdk.UNSUPPORTEDOPERATION_NOTFPGAINSTANCE, programFpgaImage, fpga)
	fpga.DBDFs = ps("8")
	refused(d, sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, programFpgaImage, fpga)
	fpga.FPGAUrl = p("here")
	refused(d, sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, programFpgaImage, fpga)

	convert := func(ids ...string) sdk.ConvertOperatingSystemsRequestParams {
		return sdk.ConvertOperatingSystemsRequestParams{InstanceIds: ps(ids...)}
	}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCEOSCONVERTOSNOTSUPPORT, convertOperatingSystems, convert(old, id))
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCEOSWINDOWS, convertOperatingSystems, convert(win))
	refused(d, sdk.UNSUPPORTEDOPERATION_TATAGENTNOTONLINE, convertOperatingSystems, convert(old))
	refused(d, sdk.INVALIDINSTANCEID_NOTFOUND, convertOperatingSystems, convert("ins-00000000"))
	refused(d, sdk.INVALIDPARAMETER_INVALIDTARGETOSTYPE, convertOperatingSystems, sdk.ConvertOperatingSystemsRequestParams{InstanceIds: ps(old), TargetOSType: p("BeOS")})
	d.stop(old)
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATENOTRUNNING, convertOperatingSystems, convert(old))

	disk := func(id string, kind *sdk.SystemDisk) sdk.ModifyInstanceDiskTypeRequestParams {
		return sdk.ModifyInstanceDiskTypeRequestParams{InstanceId: &id, SystemDisk: kind}
	}
	premium := &sdk.SystemDisk{DiskType: p(cbs.Premium)}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERUNNING, modifyInstanceDiskType, disk(id, premium))
	refused(d, sdk.INVALIDPARAMETER_INVALIDINSTANCENOTSUPPORTED, modifyInstanceDiskType, disk(old, premium))
	refused(d, "InvalidParameterValue", modifyInstanceDiskType, disk(old, &sdk.SystemDisk{DiskType: p("TAPE")}))
	refused(d, "MissingParameter", modifyInstanceDiskType, disk(old, nil))
}

func TestMaintenanceKnowsNoTask(t *testing.T) {
	d := newDesk(t)
	list := func(change func(*sdk.DescribeTaskInfoRequestParams)) sdk.DescribeTaskInfoRequestParams {
		in := sdk.DescribeTaskInfoRequestParams{Limit: p(int64(20)), Offset: p(int64(0))}
		change(&in)
		return in
	}
	if out := call(d, describeTaskInfo, list(func(*sdk.DescribeTaskInfoRequestParams) {})); *out.TotalCount != 0 || out.RepairTaskInfoSet == nil {
		t.Errorf("got %+v, want an empty list", out)
	}
	for name, change := range map[string]func(*sdk.DescribeTaskInfoRequestParams){
		"limit":   func(in *sdk.DescribeTaskInfoRequestParams) { in.Limit = p(int64(101)) },
		"product": func(in *sdk.DescribeTaskInfoRequestParams) { in.Product = p("CBS") },
		"status":  func(in *sdk.DescribeTaskInfoRequestParams) { in.TaskStatus = []*int64{p(int64(7))} },
		"type":    func(in *sdk.DescribeTaskInfoRequestParams) { in.TaskTypeIds = []*int64{p(int64(1))} },
		"date":    func(in *sdk.DescribeTaskInfoRequestParams) { in.EndDate = p("today") },
		"order":   func(in *sdk.DescribeTaskInfoRequestParams) { in.OrderField = p("Size") },
	} {
		d.Log(name)
		refused(d, "InvalidParameterValue", describeTaskInfo, list(change))
	}
	repair := sdk.RepairTaskControlRequestParams{Product: p("CVM"), InstanceIds: ps("ins-00000000"), TaskId: p("rep-00000000"), Operate: p("AuthorizeRepair")}
	refused(d, sdk.INVALIDPARAMETER, repairTaskControl, repair)
}

func TestCustomersHaveNoMachines(t *testing.T) {
	d := newDesk(t)
	if out := call(d, describeChcHosts, sdk.DescribeChcHostsRequestParams{Filters: by("zone", "ap-guangzhou-3")}); *out.TotalCount != 0 {
		t.Errorf("got %+v, want none", out)
	}
	ids := ps("chc-1a2b3c4d")
	net := &sdk.VirtualPrivateCloud{VpcId: p("vpc-1a2b3c4d"), SubnetId: p("subnet-1a2b3c4d")}
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, describeChcHosts, sdk.DescribeChcHostsRequestParams{ChcIds: ids})
	refused(d, sdk.INVALIDPARAMETER_ATMOSTONE, describeChcHosts, sdk.DescribeChcHostsRequestParams{ChcIds: ids, Filters: by("zone", "ap-guangzhou-3")})
	refused(d, sdk.INVALIDFILTER, describeChcHosts, sdk.DescribeChcHostsRequestParams{Filters: by("colour", "red")})
	refused(d, sdk.INVALIDZONE_MISMATCHREGION, describeChcHosts, sdk.DescribeChcHostsRequestParams{Filters: by("zone", "ap-beijing-3")})
	refused(d, sdk.INVALIDPARAMETERVALUELIMIT, describeChcHosts, sdk.DescribeChcHostsRequestParams{Limit: p(int64(0))})
	refused(d, sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, describeChcDeniedActions, sdk.DescribeChcDeniedActionsRequestParams{ChcIds: ps("mine")})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, describeChcDeniedActions, sdk.DescribeChcDeniedActionsRequestParams{ChcIds: ids})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, removeChcAssistVpc, sdk.RemoveChcAssistVpcRequestParams{ChcIds: ids})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, removeChcDeployVpc, sdk.RemoveChcDeployVpcRequestParams{ChcIds: ids})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, modifyChcAttribute, sdk.ModifyChcAttributeRequestParams{ChcIds: ids, InstanceName: p("m")})
	refused(d, sdk.INVALIDPASSWORD, modifyChcAttribute, sdk.ModifyChcAttributeRequestParams{ChcIds: ids, Password: p("short")})
	refused(d, sdk.INVALIDSECURITYGROUPID_NOTFOUND, modifyChcAttribute, sdk.ModifyChcAttributeRequestParams{ChcIds: ids, BmcSecurityGroupIds: ps("sg-00000000")})
	refused(d, "InvalidParameterValue", modifyChcNetworkMode, sdk.ModifyChcNetworkModeRequestParams{ChcIds: ids, NetworkMode: p("NONE")})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, modifyChcNetworkMode, sdk.ModifyChcNetworkModeRequestParams{ChcIds: ids, NetworkMode: p("DEPLOY")})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, configureChcAssistVpc, sdk.ConfigureChcAssistVpcRequestParams{ChcIds: ids, BmcVirtualPrivateCloud: net})
	refused(d, sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, configureChcDeployVpc, sdk.ConfigureChcDeployVpcRequestParams{ChcIds: ids, DeployVirtualPrivateCloud: net})
	many := &sdk.VirtualPrivateCloud{VpcId: net.VpcId, SubnetId: net.SubnetId, PrivateIpAddresses: ps("10.0.0.2", "10.0.0.3")}
	refused(d, sdk.INVALIDPARAMETERVALUE_AMOUNTNOTEQUAL, configureChcDeployVpc, sdk.ConfigureChcDeployVpcRequestParams{ChcIds: ids, DeployVirtualPrivateCloud: many})
	refused(d, sdk.INVALIDPARAMETERVALUE_SUBNETIDMALFORMED, configureChcAssistVpc, sdk.ConfigureChcAssistVpcRequestParams{
		ChcIds: ids, BmcVirtualPrivateCloud: &sdk.VirtualPrivateCloud{VpcId: net.VpcId, SubnetId: p("here")},
	})
}

func TestPoolPacksAreNotForEveryone(t *testing.T) {
	d := newDesk(t)
	buy := func(change func(*sdk.PurchaseResourcePoolPacksRequestParams)) sdk.PurchaseResourcePoolPacksRequestParams {
		in := sdk.PurchaseResourcePoolPacksRequestParams{
			Zone: p("ap-guangzhou-7"), InstanceType: p("S9.8XLARGE64"), InstanceCount: p(uint64(1)), Period: p(uint64(1)),
		}
		change(&in)
		return in
	}
	for code, change := range map[string]func(*sdk.PurchaseResourcePoolPacksRequestParams){
		sdk.UNSUPPORTEDOPERATION_RESOURCEPOOLPACKAGEINVISIBLEFORUSER: func(*sdk.PurchaseResourcePoolPacksRequestParams) {},
		sdk.INVALIDZONE_MISMATCHREGION:                               func(in *sdk.PurchaseResourcePoolPacksRequestParams) { in.Zone = p("ap-beijing-7") },
		sdk.INVALIDINSTANCETYPE_MALFORMED:                            func(in *sdk.PurchaseResourcePoolPacksRequestParams) { in.InstanceType = p("large") },
		sdk.INVALIDPARAMETERVALUE_RANGE:                              func(in *sdk.PurchaseResourcePoolPacksRequestParams) { in.InstanceCount = p(uint64(1) << 63) },
		sdk.INVALIDPERIOD:                                            func(in *sdk.PurchaseResourcePoolPacksRequestParams) { in.Period = p(uint64(61)) },
		sdk.INVALIDPARAMETERVALUE_RESOURCEPOOLPACKTYPENOTSUPPORTED:   func(in *sdk.PurchaseResourcePoolPacksRequestParams) { in.ResourcePoolPackType = p("SHARED") },
		sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKNAME:          func(in *sdk.PurchaseResourcePoolPacksRequestParams) { in.DedicatedResourcePoolPackName = p("a b") },
	} {
		refused(d, code, purchaseResourcePoolPacks, buy(change))
	}
	invisible := sdk.UNSUPPORTEDOPERATION_RESOURCEPOOLPACKAGEINVISIBLEFORUSER
	refused(d, invisible, describeResourcePoolPacks, sdk.DescribeResourcePoolPacksRequestParams{})
	refused(d, invisible, describeResourcePoolPackTypeConfigs, sdk.DescribeResourcePoolPackTypeConfigsRequestParams{Filters: by("zone", "ap-guangzhou-7")})
	refused(d, invisible, describeResourcePoolPackInstances, sdk.DescribeResourcePoolPackInstancesRequestParams{DedicatedResourcePackIds: ps("rpp-2gyonkx7")})
	refused(d, invisible, terminateResourcePoolPacks, sdk.TerminateResourcePoolPacksRequestParams{DedicatedResourcePackIds: ps("rpp-2gyonkx7")})
	refused(d, sdk.INVALIDPARAMETERVALUE_RESOURCEPOOLPACKIDMALFORMED, terminateResourcePoolPacks, sdk.TerminateResourcePoolPacksRequestParams{DedicatedResourcePackIds: ps("pack")})
	refused(d, invisible, inquirePricePurchaseResourcePoolPacks, sdk.InquirePricePurchaseResourcePoolPacksRequestParams{
		Zone: p("ap-guangzhou-7"), InstanceType: p("S9.8XLARGE64"), InstanceCount: p(int64(1)), Period: p(int64(1)),
	})
}

func TestLaunchFromAPoolFindsNone(t *testing.T) {
	d := newDesk(t)
	for code, at := range map[string]*sdk.Placement{
		"InvalidParameterValue": {DedicatedResourcePackTenancy: p("Own")},
		sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKTENANCYMISMATCH: {DedicatedResourcePackIds: ps("rpp-2gyonkx7")},
		sdk.INVALIDPARAMETERVALUE_DEDICATEDRESOURCEPACKIDSNOTFOUND:     {DedicatedResourcePackTenancy: p("ResourcePool"), DedicatedResourcePackIds: ps("rpp-2gyonkx7")},
	} {
		at.Zone = p("ap-guangzhou-3")
		refused(d, code, runInstances, d.order(func(in *sdk.RunInstancesRequestParams) { in.Placement = at }))
	}
}

func TestAccountQuotaCountsWhatIsThere(t *testing.T) {
	d := newDesk(t)
	d.limit(quota.PostpaidInstances, 5)
	d.runs(2)
	d.image("golden", d.run())
	d.placement("g", "HOST")
	out := call(d, describeAccountQuota, sdk.DescribeAccountQuotaRequestParams{Filters: by("zone", "ap-guangzhou-3")})
	q := out.AccountQuotaOverview.AccountQuota
	d.wantFull(out)
	d.wantFull(q)
	if got := q.PostPaidQuotaSet[0]; len(q.PostPaidQuotaSet) != 1 || *got.UsedQuota != 3 || *got.RemainingQuota != 2 || *got.TotalQuota != 5 {
		t.Errorf("got %+v, want 3 of 5", got)
	}
	if *q.ImageQuotaSet[0].UsedQuota != 1 || *q.DisasterRecoverGroupQuotaSet[0].CurrentNum != 1 || *q.PrePaidQuotaSet[0].OnceQuota != 300 {
		t.Errorf("got %+v, want an image and a group", q)
	}
	out = call(d, describeAccountQuota, sdk.DescribeAccountQuotaRequestParams{Filters: by("quota-type", "SpotPaidQuotaSet")})
	if q := out.AccountQuotaOverview.AccountQuota; len(q.SpotPaidQuotaSet) < 2 || q.PostPaidQuotaSet != nil || q.ImageQuotaSet != nil {
		t.Errorf("got %+v, want spot quotas of every zone alone", q)
	}
	refused(d, sdk.INVALIDZONE_MISMATCHREGION, describeAccountQuota, sdk.DescribeAccountQuotaRequestParams{Filters: by("zone", "ap-beijing-3")})
	refused(d, sdk.INVALIDPARAMETERVALUE_RANGE, describeAccountQuota, sdk.DescribeAccountQuotaRequestParams{Filters: by("quota-type", "All")})
	refused(d, sdk.INVALIDFILTER, describeAccountQuota, sdk.DescribeAccountQuotaRequestParams{Filters: by("size", "1")})
}
