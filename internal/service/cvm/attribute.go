package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxNewName is how long the name of an instance that is there already may be; patterns mean nothing then.
const maxNewName = 60

var camRole = formOf(`^[A-Za-z0-9+=,.@_-]{1,128}$`)

// attribute is the one thing of an instance that a ModifyInstancesAttribute changes.
type attribute struct {
	name  string
	check func(t target) error // nil where no instance can be in the way
	apply func(t target) error
}

// modifyInstancesAttribute gives instances one other attribute, at once; a new host name reboots those that run, unless
// AutoReboot is false.
func modifyInstancesAttribute(c *api.Call, in *ModifyInstancesAttributeRequestParams) (*sdk.ModifyInstancesAttributeResponseParams, error) {
	a, err := readAttribute(c, in)
	if err != nil {
		return nil, fit(c, err)
	}
	found, err := admit(c, in.InstanceIds, bounds{})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if a.check != nil {
			if err := a.check(t); err != nil {
				return nil, err
			}
		}
	}
	for _, t := range found {
		if err := a.apply(t); err != nil {
			return nil, fit(c, err)
		}
	}
	return &sdk.ModifyInstancesAttributeResponseParams{}, nil
}

// readAttribute reads which attribute is meant, of which a call takes exactly one.
func readAttribute(c *api.Call, in *ModifyInstancesAttributeRequestParams) (one attribute, err error) {
	var all []attribute
	if in.InstanceName != nil {
		all = append(all, set(c, "InstanceName", func(i *Instance) { i.Name = named(*in.InstanceName) }))
		if len([]rune(*in.InstanceName)) > maxNewName {
			return one, tcerr.New(sdk.INVALIDINSTANCENAME_TOOLONG, "The instance name exceeds %d characters.", maxNewName).Zh("实例名称超过 %d 个字符。")
		}
	}
	if in.UserData != nil {
		all = append(all, set(c, "UserData", func(i *Instance) { i.alter(func(t *traits) { t.UserData = *in.UserData }) }))
		if err := checkUserDataText(*in.UserData); err != nil {
			return one, err
		}
	}
	if len(in.SecurityGroups) > 0 {
		all = append(all, attribute{name: "SecurityGroups", apply: func(t target) error { return regroup(c, t, in.SecurityGroups) }})
	}
	if in.CamRoleName != nil {
		all = append(all, set(c, "CamRoleName", func(i *Instance) { i.alter(func(t *traits) { t.CamRole = *in.CamRoleName }) }))
		if err := checkCamRole(*in.CamRoleName, in.CamRoleType); err != nil {
			return one, err
		}
	}
	if in.HostName != nil {
		all = append(all, newHostName(c, *in.HostName, or(in.AutoReboot, true)))
	}
	if in.DisableApiTermination != nil {
		all = append(all, protection(c, *in.DisableApiTermination))
	}
	if in.EnableJumboFrame != nil {
		all = append(all, jumboFrames(c, *in.EnableJumboFrame, or(in.AutoReboot, true)))
	}
	switch len(all) {
	case 0:
		return one, tcerr.Missing("InstanceName")
	case 1:
		return all[0], nil
	}
	return one, tcerr.New(tcerr.InvalidParameterValue, "The parameters `%s` and `%s` cannot be specified together.", all[0].name, all[1].name).
		Zh("参数 `%s` 与 `%s` 不能同时指定。")
}

// set is an attribute that stands in the instance's own row.
func set(c *api.Call, name string, f func(*Instance)) attribute {
	return attribute{name: name, apply: func(t target) error {
		succeed(c, t.id, f)
		return nil
	}}
}

// checkNewHostName is checkHostName for an instance that has a name already. Simulated: which of two codes is for what.
func checkNewHostName(name string, windows bool) error {
	err := tcerr.Of(checkHostName(name, windows))
	if err == nil {
		return nil
	}
	if !hostCharacters.fits(name) {
		err.Code = sdk.INVALIDPARAMETER_HOSTNAMEILLEGAL
	}
	return err
}

func newHostName(c *api.Call, name string, reboot bool) attribute {
	return attribute{
		name:  "HostName",
		check: func(t target) error { return checkNewHostName(name, t.Windows) },
		apply: func(t target) error {
			if reboot && t.State == stateRunning {
				operate(c, t.id, stateRebooting, c.After(rebootTakes), func(i *Instance) { i.State, i.HostName = stateRunning, name })
			} else {
				succeed(c, t.id, func(i *Instance) { i.HostName = name })
			}
			return nil
		},
	}
}

// jumboFrames is an attribute that no instance here can have, and so each can lose.
func jumboFrames(c *api.Call, on, reboot bool) attribute {
	a := set(c, "EnableJumboFrame", nil)
	a.check = func(t target) error {
		switch {
		case !on:
			return nil
		case !reboot:
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCESENABLEJUMBOWITHOUTREBOOT, "Jumbo frames of the instance `%s` can not be enabled without a reboot.", t.id).
				Zh("实例 `%s` 不支持在不重启的情况下开启巨型帧。")
		}
		return noJumboFrames(t.Type)
	}
	return a
}

// hostCharacters are those that host names, and patterns of them, can have.
var hostCharacters = formOf(`^[A-Za-z0-9.{}:,-]*$`)

// protection is that an instance cannot be terminated by the API, which one that is to end at an hour cannot have.
func protection(c *api.Call, on bool) attribute {
	a := set(c, "DisableApiTermination", func(i *Instance) { i.Protected = on })
	a.check = func(t target) error {
		if on && t.Doom != 0 {
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_INVALIDINSTANCENOTSUPPORTEDPROTECTEDINSTANCE, "The instance `%s` has a time at which it will be terminated.", t.id).
				Zh("实例 `%s` 已设置定时销毁，请撤销后再试。")
		}
		return nil
	}
	return a
}

// regroup gives an instance these security groups, and no other.
func regroup(c *api.Call, t target, ids []*string) error {
	groups, err := readGroups(ids)
	if err != nil {
		return err
	}
	if err := vpc.SetSecurityGroups(c, t.id, groups); err != nil {
		return addressFault(err, "")
	}
	succeed(c, t.id, nil)
	return nil
}

// checkCamRole refuses names that no role can have. "" is no role. Whether a role is there is not asked: roles are
// another product's.
func checkCamRole(name string, kind *string) error {
	if name != "" && !camRole.fits(name) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_CAMROLENAMEMALFORMED, "The role name `%s` is malformed.", name).Zh("角色名称 `%s` 格式不合法。")
	}
	return checkChoice(kind, "CamRoleType", "user", "system", "service_linked")
}

// checkChoice refuses a value that is none of those that a parameter can have. None at all is good.
func checkChoice(value *string, parameter string, all ...string) error {
	if value != nil && !slices.Contains(all, *value) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *value, parameter)
	}
	return nil
}

// named is what an instance is called, which is never nothing.
func named(name string) string {
	if name == "" {
		return unnamed
	}
	return name
}

// modifyInstancesProject puts instances, and the disks that cannot leave them, into a project.
func modifyInstancesProject(c *api.Call, in *sdk.ModifyInstancesProjectRequestParams) (*sdk.ModifyInstancesProjectResponseParams, error) {
	project := *in.ProjectId
	if err := checkProject(c, project); err != nil {
		return nil, err
	}
	found, err := admit(c, in.InstanceIds, bounds{paused: true})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		succeed(c, t.id, func(i *Instance) { i.ProjectID = project })
		cbs.Move(c, t.id, uint64(project))
	}
	return &sdk.ModifyInstancesProjectResponseParams{}, nil
}

// checkProject refuses a project that the account has not.
func checkProject(c *api.Call, id int64) error {
	if _, ok := tag.Project(c.Tx, uint64(id)); !ok || id < 0 {
		return tcerr.New(sdk.INVALIDPROJECTID_NOTFOUND, "The specified project `%d` does not exist.", id).Zh("项目 `%d` 不存在。")
	}
	return nil
}

// describeInstancesAttributes shows what DescribeInstances leaves out, which is the user data.
func describeInstancesAttributes(c *api.Call, in *sdk.DescribeInstancesAttributesRequestParams) (*sdk.DescribeInstancesAttributesResponseParams, error) {
	for _, a := range in.Attributes {
		if err := checkChoice(a, "Attributes", "UserData"); err != nil {
			return nil, err
		}
	}
	found, err := lookup(c, in.InstanceIds, 0)
	if err != nil {
		return nil, fit(c, err)
	}
	out := &sdk.DescribeInstancesAttributesResponseParams{}
	for _, t := range found {
		out.InstanceSet = append(out.InstanceSet, &sdk.InstanceAttribute{InstanceId: &t.id, Attributes: &sdk.Attribute{UserData: new(t.traits().UserData)}})
	}
	return out, nil
}
