package e2e

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// params are an action's parameters.
type params = map[string]any

// visitor is the official SDK's common client on its way to one emulator.
type visitor struct {
	*running
	credential common.CredentialIface
	region     string
	host       string // instead of the emulator's address
	alter      func(*http.Request)
}

// RoundTrip lets a test spoil what the SDK has signed.
func (v *visitor) RoundTrip(r *http.Request) (*http.Response, error) {
	if v.alter != nil {
		r = r.Clone(r.Context())
		v.alter(r)
	}
	return (&http.Transport{DialContext: v.dial, DisableKeepAlives: true}).RoundTrip(r)
}

// call sends one request and gives the error that the SDK makes of the answer.
func (v *visitor) call(t *testing.T, product, date, action string, p params) (string, error) {
	t.Helper()
	pr := profile.NewClientProfile()
	pr.HttpProfile.Scheme, pr.Language = "HTTP", "en-US"
	pr.HttpProfile.Endpoint = v.address
	if v.host != "" {
		pr.HttpProfile.Endpoint = v.host
	}
	client := common.NewCommonClient(v.credential, v.region, pr)
	client.WithHttpTransport(v)
	if p == nil {
		p = params{}
	}
	in := tchttp.NewCommonRequest(product, date, action)
	if err := in.SetActionParameters(p); err != nil {
		t.Fatal(err)
	}
	out := tchttp.NewCommonResponse()
	err := client.Send(in, out)
	return string(out.GetBody()), err
}

// must is a call that succeeds, for what goes before the refusal. It gives what the answer has under a name.
func (v *visitor) must(t *testing.T, product, date, action string, p params) string {
	t.Helper()
	body, err := v.call(t, product, date, action, p)
	if err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return body
}

// cvm calls an action of cvm, vpc and cbs likewise.
func (v *visitor) cvm(t *testing.T, action string, p params) error {
	t.Helper()
	_, err := v.call(t, "cvm", version, action, p)
	return err
}

func (v *visitor) vpc(t *testing.T, action string, p params) error {
	t.Helper()
	_, err := v.call(t, "vpc", version, action, p)
	return err
}

var instance = params{"Placement": params{"Zone": "ap-guangzhou-3"}, "ImageId": imageID, "InstanceType": instanceType}

// launch makes an instance that runs, and gives its id.
func (v *visitor) launch(t *testing.T) string {
	t.Helper()
	id := between(v.must(t, "cvm", version, "RunInstances", instance), `"InstanceIdSet":["`, `"`)
	v.clock.Advance(2 * time.Minute)
	return id
}

// between is what stands in text after one mark and before another.
func between(text, after, before string) string {
	_, text, _ = strings.Cut(text, after)
	text, _, _ = strings.Cut(text, before)
	return text
}

// cause is a real reason for a refusal.
type cause struct {
	family string // the common code
	code   string // the one that is answered: the common one, or one below it
	why    string
	wish   wish
	refuse func(t *testing.T, v *visitor) error
}

func keys(some ...account.Key) wish {
	return func(o *emulator.Options, _ *front.Door) { o.Keys = append(o.Keys, some...) }
}

func limits(rules quota.Rules) wish {
	return func(o *emulator.Options, _ *front.Door) { o.Rates = rules }
}

func quotas(q map[quota.Limit]int) wish {
	return func(o *emulator.Options, _ *front.Door) { o.Quotas = q }
}

func onDisk(t *testing.T) wish {
	return func(o *emulator.Options, _ *front.Door) { o.Data = t.TempDir() }
}

// causes reach the common codes through the official SDK, each by what really brings it about.
func causes(t *testing.T) []cause {
	temporary := account.Key{SecretID: "AKIDtemporary", SecretKey: "k", Token: "token", Caller: account.Caller{OwnerUin: "100000000001", Uin: "100000000001"}}
	return []cause{
		{"AuthFailure", "AuthFailure.SecretIdNotFound", "a key that nobody has", nil, func(t *testing.T, v *visitor) error {
			v.credential = common.NewCredential("AKIDnobody0000000000000000000000EXAMPLE", secretKey)
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"AuthFailure", "AuthFailure.SignatureFailure", "another secret", nil, func(t *testing.T, v *visitor) error {
			v.credential = common.NewCredential(secretID, "another")
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"AuthFailure", "AuthFailure.SignatureFailure", "a body changed on its way", nil, func(t *testing.T, v *visitor) error {
			v.alter = func(r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(bytes.NewReader(bytes.Replace(body, []byte("10"), []byte("99"), 1)))
			}
			return v.cvm(t, "DescribeInstances", params{"Limit": 10})
		}},
		{"AuthFailure", "AuthFailure.SignatureExpire", "a clock that is ten minutes late", nil, func(t *testing.T, v *visitor) error {
			v.clock.Advance(10 * time.Minute)
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"AuthFailure", "AuthFailure.TokenFailure", "a temporary key without its token", keys(temporary), func(t *testing.T, v *visitor) error {
			v.credential = common.NewCredential(temporary.SecretID, temporary.SecretKey)
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"AuthFailure", "AuthFailure.InvalidAuthorization", "an Authorization cut short by a proxy", nil, func(t *testing.T, v *visitor) error {
			v.alter = func(r *http.Request) { r.Header.Set("Authorization", r.Header.Get("Authorization")[:40]) }
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"InvalidParameter", "InvalidParameter", "a text where a number belongs", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "DescribeInstances", params{"Limit": "ten"})
		}},
		{"InvalidParameterValue", "InvalidParameterValue", "a region that is none", nil, func(t *testing.T, v *visitor) error {
			v.region = "ap-atlantis"
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"InvalidParameterValue", "InvalidParameterValue.InstanceTypeNotFound", "an instance type that nobody sells", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "RunInstances", params{"Placement": instance["Placement"], "ImageId": imageID, "InstanceType": "S5.HUGE1"})
		}},
		{"MissingParameter", "MissingParameter", "a member that a nested object needs", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "RunInstances", params{"Placement": params{}})
		}},
		{"MissingParameter", "MissingParameter", "no region", nil, func(t *testing.T, v *visitor) error {
			v.region = ""
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"UnknownParameter", "UnknownParameter", "a name mistyped", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "DescribeInstances", params{"Limits": 10})
		}},
		{"InternalError", "InternalError", "the data file is gone from under the server", onDisk(t), func(t *testing.T, v *visitor) error {
			if err := v.Store.Close(); err != nil {
				t.Fatal(err)
			}
			return v.cvm(t, "RunInstances", instance)
		}},
		{"InvalidAction", "InvalidAction", "an action that cvm has not", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "DescribeInstance", nil)
		}},
		{"NoSuchVersion", "NoSuchVersion", "a version that cvm has not", nil, func(t *testing.T, v *visitor) error {
			v.host = "cvm.tencentcloudapi.com"
			_, err := v.call(t, "cvm", "2017-03-13", "DescribeZones", nil)
			return err
		}},
		{"NoSuchProduct", "NoSuchProduct", "a product that the cloud has not", nil, func(t *testing.T, v *visitor) error {
			v.host = "cvn.tencentcloudapi.com"
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"RequestLimitExceeded", "RequestLimitExceeded", "more calls in a second than the action takes", limits(quota.Rules{Actions: map[string]int{"cvm.DescribeZones": 2}}), func(t *testing.T, v *visitor) error {
			v.must(t, "cvm", version, "DescribeZones", nil)
			v.must(t, "cvm", version, "DescribeZones", nil)
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"RequestSizeLimitExceeded", "RequestSizeLimitExceeded", "a body of eleven megabytes", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "DescribeInstances", params{"Filters": []params{{"Name": strings.Repeat("a", 11<<20)}}})
		}},
		{"UnsupportedProtocol", "UnsupportedProtocol", "a method that the API does not speak", nil, func(t *testing.T, v *visitor) error {
			v.alter = func(r *http.Request) { r.Method = http.MethodPut }
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"UnsupportedRegion", "UnsupportedRegion", "a region in which cvm has no zone", nil, func(t *testing.T, v *visitor) error {
			v.region = "ap-guiyang"
			return v.cvm(t, "DescribeInstancesStatus", nil)
		}},
		{"UnsupportedRegion", "UnsupportedRegion", "a finance region by the ordinary host", nil, func(t *testing.T, v *visitor) error {
			v.region, v.host = "ap-shanghai-fsi", "cvm.tencentcloudapi.com"
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"UnsupportedRegion", "UnsupportedRegion", "another region by the host of a finance region", nil, func(t *testing.T, v *visitor) error {
			v.host = "cvm.ap-shanghai-fsi.tencentcloudapi.com"
			return v.cvm(t, "DescribeZones", nil)
		}},
		{"UnsupportedOperation", "UnsupportedOperation.NotEmulated", "an action that Tengyun does not do yet", nil, func(t *testing.T, v *visitor) error {
			_, err := v.call(t, "tke", "2018-05-25", "DescribeClusters", nil)
			return err
		}},
		{"UnsupportedOperation", "UnsupportedOperation.InstanceStateRunning", "starting what runs", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "StartInstances", params{"InstanceIds": []string{v.launch(t)}})
		}},
		{"ResourceNotFound", "ResourceNotFound", "a VPC that is not there", nil, func(t *testing.T, v *visitor) error {
			return v.vpc(t, "DeleteVpc", params{"VpcId": "vpc-00000000"})
		}},
		{"ResourceInUse", "ResourceInUse", "a VPC with a network card in it", nil, func(t *testing.T, v *visitor) error {
			id := between(v.must(t, "vpc", version, "CreateVpc", params{"VpcName": "v", "CidrBlock": "10.0.0.0/16"}), `"VpcId":"`, `"`)
			subnet := between(v.must(t, "vpc", version, "CreateSubnet",
				params{"VpcId": id, "SubnetName": "s", "CidrBlock": "10.0.1.0/24", "Zone": "ap-guangzhou-3"}), `"SubnetId":"`, `"`)
			v.must(t, "vpc", version, "CreateNetworkInterface", params{"VpcId": id, "SubnetId": subnet, "NetworkInterfaceName": "e"})
			return v.vpc(t, "DeleteVpc", params{"VpcId": id})
		}},
		{"LimitExceeded", "LimitExceeded.InstanceQuota", "more instances than the account may have", quotas(map[quota.Limit]int{quota.PostpaidInstances: 1}), func(t *testing.T, v *visitor) error {
			v.launch(t)
			return v.cvm(t, "RunInstances", instance)
		}},
		{"LimitExceeded", "LimitExceeded", "more VPCs than the account may have", quotas(map[quota.Limit]int{quota.VPCs: 0}), func(t *testing.T, v *visitor) error {
			return v.vpc(t, "CreateVpc", params{"VpcName": "v", "CidrBlock": "10.0.0.0/16"})
		}},
		{"ResourceInsufficient", "ResourceInsufficient.SpecifiedInstanceType", "an instance type that is sold out", nil, func(t *testing.T, v *visitor) error {
			v.SetStock([]offer.Word{{Item: instanceType, Level: offer.WithoutStock}})
			return v.cvm(t, "RunInstances", instance)
		}},
		{"ResourceUnavailable", "ResourceUnavailable.InstanceType", "an instance type that the zone does not have", nil, func(t *testing.T, v *visitor) error {
			return v.cvm(t, "RunInstances", params{"Placement": instance["Placement"], "ImageId": imageID, "InstanceType": "SA9.MEDIUM4"})
		}},
		{"FailedOperation", "FailedOperation.TagAttachedResource", "deleting a tag that something bears", nil, func(t *testing.T, v *visitor) error {
			v.must(t, "tag", "2018-08-13", "CreateTag", params{"TagKey": "team", "TagValue": "web"})
			v.must(t, "tag", "2018-08-13", "AddResourceTag", params{"TagKey": "team", "TagValue": "web",
				"Resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/" + v.launch(t)})
			_, err := v.call(t, "tag", "2018-08-13", "DeleteTag", params{"TagKey": "team", "TagValue": "web"})
			return err
		}},
	}
}

// beyond are the common codes that Tengyun answers and no SDK brings about, and why.
var beyond = map[string]string{
	"InvalidRequest": "only broken HTTP reaches it, which no SDK sends: see TestBrokenRequests",
}

func TestCommonCodesHaveRealCauses(t *testing.T) {
	t.Parallel()
	for _, c := range causes(t) {
		t.Run(c.code+"/"+c.why, func(t *testing.T) {
			t.Parallel()
			var wishes []wish
			if c.wish != nil {
				wishes = []wish{c.wish}
			}
			v := &visitor{running: start(t, wishes...), credential: credential(), region: region}
			err := c.refuse(t, v)
			if got := code(t, err); got != c.code {
				t.Errorf("got %q (%v), want %s", got, err, c.code)
			}
		})
	}
}

// TestEveryCommonCodeIsAccountedFor keeps what is said of the codes honest: one is reached, or its explanation says why
// nothing answers it.
func TestEveryCommonCodeIsAccountedFor(t *testing.T) {
	t.Parallel()
	reached := map[string]bool{}
	for _, c := range causes(t) {
		reached[c.family], reached[c.code] = true, true
	}
	for c := range beyond {
		if reached[c] || !slices.Contains(tcerr.Explained(), c) {
			t.Errorf("%s is reached, or no common code", c)
		}
		reached[c] = true
	}
	for _, c := range tcerr.Explained() {
		if e, _ := tcerr.Explain(c); reached[c] == (e.Unanswered != "") {
			t.Errorf("%s: reached %v, said not to be answered because %q; want one of them", c, reached[c], e.Unanswered)
		}
	}
}
