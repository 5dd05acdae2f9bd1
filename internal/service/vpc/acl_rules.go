package vpc

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// lists is the rules of both directions. In a request, nil is a direction of which nothing is said.
type lists struct{ in, out []aclRule }

// tuples3 reads three-tuple rules of a request.
func tuples3(c *api.Call, in []*sdk.NetworkAclEntry) []aclRule {
	return show(in, func(w **sdk.NetworkAclEntry) aclRule {
		e := *w
		return aclRule{
			ID: val(e.NetworkAclIpv4EntryId) + val(e.NetworkAclIpv6EntryId), Protocol: val(e.Protocol), Action: val(e.Action), Desc: val(e.Description),
			To: val(e.CidrBlock), To6: val(e.Ipv6CidrBlock), ToPort: val(e.Port), Priority: int(val(e.Priority)), Changed: c.Now,
		}
	})
}

// tuples5 reads five-tuple rules.
func tuples5(c *api.Call, in []*sdk.NetworkAclQuintupleEntry) []aclRule {
	return show(in, func(w **sdk.NetworkAclQuintupleEntry) aclRule {
		e := *w
		return aclRule{
			ID: val(e.NetworkAclQuintupleEntryId), Protocol: val(e.Protocol), Action: val(e.Action), Desc: val(e.Description), Changed: c.Now,
			To: val(e.DestinationCidr), ToPort: val(e.DestinationPort), From: val(e.SourceCidr), FromPort: val(e.SourcePort),
			To6: val(e.DestinationIPv6Cidr), From6: val(e.SourceIPv6Cidr), Priority: int(val(e.Priority)),
		}
	})
}

// said is a direction's rules, nil if the request has no such list.
func said[E any](list []E, rules []aclRule) []aclRule {
	if list == nil {
		return nil
	}
	return rules
}

func lists3(c *api.Call, set *sdk.NetworkAclEntrySet) lists {
	if set == nil {
		return lists{}
	}
	return lists{said(set.Ingress, tuples3(c, set.Ingress)), said(set.Egress, tuples3(c, set.Egress))}
}

func lists5(c *api.Call, set *sdk.NetworkAclQuintupleEntries) lists {
	if set == nil {
		return lists{}
	}
	return lists{said(set.Ingress, tuples5(c, set.Ingress)), said(set.Egress, tuples5(c, set.Egress))}
}

// settle checks a direction's rules, gives new ones ids and all of them their priorities, from 1 in order.
func settle(c *api.Call, kind string, list []aclRule) ([]aclRule, error) {
	prefix := map[string]string{triple: "acli43", quintuple: "acli45"}[kind]
	for i := range list {
		r := &list[i]
		if err := r.check(); err != nil {
			return nil, err
		}
		if r.ID == "" {
			r.ID = c.NewID(prefix)
		}
	}
	slices.SortStableFunc(list, func(a, b aclRule) int {
		if a.Priority == 0 || b.Priority == 0 {
			return 0
		}
		return a.Priority - b.Priority
	})
	for i := range list {
		list[i].Priority = i + 1
	}
	return list, full(c, quota.NetworkACLRules, len(list), 0)
}

// changeACL gives an ACL of a kind the rules that change makes of those that it has.
func changeACL(c *api.Call, id *string, kind string, change func(lists) (lists, error)) error {
	a, err := acls.find(c, id)
	if err != nil {
		return err
	}
	if a.Kind != kind {
		return tcerr.New(sdk.INVALIDPARAMETER_ACLTYPEMISMATCH, "The network ACL `%s` is of the type `%s`.", *id, a.Kind).Zh("网络 ACL `%s` 的类型为 `%s`。")
	}
	now, err := change(lists{slices.Clone(a.In), slices.Clone(a.Out)})
	if err != nil {
		return err
	}
	if now.in, err = settle(c, kind, now.in); err != nil {
		return err
	}
	if now.out, err = settle(c, kind, now.out); err != nil {
		return err
	}
	acls.edit(c, *id, func(a *acl) { a.In, a.Out = now.in, now.out })
	return nil
}

// modifyNetworkAclEntries puts a request's rules in place of all, or with EnableUpdateAclEntries in place of those whose ids
// they have.
func modifyNetworkAclEntries(c *api.Call, in *sdk.ModifyNetworkAclEntriesRequestParams) (*sdk.ModifyNetworkAclEntriesResponseParams, error) {
	out := &sdk.ModifyNetworkAclEntriesResponseParams{}
	switch {
	case in.NetworkAclEntrySet != nil && in.NetworkAclQuintupleSet != nil:
		return nil, coexist("NetworkAclEntrySet", "NetworkAclQuintupleSet")
	case in.NetworkAclQuintupleSet != nil:
		return out, changeACL(c, in.NetworkAclId, quintuple, func(have lists) (lists, error) { return have.take(lists5(c, in.NetworkAclQuintupleSet)), nil })
	case val(in.EnableUpdateAclEntries):
		return out, changeACL(c, in.NetworkAclId, triple, func(have lists) (lists, error) { return update(have, lists3(c, in.NetworkAclEntrySet)) })
	}
	return out, changeACL(c, in.NetworkAclId, triple, func(have lists) (lists, error) { return have.take(lists3(c, in.NetworkAclEntrySet)), nil })
}

// take is rules that take the place of those in the same direction. A direction of which nothing is said keeps its own;
// an empty list says that it has none. Source: document/api/215/35617.
func (have lists) take(wanted lists) lists {
	wanted = fresh(wanted)
	if wanted.in == nil {
		wanted.in = have.in
	}
	if wanted.out == nil {
		wanted.out = have.out
	}
	return wanted
}

// fresh is rules that take the place of others: their ids are new.
func fresh(l lists) lists {
	for _, list := range [][]aclRule{l.in, l.out} {
		for i := range list {
			list[i].ID = ""
		}
	}
	return l
}

// update puts rules in place of those with their ids.
func update(have, wanted lists) (lists, error) {
	for _, side := range []struct{ have, wanted []aclRule }{{have.in, wanted.in}, {have.out, wanted.out}} {
		for _, r := range side.wanted {
			i, err := indexOfRule(side.have, r.ID)
			if err != nil {
				return have, err
			}
			if r.Priority == 0 {
				r.Priority = side.have[i].Priority
			}
			side.have[i] = r
		}
	}
	return have, nil
}

func indexOfRule(list []aclRule, id string) (int, error) {
	i := slices.IndexFunc(list, func(r aclRule) bool { return r.ID == id })
	if i < 0 {
		return 0, notFound(id)
	}
	return i, nil
}

// add appends rules to those that are there.
func add(have, wanted lists) lists {
	wanted = fresh(wanted)
	return lists{append(have.in, wanted.in...), append(have.out, wanted.out...)}
}

// without takes rules away by their ids.
func without(have, gone lists) (lists, error) {
	for _, side := range []struct {
		have *[]aclRule
		gone []aclRule
	}{{&have.in, gone.in}, {&have.out, gone.out}} {
		for _, r := range side.gone {
			i, err := indexOfRule(*side.have, r.ID)
			if err != nil {
				return have, err
			}
			*side.have = slices.Delete(*side.have, i, i+1)
		}
	}
	return have, nil
}

func createNetworkAclEntries(c *api.Call, in *sdk.CreateNetworkAclEntriesRequestParams) (*sdk.CreateNetworkAclEntriesResponseParams, error) {
	return &sdk.CreateNetworkAclEntriesResponseParams{}, changeACL(c, in.NetworkAclId, triple, func(have lists) (lists, error) {
		return add(have, lists3(c, in.NetworkAclEntrySet)), nil
	})
}

func deleteNetworkAclEntries(c *api.Call, in *sdk.DeleteNetworkAclEntriesRequestParams) (*sdk.DeleteNetworkAclEntriesResponseParams, error) {
	return &sdk.DeleteNetworkAclEntriesResponseParams{}, changeACL(c, in.NetworkAclId, triple, func(have lists) (lists, error) {
		return without(have, lists3(c, in.NetworkAclEntrySet))
	})
}

func createNetworkAclQuintupleEntries(c *api.Call, in *sdk.CreateNetworkAclQuintupleEntriesRequestParams) (*sdk.CreateNetworkAclQuintupleEntriesResponseParams, error) {
	return &sdk.CreateNetworkAclQuintupleEntriesResponseParams{}, changeACL(c, in.NetworkAclId, quintuple, func(have lists) (lists, error) {
		return add(have, lists5(c, in.NetworkAclQuintupleSet)), nil
	})
}

func deleteNetworkAclQuintupleEntries(c *api.Call, in *sdk.DeleteNetworkAclQuintupleEntriesRequestParams) (*sdk.DeleteNetworkAclQuintupleEntriesResponseParams, error) {
	return &sdk.DeleteNetworkAclQuintupleEntriesResponseParams{}, changeACL(c, in.NetworkAclId, quintuple, func(have lists) (lists, error) {
		return without(have, lists5(c, in.NetworkAclQuintupleSet))
	})
}

func modifyNetworkAclQuintupleEntries(c *api.Call, in *sdk.ModifyNetworkAclQuintupleEntriesRequestParams) (*sdk.ModifyNetworkAclQuintupleEntriesResponseParams, error) {
	return &sdk.ModifyNetworkAclQuintupleEntriesResponseParams{}, changeACL(c, in.NetworkAclId, quintuple, func(have lists) (lists, error) {
		return update(have, lists5(c, in.NetworkAclQuintupleSet))
	})
}

func describeNetworkAclQuintupleEntries(c *api.Call, in *sdk.DescribeNetworkAclQuintupleEntriesRequestParams) (*sdk.DescribeNetworkAclQuintupleEntriesResponseParams, error) {
	a, err := acls.find(c, in.NetworkAclId)
	if err != nil {
		return nil, err
	}
	type entry = *sdk.NetworkAclQuintupleEntry
	all := []entry{}
	for _, side := range []struct {
		name string
		list []aclRule
	}{{"INGRESS", a.In}, {"EGRESS", a.Out}} {
		for i := range side.list {
			r := &side.list[i]
			all = append(all, &sdk.NetworkAclQuintupleEntry{
				Protocol: &r.Protocol, Description: &r.Desc, SourcePort: &r.FromPort, SourceCidr: &r.From, DestinationPort: &r.ToPort,
				DestinationCidr: &r.To, Action: &r.Action, NetworkAclQuintupleEntryId: &r.ID, Priority: new(int64(r.Priority)),
				CreateTime: local(r.Changed), NetworkAclDirection: new(side.name), SourceIPv6Cidr: &r.From6, DestinationIPv6Cidr: &r.To6,
			})
		}
	}
	if a.Kind != quintuple {
		all = nil
	}
	all, err = sift(all, filters(in.Filters), map[string]func(*entry) string{
		"protocol":                       func(e *entry) string { return *(*e).Protocol },
		"description":                    func(e *entry) string { return *(*e).Description },
		"destination-cidr":               func(e *entry) string { return *(*e).DestinationCidr },
		"source-cidr":                    func(e *entry) string { return *(*e).SourceCidr },
		"action":                         func(e *entry) string { return strings.ToUpper(*(*e).Action) },
		"network-acl-quintuple-entry-id": func(e *entry) string { return *(*e).NetworkAclQuintupleEntryId },
		"network-acl-direction":          func(e *entry) string { return *(*e).NetworkAclDirection },
	})
	if err != nil {
		return nil, err
	}
	page, err := window(all, in.Offset, in.Limit)
	return &sdk.DescribeNetworkAclQuintupleEntriesResponseParams{NetworkAclQuintupleSet: page, TotalCount: new(uint64(len(all)))}, err
}
