package vpc

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func tcp(port, cidr string) *sdk.SecurityGroupPolicy {
	return &sdk.SecurityGroupPolicy{Protocol: new("tcp"), Port: &port, CidrBlock: &cidr, Action: new("accept")}
}

func at(i int64, p *sdk.SecurityGroupPolicy) *sdk.SecurityGroupPolicy {
	p.PolicyIndex = &i
	return p
}

// ingressOf is the policies of a group for what comes in, as "TCP:80 10.0.0.0/8 ACCEPT".
func (w *world) ingressOf(id string) (got []string, version string) {
	w.T.Helper()
	set := apitest.Call(w.World, describeSecurityGroupPolicies, sdk.DescribeSecurityGroupPoliciesRequestParams{SecurityGroupId: &id}).SecurityGroupPolicySet
	for i, p := range set.Ingress {
		if *p.PolicyIndex != int64(i) {
			w.T.Errorf("got index %d at %d", *p.PolicyIndex, i)
		}
		got = append(got, fmt.Sprintf("%s:%s %s%s %s", *p.Protocol, *p.Port, *p.CidrBlock, *p.SecurityGroupId, *p.Action))
	}
	return got, *set.Version
}

func (w *world) addPolicies(id string, in ...*sdk.SecurityGroupPolicy) {
	w.T.Helper()
	apitest.Call(w.World, createSecurityGroupPolicies, sdk.CreateSecurityGroupPoliciesRequestParams{
		SecurityGroupId: &id, SecurityGroupPolicySet: &sdk.SecurityGroupPolicySet{Ingress: in},
	})
}

func TestPoliciesKeepTheirOrder(t *testing.T) {
	w := newWorld(t)
	id := w.group()
	w.addPolicies(id, tcp("80", "10.0.0.0/8"), tcp("443,8000-8010", "0.0.0.0/3"))
	w.addPolicies(id, at(0, tcp("22", "1.2.3.4")))
	w.addPolicies(id, at(1, tcp("all", "10.0.0.0/8")))
	got, version := w.ingressOf(id)
	want := []string{"TCP:22 1.2.3.4 ACCEPT", "TCP:ALL 10.0.0.0/8 ACCEPT", "TCP:80 10.0.0.0/8 ACCEPT", "TCP:443,8000-8010 0.0.0.0/0 ACCEPT"}
	if diff := cmp.Diff(want, got); diff != "" || version != "3" {
		t.Errorf("version %s, policies (-want +got):\n%s", version, diff)
	}
	apitest.Call(w.World, replaceSecurityGroupPolicy, sdk.ReplaceSecurityGroupPolicyRequestParams{
		SecurityGroupId: &id, SecurityGroupPolicySet: &sdk.SecurityGroupPolicySet{Version: &version, Ingress: []*sdk.SecurityGroupPolicy{at(2, tcp("81", "10.0.0.0/8"))}},
	})
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_VERSIONMISMATCH, deleteSecurityGroupPolicies, sdk.DeleteSecurityGroupPoliciesRequestParams{
		SecurityGroupId: &id, SecurityGroupPolicySet: &sdk.SecurityGroupPolicySet{Version: &version, Ingress: []*sdk.SecurityGroupPolicy{at(0, &sdk.SecurityGroupPolicy{})}},
	})
	apitest.Call(w.World, deleteSecurityGroupPolicies, sdk.DeleteSecurityGroupPoliciesRequestParams{
		SecurityGroupId: &id, SecurityGroupPolicySet: &sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{
			at(0, &sdk.SecurityGroupPolicy{}), {Protocol: new("TCP"), Port: new("81"), CidrBlock: new("10.0.0.0/8"), Action: new("ACCEPT")},
		}},
	})
	got, version = w.ingressOf(id)
	if diff := cmp.Diff([]string{want[1], want[3]}, got); diff != "" || version != "5" {
		t.Errorf("version %s, policies (-want +got):\n%s", version, diff)
	}
}

func TestPoliciesChangePlaces(t *testing.T) {
	w := newWorld(t)
	id := w.group()
	w.addPolicies(id, tcp("1", "10.0.0.0/8"), tcp("2", "10.0.0.0/8"), tcp("3", "10.0.0.0/8"), tcp("4", "10.0.0.0/8"))
	apitest.Call(w.World, replaceSecurityGroupPolicies, sdk.ReplaceSecurityGroupPoliciesRequestParams{
		SecurityGroupId: &id, UpdateType: new("Priority"),
		OriginalSecurityGroupPolicySet: &sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{at(3, tcp("4", "10.0.0.0/8"))}},
		SecurityGroupPolicySet:         &sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{at(1, tcp("4", "10.0.0.0/8"))}},
	})
	got, _ := w.ingressOf(id)
	want := []string{"TCP:1 10.0.0.0/8 ACCEPT", "TCP:4 10.0.0.0/8 ACCEPT", "TCP:2 10.0.0.0/8 ACCEPT", "TCP:3 10.0.0.0/8 ACCEPT"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("policies (-want +got):\n%s", diff)
	}
}

func TestPolicyRefusals(t *testing.T) {
	w := newWorld(t)
	id := w.group()
	w.addPolicies(id, tcp("80", "10.0.0.0/8"))
	sg := &sdk.SecurityGroupPolicy{Protocol: new("TCP"), SecurityGroupId: new("sg-00000000"), Action: new("ACCEPT")}
	both := tcp("80", "10.0.0.0/8")
	both.SecurityGroupId = &id
	icmp := tcp("80", "10.0.0.0/8")
	icmp.Protocol = new("ICMP")
	for _, row := range []struct {
		name, code string
		set        sdk.SecurityGroupPolicySet
	}{
		{"both directions", sdk.INVALIDPARAMETER_COEXIST, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{tcp("1", "1.1.1.1")}, Egress: []*sdk.SecurityGroupPolicy{tcp("1", "1.1.1.1")}}},
		{"none", sdk.MISSINGPARAMETER, sdk.SecurityGroupPolicySet{}},
		{"again", sdk.UNSUPPORTEDOPERATION_DUPLICATEPOLICY, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{tcp("80", "10.0.0.0/8")}}},
		{"unknown group", sdk.RESOURCENOTFOUND, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{sg}}},
		{"two peers", sdk.INVALIDPARAMETER_COEXIST, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{both}}},
		{"port of ICMP", sdk.INVALIDPARAMETER_COEXIST, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{icmp}}},
		{"port", sdk.INVALIDPARAMETERVALUE_MALFORMED, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{tcp("90-80", "10.0.0.0/8")}}},
		{"block", sdk.INVALIDPARAMETERVALUE_MALFORMED, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{tcp("80", "10.0.0/8")}}},
		{"place", sdk.INVALIDPARAMETERVALUE_RANGE, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{at(2, tcp("1", "1.1.1.1"))}}},
		{"two places", sdk.INVALIDPARAMETERVALUE, sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{at(0, tcp("1", "1.1.1.1")), at(1, tcp("2", "1.1.1.1"))}}},
	} {
		t.Run(row.name, func(*testing.T) {
			apitest.Refused(w.World, row.code, createSecurityGroupPolicies, sdk.CreateSecurityGroupPoliciesRequestParams{SecurityGroupId: &id, SecurityGroupPolicySet: &row.set})
		})
	}
	if got, version := w.ingressOf(id); len(got) != 1 || version != "1" {
		t.Errorf("got %d policies in version %s, want none of the refused", len(got), version)
	}
}

func TestModifyPoliciesReplacesAllOfThem(t *testing.T) {
	w := newWorld(t)
	id := w.group()
	w.addPolicies(id, tcp("80", "10.0.0.0/8"))
	modify := func(set sdk.SecurityGroupPolicySet) {
		apitest.Call(w.World, modifySecurityGroupPolicies, sdk.ModifySecurityGroupPoliciesRequestParams{SecurityGroupId: &id, SecurityGroupPolicySet: &set})
	}
	modify(sdk.SecurityGroupPolicySet{Ingress: []*sdk.SecurityGroupPolicy{tcp("443", "10.0.0.0/8")}})
	if got, version := w.ingressOf(id); !slices.Equal(got, []string{"TCP:443 10.0.0.0/8 ACCEPT"}) || version != "2" {
		t.Errorf("got %v in version %s, want the new one in version 2", got, version)
	}
	modify(sdk.SecurityGroupPolicySet{Version: new("0")})
	if got, _ := w.ingressOf(id); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
}

func TestGroupsInUseStay(t *testing.T) {
	w := newWorld(t)
	var place Placement
	w.Must(func(c *api.Call) { place, _ = Place(c, zone3, "", "") })
	borne, named, naming := w.group(), w.group(), w.group()
	ins := w.instance(place, Internet{}, borne)
	w.addPolicies(naming, &sdk.SecurityGroupPolicy{Protocol: new("ALL"), SecurityGroupId: &named, Action: new("DROP")})
	stats := apitest.Call(w.World, describeSecurityGroupAssociationStatistics, sdk.DescribeSecurityGroupAssociationStatisticsRequestParams{
		SecurityGroupIds: []*string{&borne, &named},
	}).SecurityGroupAssociationStatisticsSet
	if *stats[0].CVM != 1 || *stats[0].ENI != 0 || *stats[1].SG != 1 || *stats[1].CVM != 0 {
		t.Errorf("got CVM %d ENI %d, SG %d CVM %d; want 1 0, 1 0", *stats[0].CVM, *stats[0].ENI, *stats[1].SG, *stats[1].CVM)
	}
	for _, id := range []string{borne, named} {
		apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteSecurityGroup, sdk.DeleteSecurityGroupRequestParams{SecurityGroupId: &id})
	}
	refs := apitest.Call(w.World, describeSecurityGroupReferences, sdk.DescribeSecurityGroupReferencesRequestParams{SecurityGroupIds: []*string{&named, &borne}}).ReferredSecurityGroupSet
	if len(refs) != 1 || *refs[0].ReferredSecurityGroupIds[0] != naming {
		t.Errorf("got %v, want %s to be named by %s alone", refs, named, naming)
	}
	w.release(ins, false)
	for _, id := range []string{borne, naming, named} {
		apitest.Call(w.World, deleteSecurityGroup, sdk.DeleteSecurityGroupRequestParams{SecurityGroupId: &id})
	}
}

func TestDefaultGroupLetsAllThrough(t *testing.T) {
	w := newWorld(t)
	first := apitest.Call(w.World, createDefaultSecurityGroup, sdk.CreateDefaultSecurityGroupRequestParams{}).SecurityGroup
	again := apitest.Call(w.World, createDefaultSecurityGroup, sdk.CreateDefaultSecurityGroupRequestParams{ProjectId: new("0")}).SecurityGroup
	if *first.SecurityGroupId != *again.SecurityGroupId || !*first.IsDefault || *first.SecurityGroupName != "default" {
		t.Errorf("got %s and %s, want one default group", *first.SecurityGroupId, *again.SecurityGroupId)
	}
	if got, _ := w.ingressOf(*first.SecurityGroupId); !slices.Equal(got, []string{"ALL:ALL 0.0.0.0/0 ACCEPT"}) {
		t.Errorf("got %v, want everything", got)
	}
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION, deleteSecurityGroup, sdk.DeleteSecurityGroupRequestParams{SecurityGroupId: first.SecurityGroupId})
}

func TestInstancesChangeGroups(t *testing.T) {
	w := newWorld(t)
	var place Placement
	w.Must(func(c *api.Call) { place, _ = Place(c, zone3, "", "") })
	a, b := w.group(), w.group()
	ins := w.instance(place, Internet{}, a)
	set := func(want error, ids ...string) {
		t.Helper()
		w.Must(func(c *api.Call) {
			if err := SetSecurityGroups(c, ins, ids); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		})
	}
	set(nil, b, a)
	set(GroupMissing, "sg-00000000")
	set(TooManyGroups, a, a, a, a, a, a)
	if got := w.of(ins).SecurityGroups; !slices.Equal(got, []string{b, a}) {
		t.Errorf("got %v, want %v", got, []string{b, a})
	}
	w.Must(func(c *api.Call) {
		if !RemoveSecurityGroup(c, ins, b) || RemoveSecurityGroup(c, ins, b) || AddSecurityGroup(c, ins, b) != nil {
			t.Error("got a refusal, want the group to leave once and come back")
		}
		if got := InSecurityGroup(c.Tx, b); !slices.Equal(got, []string{ins}) {
			t.Errorf("got %v in the group, want %s", got, ins)
		}
	})
}
