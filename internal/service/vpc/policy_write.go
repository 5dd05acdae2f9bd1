package vpc

import (
	"slices"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// direction is one of the two lists of a group.
type direction struct {
	name   string
	of     func(*group) *[]policy
	limit  quota.Limit
	wanted []*sdk.SecurityGroupPolicy
}

// oneDirection takes the list that a request means: a set holds policies of one direction alone.
func oneDirection(set *sdk.SecurityGroupPolicySet) (d direction, err error) {
	switch {
	case set == nil || len(set.Ingress)+len(set.Egress) == 0:
		return d, missing("SecurityGroupPolicySet")
	case len(set.Ingress) > 0 && len(set.Egress) > 0:
		return d, coexist("Ingress", "Egress")
	case len(set.Ingress) > 0:
		return ingress(set.Ingress), nil
	}
	return egress(set.Egress), nil
}

func ingress(wanted []*sdk.SecurityGroupPolicy) direction {
	return direction{"Ingress", func(g *group) *[]policy { return &g.In }, quota.SecurityGroupIngress, wanted}
}

func egress(wanted []*sdk.SecurityGroupPolicy) direction {
	return direction{"Egress", func(g *group) *[]policy { return &g.Out }, quota.SecurityGroupEgress, wanted}
}

// store gives a group a new list, after checking what holds of every list.
func (d direction) store(c *api.Call, id string, list []policy) error {
	for i, p := range list {
		// Two that differ in what is said about them alone may stand side by side.
		if slices.ContainsFunc(list[:i], func(o policy) bool { return p.same(o) && p.Desc == o.Desc }) {
			return tcerr.New(sdk.UNSUPPORTEDOPERATION_DUPLICATEPOLICY, "The policy at `%d` is there already.", i).Zh("第 `%d` 条规则重复。")
		}
	}
	if err := full(c, d.limit, len(list), 0); err != nil {
		return err
	}
	groups.edit(c, id, func(g *group) {
		*d.of(g) = list
		g.Version++
		g.Changed = c.Now
	})
	g, _ := groups.Get(c.Tx, id)
	named := slices.DeleteFunc(slices.Concat(g.In, g.Out), func(p policy) bool { return p.Group == "" })
	return full(c, quota.SecurityGroupReferences, len(named), 0)
}

// findGroup reads the group whose policies a request changes, refusing a version that is not the latest.
func findGroup(c *api.Call, id *string, set *sdk.SecurityGroupPolicySet) (*group, error) {
	g, err := groups.find(c, id)
	if err != nil || set == nil || val(set.Version) == "" {
		return g, err
	}
	if *set.Version != strconv.Itoa(g.Version) {
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_VERSIONMISMATCH, "The version `%s` is not the latest version `%d`.", *set.Version, g.Version).
			Zh("版本号 `%s` 不是最新版本 `%d`。")
	}
	return g, nil
}

// version is how answers write the version of a group's policies.
func version(g *group) *string { return new(strconv.Itoa(g.Version)) }

// position reads where in a list a policy is meant to be; ok is false when the request does not say.
func position(p *sdk.SecurityGroupPolicy, n int) (i int, ok bool, err error) {
	if p.PolicyIndex == nil {
		return 0, false, nil
	}
	if *p.PolicyIndex < 0 || *p.PolicyIndex >= int64(n) {
		return 0, false, outOfRange(*p.PolicyIndex, "PolicyIndex")
	}
	return int(*p.PolicyIndex), true, nil
}

// createSecurityGroupPolicies puts policies of one direction at one place, or behind all others.
func createSecurityGroupPolicies(c *api.Call, in *sdk.CreateSecurityGroupPoliciesRequestParams) (*sdk.CreateSecurityGroupPoliciesResponseParams, error) {
	g, err := findGroup(c, in.SecurityGroupId, in.SecurityGroupPolicySet)
	if err != nil {
		return nil, err
	}
	d, err := oneDirection(in.SecurityGroupPolicySet)
	if err != nil {
		return nil, err
	}
	added, err := parsePolicies(c, d.wanted)
	if err != nil {
		return nil, err
	}
	have := *d.of(g)
	at, placed, err := position(d.wanted[0], len(have)+1)
	if err != nil {
		return nil, err
	}
	for _, p := range d.wanted {
		if i, ok, err := position(p, len(have)+1); err != nil || i != at || ok != placed {
			return nil, bad(val(p.PolicyIndex), "PolicyIndex")
		}
	}
	if !placed {
		at = len(have)
	}
	return &sdk.CreateSecurityGroupPoliciesResponseParams{}, d.store(c, *in.SecurityGroupId, slices.Insert(slices.Clone(have), at, added...))
}

// modifySecurityGroupPolicies gives a group new policies in place of all that it has. Version 0 takes all away.
func modifySecurityGroupPolicies(c *api.Call, in *sdk.ModifySecurityGroupPoliciesRequestParams) (*sdk.ModifySecurityGroupPoliciesResponseParams, error) {
	if _, err := groups.find(c, in.SecurityGroupId); err != nil {
		return nil, err
	}
	set := in.SecurityGroupPolicySet
	if val(set.Version) == "0" {
		return &sdk.ModifySecurityGroupPoliciesResponseParams{}, setPolicies(c, *in.SecurityGroupId, nil, nil)
	}
	return &sdk.ModifySecurityGroupPoliciesResponseParams{}, setPolicies(c, *in.SecurityGroupId, set.Ingress, set.Egress)
}

// setPolicies is the whole of both lists at once, which counts as one change.
func setPolicies(c *api.Call, id string, in, out []*sdk.SecurityGroupPolicy) error {
	was, _ := groups.Get(c.Tx, id)
	version := was.Version + 1
	for _, d := range []direction{ingress(in), egress(out)} {
		list, err := parsePolicies(c, d.wanted)
		if err != nil {
			return err
		}
		if err := d.store(c, id, list); err != nil {
			return err
		}
	}
	groups.edit(c, id, func(g *group) { g.Version = version })
	return nil
}

func replaceSecurityGroupPolicy(c *api.Call, in *sdk.ReplaceSecurityGroupPolicyRequestParams) (*sdk.ReplaceSecurityGroupPolicyResponseParams, error) {
	set := in.SecurityGroupPolicySet
	if len(set.Ingress)+len(set.Egress) > 1 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(set.Ingress)+len(set.Egress), "SecurityGroupPolicySet")
	}
	return &sdk.ReplaceSecurityGroupPolicyResponseParams{}, replacePolicies(c, in.SecurityGroupId, set)
}

// replacePolicies puts policies in the places that they name.
func replacePolicies(c *api.Call, id *string, set *sdk.SecurityGroupPolicySet) error {
	g, err := findGroup(c, id, set)
	if err != nil {
		return err
	}
	d, err := oneDirection(set)
	if err != nil {
		return err
	}
	list, err := parsePolicies(c, d.wanted)
	if err != nil {
		return err
	}
	all := slices.Clone(*d.of(g))
	for i, p := range d.wanted {
		at, ok, err := position(p, len(all))
		if err != nil {
			return err
		}
		if !ok {
			return missing("SecurityGroupPolicySet." + d.name + "." + strconv.Itoa(i) + ".PolicyIndex")
		}
		all[at] = list[i]
	}
	return d.store(c, *id, all)
}

// replaceSecurityGroupPolicies changes the content of policies, their places, or both. The originals say which are moved.
func replaceSecurityGroupPolicies(c *api.Call, in *sdk.ReplaceSecurityGroupPoliciesRequestParams) (*sdk.ReplaceSecurityGroupPoliciesResponseParams, error) {
	out := &sdk.ReplaceSecurityGroupPoliciesResponseParams{}
	switch or(in.UpdateType, "Policy") {
	case "Policy":
		return out, replacePolicies(c, in.SecurityGroupId, in.SecurityGroupPolicySet)
	case "Priority":
		return out, movePolicies(c, in, false)
	case "Both":
		return out, movePolicies(c, in, true)
	}
	return nil, bad(*in.UpdateType, "UpdateType")
}

// movePolicies takes the original policies out of the list and puts them in where the new ones stand.
func movePolicies(c *api.Call, in *sdk.ReplaceSecurityGroupPoliciesRequestParams, content bool) error {
	g, err := findGroup(c, in.SecurityGroupId, in.SecurityGroupPolicySet)
	if err != nil {
		return err
	}
	d, err := oneDirection(in.SecurityGroupPolicySet)
	if err != nil {
		return err
	}
	was, err := oneDirection(in.OriginalSecurityGroupPolicySet)
	if err != nil || was.name != d.name || len(was.wanted) != len(d.wanted) {
		return bad(len(was.wanted), "OriginalSecurityGroupPolicySet")
	}
	have := *d.of(g)
	moved, gone := map[int]policy{}, map[int]bool{}
	for i, p := range was.wanted {
		from, ok, err := position(p, len(have))
		to, ok2, err2 := position(d.wanted[i], len(have))
		_, twice := moved[to]
		if err != nil || err2 != nil || !ok || !ok2 || gone[from] || twice {
			return outOfRange(val(p.PolicyIndex), "PolicyIndex")
		}
		moved[to], gone[from] = have[from], true
		if content {
			list, err := parsePolicies(c, d.wanted[i:i+1])
			if err != nil {
				return err
			}
			moved[to] = list[0]
		}
	}
	var all []policy
	rest := slices.Clone(have)
	for i := len(rest) - 1; i >= 0; i-- {
		if gone[i] {
			rest = slices.Delete(rest, i, i+1)
		}
	}
	for i := range have {
		p, ok := moved[i]
		if !ok {
			p, rest = rest[0], rest[1:]
		}
		all = append(all, p)
	}
	return d.store(c, *in.SecurityGroupId, all)
}

// deleteSecurityGroupPolicies takes policies away by their places, or by what they say.
func deleteSecurityGroupPolicies(c *api.Call, in *sdk.DeleteSecurityGroupPoliciesRequestParams) (*sdk.DeleteSecurityGroupPoliciesResponseParams, error) {
	g, err := findGroup(c, in.SecurityGroupId, in.SecurityGroupPolicySet)
	if err != nil {
		return nil, err
	}
	d, err := oneDirection(in.SecurityGroupPolicySet)
	if err != nil {
		return nil, err
	}
	have, gone := *d.of(g), map[int]bool{}
	for _, w := range d.wanted {
		i, ok, err := position(w, len(have))
		if err != nil {
			return nil, err
		}
		if !ok {
			if i, err = likePolicy(c, have, w); err != nil {
				return nil, err
			}
		}
		gone[i] = true
	}
	var left []policy
	for i, p := range have {
		if !gone[i] {
			left = append(left, p)
		}
	}
	return &sdk.DeleteSecurityGroupPoliciesResponseParams{}, d.store(c, *in.SecurityGroupId, left)
}

func likePolicy(c *api.Call, have []policy, w *sdk.SecurityGroupPolicy) (int, error) {
	list, err := parsePolicies(c, []*sdk.SecurityGroupPolicy{w})
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(have, list[0].same)
	if i < 0 {
		return 0, notFound(or(w.CidrBlock, val(w.SecurityGroupId)))
	}
	return i, nil
}
