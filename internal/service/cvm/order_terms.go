package cvm

import (
	"encoding/base64"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxCount is how many instances one call may launch. Source: document/api/213/15730.
const maxCount = 500

func checkCount(c *api.Call, o *order) error {
	n := or(o.in.InstanceCount, 1)
	if n < 1 || n > maxCount {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, n, "InstanceCount")
	}
	if o.in.MinCount != nil {
		return checkMinCount(c, o, *o.in.MinCount, n)
	}
	o.count = int(n)
	return nil
}

// checkMinCount refuses every MinCount: it is for accounts on a list, which an emulated one is not. Simulated: that the
// owner's word on it is about one that is.
func checkMinCount(c *api.Call, o *order, least, n int64) error {
	charge := or(o.in.InstanceChargeType, postpaid)
	switch {
	case least < 1 || least > n:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDPARAMETERMINCOUNT, least, "MinCount")
	case charge != postpaid:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_MINCOUNTUNSUPPORTEDCHARGETYPE, "The parameter `MinCount` is not supported with the charge type `%s`.", charge).
			Zh("计费模式 `%s` 不支持参数 `MinCount`。")
	case !c.InStock(o.zone.Name, offer.MinCount):
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_INSUFFICIENTOFFERINGMINIMUM, "The stock does not suffice for the value `%d` of the parameter `MinCount`.", least).
			Zh("库存不足，无法满足参数 `MinCount` 的取值 `%d`。")
	}
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_MINCOUNTUNSUPPORTEDREGION, "The parameter `MinCount` is not supported in the region `%s`.", o.zone.Region).
		Zh("地域 `%s` 不支持参数 `MinCount`。")
}

// periods are the months that one can pay ahead for.
var periods = []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60}

func checkCharge(_ *api.Call, o *order) error {
	o.charge = or(o.in.InstanceChargeType, postpaid)
	switch o.charge {
	case prepaid:
		return checkPrepaid(o)
	case postpaid:
		return nil
	case spotpaid:
		return checkSpot(o)
	case cdhpaid:
		if o.in.Placement == nil || len(o.in.Placement.HostIds) == 0 {
			return tcerr.Missing("Placement.HostIds")
		}
		return nil
	}
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, o.charge, "InstanceChargeType")
}

func checkPrepaid(o *order) error {
	pay := o.in.InstanceChargePrepaid
	if pay == nil {
		return tcerr.Missing("InstanceChargePrepaid")
	}
	if !slices.Contains(periods, or(pay.Period, 0)) {
		return tcerr.BadFieldValue(sdk.INVALIDPERIOD, or(pay.Period, 0), "InstanceChargePrepaid.Period")
	}
	o.period, o.renew = int(*pay.Period), or(pay.RenewFlag, renewByHand)
	return checkRenewFlag(o.renew, "InstanceChargePrepaid.RenewFlag")
}

// Flags of what happens when a prepaid period ends.
const (
	renewByItself = "NOTIFY_AND_AUTO_RENEW"
	renewByHand   = "NOTIFY_AND_MANUAL_RENEW"
	renewSilently = "DISABLE_NOTIFY_AND_MANUAL_RENEW"
)

func checkRenewFlag(flag, name string) error {
	if flag != renewByItself && flag != renewByHand && flag != renewSilently {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, flag, name)
	}
	return nil
}

func checkSpot(o *order) error {
	if here, _ := region.Find(o.zone.Region); !here.Has(region.Spot) {
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_SPOTUNSUPPORTEDREGION, "Spot instances are not supported in the region `%s`.", here.Name).
			Zh("地域 `%s` 不支持竞价实例。")
	}
	market := o.in.InstanceMarketOptions
	if market == nil {
		return nil
	}
	if or(market.MarketType, "spot") != "spot" {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *market.MarketType, "InstanceMarketOptions.MarketType")
	}
	if market.SpotOptions != nil && or(market.SpotOptions.SpotInstanceType, "one-time") != "one-time" {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *market.SpotOptions.SpotInstanceType, "InstanceMarketOptions.SpotOptions.SpotInstanceType")
	}
	return nil
}

func checkZone(c *api.Call, o *order) error {
	if o.in.Placement == nil {
		return tcerr.Missing("Placement")
	}
	name := or(o.in.Placement.Zone, "")
	zone, err := zoneHere(c, name)
	if err != nil {
		return err
	}
	o.zone = zone
	switch onHost := or(o.in.InstanceChargeType, "") == cdhpaid; {
	case onHost && !zone.Available(): // hosts are not sold there either: AllocateHosts says so
		return zoneNotSupported(zone)
	case !onHost && soldOut(c, zone):
		return zoneSoldOut(zone)
	}
	return checkProject(c, or(o.in.Placement.ProjectId, 0))
}

// maxUserData is how long user data may be before it is encoded.
const maxUserData = 16 << 10

func checkUserData(_ *api.Call, o *order) error { return checkUserDataText(or(o.in.UserData, "")) }

func checkUserDataText(data string) error {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDUSERDATAFORMAT, "The parameter `UserData` is not base64.").Zh("参数 `UserData` 不是合法的 base64 编码。")
	}
	if len(raw) > maxUserData {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_TOOLONG, "The parameter `UserData` exceeds %d bytes.", maxUserData).Zh("参数 `UserData` 超过 %d 字节。")
	}
	return nil
}

func checkNames(_ *api.Call, o *order) error {
	if name := or(o.in.InstanceName, ""); len([]rune(name)) > maxName {
		return tcerr.New(sdk.INVALIDINSTANCENAME_TOOLONG, "The instance name exceeds %d characters.", maxName).Zh("实例名称超过 %d 个字符。")
	}
	if o.in.HostName != nil {
		return checkHostName(*o.in.HostName, o.image.Windows)
	}
	return nil
}

func checkTags(_ *api.Call, o *order) (err error) {
	o.tags, err = specified(o.in.TagSpecification, "instance", tagCodes)
	return err
}

// tagCodes are how CVM refuses tags.
var tagCodes = tag.Codes{
	Key: sdk.FAILEDOPERATION_ILLEGALTAGKEY, Value: sdk.FAILEDOPERATION_ILLEGALTAGVALUE, Reserved: sdk.FAILEDOPERATION_TAGKEYRESERVED,
	Quota: sdk.INVALIDPARAMETERVALUE_TAGQUOTALIMITEXCEEDED, Duplicate: sdk.INVALIDPARAMETERVALUE_DUPLICATETAGS,
}

// checkUnoffered refuses what needs hardware, a contract or a list that no emulated account has, by the cloud's own codes.
func checkUnoffered(_ *api.Call, o *order) error {
	in := o.in
	switch {
	case len(in.ChcIds) > 0 && !chcID.fits(or(in.ChcIds[0], "")):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, or(in.ChcIds[0], ""), "ChcIds")
	case len(in.ChcIds) > 0:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, "The specified CHC hosts `%s` do not exist.", or(in.ChcIds[0], "")).Zh("CHC 物理服务器 `%s` 不存在。")
	case or(in.DedicatedClusterId, "") != "" && o.charge != prepaid && o.charge != postpaid:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_DEDICATEDCLUSTERNOTSUPPORTEDCHARGETYPE, "Dedicated clusters do not support the charge type `%s`.", o.charge).
			Zh("专属集群不支持计费模式 `%s`。")
	case or(in.DedicatedClusterId, "") != "" && in.VirtualPrivateCloud != nil: // no subnet here is in a cluster
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_NOTCDCSUBNET, "The subnet `%s` is in no dedicated cluster.", or(in.VirtualPrivateCloud.SubnetId, "")).
			Zh("子网 `%s` 不是专属集群子网。")
	case or(in.DedicatedClusterId, "") != "":
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.DedicatedClusterId, "DedicatedClusterId")
	case in.Metadata != nil:
		return special("Metadata")
	case len(in.NetworkInterfaces) > 0:
		return special("NetworkInterfaces")
	case or(in.EnableJumboFrame, false):
		return noJumboFrames(o.kind.Name)
	}
	return nil
}

func noJumboFrames(kind string) error {
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCETYPENOTSUPPORTJUMBOFRAME, "The instance type `%s` does not support jumbo frames.", kind).
		Zh("机型 `%s` 不支持巨型帧。")
}

func special(name string) error {
	return tcerr.New(sdk.INVALIDPARAMETER_SPECIALPARAMETERFORSPECIALACCOUNT, "The parameter `%s` is only for special accounts.", name).
		Zh("参数 `%s` 仅对特定账号开放。")
}
