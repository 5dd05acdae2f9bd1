package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

var securityGroupID = shape("sg")

// associateSecurityGroups puts instances into one more security group, behind those that they have. One that is in it
// already stays so.
func associateSecurityGroups(c *api.Call, in *sdk.AssociateSecurityGroupsRequestParams) (*sdk.AssociateSecurityGroupsResponseParams, error) {
	group, err := oneGroup(c, in.SecurityGroupIds)
	if err != nil {
		return nil, err
	}
	found, err := admit(c, in.InstanceIds, bounds{paused: true})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if err := vpc.AddSecurityGroup(c, t.id, group); err != nil {
			return nil, fit(c, addressFault(err, ""))
		}
		succeed(c, t.id, nil)
	}
	return &sdk.AssociateSecurityGroupsResponseParams{}, nil
}

// disassociateSecurityGroups takes instances out of a security group. None may be left without any.
// Simulated: which codes say that an instance is not in the group, or in no other.
func disassociateSecurityGroups(c *api.Call, in *sdk.DisassociateSecurityGroupsRequestParams) (*sdk.DisassociateSecurityGroupsResponseParams, error) {
	group, err := oneGroup(c, in.SecurityGroupIds)
	if err != nil {
		return nil, err
	}
	found, err := admit(c, in.InstanceIds, bounds{paused: true})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if !vpc.RemoveSecurityGroup(c, t.id, group) {
			return nil, tcerr.New(sdk.FAILEDOPERATION_SECURITYGROUPACTIONFAILED, "The instance `%s` is not in the security group `%s`.", t.id, group).
				Zh("实例 `%s` 未绑定安全组 `%s`。")
		}
		if len(network(c, t.id).SecurityGroups) == 0 {
			return nil, tcerr.New(sdk.SECGROUPACTIONFAILURE, "The instance `%s` has no other security group than `%s`.", t.id, group).
				Zh("实例 `%s` 仅绑定了安全组 `%s`，不能解绑。")
		}
		succeed(c, t.id, nil)
	}
	return &sdk.DisassociateSecurityGroupsResponseParams{}, nil
}

// readGroups reads security groups in order of priority, each once.
func readGroups(ids []*string) ([]string, error) {
	groups := make([]string, 0, len(ids))
	for _, id := range ids {
		if slices.Contains(groups, or(id, "")) { // Simulated: what the service of security groups refuses
			return nil, tcerr.New(sdk.FAILEDOPERATION_SECURITYGROUPACTIONFAILED, "The security group `%s` is named twice.", or(id, "")).Zh("安全组 `%s` 重复。")
		}
		groups = append(groups, or(id, ""))
	}
	return groups, nil
}

// oneGroup reads the security group that a call is about: it takes a list of one.
func oneGroup(c *api.Call, ids []*string) (string, error) {
	switch {
	case len(ids) == 0:
		return "", tcerr.Missing("SecurityGroupIds")
	case len(ids) > 1:
		return "", tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `SecurityGroupIds` `%d` exceeds the limit `%d`.", len(ids), 1).
			Zh("`SecurityGroupIds` 的数量 `%d` 超过上限 `%d`。")
	}
	id := or(ids[0], "")
	if !securityGroupID.fits(id) {
		return "", tcerr.New(sdk.INVALIDSGID_MALFORMED, "The security group ID `%s` is malformed.", id).Zh("安全组ID `%s` 格式不合法。")
	}
	if !vpc.SecurityGroupExists(c.Tx, id) {
		return "", addressFault(vpc.GroupMissing, id)
	}
	return id, nil
}
