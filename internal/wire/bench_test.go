package wire

import (
	"io"
	"strings"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/catalog"
)

// small is the body of an ordinary request: 81 bytes.
const small = `{"Filters":[{"Name":"zone","Values":["ap-guangzhou-3"]}],"Limit":20,"Offset":100}`

// describeInstances is the shape of the catalog.
func describeInstances(tb testing.TB) *catalog.Shape {
	return shape(tb, "cvm", "DescribeInstances")
}

// shape is what an action of the catalog takes.
func shape(tb testing.TB, product, action string) *catalog.Shape {
	tb.Helper()
	p, ok := catalog.Lookup(product)
	if !ok {
		tb.Fatalf("no product %s in the catalog", product)
	}
	a, ok := p.Versions[len(p.Versions)-1].Action(action)
	if !ok {
		tb.Fatalf("no action %s in the catalog", action)
	}
	return a.In
}

func BenchmarkSmallRequest(b *testing.B) {
	in := describeInstances(b)
	b.ReportAllocs()
	for b.Loop() {
		q := new(Request)
		t, err := parseJSON(small, q.room[:0])
		if err != nil {
			b.Fatal(err)
		}
		q.params = t
		if err := q.Check(in); err != nil {
			b.Fatal(err)
		}
		if err := q.Decode(new(sdk.DescribeInstancesRequestParams)); err != nil {
			b.Fatal(err)
		}
	}
}

// instance is a row with everything in it that DescribeInstances shows of an ordinary one.
func instance() *sdk.Instance {
	s, n, y := common.StringPtr, common.Int64Ptr, common.BoolPtr
	return &sdk.Instance{
		Placement:    &sdk.Placement{Zone: s("ap-guangzhou-3"), ProjectId: n(0)},
		InstanceId:   s("ins-1a2b3c4d"),
		InstanceType: s("S5.MEDIUM2"), CPU: n(2), Memory: n(2), RestrictState: s("NORMAL"),
		InstanceName: s("未命名"), InstanceChargeType: s("POSTPAID_BY_HOUR"),
		SystemDisk:         &sdk.SystemDisk{DiskType: s("CLOUD_PREMIUM"), DiskId: s("disk-1a2b3c4d"), DiskSize: n(50)},
		DataDisks:          []*sdk.DataDisk{},
		PrivateIpAddresses: common.StringPtrs([]string{"10.0.0.12"}), PublicIpAddresses: common.StringPtrs([]string{"1.12.3.4"}),
		InternetAccessible:  &sdk.InternetAccessible{InternetChargeType: s("TRAFFIC_POSTPAID_BY_HOUR"), InternetMaxBandwidthOut: n(1)},
		VirtualPrivateCloud: &sdk.VirtualPrivateCloud{VpcId: s("vpc-1a2b3c4d"), SubnetId: s("subnet-1a2b3c4d"), AsVpcGateway: y(false)},
		ImageId:             s("img-487zeit5"), RenewFlag: s("NOTIFY_AND_MANUAL_RENEW"),
		CreatedTime: s("2026-11-23T08:00:00Z"), OsName: s("TencentOS Server 3.1 (TK4)"),
		SecurityGroupIds: common.StringPtrs([]string{"sg-1a2b3c4d"}),
		LoginSettings:    &sdk.LoginSettings{}, InstanceState: s("RUNNING"), Tags: []*sdk.Tag{},
		StopChargingMode: s("NOT_APPLICABLE"), Uuid: s("ed9e4fa1-6a5f-4d0b-8f0b-2e8a0f0a5b7e"),
		LatestOperation: s("RunInstances"), LatestOperationState: s("SUCCESS"), CamRoleName: s(""), IPv6Addresses: nil,
	}
}

func BenchmarkEnvelopeOfTwentyInstances(b *testing.B) {
	out := &sdk.DescribeInstancesResponseParams{TotalCount: common.Int64Ptr(20)}
	for range 20 {
		out.InstanceSet = append(out.InstanceSet, instance())
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(Envelope("id", out, nil, ""))))
	for b.Loop() {
		Envelope("ed9e4fa1-6a5f-4d0b-8f0b-2e8a0f0a5b7e", out, nil, "")
	}
}

func BenchmarkSmallEnvelope(b *testing.B) {
	out := &sdk.DescribeInstancesResponseParams{TotalCount: common.Int64Ptr(0)}
	b.ReportAllocs()
	for b.Loop() {
		Envelope("ed9e4fa1-6a5f-4d0b-8f0b-2e8a0f0a5b7e", out, nil, "")
	}
}

func BenchmarkRead(b *testing.B) {
	body := strings.NewReader(small)
	r := post(body)
	b.ReportAllocs()
	for b.Loop() {
		body.Reset(small)
		r.Body, r.ContentLength = io.NopCloser(body), int64(len(small))
		if _, err := Read(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendTwentyInstances(b *testing.B) {
	var all []*sdk.Instance
	for range 20 {
		all = append(all, instance())
	}
	buffer := Append(nil, all)
	b.SetBytes(int64(len(buffer)))
	for b.Loop() {
		buffer = Append(buffer[:0], all)
	}
}
