package cvm

import (
	"strings"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// blueprint is a CreateLaunchTemplate of one small instance.
func blueprint(change ...func(*sdk.CreateLaunchTemplateRequestParams)) sdk.CreateLaunchTemplateRequestParams {
	in := sdk.CreateLaunchTemplateRequestParams{
		LaunchTemplateName: p("web"), Placement: &sdk.Placement{Zone: p("ap-guangzhou-3")}, ImageId: p(ubuntu), InstanceType: p("S5.MEDIUM4"),
	}
	for _, f := range change {
		f(&in)
	}
	return in
}

func (d *desk) template(change ...func(*sdk.CreateLaunchTemplateRequestParams)) string {
	d.Helper()
	return *call(d, createLaunchTemplate, blueprint(change...)).LaunchTemplateId
}

func (d *desk) version(id string, change ...func(*sdk.CreateLaunchTemplateVersionRequestParams)) int64 {
	d.Helper()
	in := sdk.CreateLaunchTemplateVersionRequestParams{LaunchTemplateId: &id, Placement: &sdk.Placement{Zone: p("ap-guangzhou-3")}}
	for _, f := range change {
		f(&in)
	}
	return *call(d, createLaunchTemplateVersion, in).LaunchTemplateVersionNumber
}

func (d *desk) versions(in sdk.DescribeLaunchTemplateVersionsRequestParams) (numbers []uint64) {
	d.Helper()
	for _, v := range call(d, describeLaunchTemplateVersions, in).LaunchTemplateVersionSet {
		numbers = append(numbers, *v.LaunchTemplateVersion)
	}
	return numbers
}

func from(id string, version *uint64) *sdk.LaunchTemplate {
	return &sdk.LaunchTemplate{LaunchTemplateId: &id, LaunchTemplateVersion: version}
}

func TestTemplateIsShownAsItWasGiven(t *testing.T) {
	d := newDesk(t)
	id := d.template(func(in *sdk.CreateLaunchTemplateRequestParams) {
		in.LaunchTemplateVersionDescription, in.InstanceCount = p("the first"), p(int64(2))
		in.LaunchTemplateTagSpecification = tagging(templateKind)
	})
	shown := call(d, describeLaunchTemplates, sdk.DescribeLaunchTemplatesRequestParams{LaunchTemplateIds: ps(id)}).LaunchTemplateSet[0]
	d.wantFull(shown)
	if *shown.DefaultVersionNumber != 1 || *shown.LatestVersionNumber != 1 || *shown.LaunchTemplateVersionCount != 1 {
		t.Errorf("got %+v, want one version", shown)
	}
	version := call(d, describeLaunchTemplateVersions, sdk.DescribeLaunchTemplateVersionsRequestParams{LaunchTemplateId: &id}).LaunchTemplateVersionSet[0]
	d.wantFull(version)
	data := version.LaunchTemplateVersionData
	if *data.ImageId != ubuntu || *data.InstanceCount != 2 || data.SystemDisk != nil || !*version.IsDefaultVersion {
		t.Errorf("got %+v, want what was given and no more", data)
	}
	for name, in := range map[string]sdk.DescribeLaunchTemplatesRequestParams{
		"name": {Filters: by("LaunchTemplateName", "web")}, "tag": {Filters: by("tag-key", "team")},
	} {
		if got := *call(d, describeLaunchTemplates, in).TotalCount; got != 1 {
			t.Errorf("by %s: got %d, want 1", name, got)
		}
	}
}

func TestTemplateMakesNoNetwork(t *testing.T) {
	d := newDesk(t)
	before := d.network()
	d.template()
	if got := d.network(); got != before {
		t.Errorf("got %v, want %v as before", got, before)
	}
	d.run()
	if got := d.network(); got == before {
		t.Error("an instance makes no network, so that nothing is shown here")
	}
}

// network is what the networks of the region stand at.
func (d *desk) network() (stamp any) {
	d.Helper()
	err := d.Store.View(d.Scope, d.Now, func(tx *state.Tx) error {
		stamp = vpc.Stamp(tx)
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	return stamp
}

func TestVersionsInheritAndNumberOn(t *testing.T) {
	d := newDesk(t)
	id := d.template(func(in *sdk.CreateLaunchTemplateRequestParams) {
		in.InstanceName, in.UserData = p("first"), p("IyEvYmluL3No")
	})
	if n := d.version(id, func(in *sdk.CreateLaunchTemplateVersionRequestParams) { in.InstanceName = p("second") }); n != 2 {
		t.Errorf("got version %d, want 2", n)
	}
	d.version(id, func(in *sdk.CreateLaunchTemplateVersionRequestParams) {
		in.LaunchTemplateVersion, in.InstanceType = p(int64(2)), p("S5.SMALL1")
	})
	all := call(d, describeLaunchTemplateVersions, sdk.DescribeLaunchTemplateVersionsRequestParams{LaunchTemplateId: &id}).LaunchTemplateVersionSet
	third := all[2].LaunchTemplateVersionData
	if *third.InstanceName != "second" || *third.InstanceType != "S5.SMALL1" || *third.UserData != "IyEvYmluL3No" {
		t.Errorf("got %+v, want it based on the second", third)
	}
	call(d, deleteLaunchTemplateVersions, sdk.DeleteLaunchTemplateVersionsRequestParams{LaunchTemplateId: &id, LaunchTemplateVersions: []*int64{p(int64(3))}})
	if n := d.version(id); n != 4 {
		t.Errorf("got version %d, want 4: numbers do not come back", n)
	}
	d.limit(quota.LaunchTemplateVersions, 3)
	refused(d, sdk.LIMITEXCEEDED_LAUNCHTEMPLATEVERSIONQUOTA, createLaunchTemplateVersion, sdk.CreateLaunchTemplateVersionRequestParams{
		LaunchTemplateId: &id, Placement: &sdk.Placement{Zone: p("ap-guangzhou-3")},
	})
}

func TestVersionsAreFoundByNumberRangeAndDefault(t *testing.T) {
	d := newDesk(t)
	id := d.template()
	for range 4 {
		d.version(id)
	}
	for name, row := range map[string]struct {
		in   sdk.DescribeLaunchTemplateVersionsRequestParams
		want string
	}{
		"all":     {sdk.DescribeLaunchTemplateVersionsRequestParams{}, "1 2 3 4 5"},
		"named":   {sdk.DescribeLaunchTemplateVersionsRequestParams{LaunchTemplateVersions: []*uint64{p(uint64(4)), p(uint64(2))}}, "4 2"},
		"range":   {sdk.DescribeLaunchTemplateVersionsRequestParams{MinVersion: p(uint64(2)), MaxVersion: p(uint64(4))}, "2 3 4"},
		"page":    {sdk.DescribeLaunchTemplateVersionsRequestParams{Offset: p(uint64(3)), Limit: p(uint64(1))}, "4"},
		"default": {sdk.DescribeLaunchTemplateVersionsRequestParams{DefaultVersion: p(true)}, "1"},
	} {
		row.in.LaunchTemplateId = &id
		var got []string
		for _, n := range d.versions(row.in) {
			got = append(got, string('0'+rune(n)))
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: got %v, want %s", name, got, row.want)
		}
	}
	refused(d, sdk.INVALIDPARAMETERCOMBINATION, describeLaunchTemplateVersions, sdk.DescribeLaunchTemplateVersionsRequestParams{
		LaunchTemplateId: &id, LaunchTemplateVersions: []*uint64{p(uint64(1))}, Limit: p(uint64(1)),
	})
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDVERNOTEXISTED, describeLaunchTemplateVersions, sdk.DescribeLaunchTemplateVersionsRequestParams{
		LaunchTemplateId: &id, LaunchTemplateVersions: []*uint64{p(uint64(9))},
	})
}

func TestDefaultVersionIsSetOnceAndNotDeleted(t *testing.T) {
	d := newDesk(t)
	id := d.template()
	second := d.version(id)
	set := func(n int64) sdk.ModifyLaunchTemplateDefaultVersionRequestParams {
		return sdk.ModifyLaunchTemplateDefaultVersionRequestParams{LaunchTemplateId: &id, DefaultVersion: &n}
	}
	call(d, modifyLaunchTemplateDefaultVersion, set(second))
	_, err := try(d, modifyLaunchTemplateDefaultVersion, set(second))
	if e := tcerr.Of(err); e == nil || e.Code != sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDVERSETALREADY ||
		!strings.Contains(e.Message(tcerr.English), "The specified launch template version had been set to default") {
		t.Errorf("got %v, want the refusal that Terraform reads", err)
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDVERNOTEXISTED, modifyLaunchTemplateDefaultVersion, set(7))
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEVERSION, modifyLaunchTemplateDefaultVersion, set(0))
	drop := func(n ...*int64) sdk.DeleteLaunchTemplateVersionsRequestParams {
		return sdk.DeleteLaunchTemplateVersionsRequestParams{LaunchTemplateId: &id, LaunchTemplateVersions: n}
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEDEFAULTVERSION, deleteLaunchTemplateVersions, drop(p(int64(1)), &second))
	call(d, deleteLaunchTemplateVersions, drop(p(int64(1))))
	call(d, deleteLaunchTemplate, sdk.DeleteLaunchTemplateRequestParams{LaunchTemplateId: &id})
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDNOTEXISTED, deleteLaunchTemplate, sdk.DeleteLaunchTemplateRequestParams{LaunchTemplateId: &id})
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDNOTEXISTED, describeLaunchTemplates, sdk.DescribeLaunchTemplatesRequestParams{LaunchTemplateIds: ps(id)})
	refused(d, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDMALFORMED, describeLaunchTemplates, sdk.DescribeLaunchTemplatesRequestParams{LaunchTemplateIds: ps("web")})
}

func TestRunInstancesFromATemplateWithOverrides(t *testing.T) {
	d := newDesk(t)
	id := d.template(func(in *sdk.CreateLaunchTemplateRequestParams) {
		in.InstanceName, in.InstanceCount, in.TagSpecification = p("web"), p(int64(2)), tagging("instance")
	})
	d.version(id, func(in *sdk.CreateLaunchTemplateVersionRequestParams) { in.InstanceName = p("second") })
	ids := call(d, runInstances, sdk.RunInstancesRequestParams{LaunchTemplate: from(id, nil)}).InstanceIdSet
	if len(ids) != 2 || d.row(*ids[1]).Name != "web2" {
		t.Errorf("got %v, want two as the template says", plain(ids))
	}
	d.Must(func(c *api.Call) {
		if got := tag.Of(c.Tx, tagged(*ids[0])); got["team"] != "web" {
			t.Errorf("got tags %v, want the template's", got)
		}
	})
	ids = call(d, runInstances, sdk.RunInstancesRequestParams{
		LaunchTemplate: from(id, p(uint64(2))), InstanceCount: p(int64(1)), InstanceType: p("S5.SMALL1"),
	}).InstanceIdSet
	if i := d.row(*ids[0]); len(ids) != 1 || i.Name != "second" || i.Type != "S5.SMALL1" || i.ImageID != ubuntu {
		t.Errorf("got %+v, want the second version with the request's type and count", i)
	}
	for code, in := range map[string]*sdk.LaunchTemplate{
		sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDMALFORMED:  from("web", nil),
		sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDNOTEXISTED: from("lt-00000000", nil),
		sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEVERSION:      from(id, p(uint64(9))),
	} {
		refused(d, code, runInstances, sdk.RunInstancesRequestParams{LaunchTemplate: in})
	}
}

func TestCreateLaunchTemplateRefusals(t *testing.T) {
	d := newDesk(t)
	for name, row := range map[string]struct {
		code   string
		change func(in *sdk.CreateLaunchTemplateRequestParams)
	}{
		"short name":  {sdk.INVALIDPARAMETERVALUE_INVALIDLAUNCHTEMPLATENAME, func(in *sdk.CreateLaunchTemplateRequestParams) { in.LaunchTemplateName = p("w") }},
		"description": {sdk.INVALIDPARAMETERVALUE_INVALIDLAUNCHTEMPLATEVERSIONDESCRIPTION, func(in *sdk.CreateLaunchTemplateRequestParams) { in.LaunchTemplateVersionDescription = p("x") }},
		"password": {sdk.INVALIDPARAMETER_PASSWORDNOTSUPPORTED, func(in *sdk.CreateLaunchTemplateRequestParams) {
			in.LoginSettings = &sdk.LoginSettings{Password: p("Passw0rd!")}
		}},
		"modify": {"InvalidParameterValue", func(in *sdk.CreateLaunchTemplateRequestParams) { in.TemplateDataModifyAction = p("Forget") }},
		"zone": {sdk.INVALIDZONE_MISMATCHREGION, func(in *sdk.CreateLaunchTemplateRequestParams) {
			in.Placement = &sdk.Placement{Zone: p("ap-beijing-3")}
		}},
		"image":     {sdk.INVALIDIMAGEID_NOTFOUND, func(in *sdk.CreateLaunchTemplateRequestParams) { in.ImageId = p("img-00000000") }},
		"user data": {sdk.INVALIDPARAMETERVALUE_INVALIDUSERDATAFORMAT, func(in *sdk.CreateLaunchTemplateRequestParams) { in.UserData = p("%") }},
		"group":     {sdk.INVALIDSECURITYGROUPID_NOTFOUND, func(in *sdk.CreateLaunchTemplateRequestParams) { in.SecurityGroupIds = ps("sg-00000000") }},
		"vpc": {sdk.INVALIDPARAMETERVALUE_VPCIDNOTEXIST, func(in *sdk.CreateLaunchTemplateRequestParams) {
			in.VirtualPrivateCloud = &sdk.VirtualPrivateCloud{VpcId: p("vpc-00000000"), SubnetId: p("subnet-00000000")}
		}},
	} {
		d.Log(name)
		refused(d, row.code, createLaunchTemplate, blueprint(row.change))
	}
	d.limit(quota.LaunchTemplates, 0)
	refused(d, sdk.LIMITEXCEEDED_LAUNCHTEMPLATEQUOTA, createLaunchTemplate, blueprint())
}
