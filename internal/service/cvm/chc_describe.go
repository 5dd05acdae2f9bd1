package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// chcRules bound DescribeChcHosts.
var chcRules = api.Rules{
	MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED,
	UnknownFilter: sdk.INVALIDFILTER, BadOffset: sdk.INVALIDPARAMETERVALUEOFFSET, BadLimit: sdk.INVALIDPARAMETERVALUELIMIT,
}

// chcFilters are what machines could be filtered by.
var chcFilters = []string{"zone", "instance-name", "instance-state", "device-type", "vpc-id", "subnet-id", "sn"}

// describeChcHosts lists the account's machines: none. One that is named must be there. Ids and filters exclude each other.
func describeChcHosts(c *api.Call, in *sdk.DescribeChcHostsRequestParams) (*sdk.DescribeChcHostsResponseParams, error) {
	if len(in.ChcIds) > 0 && len(in.Filters) > 0 {
		return nil, tcerr.New(sdk.INVALIDPARAMETER_ATMOSTONE, "At most one of `ChcIds` and `Filters` can be specified.").
			Zh("`ChcIds` 与 `Filters` 最多指定一个。")
	}
	all := filters(in.Filters)
	_, _, err := chcRules.Check(api.Ask{Filters: all, Offset: in.Offset, Limit: in.Limit}, func(name string) bool { return slices.Contains(chcFilters, name) })
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if err := checkChcFilter(c, f); err != nil {
			return nil, err
		}
	}
	if len(in.ChcIds) > 0 {
		return nil, chcHosts(c, in.ChcIds)
	}
	return &sdk.DescribeChcHostsResponseParams{TotalCount: new(int64(0)), ChcHostSet: []*sdk.ChcHost{}}, nil
}

// describeChcDeniedActions lists what cannot be done to machines now.
func describeChcDeniedActions(c *api.Call, in *sdk.DescribeChcDeniedActionsRequestParams) (*sdk.DescribeChcDeniedActionsResponseParams, error) {
	return nil, chcHosts(c, in.ChcIds)
}

// chcStates are the states that a machine can be in.
var chcStates = []string{"INIT", "READY", "PREPARED", "ONLINE", "OPERATING", "CLEAR_NETWORK_FAILED"}

// checkChcFilter refuses a filter without a value, and values that no machine has.
func checkChcFilter(c *api.Call, f api.Filter) error {
	if len(f.Values) == 0 || slices.Contains(f.Values, "") {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_NOTEMPTY, "", "Filters."+f.Name)
	}
	for _, v := range f.Values {
		switch {
		case f.Name == "vpc-id" && !vpcForm.fits(v):
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_VPCIDMALFORMED, v, "Filters.vpc-id")
		case f.Name == "subnet-id" && !subnetForm.fits(v):
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_SUBNETIDMALFORMED, v, "Filters.subnet-id")
		case f.Name == "instance-state" && !slices.Contains(chcStates, v):
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, v, "Filters.instance-state")
		case f.Name == "zone":
			if _, err := zoneHere(c, v); err != nil {
				return err
			}
		}
	}
	return nil
}
