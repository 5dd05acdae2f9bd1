package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// rebandwidth is what becomes of the bandwidth of public addresses.
type rebandwidth struct {
	mbps       int64
	start, end time.Time // of bandwidth paid ahead; zero for others
}

// resetInstancesInternetMaxBandwidth changes the bandwidth of instances' public addresses; nothing else of
// InternetAccessible is read. Bandwidth paid ahead grows from StartTime to EndTime, both of which it needs.
func resetInstancesInternetMaxBandwidth(c *api.Call, in *sdk.ResetInstancesInternetMaxBandwidthRequestParams) (*sdk.ResetInstancesInternetMaxBandwidthResponseParams, error) {
	found, err := admit(c, in.InstanceIds, bounds{})
	if err != nil {
		return nil, err
	}
	to, err := readBandwidth(c, found, in)
	if err != nil {
		return nil, fit(c, err)
	}
	for _, t := range found {
		to.apply(c, t)
	}
	return &sdk.ResetInstancesInternetMaxBandwidthResponseParams{}, nil
}

// readBandwidth checks a change of bandwidth against the instances that it is for, which must all pay alike.
func readBandwidth(c *api.Call, found []target, in *sdk.ResetInstancesInternetMaxBandwidthRequestParams) (to rebandwidth, err error) {
	if in.InternetAccessible.InternetMaxBandwidthOut == nil {
		return to, tcerr.Missing("InternetAccessible.InternetMaxBandwidthOut")
	}
	if id := in.InternetAccessible.BandwidthPackageId; id != nil {
		if !bandwidthPackageID.fits(*id) && lists(c, sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGEIDMALFORMED) {
			return to, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGEIDMALFORMED, *id, "InternetAccessible.BandwidthPackageId")
		}
		return to, tcerr.New(sdk.UNSUPPORTEDOPERATION_BANDWIDTHPACKAGEIDNOTSUPPORTED, "The parameter `%s` is not supported here.", "BandwidthPackageId").
			Zh("此处不支持参数 `%s`。")
	}
	to.mbps = *in.InternetAccessible.InternetMaxBandwidthOut
	internet, err := publicOf(c, found[0])
	if err != nil {
		return to, err
	}
	for _, t := range found {
		other, err := publicOf(c, t)
		switch {
		case err != nil:
			return to, err
		case other.Charge != internet.Charge:
			return to, tcerr.New(sdk.INVALIDPARAMETERVALUE, "The instances `%s` and `%s` pay for bandwidth in different ways.", found[0].id, t.id).
				Zh("实例 `%s` 与 `%s` 的网络计费模式不同，不能同时操作。")
		case len(found) > 1 && (internet.Charge == byBandwidth || internet.Charge == byBandwidthAhead):
			return to, tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `InstanceIds` `%d` exceeds the limit `%d`.", len(found), 1).
				Zh("`InstanceIds` 的数量 `%d` 超过上限 `%d`。")
		}
		if most, _ := maxBandwidth(t.Charge, internet.Charge); to.mbps < 0 || to.mbps > most {
			return to, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, to.mbps, "InternetAccessible.InternetMaxBandwidthOut")
		}
	}
	if internet.Charge != byBandwidthAhead {
		if in.StartTime != nil || in.EndTime != nil {
			return to, tcerr.New(listedCode(c, sdk.INVALIDPARAMETERCOMBINATION, sdk.INVALIDPARAMETER), "`StartTime` and `EndTime` are only for bandwidth of the charge type `%s`.", byBandwidthAhead).
				Zh("`StartTime` 与 `EndTime` 仅适用于网络计费模式 `%s`。")
		}
		return to, nil
	}
	if to.mbps < int64(internet.Bandwidth) {
		return to, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, to.mbps, "InternetAccessible.InternetMaxBandwidthOut")
	}
	to.start, to.end, err = readDays(c, found[0], in.StartTime, in.EndTime)
	return to, err
}

// publicOf is how an instance reaches the world by its public address, which it must have.
func publicOf(c *api.Call, t target) (vpc.Internet, error) {
	a := network(c, t.id)
	if a.Internet.Charge == "" {
		return a.Internet, tcerr.New(sdk.FAILEDOPERATION_NOTFOUNDEIP, "The instance `%s` has no public IP address.", t.id).Zh("实例 `%s` 没有公网 IP。")
	}
	return a.Internet, nil
}

// readDays reads from which day to which, both included, a bandwidth paid ahead holds.
func readDays(c *api.Call, t target, from, to *string) (start, end time.Time, err error) {
	if from == nil {
		return start, end, tcerr.Missing("StartTime")
	}
	if to == nil {
		return start, end, tcerr.Missing("EndTime")
	}
	y, m, d := c.Now.In(beijing).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, beijing)
	if start, err = time.ParseInLocation(time.DateOnly, *from, beijing); err != nil || start.Before(today) {
		return start, end, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *from, "StartTime")
	}
	last, err := time.ParseInLocation(time.DateOnly, *to, beijing)
	if err != nil || last.Before(start) || last.After(t.until(c.Now)) {
		return start, end, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *to, "EndTime")
	}
	return start, last.AddDate(0, 0, 1), nil
}

// apply changes one instance's bandwidth: at once, or for as long as is paid for it.
func (to rebandwidth) apply(c *api.Call, t target) {
	was := network(c, t.id).Internet.Bandwidth
	succeed(c, t.id, nil)
	if to.start.IsZero() {
		vpc.SetBandwidth(c, c.Now, t.id, int(to.mbps))
		edit(c, c.Now, t.id, func(i *Instance) { i.Bandwidth = int(to.mbps) })
		return
	}
	vpc.SetBandwidth(c, to.start, t.id, int(to.mbps))
	if to.end.Before(t.until(c.Now)) {
		vpc.SetBandwidth(c, to.end, t.id, was)
	}
}

// describeInstanceInternetBandwidthConfigs shows the bandwidth of an instance's public address and how long it holds:
// what is not paid ahead has no end.
func describeInstanceInternetBandwidthConfigs(c *api.Call, in *sdk.DescribeInstanceInternetBandwidthConfigsRequestParams) (*sdk.DescribeInstanceInternetBandwidthConfigsResponseParams, error) {
	found, err := lookup(c, []*string{in.InstanceId}, 1)
	if err != nil {
		return nil, err
	}
	t := found[0]
	if t.State == stateLaunchFailed {
		return nil, notSupported(t.id)
	}
	internet, err := publicOf(c, t)
	if err != nil {
		return nil, err
	}
	config := &sdk.InternetBandwidthConfig{
		StartTime: new(iso(t.Created)), EndTime: new(""),
		InternetAccessible: &sdk.InternetAccessible{
			InternetChargeType: &internet.Charge, InternetMaxBandwidthOut: new(int64(internet.Bandwidth)), PublicIpAssigned: new(true),
		},
	}
	if internet.Package != "" {
		config.InternetAccessible.BandwidthPackageId = &internet.Package
	}
	if t.Charge == prepaid {
		config.EndTime = new(iso(t.until(c.Now).Unix()))
	}
	return &sdk.DescribeInstanceInternetBandwidthConfigsResponseParams{InternetBandwidthConfigSet: []*sdk.InternetBandwidthConfig{config}}, nil
}

// describeInternetChargeTypeConfigs lists the ways to pay for a public address.
func describeInternetChargeTypeConfigs(c *api.Call, _ *sdk.DescribeInternetChargeTypeConfigsRequestParams) (*sdk.DescribeInternetChargeTypeConfigsResponseParams, error) {
	out := &sdk.DescribeInternetChargeTypeConfigsResponseParams{}
	for _, way := range []struct{ charge, english, chinese string }{
		{byBandwidthAhead, "Bandwidth, monthly subscription", "包年包月带宽"},
		{byTraffic, "Traffic, billed by the hour", "按小时流量计费"},
		{byBandwidth, "Bandwidth, billed by the hour", "按小时带宽计费"},
		{byPackage, "Bandwidth package", "带宽包"},
	} {
		text := way.english
		if c.Chinese() {
			text = way.chinese
		}
		out.InternetChargeTypeConfigSet = append(out.InternetChargeTypeConfigSet, &sdk.InternetChargeTypeConfig{InternetChargeType: &way.charge, Description: &text})
	}
	return out, nil
}
