package cvm

import (
	"reflect"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// template is a launch template: a name for versions of one order, of which one is taken when none is named.
type template struct {
	Name            string
	Default, Latest int64
	Creator         string // Uin
	Created         int64  // UNIX seconds
}

var templates = state.NewTable("cvm.launch-template",
	state.By("name", func(_ string, t *template) []string { return []string{t.Name} }),
)

// templateVersion is one version of a template: what RunInstances takes of it where the request says nothing.
type templateVersion struct {
	Template    string
	Number      int64
	Description string
	Creator     string // AppId
	Created     int64  // UNIX seconds
	Order       sdk.RunInstancesRequestParams
}

// templateVersions are kept by template and number: "lt-1a2b3c4d/2".
var templateVersions = state.NewTable("cvm.launch-template-version",
	state.By("template", func(_ string, v *templateVersion) []string { return []string{v.Template} }),
)

func versionKey(id string, number int64) string { return id + "/" + strconv.FormatInt(number, 10) }

// templateIDs is how actions on launch templates name them.
var templateIDs = naming{
	noun: "launch template", zh: "实例启动模板", form: shape("lt"), max: maxBatch,
	malformed: sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDMALFORMED, missing: sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDNOTEXISTED,
	tooMany: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
}

// findTemplate is the launch template of an id.
func findTemplate(c *api.Call, id string) (*template, error) {
	if err := templateIDs.check(c, id); err != nil {
		return nil, err
	}
	t, ok := templates.Get(c.Tx, id)
	if !ok {
		return nil, templateIDs.absent(c, id)
	}
	return t, nil
}

// findVersion is one version of a template that is there.
func findVersion(c *api.Call, id string, number int64) (*templateVersion, error) {
	v, ok := templateVersions.Get(c.Tx, versionKey(id, number))
	if ok {
		return v, nil
	}
	code := listedCode(c, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDVERNOTEXISTED, sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEVERSION)
	if number < 1 {
		code = sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEVERSION
	}
	return nil, tcerr.New(code, "The version `%d` of the launch template `%s` does not exist.", number, id).
		Zh("版本 `%d` 在实例启动模板 `%s` 中不存在。")
}

// fromTemplate is a request with what its launch template says wherever it says nothing itself.
func fromTemplate(c *api.Call, in *sdk.RunInstancesRequestParams) (*sdk.RunInstancesRequestParams, error) {
	if in.LaunchTemplate == nil {
		return in, nil
	}
	id := or(in.LaunchTemplate.LaunchTemplateId, "")
	t, err := findTemplate(c, id)
	if err != nil {
		return nil, err
	}
	number := t.Default
	if in.LaunchTemplate.LaunchTemplateVersion != nil {
		number = int64(*in.LaunchTemplate.LaunchTemplateVersion)
	}
	v, err := findVersion(c, id, number)
	if err != nil {
		return nil, err
	}
	return overlay(&v.Order, in), nil
}

// overlay is the order below with each parameter that the one above has, as a whole, in place of its own.
func overlay(below, above *sdk.RunInstancesRequestParams) *sdk.RunInstancesRequestParams {
	both := *below
	to, from := reflect.ValueOf(&both).Elem(), reflect.ValueOf(above).Elem()
	for i := range from.NumField() {
		if f := from.Field(i); !f.IsNil() {
			to.Field(i).Set(f)
		}
	}
	return &both
}

// taggedTemplate is how tags know a launch template. Simulated: no source names the prefix.
func taggedTemplate(id string) tag.Resource {
	return tag.Resource{Service: "cvm", Prefix: templateKind, ID: id}
}

const templateKind = "launch-template"
