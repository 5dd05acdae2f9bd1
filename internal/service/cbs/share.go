package cbs

import (
	"math"
	"slices"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxShares is how many accounts may read one snapshot.
const maxShares = 50

// modifySnapshotsSharePermission lets other accounts make disks of snapshots in this region, or stops that. Only
// snapshots of data disks that are not encrypted can be shared.
func modifySnapshotsSharePermission(c *api.Call, in *sdk.ModifySnapshotsSharePermissionRequestParams) (*sdk.ModifySnapshotsSharePermissionResponseParams, error) {
	ids, accounts := plain(in.SnapshotIds), plain(in.AccountIds)
	if *in.Permission != "SHARE" && *in.Permission != "CANCEL" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.Permission, "Permission")
	}
	if len(ids) == 0 || len(ids) > maxBatch {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, len(ids), "SnapshotIds")
	}
	if err := checkAccounts(c, accounts); err != nil {
		return nil, err
	}
	for _, id := range ids {
		s, err := findSnapshot(c, id)
		if err != nil {
			return nil, err
		}
		if s.System || s.Encrypt || s.State != Normal {
			return nil, tcerr.New(sdk.INVALIDSNAPSHOT_NOTSUPPORTED, "The snapshot `%s` can not be shared.", id).Zh("快照 `%s` 不支持共享。")
		}
		shares := s.unshared(accounts)
		if *in.Permission == "SHARE" {
			for _, a := range accounts {
				shares = append(shares, Share{Account: a, Since: c.Now.Unix()})
			}
		}
		if len(shares) > maxShares {
			return nil, tcerr.New(sdk.RESOURCEINSUFFICIENT_OVERQUOTA, "The snapshot `%s` would be shared with `%d` accounts, which exceeds the limit `%d`.", id, len(shares), maxShares).
				Zh("快照 `%s` 将共享给 `%d` 个账号，超过上限 `%d`。")
		}
		snapshots.Edit(c.Tx, c.Now, id, func(s *Snapshot) { s.Shares = shares })
	}
	return &sdk.ModifySnapshotsSharePermissionResponseParams{}, nil
}

// unshared is the shares of a snapshot without those of some accounts.
func (s *Snapshot) unshared(accounts []string) []Share {
	return slices.DeleteFunc(slices.Clone(s.Shares), func(h Share) bool { return slices.Contains(accounts, h.Account) })
}

// checkAccounts refuses what is no account, and the caller's own.
func checkAccounts(c *api.Call, accounts []string) error {
	if len(accounts) == 0 {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETER, "", "AccountIds")
	}
	for _, a := range accounts {
		if _, err := strconv.ParseUint(a, 10, 64); err != nil || a == c.Account {
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETER, a, "AccountIds")
		}
	}
	return nil
}

// describeSnapshotSharePermission lists the accounts that may read a snapshot.
func describeSnapshotSharePermission(c *api.Call, in *sdk.DescribeSnapshotSharePermissionRequestParams) (*sdk.DescribeSnapshotSharePermissionResponseParams, error) {
	s, ok := snapshots.Get(c.Tx, *in.SnapshotId)
	if !ok {
		return nil, bad(*in.SnapshotId, "SnapshotId")
	}
	set := make([]*sdk.SharePermission, 0, len(s.Shares))
	for _, h := range s.Shares {
		set = append(set, &sdk.SharePermission{AccountId: p(h.Account), CreatedTime: stamp(h.Since)})
	}
	return &sdk.DescribeSnapshotSharePermissionResponseParams{SharePermissionSet: set}, nil
}

// others is the call as it would be in each other account.
func others(c *api.Call) func(yield func(*api.Call) bool) {
	return func(yield func(*api.Call) bool) {
		for _, account := range c.Accounts() {
			there := *c
			if there.Tx = c.Peek(account); account != c.Account && !yield(&there) {
				return
			}
		}
	}
}

// sharedWith says whether an account may read a snapshot.
func (s *Snapshot) sharedWith(account string) bool {
	return slices.ContainsFunc(s.Shares, func(h Share) bool { return h.Account == account })
}

// received is a snapshot that another account shares with the caller.
func received(c *api.Call, id string) (*Snapshot, bool) {
	for there := range others(c) {
		if s, ok := snapshots.Get(there.Tx, id); ok && s.sharedWith(c.Account) {
			return s, true
		}
	}
	return nil, false
}

// appendShared adds to a page the shared snapshots that the ask means, which come after the caller's own.
func appendShared(c *api.Call, ask api.Ask, page []*ShownSnapshot, total int) ([]*ShownSnapshot, int) {
	q := snapshotQuery
	q.Fields = map[string]api.Field[Snapshot]{}
	for name, f := range snapshotQuery.Fields {
		q.Fields[name] = f
	}
	q.Fields["snapshot-type"] = snapshotField(func(*Snapshot) string { return shared })
	q.Hidden = func(_ *api.Call, _ string, s *Snapshot) bool { return !s.sharedWith(c.Account) }
	q.Rules.DefaultLimit, q.Rules.MaxLimit = math.MaxInt32, math.MaxInt32
	offset, limit := int(or(ask.Offset.(*uint64), 0)), int(or(ask.Limit.(*uint64), uint64(max(rules.DefaultLimit, len(ask.IDs)))))
	for there := range others(c) {
		hits, _, err := q.Run(there, api.Ask{IDs: ask.IDs, Filters: ask.Filters})
		if err != nil {
			continue // the caller's own search was sound, and so is this
		}
		for _, hit := range hits {
			if total >= offset && len(page) < limit {
				page = append(page, showReceived(there, hit.ID, hit.Row))
			}
			total++
		}
	}
	return page, total
}

// showReceived is a snapshot as those see it with whom it is shared: without what is its owner's business.
func showReceived(there *api.Call, id string, s *Snapshot) *ShownSnapshot {
	out := showSnapshot(there, id, s)
	out.SnapshotType, out.ShareReference = p(shared), p(uint64(0))
	out.Placement.ProjectId, out.Placement.ProjectName = p(uint64(0)), p("")
	out.Tags, out.Images, out.ImageCount, out.AutoSnapshotPolicyId = []*sdk.Tag{}, []*sdk.Image{}, p(uint64(0)), nil
	return out
}
