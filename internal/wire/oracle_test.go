package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	cbs "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	tag "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"
	vpc "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
)

// fill gives v random contents: in all its depth if full, else with gaps.
func fill(r *rand.Rand, v reflect.Value, full bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if full || r.IntN(4) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), full)
		}
	case reflect.Slice:
		n := 1 + r.IntN(3)
		if !full && r.IntN(3) == 0 {
			n = r.IntN(25)
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(r, v.Index(i), true)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !f.Anonymous && f.Name != "RequestId" {
				fill(r, v.Field(i), full)
			}
		}
	case reflect.String:
		v.SetString(words[r.IntN(len(words))] + strconv.Itoa(r.IntN(100)))
	case reflect.Int64:
		v.SetInt(int64(r.Uint64() >> r.IntN(64)))
	case reflect.Uint64:
		v.SetUint(r.Uint64() >> r.IntN(64))
	case reflect.Float64:
		v.SetFloat(r.NormFloat64() * math.Pow(10, float64(r.IntN(60)-30)))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	}
}

var words = []string{
	"", "ins-1a2b3c4d", "ap-guangzhou-3", "测试 a+b&c=d~*", `"quoted" \ and /`, "tab\tnewline\r\nbell\a", "\u2028 <html> & \u2029",
	"\x00\x1f\x7f", "𝄞 clef", "exactly8", "quote at 8\"", "a string long enough to be looked at eight bytes at a time, twice over",
}

// TestAppendWritesWhatEncodingJSONReads is the oracle for answers.
func TestAppendWritesWhatEncodingJSONReads(t *testing.T) {
	t.Parallel()
	for _, of := range []any{
		cvm.DescribeInstancesResponseParams{}, cvm.DescribeImagesResponseParams{}, cvm.DescribeZoneInstanceConfigInfosResponseParams{},
		cvm.DescribeLaunchTemplateVersionsResponseParams{}, vpc.DescribeVpcsResponseParams{}, vpc.DescribeSecurityGroupPoliciesResponseParams{},
		vpc.DescribeNetworkInterfacesResponseParams{}, cbs.DescribeDisksResponseParams{}, tag.DescribeResourceTagsResponseParams{},
	} {
		typ := reflect.TypeOf(of)
		t.Run(typ.String(), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			for range 30 {
				want, got := reflect.New(typ), reflect.New(typ)
				fill(r, want.Elem(), r.IntN(3) == 0)
				for _, text := range [][]byte{Append(nil, want.Interface()), Append(nil, want.Elem().Interface())} {
					if err := json.Unmarshal(text, got.Interface()); err != nil {
						t.Fatalf("%v\n%s", err, text)
					}
				}
				if diff := cmp.Diff(want.Interface(), got.Interface(), alike); diff != "" {
					t.Fatalf("want -, got +\n%s", diff)
				}
			}
		})
	}
}

// alike takes a list without elements for one that is absent where the wire cannot tell, and looks into -0.
var alike = cmp.Options{cmpopts.EquateEmpty(), cmp.AllowUnexported(), cmp.Comparer(func(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b)
})}

// requests are SDK parameter structs with the action of the catalog that takes them.
var requests = []struct {
	product, action string
	params          any
}{
	{"cvm", "DescribeInstances", cvm.DescribeInstancesRequestParams{}},
	{"cvm", "RunInstances", cvm.RunInstancesRequestParams{}},
	{"cvm", "TerminateInstances", cvm.TerminateInstancesRequestParams{}},
	{"cvm", "DescribeImages", cvm.DescribeImagesRequestParams{}},
	{"cvm", "CreateLaunchTemplate", cvm.CreateLaunchTemplateRequestParams{}},
	{"cvm", "ModifyInstancesAttribute", cvm.ModifyInstancesAttributeRequestParams{}},
	{"vpc", "DescribeVpcs", vpc.DescribeVpcsRequestParams{}},
	{"vpc", "CreateVpc", vpc.CreateVpcRequestParams{}},
	{"vpc", "CreateSecurityGroupPolicies", vpc.CreateSecurityGroupPoliciesRequestParams{}},
	{"vpc", "AllocateAddresses", vpc.AllocateAddressesRequestParams{}},
	{"vpc", "CreateRoutes", vpc.CreateRoutesRequestParams{}},
	{"cbs", "CreateDisks", cbs.CreateDisksRequestParams{}},
	{"cbs", "CreateAutoSnapshotPolicy", cbs.CreateAutoSnapshotPolicyRequestParams{}},
	{"tag", "AttachResourcesTag", tag.AttachResourcesTagRequestParams{}},
}

// TestDecodeReadsWhatEncodingJSONWrites is the oracle for parameters: whatever an SDK can say passes the catalog's check and
// arrives as it was sent, as JSON and as dotted pairs alike, and both have one fingerprint.
func TestDecodeReadsWhatEncodingJSONWrites(t *testing.T) {
	t.Parallel()
	for _, tt := range requests {
		t.Run(tt.product+" "+tt.action, func(t *testing.T) {
			t.Parallel()
			in, typ := shape(t, tt.product, tt.action), reflect.TypeOf(tt.params)
			r := rand.New(rand.NewPCG(3, 4))
			for range 30 {
				want := reflect.New(typ)
				fill(r, want.Elem(), true)
				text, err := json.Marshal(want.Interface())
				if err != nil {
					t.Fatal(err)
				}
				asJSON, err := NewRequest(tt.action, "", "", text)
				if err != nil {
					t.Fatalf("%v\n%s", err, text)
				}
				pairs, err := grow(dotted(nil, "", want))
				if err != nil {
					t.Fatal(err)
				}
				asPairs := &Request{params: pairs}
				for _, q := range []*Request{asJSON, asPairs} {
					got := reflect.New(typ)
					if err := q.Check(in); err != nil {
						t.Fatalf("%v\n%s", err, text)
					}
					if err := q.Decode(got.Interface()); err != nil {
						t.Fatalf("%v\n%s", err, text)
					}
					if diff := cmp.Diff(want.Interface(), got.Interface(), alike); diff != "" {
						t.Fatalf("want -, got +\n%s", diff)
					}
				}
				if j, p := asJSON.Fingerprint(), asPairs.Fingerprint(); j != p {
					t.Fatalf("got fingerprints %s of JSON and %s of pairs, want one\n%s", j, p, text)
				}
			}
		})
	}
}

// dotted flattens parameters as clients do for a query.
func dotted(pairs []Pair, name string, v reflect.Value) []Pair {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return dotted(pairs, name, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			pairs = dotted(pairs, join(name, strconv.Itoa(i)), v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			pairs = dotted(pairs, join(name, v.Type().Field(i).Tag.Get("name")), v.Field(i))
		}
	default:
		return append(pairs, Pair{name, fmt.Sprint(v.Interface())})
	}
	return pairs
}
