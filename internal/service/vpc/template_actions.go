package vpc

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// The actions of the four kinds of templates differ in the names of their parameters alone.

// plainMembers is members that a request lists without descriptions.
func plainMembers(c *api.Call, in []*string) []member {
	list := vals(in)
	return show(list, func(s *string) member { return member{Value: *s, Changed: c.Now} })
}

// addressMembers is the addresses that a request lists in one of two ways.
func addressMembers(c *api.Call, plain []*string, extra []*sdk.AddressInfo) ([]member, error) {
	if len(plain) > 0 && len(extra) > 0 {
		return nil, coexist("Addresses", "AddressesExtra")
	}
	members := plainMembers(c, plain)
	for _, a := range extra {
		members = append(members, member{val(a.Address), val(a.Description), c.Now})
	}
	return members, nil
}

func serviceMembers(c *api.Call, plain []*string, extra []*sdk.ServicesInfo) ([]member, error) {
	if len(plain) > 0 && len(extra) > 0 {
		return nil, coexist("Services", "ServicesExtra")
	}
	members := plainMembers(c, plain)
	for _, s := range extra {
		members = append(members, member{val(s.Service), val(s.Description), c.Now})
	}
	return members, nil
}

func showAddressTemplate(c *api.Call, id string, t *template) *sdk.AddressTemplate {
	return &sdk.AddressTemplate{
		AddressTemplateId: &id, AddressTemplateName: &t.Name, AddressSet: ptrs(t.values()), CreatedTime: local(t.Made), UpdatedTime: local(t.Changed),
		AddressExtraSet: show(t.Members, func(m *member) *sdk.AddressInfo {
			return &sdk.AddressInfo{Address: &m.Value, Description: &m.Desc, UpdatedTime: local(m.Changed)}
		}),
		TagSet: addressTemplates.tagSet(c, id),
	}
}

func showServiceTemplate(c *api.Call, id string, t *template) *sdk.ServiceTemplate {
	return &sdk.ServiceTemplate{
		ServiceTemplateId: &id, ServiceTemplateName: &t.Name, ServiceSet: ptrs(t.values()), CreatedTime: local(t.Made), UpdatedTime: local(t.Changed),
		ServiceExtraSet: show(t.Members, func(m *member) *sdk.ServicesInfo {
			return &sdk.ServicesInfo{Service: &m.Value, Description: &m.Desc, UpdatedTime: local(m.Changed)}
		}),
		TagSet: serviceTemplates.tagSet(c, id),
	}
}

func showAddressGroup(c *api.Call, id string, t *template) *sdk.AddressTemplateGroup {
	return &sdk.AddressTemplateGroup{
		AddressTemplateGroupId: &id, AddressTemplateGroupName: &t.Name, AddressTemplateIdSet: ptrs(t.values()),
		CreatedTime: local(t.Made), UpdatedTime: local(t.Changed), TagSet: addressGroups.tagSet(c, id),
		AddressTemplateSet: show(t.Members, func(m *member) *sdk.AddressTemplateItem {
			item := &sdk.AddressTemplateItem{AddressTemplateId: &m.Value, Description: &m.Desc, From: new(""), To: new(""), UpdatedTime: local(m.Changed)}
			if row, ok := addressTemplates.Get(c.Tx, m.Value); ok {
				item.AddressTemplateName = &row.Name
			}
			return item
		}),
	}
}

func showServiceGroup(c *api.Call, id string, t *template) *sdk.ServiceTemplateGroup {
	set := []*sdk.ServiceTemplate{}
	for _, m := range t.values() {
		if row, ok := serviceTemplates.Get(c.Tx, m); ok {
			set = append(set, showServiceTemplate(c, m, row))
		}
	}
	return &sdk.ServiceTemplateGroup{
		ServiceTemplateGroupId: &id, ServiceTemplateGroupName: &t.Name, ServiceTemplateIdSet: ptrs(t.values()),
		CreatedTime: local(t.Made), UpdatedTime: local(t.Changed), ServiceTemplateSet: set, TagSet: serviceGroups.tagSet(c, id),
	}
}

func createAddressTemplate(c *api.Call, in *sdk.CreateAddressTemplateRequestParams) (*sdk.CreateAddressTemplateResponseParams, error) {
	members, err := addressMembers(c, in.Addresses, in.AddressesExtra)
	if err != nil {
		return nil, err
	}
	id, t, err := addressTemplates.create(c, in.AddressTemplateName, members, in.Tags)
	return &sdk.CreateAddressTemplateResponseParams{AddressTemplate: showAddressTemplate(c, id, &t)}, err
}

func createServiceTemplate(c *api.Call, in *sdk.CreateServiceTemplateRequestParams) (*sdk.CreateServiceTemplateResponseParams, error) {
	members, err := serviceMembers(c, in.Services, in.ServicesExtra)
	if err != nil {
		return nil, err
	}
	id, t, err := serviceTemplates.create(c, in.ServiceTemplateName, members, in.Tags)
	return &sdk.CreateServiceTemplateResponseParams{ServiceTemplate: showServiceTemplate(c, id, &t)}, err
}

func createAddressTemplateGroup(c *api.Call, in *sdk.CreateAddressTemplateGroupRequestParams) (*sdk.CreateAddressTemplateGroupResponseParams, error) {
	id, t, err := addressGroups.create(c, in.AddressTemplateGroupName, plainMembers(c, in.AddressTemplateIds), in.Tags)
	return &sdk.CreateAddressTemplateGroupResponseParams{AddressTemplateGroup: showAddressGroup(c, id, &t)}, err
}

func createServiceTemplateGroup(c *api.Call, in *sdk.CreateServiceTemplateGroupRequestParams) (*sdk.CreateServiceTemplateGroupResponseParams, error) {
	id, t, err := serviceGroups.create(c, in.ServiceTemplateGroupName, plainMembers(c, in.ServiceTemplateIds), in.Tags)
	return &sdk.CreateServiceTemplateGroupResponseParams{ServiceTemplateGroup: showServiceGroup(c, id, &t)}, err
}

func modifyAddressTemplateAttribute(c *api.Call, in *sdk.ModifyAddressTemplateAttributeRequestParams) (*sdk.ModifyAddressTemplateAttributeResponseParams, error) {
	members, err := addressMembers(c, in.Addresses, in.AddressesExtra)
	if err != nil {
		return nil, err
	}
	return &sdk.ModifyAddressTemplateAttributeResponseParams{}, addressTemplates.modify(c, in.AddressTemplateId, in.AddressTemplateName, members)
}

func modifyServiceTemplateAttribute(c *api.Call, in *sdk.ModifyServiceTemplateAttributeRequestParams) (*sdk.ModifyServiceTemplateAttributeResponseParams, error) {
	members, err := serviceMembers(c, in.Services, in.ServicesExtra)
	if err != nil {
		return nil, err
	}
	return &sdk.ModifyServiceTemplateAttributeResponseParams{}, serviceTemplates.modify(c, in.ServiceTemplateId, in.ServiceTemplateName, members)
}

func modifyAddressTemplateGroupAttribute(c *api.Call, in *sdk.ModifyAddressTemplateGroupAttributeRequestParams) (*sdk.ModifyAddressTemplateGroupAttributeResponseParams, error) {
	return &sdk.ModifyAddressTemplateGroupAttributeResponseParams{},
		addressGroups.modify(c, in.AddressTemplateGroupId, in.AddressTemplateGroupName, plainMembers(c, in.AddressTemplateIds))
}

func modifyServiceTemplateGroupAttribute(c *api.Call, in *sdk.ModifyServiceTemplateGroupAttributeRequestParams) (*sdk.ModifyServiceTemplateGroupAttributeResponseParams, error) {
	return &sdk.ModifyServiceTemplateGroupAttributeResponseParams{},
		serviceGroups.modify(c, in.ServiceTemplateGroupId, in.ServiceTemplateGroupName, plainMembers(c, in.ServiceTemplateIds))
}

func deleteAddressTemplate(c *api.Call, in *sdk.DeleteAddressTemplateRequestParams) (*sdk.DeleteAddressTemplateResponseParams, error) {
	return &sdk.DeleteAddressTemplateResponseParams{}, addressTemplates.remove(c, in.AddressTemplateId)
}

func deleteServiceTemplate(c *api.Call, in *sdk.DeleteServiceTemplateRequestParams) (*sdk.DeleteServiceTemplateResponseParams, error) {
	return &sdk.DeleteServiceTemplateResponseParams{}, serviceTemplates.remove(c, in.ServiceTemplateId)
}

func deleteAddressTemplateGroup(c *api.Call, in *sdk.DeleteAddressTemplateGroupRequestParams) (*sdk.DeleteAddressTemplateGroupResponseParams, error) {
	return &sdk.DeleteAddressTemplateGroupResponseParams{}, addressGroups.remove(c, in.AddressTemplateGroupId)
}

func deleteServiceTemplateGroup(c *api.Call, in *sdk.DeleteServiceTemplateGroupRequestParams) (*sdk.DeleteServiceTemplateGroupResponseParams, error) {
	return &sdk.DeleteServiceTemplateGroupResponseParams{}, serviceGroups.remove(c, in.ServiceTemplateGroupId)
}

// order is how a Describe of templates may be sorted.
type order struct{ field, direction, members, membersDirection *string }

// list finds a page of templates and shows each, its members sorted as asked.
func list[D any](c *api.Call, k *templateKind, ask api.Ask, o order, shown func(*api.Call, string, *template) D) ([]D, *uint64, error) {
	q := k.query
	switch val(o.field) {
	case "", "CreatedTime":
		q.Newest = val(o.direction) == "DESC"
	case k.field, "UpdateTime":
	default:
		return nil, nil, bad(*o.field, "OrderField")
	}
	hits, total, err := k.page(c, &q, ask)
	if err != nil {
		return nil, nil, err
	}
	return show(hits, func(h *api.Hit[template]) D {
		t := *h.Row
		if val(o.members) != "" {
			t.Members = slices.Clone(t.Members)
			slices.SortStableFunc(t.Members, func(a, b member) int {
				if *o.members == "UpdateTime" {
					return a.Changed.Compare(b.Changed)
				}
				return strings.Compare(a.Value, b.Value)
			})
			if val(o.membersDirection) == "DESC" {
				slices.Reverse(t.Members)
			}
		}
		return shown(c, h.ID, &t)
	}), new(uint64(total)), nil
}

func describeAddressTemplates(c *api.Call, in *sdk.DescribeAddressTemplatesRequestParams) (*sdk.DescribeAddressTemplatesResponseParams, error) {
	set, total, err := list(c, addressTemplates, api.Ask{Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit},
		order{in.OrderField, in.OrderDirection, in.MemberOrderField, in.MemberOrderDirection}, showAddressTemplate)
	return &sdk.DescribeAddressTemplatesResponseParams{AddressTemplateSet: set, TotalCount: total}, err
}

func describeServiceTemplates(c *api.Call, in *sdk.DescribeServiceTemplatesRequestParams) (*sdk.DescribeServiceTemplatesResponseParams, error) {
	set, total, err := list(c, serviceTemplates, api.Ask{Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit},
		order{in.OrderField, in.OrderDirection, in.MemberOrderField, in.MemberOrderDirection}, showServiceTemplate)
	return &sdk.DescribeServiceTemplatesResponseParams{ServiceTemplateSet: set, TotalCount: total}, err
}

func describeAddressTemplateGroups(c *api.Call, in *sdk.DescribeAddressTemplateGroupsRequestParams) (*sdk.DescribeAddressTemplateGroupsResponseParams, error) {
	set, total, err := list(c, addressGroups, api.Ask{Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit},
		order{in.OrderField, in.OrderDirection, in.MemberOrderField, in.MemberOrderDirection}, showAddressGroup)
	return &sdk.DescribeAddressTemplateGroupsResponseParams{AddressTemplateGroupSet: set, TotalCount: total}, err
}

func describeServiceTemplateGroups(c *api.Call, in *sdk.DescribeServiceTemplateGroupsRequestParams) (*sdk.DescribeServiceTemplateGroupsResponseParams, error) {
	set, total, err := list(c, serviceGroups, api.Ask{Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit},
		order{in.OrderField, in.OrderDirection, in.MemberOrderField, in.MemberOrderDirection}, showServiceGroup)
	return &sdk.DescribeServiceTemplateGroupsResponseParams{ServiceTemplateGroupSet: set, TotalCount: total}, err
}
