package cvm

import sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

// orderOf is the order that a new template holds. Its ClientToken is about the template, and DryRun, too.
func orderOf(in *sdk.CreateLaunchTemplateRequestParams) *sdk.RunInstancesRequestParams {
	return &sdk.RunInstancesRequestParams{
		Placement:               in.Placement,
		ImageId:                 in.ImageId,
		InstanceType:            in.InstanceType,
		SystemDisk:              in.SystemDisk,
		DataDisks:               in.DataDisks,
		VirtualPrivateCloud:     in.VirtualPrivateCloud,
		InternetAccessible:      in.InternetAccessible,
		InstanceCount:           in.InstanceCount,
		InstanceName:            in.InstanceName,
		LoginSettings:           in.LoginSettings,
		SecurityGroupIds:        in.SecurityGroupIds,
		EnhancedService:         in.EnhancedService,
		HostName:                in.HostName,
		ActionTimer:             in.ActionTimer,
		DisasterRecoverGroupIds: in.DisasterRecoverGroupIds,
		TagSpecification:        in.TagSpecification,
		InstanceMarketOptions:   in.InstanceMarketOptions,
		UserData:                in.UserData,
		CamRoleName:             in.CamRoleName,
		HpcClusterId:            in.HpcClusterId,
		InstanceChargeType:      in.InstanceChargeType,
		InstanceChargePrepaid:   in.InstanceChargePrepaid,
		DisableApiTermination:   in.DisableApiTermination,
		EnableJumboFrame:        in.EnableJumboFrame,
		Metadata:                in.Metadata,
		NetworkInterfaces:       in.NetworkInterfaces,
	}
}

// versionOrderOf is what a new version says itself, without what it has from the version that it is based on.
func versionOrderOf(in *sdk.CreateLaunchTemplateVersionRequestParams) *sdk.RunInstancesRequestParams {
	return &sdk.RunInstancesRequestParams{
		Placement:               in.Placement,
		ImageId:                 in.ImageId,
		InstanceType:            in.InstanceType,
		SystemDisk:              in.SystemDisk,
		DataDisks:               in.DataDisks,
		VirtualPrivateCloud:     in.VirtualPrivateCloud,
		InternetAccessible:      in.InternetAccessible,
		InstanceCount:           in.InstanceCount,
		InstanceName:            in.InstanceName,
		LoginSettings:           in.LoginSettings,
		SecurityGroupIds:        in.SecurityGroupIds,
		EnhancedService:         in.EnhancedService,
		HostName:                in.HostName,
		ActionTimer:             in.ActionTimer,
		DisasterRecoverGroupIds: in.DisasterRecoverGroupIds,
		TagSpecification:        in.TagSpecification,
		InstanceMarketOptions:   in.InstanceMarketOptions,
		UserData:                in.UserData,
		CamRoleName:             in.CamRoleName,
		HpcClusterId:            in.HpcClusterId,
		InstanceChargeType:      in.InstanceChargeType,
		InstanceChargePrepaid:   in.InstanceChargePrepaid,
		DisableApiTermination:   in.DisableApiTermination,
		EnableJumboFrame:        in.EnableJumboFrame,
		Metadata:                in.Metadata,
		NetworkInterfaces:       in.NetworkInterfaces,
	}
}

// data is a version's order as DescribeLaunchTemplateVersions shows it: as it was given, without defaults.
func (v *templateVersion) data() *sdk.LaunchTemplateVersionData {
	o := &v.Order
	out := &sdk.LaunchTemplateVersionData{
		Placement:               o.Placement,
		InstanceType:            o.InstanceType,
		InstanceName:            o.InstanceName,
		InstanceChargeType:      o.InstanceChargeType,
		SystemDisk:              o.SystemDisk,
		DataDisks:               o.DataDisks,
		InternetAccessible:      o.InternetAccessible,
		VirtualPrivateCloud:     o.VirtualPrivateCloud,
		ImageId:                 o.ImageId,
		SecurityGroupIds:        o.SecurityGroupIds,
		LoginSettings:           o.LoginSettings,
		CamRoleName:             o.CamRoleName,
		HpcClusterId:            o.HpcClusterId,
		EnhancedService:         o.EnhancedService,
		UserData:                o.UserData,
		DisasterRecoverGroupIds: o.DisasterRecoverGroupIds,
		ActionTimer:             o.ActionTimer,
		InstanceMarketOptions:   o.InstanceMarketOptions,
		HostName:                o.HostName,
		InstanceChargePrepaid:   o.InstanceChargePrepaid,
		TagSpecification:        o.TagSpecification,
		DisableApiTermination:   o.DisableApiTermination,
	}
	if o.InstanceCount != nil {
		out.InstanceCount = new(uint64(*o.InstanceCount))
	}
	return out
}
