package vpc

import (
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func (w *world) addresses(in ...string) string {
	w.T.Helper()
	return *apitest.Call(w.World, createAddressTemplate, sdk.CreateAddressTemplateRequestParams{AddressTemplateName: new("t"), Addresses: ptrs(in)}).
		AddressTemplate.AddressTemplateId
}

func TestTemplateMembersAreChecked(t *testing.T) {
	w := newWorld(t)
	for _, row := range []struct{ name, value, code string }{
		{"address", "10.0.0.1", ""},
		{"block", "10.0.0.0/24", ""},
		{"range", "10.0.0.1-10.0.0.9", ""},
		{"IPv6", "2402:4e00::/56", ""},
		{"range backwards", "10.0.0.9-10.0.0.1", sdk.INVALIDPARAMETERVALUE_MALFORMED},
		{"word", "home", sdk.INVALIDPARAMETERVALUE_MALFORMED},
	} {
		in := sdk.CreateAddressTemplateRequestParams{AddressTemplateName: &row.name, Addresses: []*string{&row.value}}
		if row.code == "" {
			apitest.Call(w.World, createAddressTemplate, in)
			continue
		}
		apitest.Refused(w.World, row.code, createAddressTemplate, in)
	}
	for _, row := range []struct{ value, code string }{
		{"tcp:80", ""}, {"udp:all", ""}, {"TCP:80,443", ""}, {"tcp:3306-3310", ""}, {"icmp", ""}, {"gre", ""},
		{"tcp", sdk.INVALIDPARAMETERVALUE}, {"http:80", sdk.INVALIDPARAMETERVALUE}, {"tcp:99999", sdk.INVALIDPARAMETERVALUE_MALFORMED},
	} {
		in := sdk.CreateServiceTemplateRequestParams{ServiceTemplateName: &row.value, Services: []*string{&row.value}}
		if row.code == "" {
			apitest.Call(w.World, createServiceTemplate, in)
			continue
		}
		apitest.Refused(w.World, row.code, createServiceTemplate, in)
	}
}

func TestTemplatesInUseStay(t *testing.T) {
	w := newWorld(t)
	id, sg := w.addresses("10.0.0.1", "10.0.0.2"), w.group()
	apitest.Refused(w.World, sdk.RESOURCENOTFOUND, createAddressTemplateGroup, sdk.CreateAddressTemplateGroupRequestParams{
		AddressTemplateGroupName: new("g"), AddressTemplateIds: ptrs([]string{"ipm-00000000"}),
	})
	group := apitest.Call(w.World, createAddressTemplateGroup, sdk.CreateAddressTemplateGroupRequestParams{
		AddressTemplateGroupName: new("g"), AddressTemplateIds: []*string{&id},
	}).AddressTemplateGroup.AddressTemplateGroupId
	w.addPolicies(sg, &sdk.SecurityGroupPolicy{Action: new("ACCEPT"), AddressTemplate: &sdk.AddressTemplateSpecification{AddressGroupId: group}})
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteAddressTemplate, sdk.DeleteAddressTemplateRequestParams{AddressTemplateId: &id})
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteAddressTemplateGroup, sdk.DeleteAddressTemplateGroupRequestParams{AddressTemplateGroupId: group})
	shown := apitest.Call(w.World, describeSecurityGroupPolicies, sdk.DescribeSecurityGroupPoliciesRequestParams{SecurityGroupId: &sg}).SecurityGroupPolicySet.Ingress[0]
	if *shown.AddressTemplate.AddressGroupId != *group || *shown.AddressTemplate.AddressId != "" {
		t.Errorf("got %v, want the group of templates", shown.AddressTemplate)
	}
	apitest.Call(w.World, deleteSecurityGroup, sdk.DeleteSecurityGroupRequestParams{SecurityGroupId: &sg})
	apitest.Call(w.World, deleteAddressTemplateGroup, sdk.DeleteAddressTemplateGroupRequestParams{AddressTemplateGroupId: group})
	apitest.Call(w.World, deleteAddressTemplate, sdk.DeleteAddressTemplateRequestParams{AddressTemplateId: &id})
}

func TestTemplateMembersComeAndGo(t *testing.T) {
	w := newWorld(t)
	id := w.addresses("10.0.0.1")
	apitest.Call(w.World, addTemplateMember, sdk.AddTemplateMemberRequestParams{TemplateId: &id, TemplateMember: []*sdk.MemberInfo{{Member: new("10.0.0.2"), Description: new("two")}}})
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_DUPLICATE, addTemplateMember, sdk.AddTemplateMemberRequestParams{TemplateId: &id, TemplateMember: []*sdk.MemberInfo{{Member: new("10.0.0.2")}}})
	apitest.Call(w.World, modifyTemplateMember, sdk.ModifyTemplateMemberRequestParams{
		TemplateId: &id, OriginalTemplateMember: []*sdk.MemberInfo{{Member: new("10.0.0.1")}}, TemplateMember: []*sdk.MemberInfo{{Member: new("10.0.0.3")}},
	})
	apitest.Call(w.World, deleteTemplateMember, sdk.DeleteTemplateMemberRequestParams{TemplateId: &id, TemplateMember: []*sdk.MemberInfo{{Member: new("10.0.0.2")}}})
	out := apitest.Call(w.World, describeAddressTemplates, sdk.DescribeAddressTemplatesRequestParams{Filters: filter("address-ip", "10.0.0.3")})
	if *out.TotalCount != 1 || len(out.AddressTemplateSet[0].AddressSet) != 1 {
		t.Errorf("got %d templates, want one with 10.0.0.3 alone", *out.TotalCount)
	}
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_EMPTY, deleteTemplateMember, sdk.DeleteTemplateMemberRequestParams{TemplateId: &id, TemplateMember: []*sdk.MemberInfo{{Member: new("10.0.0.3")}}})
}
