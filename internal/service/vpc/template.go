package vpc

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// template is a list that the policies of security groups name instead of its members. There are four kinds, which differ
// in what a member is: addresses (ipm), services (ppm), and groups of either (ipmg, ppmg).
type template struct {
	Name          string
	Members       []member
	Made, Changed time.Time
}

// member is an address or service, or the id of a template.
type member struct {
	Value, Desc string
	Changed     time.Time
}

// templateKind is one of the four.
type templateKind struct {
	resource[template]
	query  api.Query[template]
	many   quota.Limit // templates
	most   quota.Limit // members of one
	member string      // how requests name the members
	check  func(c *api.Call, value string) error
}

var (
	addressTemplates = newTemplateKind(templateKind{
		resource: resource[template]{prefix: "ipm", field: "AddressTemplateId", filter: "address-template-id"},
		many:     quota.AddressTemplates, most: quota.AddressTemplateMembers, member: "Addresses", check: checkTemplateAddress,
	}, "address-template-name", "address-ip")
	serviceTemplates = newTemplateKind(templateKind{
		resource: resource[template]{prefix: "ppm", field: "ServiceTemplateId", filter: "service-template-id"},
		many:     quota.ServiceTemplates, most: quota.ServiceTemplateMembers, member: "Services", check: checkTemplateService,
	}, "service-template-name", "service-port")
	addressGroups = newTemplateKind(templateKind{
		resource: resource[template]{prefix: "ipmg", field: "AddressTemplateGroupId", filter: "address-template-group-id"},
		many:     quota.TemplateGroups, most: quota.TemplateGroupMembers, member: "AddressTemplateIds", check: addressTemplates.there,
	}, "address-template-group-name", "address-template-id")
	serviceGroups = newTemplateKind(templateKind{
		resource: resource[template]{prefix: "ppmg", field: "ServiceTemplateGroupId", filter: "service-template-group-id"},
		many:     quota.TemplateGroups, most: quota.TemplateGroupMembers, member: "ServiceTemplateIds", check: serviceTemplates.there,
	}, "service-template-group-name", "service-template-id")
)

// newTemplateKind gives a kind its table and query; the two filters are by name and by member.
func newTemplateKind(k templateKind, byName, byMember string) *templateKind {
	k.Table = state.NewTable("vpc.template-"+k.prefix, state.By("member", func(_ string, t *template) []string { return t.values() }))
	k.tags = tag.Resource{Service: "vpc", Prefix: k.prefix}
	k.query = api.Query[template]{
		Table: k.Table, Tags: k.tagsOf, Rules: rules(),
		Fields: map[string]api.Field[template]{
			k.filter: self[template](),
			byName:   fuzzy(func(t *template) string { return t.Name }),
			byMember: {Of: func(_ *api.Call, _ string, t *template) []string { return t.values() }, Index: "member"},
		},
	}
	return &k
}

func (t *template) values() []string {
	return show(t.Members, func(m *member) string { return m.Value })
}

// there refuses an id that names no template of the kind.
func (k *templateKind) there(c *api.Call, id string) error {
	_, err := k.find(c, &id)
	return err
}

// checkTemplateAddress takes an address, a block, or a range such as 10.0.0.1-10.0.0.9; IPv4 or IPv6.
func checkTemplateAddress(_ *api.Call, s string) error {
	if from, to, ok := strings.Cut(s, "-"); ok {
		low, err := netip.ParseAddr(from)
		high, err2 := netip.ParseAddr(to)
		if err == nil && err2 == nil && low.Is4() == high.Is4() && low.Compare(high) <= 0 {
			return nil
		}
	}
	if _, err := netip.ParseAddr(s); err == nil {
		return nil
	}
	if _, err := netip.ParsePrefix(s); err == nil {
		return nil
	}
	return malformed(s, "Addresses")
}

// checkTemplateService takes "tcp:80", "tcp:80,443", "udp:3306-3310", "tcp:all", "icmp" and "gre".
func checkTemplateService(_ *api.Call, s string) error {
	protocol, ports, ok := strings.Cut(strings.ToLower(s), ":")
	switch {
	case slices.Contains([]string{"icmp", "gre", "icmpv6", "all"}, protocol) && (!ok || ports == "all"):
		return nil
	case protocol != "tcp" && protocol != "udp" || !ok || len(ports) > 128:
		return bad(s, "Services")
	case ports == "all":
		return nil
	}
	return checkPorts(ports, "Services")
}

// checkTemplate refuses an id that a policy names and that is no template.
func checkTemplate(c *api.Call, id string) error {
	for _, k := range []*templateKind{addressTemplates, serviceTemplates, addressGroups, serviceGroups} {
		if strings.HasPrefix(id, k.prefix+"-") {
			return k.there(c, id)
		}
	}
	return malformed(id, "TemplateId")
}

// create stores a new template.
func (k *templateKind) create(c *api.Call, name *string, members []member, tagged []*sdk.Tag) (id string, t template, err error) {
	t = template{Name: val(name), Members: members, Made: c.Now, Changed: c.Now}
	if err := k.checkAll(c, &t); err != nil {
		return "", t, err
	}
	tags, err := checkTags(tagged)
	if err != nil {
		return "", t, err
	}
	if err := full(c, k.many, k.Len(c.Tx), 1); err != nil {
		return "", t, err
	}
	id = api.NewID(c, k.Table, k.prefix)
	k.Put(c.Tx, id, t)
	k.setTags(c, id, tags)
	return id, t, nil
}

// checkAll refuses a template whose name or members cannot be.
func (k *templateKind) checkAll(c *api.Call, t *template) error {
	if err := checkName(t.Name, k.field[:len(k.field)-len("Id")]+"Name", 60); err != nil {
		return err
	}
	if len(t.Members) == 0 {
		return badCode(sdk.INVALIDPARAMETERVALUE_EMPTY, "", k.member)
	}
	for i, m := range t.Members {
		if err := k.check(c, m.Value); err != nil {
			return err
		}
		if slices.ContainsFunc(t.Members[:i], func(o member) bool { return o.Value == m.Value }) {
			return duplicate(m.Value, k.member)
		}
	}
	return full(c, k.most, len(t.Members), 0)
}

// modify changes a template. A nil name and no members leave theirs.
func (k *templateKind) modify(c *api.Call, id, name *string, members []member) error {
	row, err := k.find(c, id)
	if err != nil {
		return err
	}
	t := *row
	t.Name, t.Changed = or(name, t.Name), c.Now
	if len(members) > 0 {
		t.Members = members
	}
	if err := k.checkAll(c, &t); err != nil {
		return err
	}
	k.edit(c, *id, func(row *template) { *row = t })
	return nil
}

// remove deletes a template that nothing names.
func (k *templateKind) remove(c *api.Call, id *string) error {
	if _, err := k.find(c, id); err != nil {
		return err
	}
	for by := range groups.Where(c.Tx, "needs", *id) {
		return inUse(*id, by)
	}
	for _, g := range []*templateKind{addressGroups, serviceGroups} {
		for by := range g.Where(c.Tx, "member", *id) {
			return inUse(*id, by)
		}
	}
	k.drop(c, c.Now, *id)
	return nil
}
