package cbs

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

var policyQuery = api.Query[policy]{
	Table: policies,
	Fields: map[string]api.Field[policy]{
		"auto-snapshot-policy-id":    {Of: func(_ *api.Call, id string, _ *policy) []string { return []string{id} }},
		"auto-snapshot-policy-name":  {Of: func(_ *api.Call, _ string, x *policy) []string { return []string{x.Name} }},
		"auto-snapshot-policy-state": {Of: func(*api.Call, string, *policy) []string { return []string{Normal} }},
	},
	Rules: rules,
}

// describeAutoSnapshotPolicies lists policies, oldest first unless asked otherwise.
func describeAutoSnapshotPolicies(c *api.Call, in *sdk.DescribeAutoSnapshotPoliciesRequestParams) (*sdk.DescribeAutoSnapshotPoliciesResponseParams, error) {
	if f := or(in.OrderField, "CREATE_TIME"); f != "CREATE_TIME" {
		return nil, bad(f, "OrderField")
	}
	q, err := ordered(policyQuery, in.Order)
	if err != nil {
		return nil, err
	}
	page, total, err := q.Run(c, api.Ask{IDs: in.AutoSnapshotPolicyIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	set := make([]*sdk.AutoSnapshotPolicy, len(page))
	for i, hit := range page {
		set[i] = showPolicy(c, hit.ID, hit.Row)
		for _, b := range bindings.Where(c.Tx, "policy", hit.ID) {
			set[i].DiskIdSet = append(set[i].DiskIdSet, &b.Disk)
		}
	}
	return &sdk.DescribeAutoSnapshotPoliciesResponseParams{TotalCount: p(uint64(total)), AutoSnapshotPolicySet: set}, nil
}

// describeDiskAssociatedAutoSnapshotPolicy lists the policies of one disk, without their disks.
func describeDiskAssociatedAutoSnapshotPolicy(c *api.Call, in *sdk.DescribeDiskAssociatedAutoSnapshotPolicyRequestParams) (*sdk.DescribeDiskAssociatedAutoSnapshotPolicyResponseParams, error) {
	set := []*sdk.AutoSnapshotPolicy{}
	for _, id := range policiesOf(c.Tx, *in.DiskId) {
		if x, ok := policies.Get(c.Tx, id); ok {
			set = append(set, showPolicy(c, id, x))
		}
	}
	return &sdk.DescribeDiskAssociatedAutoSnapshotPolicyResponseParams{TotalCount: p(uint64(len(set))), AutoSnapshotPolicySet: set}, nil
}

func showPolicy(c *api.Call, id string, x *policy) *sdk.AutoSnapshotPolicy {
	out := &sdk.AutoSnapshotPolicy{
		AutoSnapshotPolicyId: &id, AutoSnapshotPolicyName: &x.Name, AutoSnapshotPolicyState: p(Normal), IsActivated: &x.Active,
		IsPermanent: &x.Forever, RetentionDays: p(x.Days), RetentionMonths: p(uint64(0)), RetentionAmount: p(uint64(0)),
		IsCopyToRemote: p(uint64(0)), NextTriggerTime: x.next(c.Now), CreateTime: stamp(x.Created),
		DiskIdSet: []*string{}, InstanceIdSet: []*string{}, Tags: []*sdk.Tag{},
	}
	if x.Forever {
		out.RetentionDays = p(uint64(0))
	}
	for _, r := range x.Rules {
		line := &sdk.Policy{Hour: pointers(r.Hours), DayOfWeek: pointers(r.Weekdays), DayOfMonth: pointers(r.Monthdays)}
		if r.Every > 0 {
			line.IntervalDays = p(r.Every)
		}
		out.Policy = append(out.Policy, line)
	}
	return out
}
