package vpc

import (
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
)

// task is an asynchronous write: its id is the RequestId of the write, or a number where addresses are written.
type task struct{ Status string }

var tasks = state.NewTable[task]("vpc.task")

const (
	running = "RUNNING"
	success = "SUCCESS"
)

// begin remembers that the call is done after d.
func begin(c *api.Call, d time.Duration) { remember(c, c.RequestID, d) }

// beginNumbered is begin for writes that answer a number of their own.
func beginNumbered(c *api.Call, d time.Duration) uint64 {
	id := 100_000_000 + c.IDs.Uint64()%900_000_000
	remember(c, strconv.FormatUint(id, 10), d)
	return id
}

func remember(c *api.Call, id string, d time.Duration) {
	tasks.Put(c.Tx, id, task{running})
	tasks.Edit(c.Tx, c.After(d), id, func(t *task) { t.Status = success })
	tasks.Delete(c.Tx, c.Now.Add(taskRemembered), id)
}

func describeVpcTaskResult(c *api.Call, in *sdk.DescribeVpcTaskResultRequestParams) (*sdk.DescribeVpcTaskResultResponseParams, error) {
	t, ok := tasks.Get(c.Tx, *in.TaskId)
	if !ok {
		return nil, notFound(*in.TaskId)
	}
	return &sdk.DescribeVpcTaskResultResponseParams{Status: &t.Status, Output: new(""), Result: []*sdk.VpcTaskResultDetailInfo{}}, nil
}

func describeTaskResult(c *api.Call, in *sdk.DescribeTaskResultRequestParams) (*sdk.DescribeTaskResultResponseParams, error) {
	if in.TaskId == nil {
		if in.DealName == nil {
			return nil, missing("TaskId")
		}
		return nil, bad(*in.DealName, "DealName")
	}
	t, ok := tasks.Get(c.Tx, strconv.FormatUint(*in.TaskId, 10))
	if !ok {
		return nil, badCode(sdk.INVALIDPARAMETER, *in.TaskId, "TaskId")
	}
	return &sdk.DescribeTaskResultResponseParams{TaskId: in.TaskId, Result: &t.Status}, nil
}
