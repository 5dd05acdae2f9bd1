package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// associateInstancesKeyPairs lets keys log into instances, in place of the keys and the password that did. An instance
// that runs has to be stopped for that, and is started again. Source: document/api/213/15698.
func associateInstancesKeyPairs(c *api.Call, in *sdk.AssociateInstancesKeyPairsRequestParams) (*sdk.AssociateInstancesKeyPairsResponseParams, error) {
	found, keys, err := admitKeys(c, in.InstanceIds, in.KeyIds, or(in.ForceStop, false))
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		cycle(c, t, nil)
		edit(c, c.Now, t.id, func(i *Instance) { i.KeyIDs = keys })
	}
	return &sdk.AssociateInstancesKeyPairsResponseParams{}, nil
}

// disassociateInstancesKeyPairs takes keys away from instances. One that an instance has not is passed over.
func disassociateInstancesKeyPairs(c *api.Call, in *sdk.DisassociateInstancesKeyPairsRequestParams) (*sdk.DisassociateInstancesKeyPairsResponseParams, error) {
	found, keys, err := admitKeys(c, in.InstanceIds, in.KeyIds, or(in.ForceStop, false))
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		cycle(c, t, nil)
		edit(c, c.Now, t.id, func(i *Instance) {
			i.KeyIDs = slices.DeleteFunc(i.KeyIDs, func(id string) bool { return slices.Contains(keys, id) })
		})
	}
	return &sdk.DisassociateInstancesKeyPairsResponseParams{}, nil
}

// admitKeys finds the instances and the keys of a request. A row's keys change at once and not when the instance is
// started again, so that no key can be deleted in between.
func admitKeys(c *api.Call, ids, keys []*string, force bool) ([]target, []string, error) {
	found, err := admit(c, ids, bounds{allowed: force})
	if err != nil {
		return nil, nil, err
	}
	for _, t := range found {
		if t.Windows {
			return nil, nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_INSTANCEOSWINDOWS, "The instance `%s` has Windows, which does not support this operation.", t.id).
				Zh("实例 `%s` 的操作系统为 Windows，不支持该操作。")
		}
	}
	all, err := findKeyPairs(c, keys)
	return found, all, err
}
