package cvm

import (
	"errors"
	"net/netip"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// CHC is machines of the customer's own, hosted by the cloud. No emulated account has one, so whatever an action names
// is not there; that is said once the rest of the request is in order.

var chcID = shape("chc")

// chcHosts reads the machines that a request names, to find that they are not there.
func chcHosts(c *api.Call, ids []*string) error {
	if len(ids) == 0 {
		return tcerr.Missing("ChcIds")
	}
	if len(ids) > maxBatch {
		return tcerr.New(listedCode(c, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, sdk.INVALIDPARAMETERVALUE),
			"The number of `ChcIds` `%d` exceeds the limit `%d`.", len(ids), maxBatch).Zh("`ChcIds` 的数量 `%d` 超过上限 `%d`。")
	}
	for _, id := range ids {
		if !chcID.fits(or(id, "")) {
			return badFormat(c, or(id, ""), "ChcIds")
		}
	}
	return tcerr.New(sdk.INVALIDPARAMETERVALUE_CHCHOSTSNOTFOUND, "The specified CHC hosts `%s` do not exist.", *ids[0]).Zh("CHC 物理服务器 `%s` 不存在。")
}

func badFormat(c *api.Call, value, name string) error {
	return tcerr.BadFieldValue(listedCode(c, sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT, sdk.INVALIDPARAMETERVALUE), value, name)
}

// checkChcNetwork refuses a network that cannot be one, for so many machines.
func checkChcNetwork(c *api.Call, machines int, net *sdk.VirtualPrivateCloud, groups []*string) error {
	if net == nil {
		return nil
	}
	if id := or(net.VpcId, ""); !vpcForm.fits(id) {
		return badFormat(c, id, "VpcId")
	}
	if id := or(net.SubnetId, ""); !subnetForm.fits(id) {
		return tcerr.BadFieldValue(listedCode(c, sdk.INVALIDPARAMETERVALUE_SUBNETIDMALFORMED, sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT), id, "SubnetId")
	}
	if n := len(net.PrivateIpAddresses); n > 0 && n != machines {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_AMOUNTNOTEQUAL, n, "PrivateIpAddresses")
	}
	for _, ip := range net.PrivateIpAddresses {
		if _, err := netip.ParseAddr(or(ip, "")); err != nil {
			return tcerr.BadFieldValue(listedCode(c, sdk.INVALIDPARAMETERVALUE_IPADDRESSMALFORMED, sdk.INVALIDPARAMETERVALUE_INCORRECTFORMAT), or(ip, ""), "PrivateIpAddresses")
		}
	}
	for _, id := range groups {
		if !securityGroupID.fits(or(id, "")) {
			return badFormat(c, or(id, ""), "SecurityGroupIds")
		}
	}
	return checkChcAddresses(c, machines, net)
}

// checkChcAddresses refuses addresses that a subnet does not have to give, to so many machines. A subnet that is not
// there has none to refuse. Simulated: the actions have no code for it.
func checkChcAddresses(c *api.Call, machines int, net *sdk.VirtualPrivateCloud) error {
	if len(net.PrivateIpAddresses) == 0 && vpc.Vacant(c.Tx, *net.SubnetId) < machines {
		code := listedCode(c, sdk.LIMITEXCEEDED_VPCSUBNETNUM, sdk.INVALIDPARAMETERVALUE)
		return tcerr.New(code, "The subnet `%s` has fewer than `%d` addresses left.", *net.SubnetId, machines).Zh("子网 `%s` 的可用 IP 不足 `%d` 个。")
	}
	for _, p := range net.PrivateIpAddresses {
		ip := or(p, "")
		switch err := vpc.CheckAddress(c.Tx, *net.SubnetId, ip); {
		case err == nil:
		case errors.Is(err, vpc.AddressTaken):
			return tcerr.New(sdk.VPCIPISUSED, "The address `%s` is in use.", ip).Zh("IP 地址 `%s` 已被使用。")
		default:
			return tcerr.New(sdk.VPCADDRNOTINSUBNET, "The address `%s` is not in the subnet `%s`.", ip, *net.SubnetId).Zh("IP 地址 `%s` 不在子网 `%s` 内。")
		}
	}
	return nil
}

// chcBoots are how a machine can be booted.
var chcBoots = []string{"x86_legacy", "x86_uefi", "arm_uefi"}

func checkChcBoot(c *api.Call, in *sdk.ChcDeployExtraConfig) error {
	if in == nil {
		return nil
	}
	if !slices.Contains([]string{"public", "private"}, or(in.MiniOsType, "public")) {
		return badFormat(c, *in.MiniOsType, "ChcDeployExtraConfig.MiniOsType")
	}
	if !slices.Contains(chcBoots, or(in.BootType, chcBoots[0])) {
		return badFormat(c, *in.BootType, "ChcDeployExtraConfig.BootType")
	}
	if or(in.BootFile, "pxelinux.0") == "" {
		return badFormat(c, *in.BootFile, "ChcDeployExtraConfig.BootFile")
	}
	if _, err := netip.ParseAddr(or(in.NextServerAddress, "127.0.0.1")); err != nil {
		return badFormat(c, *in.NextServerAddress, "ChcDeployExtraConfig.NextServerAddress")
	}
	return nil
}

// configureChcAssistVpc gives machines a management and a deployment network.
func configureChcAssistVpc(c *api.Call, in *sdk.ConfigureChcAssistVpcRequestParams) (*sdk.ConfigureChcAssistVpcResponseParams, error) {
	if err := checkChcNetwork(c, len(in.ChcIds), in.BmcVirtualPrivateCloud, in.BmcSecurityGroupIds); err != nil {
		return nil, err
	}
	if err := checkChcNetwork(c, len(in.ChcIds), in.DeployVirtualPrivateCloud, in.DeploySecurityGroupIds); err != nil {
		return nil, err
	}
	if err := checkChcBoot(c, in.ChcDeployExtraConfig); err != nil {
		return nil, err
	}
	return nil, chcHosts(c, in.ChcIds)
}

// configureChcDeployVpc gives machines a deployment network.
func configureChcDeployVpc(c *api.Call, in *sdk.ConfigureChcDeployVpcRequestParams) (*sdk.ConfigureChcDeployVpcResponseParams, error) {
	if err := checkChcNetwork(c, len(in.ChcIds), in.DeployVirtualPrivateCloud, in.DeploySecurityGroupIds); err != nil {
		return nil, err
	}
	if err := checkChcBoot(c, in.ChcDeployExtraConfig); err != nil {
		return nil, err
	}
	return nil, chcHosts(c, in.ChcIds)
}

// removeChcAssistVpc takes machines' management and deployment networks away.
func removeChcAssistVpc(c *api.Call, in *sdk.RemoveChcAssistVpcRequestParams) (*sdk.RemoveChcAssistVpcResponseParams, error) {
	return nil, chcHosts(c, in.ChcIds)
}

// removeChcDeployVpc takes machines' deployment networks away.
func removeChcDeployVpc(c *api.Call, in *sdk.RemoveChcDeployVpcRequestParams) (*sdk.RemoveChcDeployVpcResponseParams, error) {
	return nil, chcHosts(c, in.ChcIds)
}

// modifyChcNetworkMode switches machines between their networks.
func modifyChcNetworkMode(c *api.Call, in *sdk.ModifyChcNetworkModeRequestParams) (*sdk.ModifyChcNetworkModeResponseParams, error) {
	if mode := *in.NetworkMode; mode != "DEPLOY" && mode != "BUSINESS" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, mode, "NetworkMode")
	}
	return nil, chcHosts(c, in.ChcIds)
}

// Forms of the user and password of a machine's management.
var (
	bmcUser     = formOf(`^[A-Za-z0-9_-]+$`)
	bmcPassword = formOf(`^[!-~]{8,16}$`)
)

// modifyChcAttribute changes what machines are called and who manages them.
func modifyChcAttribute(c *api.Call, in *sdk.ModifyChcAttributeRequestParams) (*sdk.ModifyChcAttributeResponseParams, error) {
	switch {
	case or(in.InstanceName, "x") == "":
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_NOTEMPTY, "", "InstanceName")
	case or(in.DeviceType, "x") == "":
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_NOTEMPTY, "", "DeviceType")
	case in.BmcUser != nil && !bmcUser.fits(*in.BmcUser):
		return nil, badFormat(c, *in.BmcUser, "BmcUser")
	case in.Password != nil && !bmcPassword.fits(*in.Password):
		return nil, tcerr.New(sdk.INVALIDPASSWORD, "The specified password is invalid.").Zh("密码不合法。")
	}
	for _, id := range in.BmcSecurityGroupIds {
		if !vpc.SecurityGroupExists(c.Tx, or(id, "")) {
			return nil, addressFault(vpc.GroupMissing, or(id, ""))
		}
	}
	return nil, chcHosts(c, in.ChcIds)
}
