package cbs

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// policy is a plan by which snapshots are to be taken. It is kept and its next instant is told.
// Simulated: the snapshots themselves are not taken, since nothing here happens by itself.
type policy struct {
	Name    string
	Active  bool
	Forever bool   // its snapshots have no end
	Days    uint64 // that they are kept otherwise
	Rules   []rule
	Created int64 // Unix seconds
}

// binding is a disk under a policy, kept as "policy/disk".
type binding struct{ Policy, Disk string }

var policies = state.NewTable[policy]("cbs.snapshot-policy")

var bindings = state.NewTable("cbs.policy-binding",
	state.By("policy", func(_ string, b *binding) []string { return []string{b.Policy} }),
	state.By("disk", func(_ string, b *binding) []string { return []string{b.Disk} }),
)

// Limits of policies. Source: the parameters' documentation. Simulated: maxBound.
const (
	maxBoundAtOnce = 80
	maxBound       = 200
	defaultDays    = 7
)

// createAutoSnapshotPolicy makes a policy. DryRun only tells when its first snapshots would be taken.
func createAutoSnapshotPolicy(c *api.Call, in *sdk.CreateAutoSnapshotPolicyRequestParams) (*sdk.CreateAutoSnapshotPolicyResponseParams, error) {
	row := policy{Name: name(in.AutoSnapshotPolicyName), Active: or(in.IsActivated, true), Created: c.Now.Unix()}
	row.Days = defaultDays
	err := row.set(in.AutoSnapshotPolicyName, in.IsPermanent, in.RetentionDays, in.Policy)
	if err != nil {
		return nil, err
	}
	out := &sdk.CreateAutoSnapshotPolicyResponseParams{NextTriggerTime: row.next(c.Now)}
	if or(in.DryRun, false) {
		return out, nil
	}
	if most := c.Quota(quota.SnapshotPolicies); policies.Len(c.Tx) >= most {
		return nil, tcerr.New(sdk.LIMITEXCEEDED_AUTOSNAPSHOTPOLICYOUTOFQUOTA, "The quota of `%d` snapshot policies in the region is exceeded.", most).
			Zh("当前地域定期快照策略数量超过配额 `%d`。")
	}
	out.AutoSnapshotPolicyId = p(api.NewID(c, policies, "asp"))
	policies.Put(c.Tx, *out.AutoSnapshotPolicyId, row)
	return out, nil
}

// set checks and takes over what a request says of a policy. What it does not say stays.
func (x *policy) set(title *string, forever *bool, days *uint64, plan []*sdk.Policy) (err error) {
	switch {
	case or(forever, false) && days != nil:
		return bad(*days, "RetentionDays")
	case days != nil && *days == 0:
		return bad(*days, "RetentionDays")
	}
	if err := checkName(title, "AutoSnapshotPolicyName"); err != nil {
		return err
	}
	if title != nil {
		x.Name = name(title)
	}
	if days != nil {
		x.Days, x.Forever = *days, false
	}
	x.Forever = or(forever, x.Forever)
	if plan != nil {
		x.Rules, err = readRules(plan)
	}
	return err
}

// findPolicy reads a policy that an action is to use.
func findPolicy(c *api.Call, id string) (*policy, error) {
	x, ok := policies.Get(c.Tx, id)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDAUTOSNAPSHOTPOLICYID_NOTFOUND, "The snapshot policy `%s` does not exist.", id).Zh("定期快照策略 `%s` 不存在。")
	}
	return x, nil
}

// modifyAutoSnapshotPolicyAttribute changes a policy.
func modifyAutoSnapshotPolicyAttribute(c *api.Call, in *sdk.ModifyAutoSnapshotPolicyAttributeRequestParams) (*sdk.ModifyAutoSnapshotPolicyAttributeResponseParams, error) {
	x, err := findPolicy(c, *in.AutoSnapshotPolicyId)
	if err != nil {
		return nil, err
	}
	row := *x
	row.Active = or(in.IsActivated, row.Active)
	if err := row.set(in.AutoSnapshotPolicyName, in.IsPermanent, in.RetentionDays, in.Policy); err != nil {
		return nil, err
	}
	policies.Put(c.Tx, *in.AutoSnapshotPolicyId, row)
	return &sdk.ModifyAutoSnapshotPolicyAttributeResponseParams{}, nil
}

// deleteAutoSnapshotPolicies ends policies; their disks are under them no more. All of them or none.
func deleteAutoSnapshotPolicies(c *api.Call, in *sdk.DeleteAutoSnapshotPoliciesRequestParams) (*sdk.DeleteAutoSnapshotPoliciesResponseParams, error) {
	ids := plain(in.AutoSnapshotPolicyIds)
	if err := tooMany(len(ids), maxBatch, "AutoSnapshotPolicyIds"); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, err := findPolicy(c, id); err != nil {
			return nil, err
		}
		for b := range bindings.Where(c.Tx, "policy", id) {
			bindings.Delete(c.Tx, c.Now, b)
		}
		policies.Delete(c.Tx, c.Now, id)
	}
	return &sdk.DeleteAutoSnapshotPoliciesResponseParams{}, nil
}

// bindAutoSnapshotPolicy puts disks under a policy. All of them or none.
func bindAutoSnapshotPolicy(c *api.Call, in *sdk.BindAutoSnapshotPolicyRequestParams) (*sdk.BindAutoSnapshotPolicyResponseParams, error) {
	id, diskIDs := *in.AutoSnapshotPolicyId, plain(in.DiskIds)
	if _, err := findPolicy(c, id); err != nil {
		return nil, err
	}
	if err := tooMany(len(diskIDs), maxBoundAtOnce, "DiskIds"); err != nil {
		return nil, err
	}
	if n := bindings.Count(c.Tx, "policy", id) + len(diskIDs); n > maxBound {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_BINDDISKLIMITEXCEEDED, "The policy `%s` would have `%d` disks, which exceeds the limit `%d`.", id, n, maxBound).
			Zh("定期快照策略 `%s` 将绑定 `%d` 块云硬盘，超过上限 `%d`。")
	}
	for _, disk := range diskIDs {
		d, err := find(c, disk)
		switch {
		case err != nil:
			return nil, err
		case d.State == ToRecycle:
			return nil, unfit(c, disk, d)
		case bindings.Has(c.Tx, id+"/"+disk):
			return nil, tcerr.New(sdk.INVALIDDISK_ALREADYBOUND, "The disk `%s` is already bound to the policy `%s`.", disk, id).Zh("云硬盘 `%s` 已绑定定期快照策略 `%s`。")
		}
		bindings.Put(c.Tx, id+"/"+disk, binding{id, disk})
		if at, ends := disks.End(c.Tx, disk); ends {
			bindings.Delete(c.Tx, at, id+"/"+disk)
		}
	}
	return &sdk.BindAutoSnapshotPolicyResponseParams{}, nil
}

// unbindAutoSnapshotPolicy takes disks, or all disks of instances, out of a policy. Those that are not under it are
// passed over.
func unbindAutoSnapshotPolicy(c *api.Call, in *sdk.UnbindAutoSnapshotPolicyRequestParams) (*sdk.UnbindAutoSnapshotPolicyResponseParams, error) {
	id := *in.AutoSnapshotPolicyId
	if _, err := findPolicy(c, id); err != nil {
		return nil, err
	}
	diskIDs := plain(in.DiskIds)
	if _, err := findAll(c, diskIDs); err != nil {
		return nil, err
	}
	if len(in.DiskIds)+len(in.InstanceIds) == 0 {
		return nil, tcerr.Missing("DiskIds")
	}
	for _, h := range plain(in.InstanceIds) {
		for disk := range Of(c.Tx, h) {
			diskIDs = append(diskIDs, disk)
		}
	}
	for _, disk := range diskIDs {
		bindings.Delete(c.Tx, c.Now, id+"/"+disk)
	}
	return &sdk.UnbindAutoSnapshotPolicyResponseParams{}, nil
}

// policiesOf is the snapshot policies of a disk.
func policiesOf(tx *state.Tx, diskID string) []string {
	all := []string{}
	for _, b := range bindings.Where(tx, "disk", diskID) {
		all = append(all, b.Policy)
	}
	return all
}

// unbindAll takes a disk out of every policy at instant at.
func unbindAll(tx *state.Tx, at time.Time, diskID string) {
	for id := range bindings.Where(tx, "disk", diskID) {
		bindings.Delete(tx, at, id)
	}
}

// copyAutoSnapshotPolicyCrossAccount is for accounts that the cloud lets do so; no account here is one.
func copyAutoSnapshotPolicyCrossAccount(c *api.Call, in *sdk.CopyAutoSnapshotPolicyCrossAccountRequestParams) (*sdk.CopyAutoSnapshotPolicyCrossAccountResponseParams, error) {
	if to := *in.TargetAccountUin; to == c.Account || to == "" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, to, "TargetAccountUin")
	}
	for _, id := range plain(in.AutoSnapshotPolicyIds) {
		if _, err := findPolicy(c, id); err != nil {
			return nil, err
		}
	}
	return nil, tcerr.New(sdk.UNAUTHORIZEDOPERATION, "The account may not copy snapshot policies to other accounts.").
		Zh("当前账号未开通定期快照策略跨账号复制功能。")
}
