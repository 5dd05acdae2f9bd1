package cbs

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// copySnapshotCrossRegions makes a copy of a snapshot in each of some other regions. A region that cannot have one gets
// its error among the results; the others get their copies.
func copySnapshotCrossRegions(c *api.Call, in *sdk.CopySnapshotCrossRegionsRequestParams) (*sdk.CopySnapshotCrossRegionsResponseParams, error) {
	if in.SnapshotId == nil {
		return nil, tcerr.Missing("SnapshotId")
	}
	s, err := findSnapshot(c, *in.SnapshotId)
	if err != nil {
		return nil, err
	}
	if s.State != Normal || s.Encrypt {
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_SNAPSHOTNOTSUPPORTCOPY, "The snapshot `%s` can not be copied.", *in.SnapshotId).
			Zh("快照 `%s` 不支持跨地域复制。")
	}
	if err := checkName(in.SnapshotName, "SnapshotName"); err != nil {
		return nil, err
	}
	regions := plain(in.DestinationRegions)
	if len(regions) == 0 {
		return nil, tcerr.Missing("DestinationRegions")
	}
	row := *s
	row.Copies = slices.DeleteFunc(slices.Clone(s.Copies), func(cp Copy) bool { return cp.Way.over(c.Now) })
	results := make([]*sdk.SnapshotCopyResult, 0, len(regions))
	for _, to := range regions {
		r := &sdk.SnapshotCopyResult{DestinationRegion: p(to), Code: p("Success"), Message: p(""), SnapshotId: p("")}
		if e := tcerr.Of(row.copyable(c, to)); e != nil {
			r.Code, r.Message = &e.Code, p(e.Message(c.Language))
		} else {
			r.SnapshotId = p(row.copyTo(c, to, *in.SnapshotId, or(in.SnapshotName, "")))
		}
		results = append(results, r)
	}
	snapshots.Edit(c.Tx, c.Now, *in.SnapshotId, func(s *Snapshot) { s.Copies = row.Copies })
	return &sdk.CopySnapshotCrossRegionsResponseParams{SnapshotCopyResultSet: results}, nil
}

// copyable says whether a snapshot can go to another region.
func (s *Snapshot) copyable(c *api.Call, to string) error {
	r, ok := region.Find(to)
	switch {
	case !ok || to == c.Region || r.Bare():
		return bad(to, "DestinationRegions")
	case slices.ContainsFunc(s.Copies, func(cp Copy) bool { return cp.Region == to }):
		return tcerr.New(sdk.RESOURCEINUSE_COPYSNAPSHOTCONFLICT, "The snapshot is already being copied to `%s`.", to).Zh("快照正在复制到地域 `%s`。")
	}
	return nil
}

// copyTo makes the copy and notes that it is on its way. The copy is of no disk of its region, and in its first zone.
func (s *Snapshot) copyTo(c *api.Call, to, from, name string) string {
	r, _ := region.Find(to)
	id, ready := api.NewID(c.There(to), snapshots, "snap"), c.After(copyTime)
	if name == "" {
		name = "Copied " + from + " from " + c.Region
	}
	addSnapshot(c.In(to), id, ready, Copying, Snapshot{
		Name: name, Disk: s.Disk, Zone: r.Zones()[0].Name, Size: s.Size, System: s.System, Permanent: true, Copied: true,
	})
	s.Copies = append(s.Copies, Copy{Region: to, Way: until(c.Now, ready)})
	return id
}
