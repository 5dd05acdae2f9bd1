package cvm

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

type newAttribute = ModifyInstancesAttributeRequestParams

func TestModifyInstancesAttributeTakesOneAttributeAtATime(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	for _, row := range []struct {
		name string
		in   newAttribute
		code string
	}{
		{"none", newAttribute{}, tcerr.MissingParameter},
		{"two", newAttribute{InstanceName: p("x"), DisableApiTermination: p(true)}, tcerr.InvalidParameterValue},
		{"long name", newAttribute{InstanceName: p(strings.Repeat("名", 61))}, sdk.INVALIDINSTANCENAME_TOOLONG},
		{"longest name", newAttribute{InstanceName: p(strings.Repeat("名", 60))}, ""},
		{"user data", newAttribute{UserData: p("aGk=")}, ""},
		{"user data in plain text", newAttribute{UserData: p("hi!")}, sdk.INVALIDPARAMETERVALUE_INVALIDUSERDATAFORMAT},
		{"role", newAttribute{CamRoleName: p("Reader"), CamRoleType: p("system")}, ""},
		{"no role", newAttribute{CamRoleName: p("")}, ""},
		{"malformed role", newAttribute{CamRoleName: p("a b")}, sdk.INVALIDPARAMETERVALUE_CAMROLENAMEMALFORMED},
		{"unknown kind of role", newAttribute{CamRoleName: p("a"), CamRoleType: p("x")}, tcerr.InvalidParameterValue},
		{"illegal host name", newAttribute{HostName: p("-a")}, sdk.INVALIDPARAMETERVALUE_ILLEGALHOSTNAME},
		{"no such security group", newAttribute{SecurityGroups: ps("sg-00000000")}, sdk.INVALIDSECURITYGROUPID_NOTFOUND},
		{"too many security groups", newAttribute{SecurityGroups: ps(d.groups(6)...)}, sdk.LIMITEXCEEDED_ASSOCIATEUSGLIMITEXCEEDED},
	} {
		row.in.InstanceIds = ps(id)
		if _, err := try(d, modifyInstancesAttribute, row.in); codeIn(err) != row.code {
			d.Errorf("%s: got %v, want %q", row.name, err, row.code)
		}
	}
	if got := d.row(id); got.Name != strings.Repeat("名", 60) || got.traits().UserData != "aGk=" || got.traits().CamRole != "" || got.OperationState != succeeded {
		d.Errorf("got %+v", got)
	}
}

// codeIn is the code of an error, "" for none.
func codeIn(err error) string {
	if e := tcerr.Of(err); e != nil {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// groups makes n security groups.
func (d *desk) groups(n int) (ids []string) {
	d.Helper()
	d.Must(func(c *api.Call) {
		for i := range n {
			ids = append(ids, vpc.DefaultSecurityGroup(c, digit(i)))
		}
	})
	return ids
}

func TestANewHostNameRebootsUnlessToldNotTo(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	call(d, modifyInstancesAttribute, newAttribute{InstanceIds: ps(id), HostName: p("one"), AutoReboot: p(false)})
	if got := d.row(id); got.State != stateRunning || got.HostName != "one" {
		d.Errorf("got %s, %s", got.State, got.HostName)
	}
	call(d, modifyInstancesAttribute, newAttribute{InstanceIds: ps(id), HostName: p("two")})
	if got := d.row(id); got.State != stateRebooting || got.HostName != "one" {
		d.Errorf("got %s, %s", got.State, got.HostName)
	}
	if got := d.later(rebootTakes, id); got.State != stateRunning || got.HostName != "two" {
		d.Errorf("got %s, %s after the reboot", got.State, got.HostName)
	}
}

func TestSecurityGroupsAreReplacedInOrder(t *testing.T) {
	d := newDesk(t)
	sg := d.groups(3)
	id := d.run()
	call(d, modifyInstancesAttribute, newAttribute{InstanceIds: ps(id), SecurityGroups: ps(sg[2], sg[0])})
	call(d, associateSecurityGroups, sdk.AssociateSecurityGroupsRequestParams{InstanceIds: ps(id), SecurityGroupIds: ps(sg[1])})
	call(d, associateSecurityGroups, sdk.AssociateSecurityGroupsRequestParams{InstanceIds: ps(id), SecurityGroupIds: ps(sg[1])})
	if diff := cmp.Diff([]string{sg[2], sg[0], sg[1]}, plain(d.shown(id).SecurityGroupIds)); diff != "" {
		d.Error(diff)
	}
	leave := func(group string) sdk.DisassociateSecurityGroupsRequestParams {
		return sdk.DisassociateSecurityGroupsRequestParams{InstanceIds: ps(id), SecurityGroupIds: ps(group)}
	}
	call(d, disassociateSecurityGroups, leave(sg[0]))
	refused(d, sdk.FAILEDOPERATION_SECURITYGROUPACTIONFAILED, disassociateSecurityGroups, leave(sg[0]))
	refused(d, sdk.INVALIDSGID_MALFORMED, disassociateSecurityGroups, leave("sg-1"))
	refused(d, sdk.INVALIDSECURITYGROUPID_NOTFOUND, disassociateSecurityGroups, leave("sg-00000000"))
	refused(d, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, disassociateSecurityGroups, sdk.DisassociateSecurityGroupsRequestParams{InstanceIds: ps(id), SecurityGroupIds: ps(sg...)})
	call(d, disassociateSecurityGroups, leave(sg[2]))
	refused(d, sdk.SECGROUPACTIONFAILURE, disassociateSecurityGroups, leave(sg[1]))
	if diff := cmp.Diff([]string{sg[1]}, plain(d.shown(id).SecurityGroupIds)); diff != "" {
		d.Error(diff)
	}
}

func TestDescribeInstancesAttributesShowsUserData(t *testing.T) {
	d := newDesk(t)
	id := d.run(func(in *sdk.RunInstancesRequestParams) { in.UserData = p("aGk=") })
	ask := func(ids ...string) sdk.DescribeInstancesAttributesRequestParams {
		return sdk.DescribeInstancesAttributesRequestParams{InstanceIds: ps(ids...), Attributes: ps("UserData")}
	}
	got := call(d, describeInstancesAttributes, ask(id)).InstanceSet
	if len(got) != 1 || *got[0].InstanceId != id || *got[0].Attributes.UserData != "aGk=" {
		d.Errorf("got %+v", got)
	}
	refused(d, sdk.INVALIDINSTANCEID_NOTFOUND, describeInstancesAttributes, ask(id, "ins-00000000"))
	refused(d, sdk.INVALIDPARAMETERVALUE_INSTANCEIDMALFORMED, describeInstancesAttributes, ask("ins-1"))
}

func TestAProjectMustBeThere(t *testing.T) {
	d := newDesk(t)
	id := d.run()
	refused(d, sdk.INVALIDPROJECTID_NOTFOUND, modifyInstancesProject, sdk.ModifyInstancesProjectRequestParams{InstanceIds: ps(id), ProjectId: p(int64(7))})
	refused(d, sdk.INVALIDPROJECTID_NOTFOUND, modifyInstancesProject, sdk.ModifyInstancesProjectRequestParams{InstanceIds: ps(id), ProjectId: p(int64(-1))})
}

func TestAnInstanceOnItsWayToTheRecycleBinIsIsolating(t *testing.T) {
	d := newDesk(t)
	id := d.run(months(1, renewByHand))
	call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(id)})
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATEISOLATING, modifyInstancesAttribute, newAttribute{InstanceIds: ps(id), InstanceName: p("x")})
	refused(d, sdk.OPERATIONDENIED_INSTANCEOPERATIONINPROGRESS, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(id)})
}
