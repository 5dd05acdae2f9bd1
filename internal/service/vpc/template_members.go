package vpc

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// kindOf is the kind of a template's id, and the template.
func kindOf(c *api.Call, id *string) (*templateKind, *template, error) {
	for _, k := range []*templateKind{addressTemplates, serviceTemplates, addressGroups, serviceGroups} {
		if strings.HasPrefix(val(id), k.prefix+"-") {
			t, err := k.find(c, id)
			return k, t, err
		}
	}
	return nil, nil, malformed(val(id), "TemplateId")
}

// place finds a member in a list.
func place(all []member, in *sdk.MemberInfo) (int, error) {
	i := slices.IndexFunc(all, func(m member) bool { return m.Value == val(in.Member) })
	if i < 0 {
		return 0, notFound(val(in.Member))
	}
	return i, nil
}

// setMembers gives a template the members that change makes of those that it has.
func setMembers(c *api.Call, id *string, change func(have []member) ([]member, error)) error {
	k, t, err := kindOf(c, id)
	if err != nil {
		return err
	}
	now := *t
	if now.Members, err = change(slices.Clone(t.Members)); err != nil {
		return err
	}
	now.Changed = c.Now
	if err := k.checkAll(c, &now); err != nil {
		return err
	}
	k.edit(c, *id, func(row *template) { *row = now })
	return nil
}

func addTemplateMember(c *api.Call, in *sdk.AddTemplateMemberRequestParams) (*sdk.AddTemplateMemberResponseParams, error) {
	return &sdk.AddTemplateMemberResponseParams{}, setMembers(c, in.TemplateId, func(have []member) ([]member, error) {
		for _, m := range in.TemplateMember {
			have = append(have, member{val(m.Member), val(m.Description), c.Now})
		}
		return have, nil
	})
}

func deleteTemplateMember(c *api.Call, in *sdk.DeleteTemplateMemberRequestParams) (*sdk.DeleteTemplateMemberResponseParams, error) {
	return &sdk.DeleteTemplateMemberResponseParams{}, setMembers(c, in.TemplateId, func(have []member) ([]member, error) {
		for _, m := range in.TemplateMember {
			i, err := place(have, m)
			if err != nil {
				return nil, err
			}
			have = slices.Delete(have, i, i+1)
		}
		return have, nil
	})
}

// modifyTemplateMember replaces members one for one.
func modifyTemplateMember(c *api.Call, in *sdk.ModifyTemplateMemberRequestParams) (*sdk.ModifyTemplateMemberResponseParams, error) {
	if len(in.OriginalTemplateMember) != len(in.TemplateMember) {
		return nil, bad(len(in.TemplateMember), "TemplateMember")
	}
	return &sdk.ModifyTemplateMemberResponseParams{}, setMembers(c, in.TemplateId, func(have []member) ([]member, error) {
		for i, old := range in.OriginalTemplateMember {
			at, err := place(have, old)
			if err != nil {
				return nil, err
			}
			have[at] = member{val(in.TemplateMember[i].Member), val(in.TemplateMember[i].Description), c.Now}
		}
		return have, nil
	})
}

func describeTemplateLimits(c *api.Call, _ *sdk.DescribeTemplateLimitsRequestParams) (*sdk.DescribeTemplateLimitsResponseParams, error) {
	of := func(l quota.Limit) *uint64 { return new(uint64(c.Quota(l))) }
	return &sdk.DescribeTemplateLimitsResponseParams{TemplateLimit: &sdk.TemplateLimit{
		AddressTemplateMemberLimit: of(quota.AddressTemplateMembers), AddressTemplateGroupMemberLimit: of(quota.TemplateGroupMembers),
		ServiceTemplateMemberLimit: of(quota.ServiceTemplateMembers), ServiceTemplateGroupMemberLimit: of(quota.TemplateGroupMembers),
	}}, nil
}
