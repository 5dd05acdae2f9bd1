package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Inquiries answer what something would cost. They check what the action itself checks, as far as it bears on the price,
// and take their prices from the books that the catalogue is made of: offer for machines and addresses, cbs for disks.

// maxInquired is how many instances one inquiry may be about. Source: the parameter's documentation.
const maxInquired = 100

// inquiryPriceRunInstances is the price of instances that one might launch, all of them together.
func inquiryPriceRunInstances(c *api.Call, in *sdk.InquiryPriceRunInstancesRequestParams) (*sdk.InquiryPriceRunInstancesResponseParams, error) {
	if n := or(in.InstanceCount, 1); n > maxInquired {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, n, "InstanceCount")
	}
	if n := len(or(in.ClientToken, "")); n > 64 { // of no use here, but checked
		return nil, tcerr.New(sdk.INVALIDCLIENTTOKEN_TOOLONG, "The specified ClientToken exceeds the maximum length of 64 characters, it has %d.", n).
			Zh("指定的 ClientToken 长度为 %d，超过 64 个字符。")
	}
	o, err := inquire(c, &sdk.RunInstancesRequestParams{
		Placement: in.Placement, ImageId: in.ImageId, InstanceChargeType: in.InstanceChargeType, InstanceChargePrepaid: in.InstanceChargePrepaid,
		InstanceType: in.InstanceType, SystemDisk: in.SystemDisk, DataDisks: in.DataDisks, InternetAccessible: in.InternetAccessible,
		InstanceCount: in.InstanceCount, InstanceName: in.InstanceName, LoginSettings: in.LoginSettings, HostName: in.HostName,
		TagSpecification: in.TagSpecification, InstanceMarketOptions: in.InstanceMarketOptions, Metadata: in.Metadata,
		HpcClusterId: in.HpcClusterId, CpuTopology: in.CpuTopology, LaunchTemplate: in.LaunchTemplate, NetworkInterfaces: in.NetworkInterfaces,
		VirtualPrivateCloud: in.VirtualPrivateCloud, SecurityGroupIds: in.SecurityGroupIds, EnhancedService: in.EnhancedService,
	})
	if err != nil {
		return nil, err
	}
	return &sdk.InquiryPriceRunInstancesResponseParams{Price: o.price(c)}, nil
}

// price is what all instances of an order cost.
func (o *order) price(c *api.Call) *sdk.Price {
	b := bill{term: offer.TermOf(o.charge, o.period)}
	var disks []cbs.Goods
	for _, s := range append(o.data[:len(o.data):len(o.data)], o.system) {
		disks = append(disks, cbs.Goods{Type: s.Type, Size: s.Size, Throughput: s.Throughput})
	}
	b.add(o.kind, disks, c.Region)
	b.machine = b.machine.Times(float64(o.count))
	for range o.count {
		b.online(o.internet, c.Region)
	}
	return b.price()
}

// inquiryPriceResetInstance is the price of a system disk that grows when an instance is installed anew.
func inquiryPriceResetInstance(c *api.Call, in *sdk.InquiryPriceResetInstanceRequestParams) (*sdk.InquiryPriceResetInstanceResponseParams, error) {
	found, err := inquired(c, []*string{in.InstanceId}, 1)
	if err != nil {
		return nil, err
	}
	t := found[0]
	r, err := reinstall(c, t, &sdk.ResetInstanceRequestParams{
		InstanceId: in.InstanceId, ImageId: in.ImageId, SystemDisk: in.SystemDisk, LoginSettings: in.LoginSettings, UserData: in.UserData,
	})
	if err != nil {
		return nil, fit(c, err)
	}
	id, disk, _ := cbs.SystemOf(c.Tx, t.id)
	return &sdk.InquiryPriceResetInstanceResponseParams{Price: growthPrice(c, growth{t, id, disk, max(r.size, disk.Size)})}, nil
}

// growthPrice is what an instance costs once one of its disks has grown.
func growthPrice(c *api.Call, g growth) *sdk.Price {
	was := bill{term: g.term()}
	was.add(g.kind(), disksOf(c, g.id, noDisk), c.Region)
	is := was
	larger := goods(g.row)
	larger.Size = g.size
	is.machine = is.machine.Minus(offer.DiskPrice(goods(g.row), c.Region, is.term)).Add(offer.DiskPrice(larger, c.Region, is.term))
	return rest(is.term, was.machine, is.machine, g.left(c.Now))
}

// inquiryPriceResizeInstanceDisks is the price of a disk that grows.
func inquiryPriceResizeInstanceDisks(c *api.Call, in *sdk.InquiryPriceResizeInstanceDisksRequestParams) (*sdk.InquiryPriceResizeInstanceDisksResponseParams, error) {
	g, err := readGrowth(c, &sdk.ResizeInstanceDisksRequestParams{
		InstanceId: in.InstanceId, DataDisks: in.DataDisks, ForceStop: in.ForceStop, SystemDisk: in.SystemDisk, ResizeOnline: in.ResizeOnline,
	}, bounds{busy: true})
	if err != nil {
		return nil, fit(c, err)
	}
	if !c.InStock(g.Zone, g.row.Type) {
		return nil, tcerr.New(sdk.RESOURCEINSUFFICIENT_CLOUDDISKUNAVAILABLE, "The disk type `%s` is sold out in the zone.", g.row.Type).Zh("云盘类型 `%s` 在该可用区已售罄。")
	}
	return &sdk.InquiryPriceResizeInstanceDisksResponseParams{Price: growthPrice(c, g)}, nil
}

// inquiryPriceResetInstancesType is the price of an instance of another type.
func inquiryPriceResetInstancesType(c *api.Call, in *sdk.InquiryPriceResetInstancesTypeRequestParams) (*sdk.InquiryPriceResetInstancesTypeResponseParams, error) {
	found, err := inquired(c, in.InstanceIds, 1)
	if err != nil {
		return nil, err
	}
	t := found[0]
	kind, err := retype(c, t, *in.InstanceType)
	if err != nil {
		return nil, fit(c, err)
	}
	if t.Restrict == expired && t.Charge == prepaid {
		return nil, refundless(t)
	}
	was, is := bill{term: t.term()}, bill{term: t.term()}
	disks := disksOf(c, t.id, noDisk)
	was.add(t.kind(), disks, c.Region)
	is.add(kind, disks, c.Region)
	return &sdk.InquiryPriceResetInstancesTypeResponseParams{Price: rest(is.term, was.machine, is.machine, t.left(c.Now))}, nil
}

// refundless refuses to price the refund of what has expired.
func refundless(t target) error {
	return tcerr.New(sdk.FAILEDOPERATION_INQUIRYREFUNDPRICEFAILED, "The price of the refund of the instance `%s` is not found: it has expired.", t.id).
		Zh("查询实例 `%s` 的退换价格失败：实例已过期。")
}

// inquired finds the instances that an inquiry is about.
func inquired(c *api.Call, ids []*string, most int) ([]target, error) {
	return admit(c, ids, bounds{max: most, allowed: true, paused: true, busy: true})
}

// inquiryPriceRenewInstances is the price of more months, all instances together.
func inquiryPriceRenewInstances(c *api.Call, in *sdk.InquiryPriceRenewInstancesRequestParams) (*sdk.InquiryPriceRenewInstancesResponseParams, error) {
	if pay := in.InstanceChargePrepaid; pay != nil && or(pay.Period, 1) < 1 { // Simulated: no months, against months that are not sold
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, *pay.Period, "InstanceChargePrepaid.Period")
	}
	months, _, err := readPrepaid(in.InstanceChargePrepaid)
	if err != nil {
		return nil, err
	}
	found, err := inquired(c, in.InstanceIds, maxInquired)
	if err != nil {
		return nil, err
	}
	if err := checkBackups(c, found, or(in.RenewPortableDataDisk, true)); err != nil {
		return nil, err
	}
	which := prepaidDisk
	if !or(in.RenewPortableDataDisk, true) {
		which = noDisk
	}
	b := bill{term: offer.TermOf(prepaid, months)}
	for _, t := range found {
		if t.Charge != prepaid {
			return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INSTANCENOTSUPPORTEDMIXPRICINGMODEL, "The instance `%s` is not prepaid.", t.id).
				Zh("实例 `%s` 不是包年包月实例。")
		}
		b.add(t.kind(), disksOf(c, t.id, which), c.Region)
		b.online(network(c, t.id).Internet, c.Region)
	}
	return &sdk.InquiryPriceRenewInstancesResponseParams{Price: b.price()}, nil
}

// inquiryPriceModifyInstancesChargeType is the price of instances in another way to pay.
func inquiryPriceModifyInstancesChargeType(c *api.Call, in *sdk.InquiryPriceModifyInstancesChargeTypeRequestParams) (*sdk.InquiryPriceModifyInstancesChargeTypeResponseParams, error) {
	to, err := readCharge(&sdk.ModifyInstancesChargeTypeRequestParams{
		InstanceChargeType: in.InstanceChargeType, InstanceChargePrepaid: in.InstanceChargePrepaid, ModifyPortableDataDisk: in.ModifyPortableDataDisk,
	})
	if err != nil {
		return nil, err
	}
	found, err := admitCharge(c, in.InstanceIds, to, bounds{max: maxInquired, busy: true})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if t.Charge == prepaid && (t.Restrict == expired || t.State == stateShutdown) { // nothing of what was paid is left to come back
			return nil, refundless(t)
		}
	}
	which := noDisk
	if to.portable {
		which = anyDisk
	}
	b := bill{term: offer.TermOf(to.kind, to.months)}
	for _, t := range found {
		b.add(t.kind(), disksOf(c, t.id, which), c.Region)
		net := network(c, t.id).Internet
		net.Charge = t.internetCharge(to.kind)
		b.online(net, c.Region)
	}
	return &sdk.InquiryPriceModifyInstancesChargeTypeResponseParams{Price: b.price()}, nil
}

// inquiryPriceResetInstancesInternetMaxBandwidth is the price of another bandwidth: what it costs then, and of one paid
// ahead what comes on top for the days asked for.
func inquiryPriceResetInstancesInternetMaxBandwidth(c *api.Call, in *sdk.InquiryPriceResetInstancesInternetMaxBandwidthRequestParams) (*sdk.InquiryPriceResetInstancesInternetMaxBandwidthResponseParams, error) {
	found, err := inquired(c, in.InstanceIds, maxInquired)
	if err != nil {
		return nil, err
	}
	to, err := readBandwidth(c, found, &sdk.ResetInstancesInternetMaxBandwidthRequestParams{
		InstanceIds: in.InstanceIds, InternetAccessible: in.InternetAccessible, StartTime: in.StartTime, EndTime: in.EndTime,
	})
	if err != nil {
		return nil, fit(c, err)
	}
	b := bill{term: found[0].term()}
	for _, t := range found {
		net := network(c, t.id).Internet
		was := offer.InternetPrice(net.Charge, int64(net.Bandwidth), c.Region, b.term)
		net.Bandwidth = int(to.mbps)
		b.online(net, c.Region)
		if !to.start.IsZero() {
			b.internet = b.internet.Minus(was).Times(to.end.Sub(to.start).Hours() / monthHours)
		}
	}
	return &sdk.InquiryPriceResetInstancesInternetMaxBandwidthResponseParams{Price: b.price()}, nil
}

// inquiryPriceTerminateInstances is what comes back when instances are given back: of prepaid ones the months that are
// left, of others nothing.
func inquiryPriceTerminateInstances(c *api.Call, in *sdk.InquiryPriceTerminateInstancesRequestParams) (*sdk.InquiryPriceTerminateInstancesResponseParams, error) {
	found, err := inquired(c, in.InstanceIds, maxInquired)
	if err != nil {
		return nil, err
	}
	if err := checkAlike(found); err != nil {
		return nil, err
	}
	if err := checkReturns(c, found); err != nil {
		return nil, err
	}
	out := &sdk.InquiryPriceTerminateInstancesResponseParams{}
	for _, t := range found {
		if t.Isolated == byExpiry {
			return nil, refundless(t)
		}
		refund := offer.Amount{}
		if t.Charge == prepaid && t.State != stateShutdown {
			b := bill{term: t.term()}
			b.add(t.kind(), disksOf(c, t.id, prepaidDisk), c.Region)
			refund = b.machine.Times(t.left(c.Now))
		}
		out.InstanceRefundsSet = append(out.InstanceRefundsSet, &sdk.InstanceRefund{
			InstanceId: &t.id, Refunds: refund.Item(t.term()).DiscountPrice, PriceDetail: new("[]"),
		})
	}
	return out, nil
}
