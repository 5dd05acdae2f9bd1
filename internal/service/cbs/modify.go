package cbs

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxBatch is how many disks most actions take at once.
const maxBatch = 100

// modifyDiskAttributes gives all disks of a batch the same attributes. A change of type goes alone, for one disk.
func modifyDiskAttributes(c *api.Call, in *sdk.ModifyDiskAttributesRequestParams) (*sdk.ModifyDiskAttributesResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxBatch, "DiskIds"); err != nil {
		return nil, err
	}
	rows, err := findAll(c, ids)
	if err != nil {
		return nil, err
	}
	if in.DiskType != nil {
		if len(ids) > 1 || in.DiskName != nil || in.Portable != nil || in.ProjectId != nil || in.DeleteWithInstance != nil {
			return nil, bad(*in.DiskType, "DiskType")
		}
		return &sdk.ModifyDiskAttributesResponseParams{}, migrate(c, ids[0], rows[0], *in.DiskType)
	}
	if err := checkAttributes(c, in); err != nil {
		return nil, err
	}
	for i, id := range ids {
		if err := attributable(c, id, rows[i], in); err != nil {
			return nil, err
		}
		replan(c.Tx, id, func(d *Disk) { setAttributes(d, in) })
	}
	return &sdk.ModifyDiskAttributesResponseParams{}, nil
}

// checkAttributes refuses values that no disk can have.
func checkAttributes(c *api.Call, in *sdk.ModifyDiskAttributesRequestParams) error {
	if op := in.BurstPerformanceOperation; op != nil && *op != "CREATE" && *op != "CANCEL" {
		return bad(*op, "BurstPerformanceOperation")
	}
	if in.DiskName == nil && in.Portable == nil && in.ProjectId == nil && in.DeleteWithInstance == nil && in.BurstPerformanceOperation == nil {
		return tcerr.Missing("DiskName")
	}
	if err := checkName(in.DiskName, "DiskName"); err != nil {
		return err
	}
	if _, ok := projectOf(c, in.ProjectId); !ok {
		return bad(*in.ProjectId, "ProjectId")
	}
	return nil
}

// attributable refuses attributes that this disk cannot have.
func attributable(c *api.Call, id string, d *Disk, in *sdk.ModifyDiskAttributesRequestParams) error {
	k, _ := FindKind(d.Type)
	switch {
	case d.State == ToRecycle,
		in.Portable != nil && !*in.Portable && d.Portable,
		in.Portable != nil && *in.Portable && d.System,
		in.ProjectId != nil && !d.Portable,
		or(in.DeleteWithInstance, false) && (d.System || d.Charge != Postpaid),
		or(in.BurstPerformanceOperation, "") == "CREATE" && (k.Extra == 0 || d.Size < extraMinSize):
		return unfit(c, id, d)
	}
	return nil
}

func setAttributes(d *Disk, in *sdk.ModifyDiskAttributesRequestParams) {
	if in.DiskName != nil {
		d.Name = name(in.DiskName)
	}
	d.Portable = or(in.Portable, d.Portable)
	d.Project = or(in.ProjectId, d.Project)
	if !d.System {
		d.DeleteWithInstance = or(in.DeleteWithInstance, d.DeleteWithInstance)
	}
	if in.BurstPerformanceOperation != nil {
		d.alter(func(t *Traits) { t.Burst = *in.BurstPerformanceOperation == "CREATE" })
	}
}

// migrate changes a disk's type, which takes a while during which it can be used. Only dearer types can be had.
// Simulated: the order of the types; which pairs are sold changes with the zones' stock.
func migrate(c *api.Call, id string, d *Disk, to string) error {
	index := func(t string) int { return slices.IndexFunc(kinds, func(k Kind) bool { return k.Type == t }) }
	k, ok := FindKind(to)
	switch {
	case !ok || k.Retired:
		return bad(to, "DiskType")
	case index(to) <= index(d.Type) || !k.Alone || d.Size < k.Min || d.Size > k.Max:
		return tcerr.New(sdk.INVALIDPARAMETER_DISKCONFIGNOTSUPPORTED, "The disk `%s` can not become a disk of the type `%s`.", id, to).
			Zh("云硬盘 `%s` 不支持变更为类型 `%s`。")
	}
	if err := atRest(c, id, d); err != nil {
		return err
	}
	end := c.After(migrateTime)
	disks.Edit(c.Tx, c.Now, id, func(d *Disk) {
		d.alter(func(t *Traits) { t.MovesTo, t.Moving = to, until(c.Now, end) })
	})
	disks.Edit(c.Tx, end, id, func(d *Disk) {
		d.Type = to
		d.alter(func(t *Traits) { t.MovesTo = "" })
	})
	return nil
}

// modifyDisksRenewFlag says what comes after the last day of prepaid disks.
func modifyDisksRenewFlag(c *api.Call, in *sdk.ModifyDisksRenewFlagRequestParams) (*sdk.ModifyDisksRenewFlagResponseParams, error) {
	ids := plain(in.DiskIds)
	if err := tooMany(len(ids), maxBatch, "DiskIds"); err != nil {
		return nil, err
	}
	rows, err := findAll(c, ids)
	if err != nil {
		return nil, err
	}
	if !isRenewFlag(*in.RenewFlag) {
		return nil, bad(*in.RenewFlag, "RenewFlag")
	}
	if in.AutoRenewPeriod != nil && !isPeriod(*in.AutoRenewPeriod) {
		return nil, bad(*in.AutoRenewPeriod, "AutoRenewPeriod")
	}
	for i, id := range ids {
		if rows[i].Charge != Prepaid {
			return nil, bad(id, "DiskIds")
		}
		replan(c.Tx, id, func(d *Disk) {
			d.Deadline = d.until(c.Now).Unix()
			d.Renew, d.Period = *in.RenewFlag, or(in.AutoRenewPeriod, d.Period)
		})
	}
	return &sdk.ModifyDisksRenewFlagResponseParams{}, nil
}
