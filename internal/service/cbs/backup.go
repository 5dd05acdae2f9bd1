package cbs

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Limits of backup points. Source: the parameters' documentation.
const (
	maxBackups    = 1024 // of one disk
	maxBackupName = 100  // characters
)

// backup is a backup point of a disk. Times are Unix seconds.
type backup struct {
	Name    string
	Disk    string
	State   string
	Size    uint64
	Created int64
	Making  span

	System, Encrypt bool
}

var backups = state.NewTable("cbs.backup",
	state.By("disk", func(_ string, b *backup) []string { return []string{b.Disk} }),
)

// removeBackups ends the backup points of a disk at instant at.
func removeBackups(tx *state.Tx, at time.Time, diskID string) {
	for id := range backups.Where(tx, "disk", diskID) {
		backups.Delete(tx, at, id)
	}
}

// createDiskBackup makes a backup point of a disk that has quota left for one.
func createDiskBackup(c *api.Call, in *sdk.CreateDiskBackupRequestParams) (*sdk.CreateDiskBackupResponseParams, error) {
	d, err := findResting(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	if n := or(in.DiskBackupName, ""); len([]rune(n)) > maxBackupName {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, n, "DiskBackupName")
	}
	if most := d.traits().Backups; backups.Count(c.Tx, "disk", *in.DiskId) >= int(most) {
		return nil, tcerr.New(sdk.RESOURCEINSUFFICIENT_OVERQUOTA, "The quota of `%d` backup points of the disk `%s` is exceeded.", most, *in.DiskId).
			Zh("备份点数量超过配额 `%d`，云硬盘 `%s`。")
	}
	id, ready := api.NewID(c, backups, "dbp"), c.After(backupTime)
	backups.Put(c.Tx, id, backup{
		Name: name(in.DiskBackupName), Disk: *in.DiskId, State: Creating, Size: d.Size, Created: c.Now.Unix(), Making: until(c.Now, ready),
		System: d.System, Encrypt: d.Encrypt,
	})
	backups.Edit(c.Tx, ready, id, func(b *backup) { b.State = Normal })
	if at, ends := disks.End(c.Tx, *in.DiskId); ends {
		backups.Delete(c.Tx, at, id)
	}
	return &sdk.CreateDiskBackupResponseParams{DiskBackupId: &id}, nil
}

// findBackup reads a backup point that an action is to use.
func findBackup(c *api.Call, id string) (*backup, error) {
	b, ok := backups.Get(c.Tx, id)
	if !ok {
		return nil, tcerr.New(sdk.RESOURCENOTFOUND_NOTFOUND, "The backup point `%s` does not exist.", id).Zh("备份点 `%s` 不存在。")
	}
	return b, nil
}

// restingBackup is findBackup for what wants a disk's own one that is there in full.
func restingBackup(c *api.Call, id, diskID string) (*backup, error) {
	b, err := findBackup(c, id)
	switch {
	case err != nil:
		return nil, err
	case b.State != Normal:
		return nil, tcerr.New(sdk.RESOURCEBUSY, "The backup point `%s` is busy: its state is `%s`.", id, b.State).Zh("备份点 `%s` 正忙，当前状态为 `%s`。")
	case b.Disk != diskID:
		return nil, tcerr.New(sdk.RESOURCENOTFOUND, "The backup point `%s` is not of the disk `%s`.", id, diskID).Zh("备份点 `%s` 不属于云硬盘 `%s`。")
	}
	return b, nil
}

// deleteDiskBackups ends backup points. All of them or none.
func deleteDiskBackups(c *api.Call, in *sdk.DeleteDiskBackupsRequestParams) (*sdk.DeleteDiskBackupsResponseParams, error) {
	ids := plain(in.DiskBackupIds)
	if len(ids) == 0 || len(ids) > maxBatch {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, len(ids), "DiskBackupIds")
	}
	for _, id := range ids {
		b, err := findBackup(c, id)
		if err != nil {
			return nil, err
		}
		if _, err := restingBackup(c, id, b.Disk); err != nil {
			return nil, err
		}
		backups.Delete(c.Tx, c.Now, id)
	}
	return &sdk.DeleteDiskBackupsResponseParams{}, nil
}

// applyDiskBackup brings a disk back to one of its backup points.
func applyDiskBackup(c *api.Call, in *sdk.ApplyDiskBackupRequestParams) (*sdk.ApplyDiskBackupResponseParams, error) {
	if err := checkPower(in.AutoStopInstance, in.AutoStartInstance); err != nil {
		return nil, err
	}
	d, err := findResting(c, *in.DiskId)
	if err != nil {
		return nil, err
	}
	if _, err := restingBackup(c, *in.DiskBackupId, *in.DiskId); err != nil {
		return nil, err
	}
	if err := still(c, d); err != nil {
		return nil, err
	}
	end := c.After(rollbackTime)
	backups.Edit(c.Tx, c.Now, *in.DiskBackupId, func(b *backup) { b.State = Rollbacking })
	backups.Edit(c.Tx, end, *in.DiskBackupId, func(b *backup) { b.State = Normal })
	rollBack(c, end, *in.DiskId)
	return &sdk.ApplyDiskBackupResponseParams{}, nil
}

// modifyDiskBackupQuota sets how many backup points a disk may have. Simulated: the oldest beyond a lower quota end, as
// the cloud's guide says of a quota of none.
func modifyDiskBackupQuota(c *api.Call, in *sdk.ModifyDiskBackupQuotaRequestParams) (*sdk.ModifyDiskBackupQuotaResponseParams, error) {
	if _, err := findResting(c, *in.DiskId); err != nil {
		return nil, err
	}
	most := *in.DiskBackupQuota
	if most > maxBackups {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, most, "DiskBackupQuota")
	}
	disks.Edit(c.Tx, c.Now, *in.DiskId, func(d *Disk) { d.alter(func(t *Traits) { t.Backups = most }) })
	over := backups.Count(c.Tx, "disk", *in.DiskId) - int(most)
	for id := range backups.Where(c.Tx, "disk", *in.DiskId) {
		if over > 0 {
			backups.Delete(c.Tx, c.Now, id)
		}
		over--
	}
	return &sdk.ModifyDiskBackupQuotaResponseParams{}, nil
}

var backupQuery = api.Query[backup]{
	Table: backups,
	Fields: map[string]api.Field[backup]{
		"disk-backup-id": {Of: func(_ *api.Call, id string, _ *backup) []string { return []string{id} }},
		"disk-id":        {Of: func(_ *api.Call, _ string, b *backup) []string { return []string{b.Disk} }, Index: "disk"},
		"disk-usage":     {Of: func(_ *api.Call, _ string, b *backup) []string { return []string{b.usage()} }},
	},
	Rules: youngRules,
}

func (b *backup) usage() string {
	if b.System {
		return SystemDisk
	}
	return DataDisk
}

// describeDiskBackups lists backup points, oldest first unless asked otherwise.
func describeDiskBackups(c *api.Call, in *sdk.DescribeDiskBackupsRequestParams) (*sdk.DescribeDiskBackupsResponseParams, error) {
	if f := or(in.OrderField, "CREATE_TIME"); f != "CREATE_TIME" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, f, "OrderField")
	}
	q, err := ordered(backupQuery, in.Order)
	if err != nil {
		return nil, err
	}
	page, total, err := q.Run(c, api.Ask{IDs: in.DiskBackupIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	set := make([]*sdk.DiskBackup, len(page))
	for i, hit := range page {
		b := hit.Row
		set[i] = &sdk.DiskBackup{
			DiskBackupId: p(hit.ID), DiskBackupName: &b.Name, DiskBackupState: &b.State, DiskId: &b.Disk, DiskSize: &b.Size,
			DiskUsage: p(b.usage()), Encrypt: &b.Encrypt, Percent: p(b.Making.percent(c.Now)),
			// Unlike every other time of this product, this one is of no place.
			CreateTime: p(time.Unix(b.Created, 0).UTC().Format("2006-01-02T15:04:05-07:00")),
		}
	}
	return &sdk.DescribeDiskBackupsResponseParams{TotalCount: p(uint64(total)), DiskBackupSet: set}, nil
}
