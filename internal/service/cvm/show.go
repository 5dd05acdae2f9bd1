package cvm

import (
	"encoding/json"
	"sync/atomic"

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
	TotalCount  int64             `name:"TotalCount"`
	InstanceSet []json.RawMessage `name:"InstanceSet"`
	RequestId   *string           `name:"RequestId"`
}

// shown is an instance's wire form and what the tables it was made of stood at.
type shown struct {
	of   sources
	wire json.RawMessage
}

// sources is what the tables that an instance is shown from stand at: as long as these are the same, so is the instance.
type sources struct{ network, disks, tags any }

// show is an instance's wire form. It is kept with the version of the row that it shows; a change of any row of the
// other tables makes it anew, which costs little and is right.
func show(c *api.Call, id string, i *Instance) json.RawMessage {
	kept, _ := state.Memo(instances, c.Tx, id, func(string, *Instance) *atomic.Pointer[shown] { return new(atomic.Pointer[shown]) })
	of := sources{vpc.Stamp(c.Tx), cbs.Stamp(c.Tx), tag.Stamp(c.Tx)}
	if s := kept.Load(); s != nil && s.of == of {
		return s.wire
	}
	s := &shown{of, api.JSON(view(c, id, i))}
	kept.Store(s)
	return s.wire
}

// view is the whole instance as the SDK has it.
func view(c *api.Call, id string, i *Instance) *sdk.Instance {
	out := i.facts(id)
	i.payment(out)
	showNetwork(c, id, i, out)
	showDisks(c, id, out)
	out.Tags = showTags(tag.Of(c.Tx, tagged(id)))
	return out
}
