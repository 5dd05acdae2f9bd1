package cvm

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxBatch is how many instances one call may name.
const maxBatch = 100

var instanceID = shape("ins")

// target is an instance that a call names.
type target struct {
	id string
	*Instance
}

// bounds are what a call sets upon the instances it names.
type bounds struct {
	max     int  // how many; 0 for maxBatch
	allowed bool // a parameter permits states that depend on one
	paused  bool // instances stopped without charge are accepted, too
	busy    bool // instances in operation are accepted, too
}

// admit finds the instances that a write names and refuses all if one is not there or not in a state for it: ids
// first, then whether they exist, then states. Nothing is changed before all are admitted.
func admit(c *api.Call, ids []*string, b bounds) ([]target, error) {
	found, err := lookup(c, ids, b.max)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		if err := checkHold(c, t.id, t.Instance); err != nil {
			return nil, err
		}
		if err := checkState(c.Action, t.id, t.Instance, b.allowed); err != nil {
			return nil, err
		}
		if t.OperationState == operating && !b.busy {
			return nil, tcerr.New(listedCode(c, t.busyCodes(c.Action)...), "The operation of instances `['%s']` is in progress, please wait.", t.id).
				Zh("实例`['%s']`操作进行中，请等待")
		}
		if !b.busy && rollsBack(c, t.id) {
			return nil, tcerr.New(sdk.MUTEXOPERATION_TASKRUNNING, "A disk of the instance `%s` is being rolled back, please wait.", t.id).
				Zh("实例 `%s` 的云硬盘正在回滚，请等待")
		}
		if t.stopMode() == stopCharging && !b.paused {
			code := listedCode(c, sdk.UNSUPPORTEDOPERATION_STOPPEDMODESTOPCHARGING, sdk.INVALIDINSTANCE_NOTSUPPORTED)
			return nil, tcerr.New(code, "The instance `%s` is stopped without charge, which does not support this operation.", t.id).
				Zh("实例 `%s` 处于关机不收费状态，不支持该操作。")
		}
	}
	return found, nil
}

// busyCodes are those that say that something is being done to an instance already, the most exact first. What is of the
// same kind is a task that runs; only of terminating it is known that it is not called so.
func (t target) busyCodes(action string) []string {
	codes := []string{sdk.OPERATIONDENIED_INSTANCEOPERATIONINPROGRESS, sdk.MUTEXOPERATION_TASKRUNNING, sdk.INVALIDINSTANCE_NOTSUPPORTED}
	if t.Charge == prepaid && t.State != stateTerminating && t.Operation == "TerminateInstances" && action != t.Operation {
		return append([]string{sdk.UNSUPPORTEDOPERATION_INSTANCESTATEISOLATING}, codes...)
	}
	if t.Operation == action && action != "TerminateInstances" {
		codes[0], codes[1] = codes[1], codes[0]
	}
	return codes
}

// rollsBack says whether one of an instance's disks is being put back to a snapshot. Simulated: that whatever may not run
// beside another task, and has no code of its own for this one, does not run beside it.
func rollsBack(c *api.Call, id string) bool {
	if !lists(c, sdk.MUTEXOPERATION_TASKRUNNING) || lists(c, sdk.RESOURCEINUSE_DISKROLLBACKING) {
		return false
	}
	for _, d := range cbs.Of(c.Tx, id) {
		if d.State == cbs.Rollbacking {
			return true
		}
	}
	return false
}

// lookup finds the instances that a call names, each once, in the order named.
func lookup(c *api.Call, ids []*string, limit int) ([]target, error) {
	if limit == 0 {
		limit = maxBatch
	}
	if len(ids) > limit {
		return nil, tcerr.New(listedCode(c, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, sdk.INVALIDPARAMETERVALUE), "The number of `InstanceIds` `%d` exceeds the limit `%d`.", len(ids), limit).
			Zh("`InstanceIds` 的数量 `%d` 超过上限 `%d`。")
	}
	if len(ids) == 0 {
		return nil, tcerr.Missing("InstanceIds")
	}
	if err := checkInstanceIDs(c, ids); err != nil {
		return nil, err
	}
	var found []target
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[*id] {
			continue
		}
		seen[*id] = true
		row, ok := instances.Get(c.Tx, *id)
		if !ok {
			code := listedCode(c, sdk.INVALIDINSTANCEID_NOTFOUND, sdk.RESOURCENOTFOUND_INVALIDINSTANCEIDNOTFOUND)
			return nil, tcerr.New(code, "The specified instance `%s` does not exist.", *id).Zh("实例 `%s` 不存在。")
		}
		found = append(found, target{*id, row})
	}
	return found, nil
}

// checkInstanceIDs refuses an id that is none. Many actions have two codes for that, of which the documented example of
// one is an id of another length, and the other asks for the form. Simulated: which is answered when.
func checkInstanceIDs(c *api.Call, ids []*string) error {
	for _, id := range ids {
		if id == nil || !instanceID.fits(*id) {
			code := listedCode(c, sdk.INVALIDPARAMETERVALUE_INSTANCEIDMALFORMED, sdk.INVALIDINSTANCEID_MALFORMED, sdk.INVALIDINSTANCEID_NOTFOUND)
			if given := or(id, ""); strings.HasPrefix(given, "ins-") && len(given) != len("ins-1a2b3c4d") {
				code = listedCode(c, sdk.INVALIDINSTANCEID_MALFORMED, sdk.INVALIDPARAMETERVALUE_INSTANCEIDMALFORMED, sdk.INVALIDINSTANCEID_NOTFOUND)
			}
			return tcerr.New(code, "Instance ID `%s` is not acceptable, please provide a canonical instance ID.", or(id, "")).
				Zh("实例ID `%s` 不合法，请提供类似 ins-xxxxxxxx 的ID，字母x代表小写字符或数字。")
		}
	}
	return nil
}

// or is what p points to, or what holds when it is absent.
func or[T any](p *T, absent T) T {
	if p == nil {
		return absent
	}
	return *p
}
