package cvm

// What the cloud documents and its SDK, of this version, lacks. These types end when the SDK has theirs.

// ModifyInstancesAttributeRequestParams has the member EnableJumboFrame, which the SDK's struct lacks.
type ModifyInstancesAttributeRequestParams struct {
	InstanceIds, SecurityGroups                                []*string
	InstanceName, UserData, CamRoleName, CamRoleType, HostName *string
	DisableApiTermination, AutoReboot, EnableJumboFrame        *bool
}
