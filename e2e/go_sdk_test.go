package e2e

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerrors "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
)

// way is how the Go SDK is led to the emulator.
type way struct {
	name  string
	adapt func(t *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper
}

var ways = []way{
	{"endpoint", func(_ *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", r.address
		return &http.Transport{}
	}},
	{"endpoint with a path", func(_ *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", r.address+"/cvm"
		return &http.Transport{}
	}},
	{"endpoint over TLS", func(t *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.Endpoint = r.address
		return &http.Transport{TLSClientConfig: r.trust(t)}
	}},
	{"the cloud's name", func(_ *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.Scheme = "HTTP"
		return &http.Transport{DialContext: r.dial}
	}},
	{"the cloud's name over HTTP/2", func(t *testing.T, r *running, _ *profile.ClientProfile) http.RoundTripper {
		return &http.Transport{DialContext: r.dial, TLSClientConfig: r.trust(t), ForceAttemptHTTP2: true}
	}},
	{"a regional name", func(t *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.Endpoint = "cvm.ap-shanghai.tencentcloudapi.com"
		return &http.Transport{DialContext: r.dial, TLSClientConfig: r.trust(t)}
	}},
	{"an internal name", func(t *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.RootDomain = "internal.tencentcloudapi.com"
		return &http.Transport{DialContext: r.dial, TLSClientConfig: r.trust(t)}
	}},
	{"HTTP_PROXY", func(_ *testing.T, r *running, p *profile.ClientProfile) http.RoundTripper {
		p.HttpProfile.Scheme = "HTTP"
		return &http.Transport{Proxy: r.proxy()}
	}},
	{"HTTPS_PROXY, by CONNECT", func(t *testing.T, r *running, _ *profile.ClientProfile) http.RoundTripper {
		return &http.Transport{Proxy: r.proxy(), TLSClientConfig: r.trust(t)}
	}},
}

func (r *running) proxy() func(*http.Request) (*url.URL, error) {
	return http.ProxyURL(&url.URL{Scheme: "http", Host: r.address})
}

// client is the official CVM client, sent by HTTP to the emulator unless p says otherwise.
func (r *running) client(tb testing.TB, c common.CredentialIface, change ...func(*profile.ClientProfile)) *cvm.Client {
	tb.Helper()
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", r.address
	p.Language = "en-US"
	for _, f := range change {
		f(p)
	}
	client, err := cvm.NewClient(c, region, p)
	if err != nil {
		tb.Fatal(err)
	}
	client.WithHttpTransport(&http.Transport{}) // connections of its own
	return client
}

// TestGoSDK walks in by every way, with every signature, by GET and POST.
func TestGoSDK(t *testing.T) {
	t.Parallel()
	r := start(t)
	for _, w := range ways {
		for _, signature := range []string{"TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256"} {
			for _, method := range []string{"GET", "POST"} {
				t.Run(w.name+"/"+signature+"/"+method, func(t *testing.T) {
					t.Parallel()
					p := profile.NewClientProfile()
					p.SignMethod, p.HttpProfile.ReqMethod = signature, method
					transport := w.adapt(t, r, p)
					client, err := cvm.NewClient(credential(), region, p)
					if err != nil {
						t.Fatal(err)
					}
					client.WithHttpTransport(transport)
					t.Cleanup(transport.(*http.Transport).CloseIdleConnections)
					describe(t, client)
				})
			}
		}
	}
}

// describe asks for what every fresh account gives, with parameters that are nested, and in no ASCII.
func describe(t *testing.T, client *cvm.Client) {
	t.Helper()
	status, err := client.DescribeInstancesStatus(cvm.NewDescribeInstancesStatusRequest())
	if err != nil {
		t.Fatal(err)
	}
	if got := *status.Response.TotalCount; got != 0 || status.Response.InstanceStatusSet == nil {
		t.Errorf("got TotalCount %d and InstanceStatusSet %v, want 0 and an empty list", got, status.Response.InstanceStatusSet)
	}
	in := cvm.NewDescribeInstancesRequest()
	in.Limit = common.Int64Ptr(100)
	in.Filters = []*cvm.Filter{{Name: common.StringPtr("instance-name"), Values: common.StringPtrs([]string{"腾 云*~+&=", "web<1>"})}}
	if _, err := client.DescribeInstances(in); err != nil {
		t.Error(err)
	}
	zones, err := client.DescribeZones(cvm.NewDescribeZonesRequest())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(zones.Response.ZoneSet, func(z *cvm.ZoneInfo) bool { return *z.Zone == "ap-guangzhou-3" }) {
		t.Errorf("got zones %s, want ap-guangzhou-3 among them", zones.ToJsonString())
	}
}

// code is the cloud's error code that err carries; "" for none.
func code(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refusal *sdkerrors.TencentCloudSDKError
	if !errors.As(err, &refusal) {
		t.Fatalf("got %v, want an error of the cloud", err)
	}
	if refusal.RequestId == "" {
		t.Errorf("%v has no RequestId", err)
	}
	return refusal.Code
}
