// Package vpc is the private network: VPCs and their subnets, route tables, security groups, network cards, public addresses.
//
// Instances stand on it. What cvm needs of it are the exported functions, on the transaction of the call.
package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

const version20170312 = "2017-03-12"

// Service is the product vpc.
var Service = api.Service{
	Name: "vpc", Version: version20170312,
	Tokens: api.TokenCodes{TooLong: sdk.INVALIDPARAMETERVALUE_TOOLONG, Mismatch: sdk.UNSUPPORTEDOPERATION_IDEMPOTENTPARAMETERMISMATCH},
	Actions: slices.Concat(
		networkActions(), routeActions(), groupActions(), cardActions(), addressActions(), natActions(), templateActions(), aclActions(), packageActions(), leaseActions(), ipv6Actions(), limitActions(), flowLogActions(),
	),
}

func networkActions() []api.Action {
	return []api.Action{
		write(createVpc), read(describeVpcs), write(modifyVpcAttribute), write(deleteVpc), write(createDefaultVpc), read(checkDefaultSubnet),
		write(createAssistantCidr), write(modifyAssistantCidr), write(deleteAssistantCidr), read(checkAssistantCidr),
		read(describeAssistantCidr),
		write(createSubnet), write(createSubnets), read(describeSubnets), write(modifySubnetAttribute), write(deleteSubnet),
		read(describeUsedIpAddress), read(describeVpcPrivateIpAddresses), read(describeVpcTaskResult),
	}
}

func routeActions() []api.Action {
	return []api.Action{
		write(createRouteTable), read(describeRouteTables), write(modifyRouteTableAttribute), write(deleteRouteTable),
		write(replaceRouteTableAssociation),
		write(createRoutes), write(deleteRoutes), write(replaceRoutes), write(resetRoutes), write(enableRoutes),
		write(disableRoutes), read(describeRouteList), read(describeRouteConflicts),
	}
}

func groupActions() []api.Action {
	return []api.Action{
		write(createSecurityGroup), write(createSecurityGroupWithPolicies), write(createDefaultSecurityGroup),
		write(cloneSecurityGroup), read(describeSecurityGroups), write(modifySecurityGroupAttribute), write(deleteSecurityGroup),
		write(createSecurityGroupPolicies), read(describeSecurityGroupPolicies), write(modifySecurityGroupPolicies),
		write(replaceSecurityGroupPolicy), write(replaceSecurityGroupPolicies), write(deleteSecurityGroupPolicies),
		read(describeSecurityGroupAssociationStatistics), read(describeSecurityGroupReferences), read(describeSecurityGroupLimits),
	}
}

func cardActions() []api.Action {
	return []api.Action{
		write(createNetworkInterface), write(createAndAttachNetworkInterface), read(describeNetworkInterfaces),
		write(modifyNetworkInterfaceAttribute), write(modifyNetworkInterfaceQos), write(deleteNetworkInterface),
		write(attachNetworkInterface), write(detachNetworkInterface), write(migrateNetworkInterface),
		write(assignPrivateIpAddresses), write(unassignPrivateIpAddresses), write(modifyPrivateIpAddressesAttribute),
		write(migratePrivateIpAddress), write(associateNetworkInterfaceSecurityGroups),
		write(disassociateNetworkInterfaceSecurityGroups), read(describeNetworkInterfaceLimit),
	}
}

func addressActions() []api.Action {
	return []api.Action{
		write(allocateAddresses), write(associateAddress), write(disassociateAddress), write(releaseAddresses),
		read(describeAddresses), write(modifyAddressAttribute), write(modifyAddressesBandwidth),
		write(modifyAddressInternetChargeType), write(modifyAddressesRenewFlag), write(renewAddresses),
		write(transformAddress), write(adjustPublicAddress), write(returnNormalAddresses),
		read(describeAddressQuota), read(describeTaskResult), read(describeNetworkAccountType),
	}
}

func natActions() []api.Action {
	return []api.Action{
		write(createNatGateway), read(describeNatGateways), write(modifyNatGatewayAttribute), write(resetNatGatewayConnection),
		write(deleteNatGateway), write(associateNatGatewayAddress), write(disassociateNatGatewayAddress),
		write(createNatGatewayDestinationIpPortTranslationNatRule), read(describeNatGatewayDestinationIpPortTranslationNatRules),
		write(modifyNatGatewayDestinationIpPortTranslationNatRule), write(deleteNatGatewayDestinationIpPortTranslationNatRule),
		write(createNatGatewaySourceIpTranslationNatRule), read(describeNatGatewaySourceIpTranslationNatRules),
		write(modifyNatGatewaySourceIpTranslationNatRule), write(deleteNatGatewaySourceIpTranslationNatRule),
		read(describeNatGatewayDirectConnectGatewayRoute),
	}
}

func templateActions() []api.Action {
	return []api.Action{
		write(createAddressTemplate), read(describeAddressTemplates), write(modifyAddressTemplateAttribute), write(deleteAddressTemplate),
		write(createAddressTemplateGroup), read(describeAddressTemplateGroups), write(modifyAddressTemplateGroupAttribute),
		write(deleteAddressTemplateGroup),
		write(createServiceTemplate), read(describeServiceTemplates), write(modifyServiceTemplateAttribute), write(deleteServiceTemplate),
		write(createServiceTemplateGroup), read(describeServiceTemplateGroups), write(modifyServiceTemplateGroupAttribute),
		write(deleteServiceTemplateGroup),
		write(addTemplateMember), write(deleteTemplateMember), write(modifyTemplateMember), read(describeTemplateLimits),
	}
}

func aclActions() []api.Action {
	return []api.Action{
		write(createNetworkAcl), read(describeNetworkAcls), write(modifyNetworkAclAttribute), write(deleteNetworkAcl),
		write(associateNetworkAclSubnets), write(disassociateNetworkAclSubnets), write(modifyNetworkAclEntries),
		write(createNetworkAclEntries), write(deleteNetworkAclEntries), write(createNetworkAclQuintupleEntries),
		write(deleteNetworkAclQuintupleEntries), write(modifyNetworkAclQuintupleEntries), read(describeNetworkAclQuintupleEntries),
	}
}

func packageActions() []api.Action {
	return []api.Action{
		write(createBandwidthPackage), read(describeBandwidthPackages), write(modifyBandwidthPackageAttribute),
		write(modifyBandwidthPackageBandwidth), write(deleteBandwidthPackage), write(addBandwidthPackageResources),
		write(removeBandwidthPackageResources), write(migrateBandwidthPackageResources), read(describeBandwidthPackageResources),
		read(describeBandwidthPackageQuota), read(describeBandwidthPackageBillUsage), read(describeBandwidthPackageBandwidthRange),
		read(describeAddressBandwidthRange),
	}
}

func leaseActions() []api.Action {
	return []api.Action{
		write(createHaVip), read(describeHaVips), write(modifyHaVipAttribute), write(deleteHaVip),
		write(haVipAssociateAddressIp), write(haVipDisassociateAddressIp), write(associateHaVipInstance),
		write(disassociateHaVipInstance),
		write(createDhcpIp), read(describeDhcpIps), write(modifyDhcpIpAttribute), write(deleteDhcpIp),
		write(associateDhcpIpWithAddressIp), write(disassociateDhcpIpWithAddressIp),
		write(createReserveIpAddresses), read(describeReserveIpAddresses), write(modifyReserveIpAddress),
		write(deleteReserveIpAddresses),
	}
}

func ipv6Actions() []api.Action {
	return []api.Action{
		write(assignIpv6CidrBlock), write(unassignIpv6CidrBlock), write(assignIpv6SubnetCidrBlock), write(unassignIpv6SubnetCidrBlock),
		write(assignIpv6Addresses), write(unassignIpv6Addresses), write(modifyIpv6AddressesAttribute), read(describeVpcIpv6Addresses),
		write(allocateIPv6Addresses), read(describeIPv6Addresses), write(associateIPv6Address), write(disassociateIPv6Address),
		write(releaseIPv6Addresses), write(modifyIPv6AddressesAttributes), write(modifyIPv6AddressesBandwidth),
		write(allocateIp6AddressesBandwidth), read(describeIp6Addresses), write(modifyIp6AddressesBandwidth),
		write(releaseIp6AddressesBandwidth),
	}
}

func limitActions() []api.Action {
	return []api.Action{
		read(describeVpcLimits), read(describeAccountAttributes), read(describeProductQuota), read(describeCrossBorderCompliance),
		read(describeCustomerGatewayVendors), read(describeVpcResourceDashboard), read(describeSubnetResourceDashboard),
	}
}

func flowLogActions() []api.Action {
	return []api.Action{
		write(createFlowLog), read(describeFlowLog), read(describeFlowLogs), write(modifyFlowLogAttribute), write(deleteFlowLog),
		write(enableFlowLogs), write(disableFlowLogs),
	}
}
