package cvm

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Maintenance of what instances run on. Nothing ever breaks here, so there are no tasks.

// repairProducts are whose tasks there could be.
var repairProducts = []string{"CVM", "CDH", "CPM2.0"}

// repairOrder is by what tasks can be sorted.
var repairOrder = []string{"CreateTime", "AuthTime", "EndTime"}

// describeTaskInfo lists maintenance tasks: none. Source: document/api/213/87933.
func describeTaskInfo(_ *api.Call, in *sdk.DescribeTaskInfoRequestParams) (*sdk.DescribeTaskInfoResponseParams, error) {
	if err := checkRepairPage(in); err != nil {
		return nil, err
	}
	for _, status := range in.TaskStatus {
		if n := or(status, 0); n < 1 || n > 6 {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, n, "TaskStatus")
		}
	}
	for _, kind := range in.TaskTypeIds {
		if n := or(kind, 0); n < 101 || n > 107 {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, n, "TaskTypeIds")
		}
	}
	if err := checkRepairDates(in); err != nil {
		return nil, err
	}
	if n := max(len(in.TaskIds), len(in.InstanceIds), len(in.Aliases)); n > maxBatch {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, n, "TaskIds")
	}
	return &sdk.DescribeTaskInfoResponseParams{TotalCount: new(int64(0)), RepairTaskInfoSet: []*sdk.RepairTaskInfo{}}, nil
}

func checkRepairDates(in *sdk.DescribeTaskInfoRequestParams) error {
	if _, err := time.ParseInLocation(time.DateTime, or(in.StartDate, time.DateTime), beijing); err != nil {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.StartDate, "StartDate")
	}
	if _, err := time.ParseInLocation(time.DateTime, or(in.EndDate, time.DateTime), beijing); err != nil {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.EndDate, "EndDate")
	}
	return nil
}

// checkRepairPage refuses what says where and in which order to list, if it is none.
func checkRepairPage(in *sdk.DescribeTaskInfoRequestParams) error {
	switch {
	case *in.Limit < 1 || *in.Limit > 100:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Limit, "Limit")
	case *in.Offset < 0:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Offset, "Offset")
	case or(in.Product, "") != "" && !slices.Contains(repairProducts, *in.Product):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Product, "Product")
	case or(in.OrderField, "") != "" && !slices.Contains(repairOrder, *in.OrderField):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.OrderField, "OrderField")
	case or(in.Order, 0) != 0 && *in.Order != 1:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Order, "Order")
	}
	return nil
}

// How far ahead a repair can be booked.
const (
	minRepairNotice = 5 * time.Minute
	maxRepairNotice = 48 * time.Hour
)

// repairTaskControl allows a maintenance task to begin. There is none, so that no id is right.
func repairTaskControl(c *api.Call, in *sdk.RepairTaskControlRequestParams) (*sdk.RepairTaskControlResponseParams, error) {
	switch {
	case !slices.Contains(repairProducts, *in.Product):
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.Product, "Product")
	case *in.Operate != "AuthorizeRepair":
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.Operate, "Operate")
	case len(in.InstanceIds) == 0:
		return nil, tcerr.Missing("InstanceIds")
	case !slices.Contains([]string{"", "LossyLocal"}, or(in.TaskSubMethod, "")):
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.TaskSubMethod, "TaskSubMethod")
	}
	if in.OrderAuthTime != nil {
		at, err := time.ParseInLocation(time.DateTime, *in.OrderAuthTime, beijing)
		if ahead := at.Sub(c.Now); err != nil || ahead < minRepairNotice || ahead > maxRepairNotice {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *in.OrderAuthTime, "OrderAuthTime")
		}
	}
	return nil, tcerr.New(sdk.INVALIDPARAMETER, "The maintenance task `%s` does not exist.", *in.TaskId).Zh("维修任务 `%s` 不存在。")
}
