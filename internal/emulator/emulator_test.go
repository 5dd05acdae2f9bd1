package emulator_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/emulator"
)

func TestNothingSaidOfAccountsIsAnObjectOfNone(t *testing.T) {
	t.Parallel()
	e, err := emulator.Start(emulator.Options{AdminAny: true})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	e.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/_tengyun/standing", nil))
	if got := strings.TrimSpace(w.Body.String()); got != "{}" {
		t.Errorf("got %s, want {}", got)
	}
}

func TestEmptyAccountHasNoInstances(t *testing.T) {
	t.Parallel()
	e, err := emulator.Start(emulator.Options{Keys: []account.Key{{SecretID: "id", SecretKey: "key", Caller: account.Caller{OwnerUin: "100000000001", Uin: "100000000001"}}}})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(e.Handler())
	t.Cleanup(srv.Close)
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme = "HTTP"
	p.HttpProfile.Endpoint = strings.TrimPrefix(srv.URL, "http://")
	client, err := cvm.NewClient(common.NewCredential("id", "key"), "ap-guangzhou", p)
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.DescribeInstancesStatus(cvm.NewDescribeInstancesStatusRequest())
	if err != nil {
		t.Fatal(err)
	}
	t.Log(got.ToJsonString())
	if *got.Response.TotalCount != 0 || got.Response.InstanceStatusSet == nil {
		t.Errorf("got %s", got.ToJsonString())
	}
}
