package cvm

import (
	"slices"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// checkBid holds what one would pay at most for a spot instance against what it costs. Without a bid, that is paid.
func checkBid(c *api.Call, o *order) error {
	if o.charge != spotpaid {
		return nil
	}
	if sold := (offer.Offer{Zone: o.zone, Type: o.kind}); !slices.Contains(sold.ChargeTypes(), spotpaid) {
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_NOINSTANCETYPESUPPORTSPOT, "The instance type `%s` is not sold as spot instances.", o.kind.Name).
			Zh("机型 `%s` 不支持竞价实例。")
	}
	market := o.in.InstanceMarketOptions
	if market == nil || market.SpotOptions == nil || market.SpotOptions.MaxPrice == nil {
		return nil
	}
	o.bid = *market.SpotOptions.MaxPrice
	most, err := strconv.ParseFloat(o.bid, 64)
	if err != nil {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, o.bid, "InstanceMarketOptions.SpotOptions.MaxPrice")
	}
	if price := offer.TypePrice(o.kind, c.Region, offer.Term{Spot: true}).Paid; most < price {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INSUFFICIENTPRICE, "The bid `%s` is lower than the price `%.4f`.", o.bid, price).
			Zh("出价 `%s` 低于当前价格 `%.4f`。")
	}
	return nil
}

// checkTopology holds the cores and threads asked for against the type: a core is two of its processors.
func checkTopology(_ *api.Call, o *order) error {
	t := o.in.CpuTopology
	switch {
	case t == nil:
		return nil
	case t.CoreCount == nil || t.ThreadPerCore == nil:
		return tcerr.New(sdk.INVALIDPARAMETER_LACKCORECOUNTORTHREADPERCORE, "`CoreCount` and `ThreadPerCore` must be specified together.").
			Zh("`CoreCount` 与 `ThreadPerCore` 必须同时指定。")
	case *t.CoreCount < 1 || *t.CoreCount > max(o.kind.CPU/2, 1):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_CORECOUNTVALUE, *t.CoreCount, "CpuTopology.CoreCount")
	case *t.ThreadPerCore != 1 && *t.ThreadPerCore != 2:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_THREADPERCOREVALUE, *t.ThreadPerCore, "CpuTopology.ThreadPerCore")
	}
	return nil
}

// checkAutomation refuses TencentCloud Automation Tools on public images on which their agent does not run.
func checkAutomation(c *api.Call, o *order) error {
	asked := o.in.EnhancedService
	if asked == nil || asked.AutomationService == nil || !or(asked.AutomationService.Enabled, false) || !lists(c, sdk.FAILEDOPERATION_TATAGENTNOTSUPPORT) {
		return nil
	}
	if o.image.Public && (o.image.Windows || o.image.Arch == offer.ARM) {
		return tcerr.New(sdk.FAILEDOPERATION_TATAGENTNOTSUPPORT, "The image `%s` does not support the TAT agent.", o.image.ID).Zh("镜像 `%s` 不支持自动化助手。")
	}
	return nil
}

func checkRole(_ *api.Call, o *order) error { return checkCamRole(or(o.in.CamRoleName, ""), nil) }
