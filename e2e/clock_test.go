package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
)

// TestClockMovesWhileClientsSignByTheMachines buys an instance for a month and moves the emulator, which follows the
// machine's clock, past its end. The client, an official one as it comes, knows nothing of that.
func TestClockMovesWhileClientsSignByTheMachines(t *testing.T) {
	t.Parallel()
	r := start(t, func(o *emulator.Options, _ *front.Door) { o.Clock, o.Speed = nil, 0 })
	client := r.client(t, credential())

	buy := cvm.NewRunInstancesRequest()
	buy.Placement = &cvm.Placement{Zone: common.StringPtr("ap-guangzhou-3")}
	buy.ImageId = common.StringPtr("img-eb30mz89")
	buy.InstanceChargeType = common.StringPtr("PREPAID")
	buy.InstanceChargePrepaid = &cvm.InstanceChargePrepaid{Period: common.Int64Ptr(2)}
	bought, err := client.RunInstances(buy)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ advance, state, isolated string }{
		{"1s", "RUNNING", "NOTISOLATED"},
		{"1536h", "SHUTDOWN", "EXPIRE"}, // 64 days: two months and the respite
	} {
		r.advance(t, step.advance)
		ask := cvm.NewDescribeInstancesRequest()
		ask.InstanceIds = common.StringPtrs([]string{*bought.Response.InstanceIdSet[0]})
		told, err := client.DescribeInstances(ask)
		if err != nil {
			t.Fatal(err)
		}
		if i := told.Response.InstanceSet[0]; *i.InstanceState != step.state || *i.IsolatedSource != step.isolated {
			t.Errorf("after %s: got %s and %s, want %s and %s", step.advance, *i.InstanceState, *i.IsolatedSource, step.state, step.isolated)
		}
	}
}

// advance moves the emulator's clock by the caretaker's door.
func (r *running) advance(tb testing.TB, step string) {
	tb.Helper()
	answer, err := http.Post("http://"+r.address+"/_tengyun/clock", "application/json", strings.NewReader(`{"advance":"`+step+`"}`))
	if err != nil {
		tb.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		tb.Fatalf("got %s, want the clock moved", answer.Status)
	}
}
