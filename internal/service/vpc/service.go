// Package vpc is the private network: VPCs and their subnets, route tables, security groups, network cards, public addresses.
//
// Instances stand on it. What cvm needs of it are the exported functions, on the transaction of the call.
package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// Service is the product vpc.
var Service = api.Service{
	Name: "vpc", Version: "2017-03-12",
	Tokens: api.TokenCodes{TooLong: sdk.INVALIDPARAMETERVALUE_TOOLONG, Mismatch: sdk.UNSUPPORTEDOPERATION_IDEMPOTENTPARAMETERMISMATCH},
	Actions: slices.Concat(
		networkActions(), routeActions(), groupActions(), cardActions(), addressActions(), natActions(), templateActions(), aclActions(), packageActions(), leaseActions(), ipv6Actions(), limitActions(), flowLogActions(),
	),
}

func networkActions() []api.Action {
	return []api.Action{
		api.Write(createVpc), api.Read(describeVpcs), api.Write(modifyVpcAttribute), api.Write(deleteVpc), api.Write(createDefaultVpc),
		api.Write(createAssistantCidr), api.Write(modifyAssistantCidr), api.Write(deleteAssistantCidr), api.Read(checkAssistantCidr),
		api.Read(describeAssistantCidr),
		api.Write(createSubnet), api.Write(createSubnets), api.Read(describeSubnets), api.Write(modifySubnetAttribute), api.Write(deleteSubnet),
		api.Read(describeUsedIpAddress), api.Read(describeVpcPrivateIpAddresses), api.Read(describeVpcTaskResult),
	}
}

func routeActions() []api.Action {
	return []api.Action{
		api.Write(createRouteTable), api.Read(describeRouteTables), api.Write(modifyRouteTableAttribute), api.Write(deleteRouteTable),
		api.Write(replaceRouteTableAssociation),
		api.Write(createRoutes), api.Write(deleteRoutes), api.Write(replaceRoutes), api.Write(resetRoutes), api.Write(enableRoutes),
		api.Write(disableRoutes), api.Read(describeRouteList), api.Read(describeRouteConflicts),
	}
}

func groupActions() []api.Action {
	return []api.Action{
		api.Write(createSecurityGroup), api.Write(createSecurityGroupWithPolicies), api.Write(createDefaultSecurityGroup),
		api.Write(cloneSecurityGroup), api.Read(describeSecurityGroups), api.Write(modifySecurityGroupAttribute), api.Write(deleteSecurityGroup),
		api.Write(createSecurityGroupPolicies), api.Read(describeSecurityGroupPolicies), api.Write(modifySecurityGroupPolicies),
		api.Write(replaceSecurityGroupPolicy), api.Write(replaceSecurityGroupPolicies), api.Write(deleteSecurityGroupPolicies),
		api.Read(describeSecurityGroupAssociationStatistics), api.Read(describeSecurityGroupReferences), api.Read(describeSecurityGroupLimits),
	}
}

func cardActions() []api.Action {
	return []api.Action{
		api.Write(createNetworkInterface), api.Write(createAndAttachNetworkInterface), api.Read(describeNetworkInterfaces),
		api.Write(modifyNetworkInterfaceAttribute), api.Write(modifyNetworkInterfaceQos), api.Write(deleteNetworkInterface),
		api.Write(attachNetworkInterface), api.Write(detachNetworkInterface), api.Write(migrateNetworkInterface),
		api.Write(assignPrivateIpAddresses), api.Write(unassignPrivateIpAddresses), api.Write(modifyPrivateIpAddressesAttribute),
		api.Write(migratePrivateIpAddress), api.Write(associateNetworkInterfaceSecurityGroups),
		api.Write(disassociateNetworkInterfaceSecurityGroups), api.Read(describeNetworkInterfaceLimit),
	}
}

func addressActions() []api.Action {
	return []api.Action{
		api.Write(allocateAddresses), api.Write(associateAddress), api.Write(disassociateAddress), api.Write(releaseAddresses),
		api.Read(describeAddresses), api.Write(modifyAddressAttribute), api.Write(modifyAddressesBandwidth),
		api.Write(modifyAddressInternetChargeType), api.Write(modifyAddressesRenewFlag), api.Write(renewAddresses),
		api.Write(transformAddress), api.Write(adjustPublicAddress), api.Write(returnNormalAddresses),
		api.Read(describeAddressQuota), api.Read(describeTaskResult), api.Read(describeNetworkAccountType),
	}
}

func natActions() []api.Action {
	return []api.Action{
		api.Write(createNatGateway), api.Read(describeNatGateways), api.Write(modifyNatGatewayAttribute), api.Write(resetNatGatewayConnection),
		api.Write(deleteNatGateway), api.Write(associateNatGatewayAddress), api.Write(disassociateNatGatewayAddress),
		api.Write(createNatGatewayDestinationIpPortTranslationNatRule), api.Read(describeNatGatewayDestinationIpPortTranslationNatRules),
		api.Write(modifyNatGatewayDestinationIpPortTranslationNatRule), api.Write(deleteNatGatewayDestinationIpPortTranslationNatRule),
		api.Write(createNatGatewaySourceIpTranslationNatRule), api.Read(describeNatGatewaySourceIpTranslationNatRules),
		api.Write(modifyNatGatewaySourceIpTranslationNatRule), api.Write(deleteNatGatewaySourceIpTranslationNatRule),
	}
}

func templateActions() []api.Action {
	return []api.Action{
		api.Write(createAddressTemplate), api.Read(describeAddressTemplates), api.Write(modifyAddressTemplateAttribute), api.Write(deleteAddressTemplate),
		api.Write(createAddressTemplateGroup), api.Read(describeAddressTemplateGroups), api.Write(modifyAddressTemplateGroupAttribute),
		api.Write(deleteAddressTemplateGroup),
		api.Write(createServiceTemplate), api.Read(describeServiceTemplates), api.Write(modifyServiceTemplateAttribute), api.Write(deleteServiceTemplate),
		api.Write(createServiceTemplateGroup), api.Read(describeServiceTemplateGroups), api.Write(modifyServiceTemplateGroupAttribute),
		api.Write(deleteServiceTemplateGroup),
		api.Write(addTemplateMember), api.Write(deleteTemplateMember), api.Write(modifyTemplateMember), api.Read(describeTemplateLimits),
	}
}

func aclActions() []api.Action {
	return []api.Action{
		api.Write(createNetworkAcl), api.Read(describeNetworkAcls), api.Write(modifyNetworkAclAttribute), api.Write(deleteNetworkAcl),
		api.Write(associateNetworkAclSubnets), api.Write(disassociateNetworkAclSubnets), api.Write(modifyNetworkAclEntries),
		api.Write(createNetworkAclEntries), api.Write(deleteNetworkAclEntries), api.Write(createNetworkAclQuintupleEntries),
		api.Write(deleteNetworkAclQuintupleEntries), api.Write(modifyNetworkAclQuintupleEntries), api.Read(describeNetworkAclQuintupleEntries),
	}
}

func packageActions() []api.Action {
	return []api.Action{
		api.Write(createBandwidthPackage), api.Read(describeBandwidthPackages), api.Write(modifyBandwidthPackageAttribute),
		api.Write(modifyBandwidthPackageBandwidth), api.Write(deleteBandwidthPackage), api.Write(addBandwidthPackageResources),
		api.Write(removeBandwidthPackageResources), api.Write(migrateBandwidthPackageResources), api.Read(describeBandwidthPackageResources),
		api.Read(describeBandwidthPackageQuota), api.Read(describeBandwidthPackageBillUsage), api.Read(describeBandwidthPackageBandwidthRange),
		api.Read(describeAddressBandwidthRange),
	}
}

func leaseActions() []api.Action {
	return []api.Action{
		api.Write(createHaVip), api.Read(describeHaVips), api.Write(modifyHaVipAttribute), api.Write(deleteHaVip),
		api.Write(haVipAssociateAddressIp), api.Write(haVipDisassociateAddressIp), api.Write(associateHaVipInstance),
		api.Write(disassociateHaVipInstance),
		api.Write(createDhcpIp), api.Read(describeDhcpIps), api.Write(modifyDhcpIpAttribute), api.Write(deleteDhcpIp),
		api.Write(associateDhcpIpWithAddressIp), api.Write(disassociateDhcpIpWithAddressIp),
		api.Write(createReserveIpAddresses), api.Read(describeReserveIpAddresses), api.Write(modifyReserveIpAddress),
		api.Write(deleteReserveIpAddresses),
	}
}

func ipv6Actions() []api.Action {
	return []api.Action{
		api.Write(assignIpv6CidrBlock), api.Write(unassignIpv6CidrBlock), api.Write(assignIpv6SubnetCidrBlock), api.Write(unassignIpv6SubnetCidrBlock),
		api.Write(assignIpv6Addresses), api.Write(unassignIpv6Addresses), api.Write(modifyIpv6AddressesAttribute), api.Read(describeVpcIpv6Addresses),
		api.Write(allocateIPv6Addresses), api.Read(describeIPv6Addresses), api.Write(associateIPv6Address), api.Write(disassociateIPv6Address),
		api.Write(releaseIPv6Addresses), api.Write(modifyIPv6AddressesAttributes), api.Write(modifyIPv6AddressesBandwidth),
		api.Write(allocateIp6AddressesBandwidth), api.Read(describeIp6Addresses), api.Write(modifyIp6AddressesBandwidth),
		api.Write(releaseIp6AddressesBandwidth),
	}
}

func limitActions() []api.Action {
	return []api.Action{
		api.Read(describeVpcLimits), api.Read(describeAccountAttributes), api.Read(describeProductQuota), api.Read(describeCrossBorderCompliance),
		api.Read(describeCustomerGatewayVendors),
	}
}

func flowLogActions() []api.Action {
	return []api.Action{
		api.Write(createFlowLog), api.Read(describeFlowLog), api.Read(describeFlowLogs), api.Write(modifyFlowLogAttribute), api.Write(deleteFlowLog),
		api.Write(enableFlowLogs), api.Write(disableFlowLogs),
	}
}
