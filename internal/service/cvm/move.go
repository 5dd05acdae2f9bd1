package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// modifyInstancesVpcAttribute puts instances into another subnet of their zone, or gives them other addresses in their
// own. Those that run are stopped and started again, unless ForceStop is false, which refuses them.
func modifyInstancesVpcAttribute(c *api.Call, in *sdk.ModifyInstancesVpcAttributeRequestParams) (*sdk.ModifyInstancesVpcAttributeResponseParams, error) {
	found, err := admit(c, in.InstanceIds, bounds{allowed: or(in.ForceStop, true)})
	if err != nil {
		return nil, err
	}
	ips := in.VirtualPrivateCloud.PrivateIpAddresses
	if len(ips) > 0 && len(ips) != len(found) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, len(ips), "VirtualPrivateCloud.PrivateIpAddresses")
	}
	for _, t := range found {
		if err := movable(c, t, or(in.VirtualPrivateCloud.VpcId, "")); err != nil {
			return nil, err
		}
	}
	for i, t := range found {
		ip := ""
		if len(ips) > 0 {
			ip = or(ips[i], "")
		}
		if err := move(c, t, in, ip); err != nil {
			return nil, fit(c, err)
		}
	}
	return &sdk.ModifyInstancesVpcAttributeResponseParams{}, nil
}

// movable refuses instances that cannot leave their network.
func movable(c *api.Call, t target, vpcID string) error {
	if t.Charge == spotpaid { // Simulated: like all else that takes a spot instance apart
		return wrongCharge(t)
	}
	if vpc.Cards(c.Tx, t.id) > 1 && vpcID == t.VpcID {
		return tcerr.New(sdk.ENINOTALLOWEDCHANGESUBNET, "The elastic network interfaces of the instance `%s` can not change their subnet.", t.id).
			Zh("实例 `%s` 绑定的弹性网卡不允许跨子网操作。")
	}
	if vpc.Cards(c.Tx, t.id) > 1 {
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_ELASTICNETWORKINTERFACE, "The instance `%s` has elastic network interfaces bound.", t.id).
			Zh("实例 `%s` 绑定了弹性网卡，不支持该操作。")
	}
	if len(network(c, t.id).IPv6) > 0 {
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_IPV6NOTSUPPORTVPCMIGRATE, "The instance `%s` has IPv6 addresses, which can not be moved.", t.id).
			Zh("实例 `%s` 绑定了 IPv6 地址，不支持迁移。")
	}
	return nil
}

// move puts one instance where the request says. Its addresses change at once, so that nothing can take the new one.
func move(c *api.Call, t target, in *sdk.ModifyInstancesVpcAttributeRequestParams, ip string) error {
	vpcID, subnetID := or(in.VirtualPrivateCloud.VpcId, ""), or(in.VirtualPrivateCloud.SubnetId, "")
	to, err := vpc.Place(c, t.Zone, vpcID, subnetID)
	if err != nil {
		return placeFault(err, vpcID, subnetID, t.Zone)
	}
	if err := vpc.Move(c, t.id, to, ip); err != nil {
		return wrongForm(addressFault(err, ip), ip)
	}
	if err := vpc.GiveIPv6(c, t.id, ipv6Count(in.VirtualPrivateCloud)); err != nil {
		return addressFault(err, "")
	}
	cycle(c, t, nil)
	edit(c, c.Now, t.id, func(i *Instance) {
		i.VpcID, i.SubnetID = to.VPC, to.Subnet
		i.alter(func(t *traits) { t.Gateway = or(in.VirtualPrivateCloud.AsVpcGateway, t.Gateway) })
		if !or(in.ReserveHostName, true) {
			i.HostName = hostName("", 0, 1, network(c, t.id).Private[0], i.OSName)
		}
	})
	return nil
}

var quad = formOf(`^\d+\.\d+\.\d+\.\d+$`)

// wrongForm tells an address that is no four numbers from one whose numbers are too large. Simulated: which code is for which.
func wrongForm(err error, ip string) error {
	if e := tcerr.Of(err); e != nil && e.Code == sdk.INVALIDPARAMETER_INVALIDIPFORMAT && !quad.fits(ip) {
		e.Code = sdk.INVALIDPARAMETERVALUE_INVALIDIPFORMAT
	}
	return err
}
