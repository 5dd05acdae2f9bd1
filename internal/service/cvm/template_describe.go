package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// findsTemplates is how launch templates are found, oldest first. Source: document/api/213/66322.
var findsTemplates = api.Query[template]{
	Table: templates,
	Tags:  func(c *api.Call, id string, _ *template) map[string]string { return tag.Of(c.Tx, taggedTemplate(id)) },
	Rules: api.Rules{
		MaxIDs: maxBatch, MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100,
		TooManyIDs: sdk.INVALIDPARAMETERVALUE, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED,
		UnknownFilter: sdk.INVALIDFILTER, Both: sdk.INVALIDPARAMETER,
		BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE,
	},
	Fields: map[string]api.Field[template]{
		"LaunchTemplateName": {Index: "name", Of: func(_ *api.Call, _ string, t *template) []string { return []string{t.Name} }},
	},
}

// describeLaunchTemplates lists launch templates, oldest first. Each that is named must be there.
func describeLaunchTemplates(c *api.Call, in *sdk.DescribeLaunchTemplatesRequestParams) (*sdk.DescribeLaunchTemplatesResponseParams, error) {
	for _, id := range in.LaunchTemplateIds {
		if _, err := findTemplate(c, or(id, "")); err != nil {
			return nil, err
		}
	}
	page, total, err := findsTemplates.Run(c, api.Ask{IDs: in.LaunchTemplateIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	for _, f := range in.Filters {
		for _, name := range f.Values {
			if or(f.Name, "") == "LaunchTemplateName" && !isTemplateName(or(name, "")) {
				return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDLAUNCHTEMPLATENAME, or(name, ""), "Filters.LaunchTemplateName")
			}
		}
	}
	out := &sdk.DescribeLaunchTemplatesResponseParams{TotalCount: new(int64(total)), LaunchTemplateSet: []*sdk.LaunchTemplateInfo{}}
	for _, hit := range page {
		t := hit.Row
		out.LaunchTemplateSet = append(out.LaunchTemplateSet, &sdk.LaunchTemplateInfo{
			LaunchTemplateId: &hit.ID, LaunchTemplateName: &t.Name, CreatedBy: &t.Creator, CreationTime: new(iso(t.Created)),
			DefaultVersionNumber: new(uint64(t.Default)), LatestVersionNumber: new(uint64(t.Latest)),
			LaunchTemplateVersionCount: new(uint64(templateVersions.Count(c.Tx, "template", hit.ID))),
		})
	}
	return out, nil
}

// versionRules bound DescribeLaunchTemplateVersions.
var versionRules = api.Rules{DefaultLimit: 20, MaxLimit: 100, BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE}

// lastVersion is the greatest number that is shown unless MaxVersion is more.
const lastVersion = 30

// describeLaunchTemplateVersions lists versions of a template by number: those that are named, the default one, or a
// range. Source: document/api/213/66323.
func describeLaunchTemplateVersions(c *api.Call, in *sdk.DescribeLaunchTemplateVersionsRequestParams) (*sdk.DescribeLaunchTemplateVersionsResponseParams, error) {
	t, err := findTemplate(c, *in.LaunchTemplateId)
	if err != nil {
		return nil, err
	}
	if len(in.LaunchTemplateVersions) > 0 &&
		(in.MinVersion != nil || in.MaxVersion != nil || in.Limit != nil || in.Offset != nil || in.DefaultVersion != nil) {
		return nil, tcerr.New(sdk.INVALIDPARAMETERCOMBINATION, "`LaunchTemplateVersions` cannot be specified together with a range, a page or `DefaultVersion`.").
			Zh("`LaunchTemplateVersions` 不能与版本范围、分页参数或 `DefaultVersion` 同时指定。")
	}
	if n := len(in.LaunchTemplateVersions); n > versionRules.MaxLimit {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, n, "LaunchTemplateVersions")
	}
	if in.MinVersion != nil && in.MaxVersion != nil && *in.MinVersion > *in.MaxVersion {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_NOTSUPPORTED, *in.MinVersion, "MinVersion")
	}
	offset, limit, err := versionRules.Check(api.Ask{Offset: in.Offset, Limit: in.Limit}, nil)
	if err != nil {
		return nil, err
	}
	all, err := versionsAsked(c, in, t)
	if err != nil {
		return nil, err
	}
	if len(in.LaunchTemplateVersions) > 0 {
		limit = len(all)
	}
	out := &sdk.DescribeLaunchTemplateVersionsResponseParams{TotalCount: new(uint64(len(all))), LaunchTemplateVersionSet: []*sdk.LaunchTemplateVersionInfo{}}
	for i := offset; i < min(len(all), offset+limit); i++ {
		out.LaunchTemplateVersionSet = append(out.LaunchTemplateVersionSet, all[i].view(t))
	}
	return out, nil
}

// versionsAsked is the versions that a request means.
func versionsAsked(c *api.Call, in *sdk.DescribeLaunchTemplateVersionsRequestParams, t *template) (all []*templateVersion, err error) {
	for _, number := range in.LaunchTemplateVersions {
		v, err := findVersion(c, *in.LaunchTemplateId, int64(or(number, 0)))
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	if all != nil {
		return all, nil
	}
	least, most := or(in.MinVersion, 0), or(in.MaxVersion, lastVersion)
	for _, v := range templateVersions.Where(c.Tx, "template", *in.LaunchTemplateId) {
		n := uint64(v.Number)
		if n >= least && n <= most && (!or(in.DefaultVersion, false) || v.Number == t.Default) {
			all = append(all, v)
		}
	}
	return all, nil
}

func (v *templateVersion) view(t *template) *sdk.LaunchTemplateVersionInfo {
	return &sdk.LaunchTemplateVersionInfo{
		LaunchTemplateId: &v.Template, LaunchTemplateVersion: new(uint64(v.Number)), LaunchTemplateVersionData: v.data(),
		CreationTime: new(iso(v.Created)), IsDefaultVersion: new(v.Number == t.Default), LaunchTemplateVersionDescription: &v.Description,
		CreatedBy: &v.Creator,
	}
}
