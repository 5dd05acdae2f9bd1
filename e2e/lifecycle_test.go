package e2e

import (
	"slices"
	"testing"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
)

// order is a request for n instances that a fresh account can launch.
func order(n int64) *cvm.RunInstancesRequest {
	in := cvm.NewRunInstancesRequest()
	in.Placement = &cvm.Placement{Zone: common.StringPtr("ap-guangzhou-3")}
	in.ImageId = common.StringPtr(imageID)
	in.InstanceType = common.StringPtr(instanceType)
	in.InstanceCount = &n
	return in
}

const (
	imageID      = "img-eb30mz89"
	instanceType = "S5.MEDIUM4"
)

func TestInstanceIsSeenToStart(t *testing.T) {
	t.Parallel()
	r := start(t)
	client := r.client(t, credential())
	launched, err := client.RunInstances(order(2))
	if err != nil {
		t.Fatal(err)
	}
	states := func() (all []string) {
		in := cvm.NewDescribeInstancesStatusRequest()
		in.InstanceIds = launched.Response.InstanceIdSet
		got, err := client.DescribeInstancesStatus(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range got.Response.InstanceStatusSet {
			all = append(all, *s.InstanceState)
		}
		return all
	}
	if got := states(); !slices.Equal(got, []string{"PENDING", "PENDING"}) {
		t.Errorf("just launched: got %q, want PENDING twice", got)
	}
	r.clock.Advance(2 * time.Minute)
	if got := states(); !slices.Equal(got, []string{"RUNNING", "RUNNING"}) {
		t.Errorf("two minutes later: got %q, want RUNNING twice", got)
	}
}

// TestTwoEmulatorsKnowNothingOfEachOther: nothing in the house is global.
func TestTwoEmulatorsKnowNothingOfEachOther(t *testing.T) {
	t.Parallel()
	one, other := start(t), start(t)
	if _, err := one.client(t, credential()).RunInstances(order(1)); err != nil {
		t.Fatal(err)
	}
	describe(t, other.client(t, credential()))
}
