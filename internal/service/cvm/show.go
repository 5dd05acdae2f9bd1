package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/state"
)

// describeInstancesResponseParams is the SDK's type with the instances in their wire form, which is made once for as
// long as nothing that it is made of changes.
type describeInstancesResponseParams struct {
	TotalCount  int64        `name:"TotalCount"`
	InstanceSet []api.Folded `name:"InstanceSet"`
	RequestId   *string      `name:"RequestId"`
}

// describeInstancesStatusResponseParams is the SDK's type with the states in their wire form, which is kept: this is what
// clients ask most, again and again until something has happened.
type describeInstancesStatusResponseParams struct {
	TotalCount        int64    `name:"TotalCount"`
	InstanceStatusSet api.Told `name:"InstanceStatusSet"`
	RequestId         *string  `name:"RequestId"`
}

// status is an sdk.InstanceStatus. Neither ids nor states have anything to escape.
var status = api.NewBrief(&finds, func(b []byte, id string, i *Instance) []byte {
	b = append(append(b, `{"InstanceId":"`...), id...)
	b = append(append(b, `","InstanceState":"`...), i.State...)
	return append(b, `"}`...)
})

// sources is what the other tables that an instance is shown from stand at: as long as these are the same, so is the
// instance. It is kept for each instance, and small.
type sources struct {
	stamp   uint64 // of all the tables
	expires int64  // which automatic renewals move, without a change of the row
}

func sourcesOf(c *api.Call) sources {
	return sources{stamp: max(vpc.Stamp(c.Tx), cbs.Stamp(c.Tx), tag.Stamp(c.Tx))}
}

// show is an instance's wire form. It is kept with the version of the row that it shows; a change of any row of the
// other tables makes it anew, which costs little and is right. like is that of a neighbour.
func show(c *api.Call, i api.Hit[Instance], of sources, like api.Folded) api.Folded {
	of.expires = i.Row.until(c.Now).Unix()
	return state.Memo(i.Row, of, func() api.Folded { return api.Fold(view(c, i.ID, i.Row), like) })
}

// view is the whole instance as the SDK has it.
func view(c *api.Call, id string, i *Instance) *sdk.Instance {
	out := i.facts(id)
	i.payment(c.Now, out)
	showNetwork(c, id, i, out)
	showDisks(c, id, out)
	out.Tags = showTags(tag.Of(c.Tx, tagged(id)))
	return out
}
