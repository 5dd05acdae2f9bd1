package cvm

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/tcerr"
)

func bandwidth(id string, mbps int64) sdk.ResetInstancesInternetMaxBandwidthRequestParams {
	return sdk.ResetInstancesInternetMaxBandwidthRequestParams{
		InstanceIds: ps(id), InternetAccessible: &sdk.InternetAccessible{InternetMaxBandwidthOut: &mbps},
	}
}

func TestBandwidthIsAnAddressesOwn(t *testing.T) {
	d := newDesk(t)
	id, hidden := d.run(online), d.run()
	call(d, resetInstancesInternetMaxBandwidth, bandwidth(id, 20))
	if got := *d.shown(id).InternetAccessible.InternetMaxBandwidthOut; got != 20 {
		d.Errorf("got %d Mbps, want 20", got)
	}
	configs := call(d, describeInstanceInternetBandwidthConfigs, sdk.DescribeInstanceInternetBandwidthConfigsRequestParams{InstanceId: &id}).InternetBandwidthConfigSet
	if len(configs) != 1 || *configs[0].InternetAccessible.InternetMaxBandwidthOut != 20 || *configs[0].InternetAccessible.InternetChargeType != byTraffic {
		d.Errorf("got %+v", configs)
	}
	refused(d, sdk.FAILEDOPERATION_NOTFOUNDEIP, resetInstancesInternetMaxBandwidth, bandwidth(hidden, 20))
	refused(d, sdk.FAILEDOPERATION_NOTFOUNDEIP, describeInstanceInternetBandwidthConfigs, sdk.DescribeInstanceInternetBandwidthConfigsRequestParams{InstanceId: &hidden})
	refused(d, sdk.INVALIDPARAMETERVALUE_RANGE, resetInstancesInternetMaxBandwidth, bandwidth(id, 101))
	dated := bandwidth(id, 30)
	dated.StartTime, dated.EndTime = p("2026-03-01"), p("2026-03-05")
	refused(d, sdk.INVALIDPARAMETER, resetInstancesInternetMaxBandwidth, dated)
	none := bandwidth(id, 1)
	none.InternetAccessible = &sdk.InternetAccessible{}
	refused(d, tcerr.MissingParameter, resetInstancesInternetMaxBandwidth, none)
}

func TestBandwidthPaidAheadGrowsForAWhile(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(2, renewByHand), func(in *sdk.RunInstancesRequestParams) {
		in.InternetAccessible = &sdk.InternetAccessible{InternetMaxBandwidthOut: p(int64(10))}
	})
	refused(d, tcerr.MissingParameter, resetInstancesInternetMaxBandwidth, bandwidth(id, 20))
	dated := func(mbps int64, from, to string) sdk.ResetInstancesInternetMaxBandwidthRequestParams {
		in := bandwidth(id, mbps)
		in.StartTime, in.EndTime = &from, &to
		return in
	}
	for name, in := range map[string]sdk.ResetInstancesInternetMaxBandwidthRequestParams{
		"less": dated(5, "2026-03-02", "2026-03-03"), "past": dated(20, "2026-02-28", "2026-03-03"),
		"backwards": dated(20, "2026-03-03", "2026-03-02"), "too long": dated(20, "2026-03-02", "2026-06-01"), "no day": dated(20, "tomorrow", "2026-03-02"),
	} {
		if _, err := try(d, resetInstancesInternetMaxBandwidth, in); codeIn(err) != tcerr.InvalidParameterValue {
			d.Errorf("%s: got %v, want %s", name, err, tcerr.InvalidParameterValue)
		}
	}
	call(d, resetInstancesInternetMaxBandwidth, dated(20, "2026-03-02", "2026-03-03"))
	for _, row := range []struct {
		at   string
		mbps int64
	}{{"2026-03-01T15:59:59Z", 10}, {"2026-03-01T16:00:00Z", 20}, {"2026-03-03T15:59:59Z", 20}, {"2026-03-03T16:00:00Z", 10}} {
		d.until(row.at)
		if got := *d.shown(id).InternetAccessible.InternetMaxBandwidthOut; got != row.mbps {
			d.Errorf("at %s: got %d Mbps, want %d", row.at, got, row.mbps)
		}
	}
}

func TestAnInstanceMovesWithinItsNetwork(t *testing.T) {
	d := newDesk(t)
	id := d.run(online)
	was := d.shown(id)
	here := sdk.VirtualPrivateCloud{VpcId: was.VirtualPrivateCloud.VpcId, SubnetId: was.VirtualPrivateCloud.SubnetId}
	to := func(v sdk.VirtualPrivateCloud, ip ...string) sdk.ModifyInstancesVpcAttributeRequestParams {
		v.PrivateIpAddresses = ps(ip...)
		return sdk.ModifyInstancesVpcAttributeRequestParams{InstanceIds: ps(id), VirtualPrivateCloud: &v}
	}
	call(d, modifyInstancesVpcAttribute, to(here, "172.16.0.77"))
	if got := d.row(id).State; got != stateStopping {
		d.Errorf("got %s, want it stopped first", got)
	}
	d.Advance(secs(60))
	is := d.shown(id)
	if *is.PrivateIpAddresses[0] != "172.16.0.77" || *is.PublicIpAddresses[0] != *was.PublicIpAddresses[0] || *is.InstanceState != stateRunning {
		d.Errorf("got %s and %s, %s", *is.PrivateIpAddresses[0], *is.PublicIpAddresses[0], *is.InstanceState)
	}
	if d.row(id).HostName == "" || d.row(id).OperationState != succeeded {
		d.Errorf("got %+v", d.row(id))
	}
	other := d.run()
	for _, row := range []struct {
		name string
		in   sdk.ModifyInstancesVpcAttributeRequestParams
		code string
	}{
		{"taken", to(here, *d.shown(other).PrivateIpAddresses[0]), sdk.VPCIPISUSED},
		{"outside", to(here, "10.0.0.1"), sdk.VPCADDRNOTINSUBNET},
		{"no address", to(here, "x"), sdk.INVALIDPARAMETERVALUE_INVALIDIPFORMAT},
		{"two addresses", to(here, "172.16.0.8", "172.16.0.9"), tcerr.InvalidParameterValue},
		{"malformed VPC", to(sdk.VirtualPrivateCloud{VpcId: p("x"), SubnetId: p("y")}), sdk.INVALIDPARAMETERVALUE_VPCIDMALFORMED},
		{"no such VPC", to(sdk.VirtualPrivateCloud{VpcId: p("vpc-00000000"), SubnetId: here.SubnetId}), tcerr.InvalidParameterValue},
	} {
		if _, err := try(d, modifyInstancesVpcAttribute, row.in); codeIn(err) != row.code {
			d.Errorf("%s: got %v, want %s", row.name, err, row.code)
		}
	}
}

func TestWaysToPayForAddressesHaveWords(t *testing.T) {
	d := newDesk(t)
	for _, way := range call(d, describeInternetChargeTypeConfigs, sdk.DescribeInternetChargeTypeConfigsRequestParams{}).InternetChargeTypeConfigSet {
		if _, known := maxBandwidth(prepaid, *way.InternetChargeType); !known || *way.Description == "" {
			d.Errorf("got %+v, want one that can be bought", way)
		}
	}
}
