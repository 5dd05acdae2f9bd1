// Package cvm is Cloud Virtual Machine: instances, and the images, keys and offers that they are made of.
//
// Networks, disks and tags stand in their own products below; cvm calls them on the transaction of the call, so that
// an action that fails leaves nothing behind anywhere.
package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

const version = "2017-03-12"

// Service is what the gateway serves for cvm.tencentcloudapi.com.
var Service = api.Service{
	Name: "cvm", Version: version,
	NoRegion:   []string{"DescribeRegions"},
	Everywhere: []string{"AllocateHosts", "DescribeImages", "DescribeInstanceFamilyConfigs", "DescribeZoneInstanceConfigInfos", "ImportImage"},
	Tokens:     api.TokenCodes{TooLong: sdk.INVALIDCLIENTTOKEN_TOOLONG, Mismatch: sdk.INVALIDPARAMETERVALUE},
	Actions: standingWell(slices.Concat(instanceActions, offerActions, imageActions, keyPairActions, placementActions, hpcActions, templateActions,
		timerActions, hostActions, hardwareActions, accountActions)),
}

// The actions of each resource.
var (
	instanceActions = []api.Action{
		api.Read(describeInstances),
		api.Read(describeInstancesStatus),
		api.Write(runInstances),
		api.Write(startInstances),
		api.Write(stopInstances),
		api.Write(rebootInstances),
		api.Write(terminateInstances),

		api.Write(modifyInstancesAttribute),
		api.Write(modifyInstancesProject),
		api.Read(describeInstancesAttributes),
		api.Write(associateSecurityGroups),
		api.Write(disassociateSecurityGroups),
		api.Write(modifyInstancesRenewFlag),
		api.Write(renewInstances),
		api.Write(modifyInstancesChargeType),
		api.Write(resetInstancesPassword),
		api.Write(resetInstance),
		api.Write(resetInstancesType),
		api.Write(resizeInstanceDisks),
		api.Write(resetInstancesInternetMaxBandwidth),
		api.Write(modifyInstancesVpcAttribute),
		api.Read(describeInstancesModification),
		api.Read(describeInstancesOperationLimit),
		api.Read(describeInstanceInternetBandwidthConfigs),
		api.Read(describeInstanceVncUrl),
	}

	offerActions = []api.Action{
		api.Read(describeRegions),
		api.Read(describeZones),
		api.Read(describeInstanceTypeConfigs),
		api.Read(describeZoneInstanceConfigInfos),
		api.Read(describeInstanceFamilyConfigs),
		api.Read(describeInternetChargeTypeConfigs),

		api.Read(inquiryPriceRunInstances),
		api.Read(inquiryPriceResetInstance),
		api.Read(inquiryPriceResetInstancesType),
		api.Read(inquiryPriceResizeInstanceDisks),
		api.Read(inquiryPriceRenewInstances),
		api.Read(inquiryPriceModifyInstancesChargeType),
		api.Read(inquiryPriceResetInstancesInternetMaxBandwidth),
		api.Read(inquiryPriceTerminateInstances),
	}

	imageActions = []api.Action{
		api.Read(describeImages),
		api.Read(describeImageFromFamily),
		api.Read(describeImageQuota),
		api.Read(describeImportImageOs),
		api.Write(createImage),
		api.Write(deleteImages),
		api.Write(modifyImageAttribute),
		api.Write(syncImages),
		api.Write(importImage),
		api.Write(exportImages),
		api.Read(describeImageSharePermission),
		api.Write(modifyImageSharePermission),
	}

	keyPairActions = []api.Action{
		api.Read(describeKeyPairs),
		api.Write(createKeyPair),
		api.Write(importKeyPair),
		api.Write(deleteKeyPairs),
		api.Write(modifyKeyPairAttribute),
		api.Write(associateInstancesKeyPairs),
		api.Write(disassociateInstancesKeyPairs),
	}

	placementActions = []api.Action{
		api.Read(describeDisasterRecoverGroups),
		api.Read(describeDisasterRecoverGroupQuota),
		api.Write(createDisasterRecoverGroup),
		api.Write(deleteDisasterRecoverGroups),
		api.Write(modifyDisasterRecoverGroupAttribute),
		api.Write(modifyInstancesDisasterRecoverGroup),
		api.Write(deleteInstancesDisasterRecoverGroups),
	}

	hpcActions = []api.Action{
		api.Read(describeHpcClusters),
		api.Write(createHpcCluster),
		api.Write(modifyHpcClusterAttribute),
		api.Write(deleteHpcClusters),
	}

	templateActions = []api.Action{
		api.Read(describeLaunchTemplates),
		api.Read(describeLaunchTemplateVersions),
		api.Write(createLaunchTemplate),
		api.Write(createLaunchTemplateVersion),
		api.Write(modifyLaunchTemplateDefaultVersion),
		api.Write(deleteLaunchTemplate),
		api.Write(deleteLaunchTemplateVersions),
	}

	timerActions = []api.Action{
		api.Read(describeInstancesActionTimer),
		api.Write(importInstancesActionTimer),
		api.Write(deleteInstancesActionTimer),
	}

	hostActions = []api.Action{
		api.Read(describeHosts),
		api.Write(allocateHosts),
		api.Write(modifyHostsAttribute),
		api.Write(renewHosts),
		api.Read(inquiryPriceRenewHosts),
	}

	hardwareActions = []api.Action{
		api.Write(enterRescueMode),
		api.Write(exitRescueMode),
		api.Write(modifyInstanceDiskType),
		api.Write(programFpgaImage),
		api.Write(convertOperatingSystems),
		api.Read(describeTaskInfo),
		api.Write(repairTaskControl),

		api.Read(describeChcHosts),
		api.Read(describeChcDeniedActions),
		api.Write(modifyChcAttribute),
		api.Write(modifyChcNetworkMode),
		api.Write(configureChcAssistVpc),
		api.Write(removeChcAssistVpc),
		api.Write(configureChcDeployVpc),
		api.Write(removeChcDeployVpc),

		api.Read(describeResourcePoolPacks),
		api.Read(describeResourcePoolPackInstances),
		api.Read(describeResourcePoolPackTypeConfigs),
		api.Read(inquirePricePurchaseResourcePoolPacks),
		api.Write(purchaseResourcePoolPacks),
		api.Write(terminateResourcePoolPacks),
	}

	accountActions = []api.Action{
		api.Read(describeAccountQuota),
	}
)
