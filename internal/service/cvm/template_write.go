package cvm

import (
	"slices"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Lengths of the words of a launch template, in characters.
const (
	minTemplateWord        = 2
	maxTemplateName        = 128
	maxTemplateDescription = 256
)

func isTemplateName(name string) bool {
	n := len([]rune(name))
	return n >= minTemplateWord && n <= maxTemplateName
}

// createLaunchTemplate makes a launch template with a first version, which is its default. What it says is checked as
// RunInstances checks it, except that nothing is made for it.
func createLaunchTemplate(c *api.Call, in *sdk.CreateLaunchTemplateRequestParams) (*sdk.CreateLaunchTemplateResponseParams, error) {
	if !isTemplateName(*in.LaunchTemplateName) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDLAUNCHTEMPLATENAME, *in.LaunchTemplateName, "LaunchTemplateName")
	}
	order := orderOf(in)
	if err := checkTemplate(c, order, in.LaunchTemplateVersionDescription, in.TemplateDataModifyAction); err != nil {
		return nil, err
	}
	tags, err := specified(in.LaunchTemplateTagSpecification, templateKind, tag.Codes{
		Key: sdk.INVALIDPARAMETERVALUE, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.FAILEDOPERATION_TAGKEYRESERVED,
		Quota: sdk.INVALIDPARAMETERVALUE, Duplicate: sdk.INVALIDPARAMETERVALUE,
	})
	if err != nil {
		return nil, err
	}
	if most := c.Quota(quota.LaunchTemplates); templates.Len(c.Tx) >= most {
		return nil, tcerr.New(sdk.LIMITEXCEEDED_LAUNCHTEMPLATEQUOTA, "The number of launch templates exceeds the limit `%d`.", most).
			Zh("实例启动模板数量超过上限 `%d`。")
	}
	id := api.NewID(c, templates, "lt")
	templates.Put(c.Tx, id, template{Name: *in.LaunchTemplateName, Default: 1, Latest: 1, Creator: c.Caller.Uin, Created: c.Now.Unix()})
	putVersion(c, id, 1, or(in.LaunchTemplateVersionDescription, ""), order)
	tag.Set(c.Tx, taggedTemplate(id), tags)
	return &sdk.CreateLaunchTemplateResponseParams{LaunchTemplateId: &id}, nil
}

func putVersion(c *api.Call, id string, number int64, description string, order *sdk.RunInstancesRequestParams) {
	templateVersions.Put(c.Tx, versionKey(id, number), templateVersion{
		Template: id, Number: number, Description: description, Creator: strconv.FormatUint(c.Caller.AppID, 10), Created: c.Now.Unix(), Order: *order,
	})
}

// checkTemplate refuses what no version of a template can say. How a version is to modify what is asked of a launch, modify,
// is about Metadata alone, which no launch takes here.
func checkTemplate(c *api.Call, order *sdk.RunInstancesRequestParams, description, modify *string) error {
	if n := len([]rune(or(description, ""))); n != 0 && (n < minTemplateWord || n > maxTemplateDescription) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDLAUNCHTEMPLATEVERSIONDESCRIPTION, *description, "LaunchTemplateVersionDescription")
	}
	if order.LoginSettings != nil && or(order.LoginSettings.Password, "") != "" {
		if err := checkPassword(*order.LoginSettings.Password, false); err != nil { // what could not be one is no matter of templates
			return fit(c, err)
		}
		return tcerr.New(sdk.INVALIDPARAMETER_PASSWORDNOTSUPPORTED, "A launch template does not support a password.").Zh("实例启动模板不支持设置密码。")
	}
	if !slices.Contains([]string{"Update", "Replace"}, or(modify, "Replace")) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *modify, "TemplateDataModifyAction")
	}
	_, err := draft(c, order)
	return err
}

// createLaunchTemplateVersion makes a version that has what it does not say itself from the version it is based on: the
// default one unless another is named. Source: document/product/213/66326.
func createLaunchTemplateVersion(c *api.Call, in *sdk.CreateLaunchTemplateVersionRequestParams) (*sdk.CreateLaunchTemplateVersionResponseParams, error) {
	id := *in.LaunchTemplateId
	t, err := findTemplate(c, id)
	if err != nil {
		return nil, err
	}
	base, err := findVersion(c, id, or(in.LaunchTemplateVersion, t.Default))
	if err != nil {
		return nil, err
	}
	order := overlay(&base.Order, versionOrderOf(in))
	if err := checkTemplate(c, order, in.LaunchTemplateVersionDescription, in.TemplateDataModifyAction); err != nil {
		return nil, err
	}
	if most := c.Quota(quota.LaunchTemplateVersions); templateVersions.Count(c.Tx, "template", id) >= most {
		return nil, tcerr.New(sdk.LIMITEXCEEDED_LAUNCHTEMPLATEVERSIONQUOTA, "The number of versions of the launch template `%s` exceeds the limit `%d`.", id, most).
			Zh("实例启动模板 `%s` 的版本数量超过上限 `%d`。")
	}
	number := t.Latest + 1
	putVersion(c, id, number, or(in.LaunchTemplateVersionDescription, ""), order)
	templates.Edit(c.Tx, c.Now, id, func(t *template) { t.Latest = number })
	return &sdk.CreateLaunchTemplateVersionResponseParams{LaunchTemplateVersionNumber: &number}, nil
}

// modifyLaunchTemplateDefaultVersion makes a version the default one, unless it is already.
func modifyLaunchTemplateDefaultVersion(c *api.Call, in *sdk.ModifyLaunchTemplateDefaultVersionRequestParams) (*sdk.ModifyLaunchTemplateDefaultVersionResponseParams, error) {
	t, err := findTemplate(c, *in.LaunchTemplateId)
	if err != nil {
		return nil, err
	}
	if _, err := findVersion(c, *in.LaunchTemplateId, *in.DefaultVersion); err != nil {
		return nil, err
	}
	if t.Default == *in.DefaultVersion { // Terraform reads this very text
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEIDVERSETALREADY, "The specified launch template version had been set to default.").
			Zh("指定的实例启动模板版本已为默认版本（The specified launch template version had been set to default）。")
	}
	templates.Edit(c.Tx, c.Now, *in.LaunchTemplateId, func(t *template) { t.Default = *in.DefaultVersion })
	return &sdk.ModifyLaunchTemplateDefaultVersionResponseParams{}, nil
}

// deleteLaunchTemplateVersions deletes versions of a template, but never the default one.
func deleteLaunchTemplateVersions(c *api.Call, in *sdk.DeleteLaunchTemplateVersionsRequestParams) (*sdk.DeleteLaunchTemplateVersionsResponseParams, error) {
	id := *in.LaunchTemplateId
	t, err := findTemplate(c, id)
	if err != nil {
		return nil, err
	}
	if len(in.LaunchTemplateVersions) == 0 {
		return nil, tcerr.Missing("LaunchTemplateVersions")
	}
	for _, number := range in.LaunchTemplateVersions {
		if _, err := findVersion(c, id, or(number, 0)); err != nil {
			return nil, err
		}
		if *number == t.Default {
			return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LAUNCHTEMPLATEDEFAULTVERSION, "The default version `%d` of a launch template cannot be deleted.", *number).
				Zh("不支持删除实例启动模板的默认版本 `%d`。")
		}
	}
	for _, number := range in.LaunchTemplateVersions {
		templateVersions.Delete(c.Tx, c.Now, versionKey(id, *number))
	}
	return &sdk.DeleteLaunchTemplateVersionsResponseParams{}, nil
}

// deleteLaunchTemplate deletes a template with all of its versions. Instances launched from it go on.
func deleteLaunchTemplate(c *api.Call, in *sdk.DeleteLaunchTemplateRequestParams) (*sdk.DeleteLaunchTemplateResponseParams, error) {
	id := *in.LaunchTemplateId
	if _, err := findTemplate(c, id); err != nil {
		return nil, err
	}
	for key := range templateVersions.Where(c.Tx, "template", id) {
		templateVersions.Delete(c.Tx, c.Now, key)
	}
	templates.Delete(c.Tx, c.Now, id)
	tag.Drop(c.Tx, c.Now, taggedTemplate(id))
	return &sdk.DeleteLaunchTemplateResponseParams{}, nil
}
