package gateway_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/gateway"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/sign"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/trace"
	"github.com/tengyun/tengyun/internal/wire"
)

// root is who calls in these tests.
var root = account.Caller{OwnerUin: "100000000001", Uin: "100000000001", AppID: 1250000001}

// note is all that the services of these tests keep.
type note struct{ Text string }

var notes = state.NewTable[note]("gateway_test.note")

// hallway is a gateway over a cvm in which RebootInstances has a bug and RunInstances writes notes.
func hallway(t *testing.T) *gateway.Gateway {
	t.Helper()
	store, err := state.Open(journal.Memory{}, state.WithDetector())
	if err != nil {
		t.Fatal(err)
	}
	traces, err := trace.Open(trace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = store.Close(), traces.Close() })
	g := &gateway.Gateway{
		Clock: clock.NewManual(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), Store: store, Traces: traces, Signer: new(sign.Checker),
		Keys: account.Ring(nil), IDs: ids.New(1, 0), Rates: new(quota.Rates), Settings: &api.Settings{},
	}
	g.Serve(api.Service{
		Name: "cvm", Version: "2017-03-12", NoRegion: []string{"DescribeRegions"},
		Tokens:  api.TokenCodes{TooLong: sdk.INVALIDCLIENTTOKEN_TOOLONG, Mismatch: sdk.INVALIDPARAMETERVALUE},
		Actions: []api.Action{api.Write(runInstances), api.Read(describeRegions), api.Write(rebootInstances)},
	})
	return g
}

func runInstances(c *api.Call, in *sdk.RunInstancesRequestParams) (*sdk.RunInstancesResponseParams, error) {
	id := c.NewID("ins")
	notes.Put(c.Tx, id, note{*in.ImageId})
	if in.InstanceName != nil {
		return nil, tcerr.New(sdk.INVALIDINSTANCENAME_TOOLONG, "too long")
	}
	return &sdk.RunInstancesResponseParams{InstanceIdSet: []*string{&id}}, nil
}

func describeRegions(c *api.Call, _ *sdk.DescribeRegionsRequestParams) (*sdk.DescribeRegionsResponseParams, error) {
	return &sdk.DescribeRegionsResponseParams{TotalCount: new(uint64(notes.Len(c.In("ap-guangzhou"))))}, nil
}

func rebootInstances(*api.Call, *sdk.RebootInstancesRequestParams) (*sdk.RebootInstancesResponseParams, error) {
	var none *note
	return nil, tcerr.New(tcerr.InternalError, none.Text)
}

// answer is an envelope taken apart.
type answer struct {
	RequestID     string `json:"RequestId"`
	Error         *struct{ Code, Message string }
	InstanceIDSet []string `json:"InstanceIdSet"`
	TotalCount    int
}

// do asks for an action as root in ap-guangzhou.
func do(t *testing.T, g *gateway.Gateway, action, body string) answer {
	t.Helper()
	r, err := wire.NewRequest(action, "2017-03-12", "ap-guangzhou", []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, g.Do(root, r))
}

func read(t *testing.T, envelope []byte) answer {
	t.Helper()
	var out struct{ Response answer }
	if err := json.Unmarshal(envelope, &out); err != nil {
		t.Fatalf("%v in %s", err, envelope)
	}
	if len(out.Response.RequestID) != 36 {
		t.Fatalf("got RequestId %q", out.Response.RequestID)
	}
	return out.Response
}

func (a answer) code() string {
	if a.Error == nil {
		return ""
	}
	return a.Error.Code
}

const launch = `{"Placement":{"Zone":"ap-guangzhou-3"},"ImageId":"img-487zeit5"%s}`

func with(more string) string { return strings.Replace(launch, "%s", more, 1) }

func TestPanicIsInternalErrorAndItsStackIsInTheTraceAlone(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	got := do(t, g, "RebootInstances", `{"InstanceIds":["ins-12345678"]}`)
	if got.code() != tcerr.InternalError || !strings.HasPrefix(got.Error.Message, "("+got.RequestID[24:]+")") {
		t.Fatalf("got %+v", got.Error)
	}
	record, ok := g.Traces.Find(got.RequestID)
	if !ok {
		t.Fatal("no trace of the request")
	}
	if !strings.Contains(record.Stack, "rebootInstances") || !strings.Contains(record.Cause, "nil pointer") {
		t.Errorf("got cause %q and stack %q, want the bug's", record.Cause, record.Stack)
	}
	if strings.Contains(got.Error.Message, "nil pointer") {
		t.Errorf("the caller is told %q", got.Error.Message)
	}
}

func TestRefusedActionLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	if got := do(t, g, "RunInstances", with(`,"InstanceName":"long"`)); got.code() != sdk.INVALIDINSTANCENAME_TOOLONG {
		t.Fatalf("got %+v", got.Error)
	}
	if got := do(t, g, "DescribeRegions", "{}"); got.TotalCount != 0 {
		t.Errorf("got %d notes, want none", got.TotalCount)
	}
}

func TestDryRunChecksAndChangesNothing(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	if got := do(t, g, "RunInstances", with(`,"DryRun":true`)); got.code() != "" || got.InstanceIDSet != nil {
		t.Errorf("got %+v, want a RequestId alone", got)
	}
	if got := do(t, g, "DescribeRegions", "{}"); got.TotalCount != 0 {
		t.Errorf("got %d notes, want none", got.TotalCount)
	}
	if got := do(t, g, "RunInstances", with(`,"DryRun":true,"InstanceName":"long"`)); got.code() != sdk.INVALIDINSTANCENAME_TOOLONG {
		t.Errorf("got %q, want the refusal of a real run", got.code())
	}
}

func TestClientTokenIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	first := do(t, g, "RunInstances", with(`,"ClientToken":"t"`))
	again := do(t, g, "RunInstances", with(`,"ClientToken":"t"`))
	if first.code() != "" || again.code() != "" || first.InstanceIDSet[0] != again.InstanceIDSet[0] {
		t.Errorf("got %v and %v, want the same answer twice", first, again)
	}
	if first.RequestID == again.RequestID {
		t.Error("two requests have one RequestId")
	}
	if got := do(t, g, "DescribeRegions", "{}"); got.TotalCount != 1 {
		t.Errorf("got %d notes, want 1", got.TotalCount)
	}
	if got := do(t, g, "RunInstances", with(`,"ClientToken":"t","InstanceCount":2`)); got.code() != sdk.INVALIDPARAMETERVALUE {
		t.Errorf("got %q for the token with other parameters", got.code())
	}
	if got := do(t, g, "RunInstances", with(`,"ClientToken":"`+strings.Repeat("t", 65)+`"`)); got.code() != sdk.INVALIDCLIENTTOKEN_TOOLONG {
		t.Errorf("got %q for a token of 65 characters", got.code())
	}
}

// TestRefusalsComeInOrder sends strangers' requests in which more and more is right.
func TestRefusalsComeInOrder(t *testing.T) {
	t.Parallel()
	const authorization = "TC3-HMAC-SHA256 Credential=nobody/2026-01-01/cvm/tc3_request, SignedHeaders=content-type;host, Signature=00"
	for _, c := range []struct{ name, method, host, version, action, region, body, want string }{
		{"method before all", "PUT", "nothing.tencentcloudapi.com", "2000-01-01", "No", "no", "[", tcerr.UnsupportedProtocol},
		{"product before syntax", "POST", "nothing.tencentcloudapi.com", "2000-01-01", "No", "no", "[", tcerr.NoSuchProduct},
		{"product of the other domain", "POST", "nothing.tencentcloudapi.com.cn", "2000-01-01", "No", "no", "[", tcerr.NoSuchProduct},
		{"syntax before version", "POST", "cvm.tencentcloudapi.com", "2000-01-01", "No", "no", "[", tcerr.InvalidParameter},
		{"version before action", "POST", "cvm.tencentcloudapi.com", "2000-01-01", "No", "no", `{"No":1}`, tcerr.NoSuchVersion},
		{"action before signature", "POST", "cvm.tencentcloudapi.com", "2017-03-12", "No", "no", `{"No":1}`, tcerr.InvalidAction},
		{"signature before the rest", "POST", "cvm.tencentcloudapi.com", "2017-03-12", "RunInstances", "no", `{"No":1}`, tcerr.AuthFailureSecretIDNotFound},
		{"regional host", "POST", "cvm.ap-guangzhou.tencentcloudapi.com", "2000-01-01", "No", "no", "{}", tcerr.NoSuchVersion},
		{"bare address", "POST", "127.0.0.1:8030", "2017-03-12", "No", "no", "{}", tcerr.InvalidAction},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(c.method, "http://"+c.host+"/", strings.NewReader(c.body))
			for k, v := range map[string]string{
				"Authorization": authorization, "Content-Type": "application/json", "X-TC-Action": c.action, "X-TC-Version": c.version,
				"X-TC-Region": c.region, "X-TC-Timestamp": "1767225600",
			} {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			hallway(t).ServeHTTP(w, r)
			if got := read(t, w.Body.Bytes()); got.code() != c.want {
				t.Errorf("got %+v, want %s", got.Error, c.want)
			}
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
				t.Errorf("got status %d and %q", w.Code, w.Header().Get("Content-Type"))
			}
		})
	}
}

// TestActionBeforeContentType: what an action can be sent as is not asked before there is one.
func TestActionBeforeContentType(t *testing.T) {
	t.Parallel()
	for action, want := range map[string]string{"No": tcerr.InvalidAction, "RunInstances": tcerr.UnsupportedProtocol} {
		r := httptest.NewRequest(http.MethodPost, "http://cvm.tencentcloudapi.com/",
			strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"Limit\"\r\n\r\n1\r\n--b--\r\n"))
		for k, v := range map[string]string{
			"Authorization": "TC3-HMAC-SHA256 x", "Content-Type": "multipart/form-data; boundary=b", "X-TC-Action": action,
			"X-TC-Version": "2017-03-12", "X-TC-Timestamp": "1767225600",
		} {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		hallway(t).ServeHTTP(w, r)
		if got := read(t, w.Body.Bytes()); got.code() != want {
			t.Errorf("%s: got %+v, want %s", action, got.Error, want)
		}
	}
}

// TestKnownCallersAreRefusedInOrder is what is refused after the signature.
func TestKnownCallersAreRefusedInOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, action, region, body, want string }{
		{"region before parameters", "RunInstances", "no", `{"No":1}`, tcerr.InvalidParameterValue},
		{"no region", "RunInstances", "", `{"No":1}`, tcerr.MissingParameter},
		{"no region where none is needed", "DescribeRegions", "", "{}", ""},
		{"no zone there", "RunInstances", "ap-guiyang", `{"No":1}`, tcerr.UnsupportedRegion},
		{"no zone where none is needed", "DescribeRegions", "ap-guiyang", "{}", ""},
		{"a finance region by no host", "RunInstances", "ap-shanghai-fsi", `{"No":1}`, tcerr.UnknownParameter},
		{"unknown before type", "RunInstances", "ap-guangzhou", `{"No":1,"ImageId":2}`, tcerr.UnknownParameter},
		{"type before missing", "RunInstances", "ap-guangzhou", `{"InstanceCount":"2"}`, tcerr.InvalidParameter},
		{"missing", "RebootInstances", "ap-guangzhou", `{}`, tcerr.MissingParameter},
		{"parameters before what is not emulated", "CreateImage", "ap-guangzhou", `{}`, tcerr.MissingParameter},
		{"not emulated", "CreateImage", "ap-guangzhou", `{"ImageName":"a"}`, tcerr.UnsupportedOperationNotEmulated},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := wire.NewRequest(c.action, "2017-03-12", c.region, []byte(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, hallway(t).Do(root, r)); got.code() != c.want {
				t.Errorf("got %+v, want %q", got.Error, c.want)
			}
		})
	}
}

// TestRatesGoByTheIngress: which region a request acts on does not matter, nor whether there is one of that name.
func TestRatesGoByTheIngress(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	ask := func(host string, n int) string {
		r, err := wire.NewRequest("DescribeRegions", "2017-03-12", "x"+strconv.Itoa(n), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		return read(t, g.Do(root, r)).code()
	}
	for n := range catalog.DefaultRate {
		if got := ask("", n); got != "" {
			t.Fatalf("call %d: got %q", n, got)
		}
	}
	for host, want := range map[string]string{
		"":                                     tcerr.RequestLimitExceeded,
		"127.0.0.1:8030":                       tcerr.RequestLimitExceeded,
		"cvm.tencentcloudapi.com":              tcerr.RequestLimitExceeded,
		"cvm.x0.tencentcloudapi.com":           tcerr.RequestLimitExceeded,
		"cvm.ap-guangzhou.tencentcloudapi.com": "",
		"cvm.ap-beijing.tencentcloudapi.com":   "",
	} {
		if got := ask(host, 0); got != want {
			t.Errorf("%q: got %q, want %q", host, got, want)
		}
	}
}

// TestRegionIsCheckedOfEveryProduct: of one that is not emulated, it may be missing, but not be none.
func TestRegionIsCheckedOfEveryProduct(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"mars": tcerr.InvalidParameterValue, "ap-guiyang": tcerr.UnsupportedOperationNotEmulated, "": tcerr.UnsupportedOperationNotEmulated,
	} {
		r, err := wire.NewRequest("DescribeLoadBalancers", "2018-03-17", name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, hallway(t).Do(root, r)); got.code() != want {
			t.Errorf("%q: got %+v, want %s", name, got.Error, want)
		}
	}
}

func TestTraceNamesTheStepThatRefused(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	got := do(t, g, "RunInstances", `{"No":1}`)
	record, ok := g.Traces.Find(got.RequestID)
	if !ok {
		t.Fatal("no trace of the request")
	}
	if record.Failed != "parameters" || strings.Join(record.Passed, " ") != "receive host read find content-type sign rate region" {
		t.Errorf("got %q after %v", record.Failed, record.Passed)
	}
	if record.Code != tcerr.UnknownParameter || record.Action != "RunInstances" || record.Product != "cvm" {
		t.Errorf("got %+v", record)
	}
}
