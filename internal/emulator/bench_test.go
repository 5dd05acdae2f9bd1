package emulator_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/quota"
)

// caller is a client of a handler that nothing lies between: what these benchmarks show is the house alone.
type caller struct {
	handler http.Handler
	last    *http.Request
	body    []byte
}

// RoundTrip keeps the request, so that it can be sent again.
func (c *caller) RoundTrip(r *http.Request) (*http.Response, error) {
	c.body, _ = io.ReadAll(r.Body)
	c.last = r
	r.URL.Path, r.RemoteAddr = "/", "127.0.0.1:40000"
	w := &writer{header: http.Header{}}
	c.again(w)
	return &http.Response{StatusCode: http.StatusOK, Header: w.header, Body: io.NopCloser(&w.Buffer), Request: r}, nil
}

func (c *caller) again(w http.ResponseWriter) {
	c.last.Body = io.NopCloser(bytes.NewReader(c.body))
	c.handler.ServeHTTP(w, c.last)
}

type writer struct {
	bytes.Buffer
	header http.Header
}

func (w *writer) Header() http.Header { return w.header }
func (w *writer) WriteHeader(int)     {}

// lend opens a cloud of n instances.
func lend(b *testing.B, n int) (*caller, *cvm.Client) {
	e, err := emulator.Start(emulator.Options{
		Keys:   []account.Key{{SecretID: "id", SecretKey: "key", Caller: account.Caller{OwnerUin: "100000000001", Uin: "100000000001"}}},
		Quotas: map[quota.Limit]int{quota.PostpaidInstances: 1 << 40, quota.SecurityGroupInstances: 1 << 40},
		Rates:  quota.Rules{Actions: map[string]int{"cvm.DescribeInstances": 1 << 40, "cvm.DescribeInstancesStatus": 1 << 40, "cvm.RunInstances": 1 << 40}},
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	c := &caller{handler: e.Handler()}
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme = "HTTP"
	client, err := cvm.NewClient(common.NewCredential("id", "key"), "ap-guangzhou", p)
	if err != nil {
		b.Fatal(err)
	}
	client.WithHttpTransport(c)
	for done := 0; done < n; done += 500 {
		launch(b, client, min(500, n-done))
	}
	return c, client
}

func launch(b *testing.B, client *cvm.Client, n int) {
	in := cvm.NewRunInstancesRequest()
	in.Placement = &cvm.Placement{Zone: common.StringPtr("ap-guangzhou-6")}
	in.ImageId, in.InstanceType = common.StringPtr("img-eb30mz89"), common.StringPtr("S5.MEDIUM4")
	in.InstanceCount = common.Int64Ptr(int64(n))
	if _, err := client.RunInstances(in); err != nil {
		b.Fatal(err)
	}
}

// repeat sends the last request again and again.
func (c *caller) repeat(b *testing.B) {
	b.ReportAllocs()
	w := &writer{header: http.Header{}}
	for b.Loop() {
		w.Reset()
		c.again(w)
	}
	if bytes.Contains(w.Bytes(), []byte(`"Error"`)) {
		b.Fatal(w.String())
	}
	b.SetBytes(int64(w.Len()))
}

func BenchmarkDescribeInstancesStatus(b *testing.B) {
	c, client := lend(b, 4000)
	in := cvm.NewDescribeInstancesStatusRequest()
	in.Offset, in.Limit = common.Int64Ptr(2000), common.Int64Ptr(20)
	if _, err := client.DescribeInstancesStatus(in); err != nil {
		b.Fatal(err)
	}
	c.repeat(b)
}

func BenchmarkDescribeInstances(b *testing.B) {
	c, client := lend(b, 4000)
	in := cvm.NewDescribeInstancesRequest()
	in.Offset, in.Limit = common.Int64Ptr(2000), common.Int64Ptr(20)
	if _, err := client.DescribeInstances(in); err != nil {
		b.Fatal(err)
	}
	c.repeat(b)
}

func BenchmarkRunInstances(b *testing.B) {
	for _, n := range []int{1, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c, client := lend(b, 0)
			launch(b, client, n)
			b.ReportAllocs()
			made := n
			for b.Loop() {
				if made += n; made > 4000 {
					b.StopTimer()
					c, client = lend(b, 0)
					launch(b, client, n)
					made = n
					b.StartTimer()
				}
				c.again(&writer{header: http.Header{}})
			}
		})
	}
}
