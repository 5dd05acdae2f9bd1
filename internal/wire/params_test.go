package wire

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	vpc "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"

	"github.com/tengyun/tengyun/internal/catalog"
)

// ask makes a Request of JSON that can be read.
func ask(t *testing.T, body string) *Request {
	t.Helper()
	q, err := NewRequest("DescribeInstances", "2017-03-12", "ap-guangzhou", []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestCheckAccepts(t *testing.T) {
	t.Parallel()
	everything := &catalog.Shape{Fields: []catalog.Field{
		{Name: "String"}, {Name: "Int", Kind: catalog.Int64}, {Name: "Uint", Kind: catalog.Uint64}, {Name: "Float", Kind: catalog.Float},
		{Name: "Bool", Kind: catalog.Bool}, {Name: "Number", Kind: catalog.Number},
		{Name: "Lists", Kind: catalog.Int64, Lists: 2}, {Name: "Opaque", Kind: catalog.Object}, {Name: "Offset"},
	}}
	for _, body := range []string{
		`{}`, ` { } `, `{"String":null,"Int":null,"Lists":null,"Opaque":null}`, `{"String":""}`,
		`{"Int":9223372036854775807}`, `{"Int":-9223372036854775808}`, `{"Int":-0}`, `{"Uint":18446744073709551615}`,
		`{"Float":1}`, `{"Float":-1.5e-3}`, `{"Float":0.1e1}`, `{"Number":12345678901234567890123}`, `{"Number":1.5}`,
		`{"Bool":true,"Number":1}`, `{"Lists":[]}`, `{"Lists":[[],[1,2]]}`, `{"Opaque":{"a":[{}]}}`, `{"Offset":10}`, `{"Offset":"10"}`,
	} {
		if err := ask(t, body).Check(everything); err != nil {
			t.Errorf("%s: got %v", body, err)
		}
	}
	for _, pair := range []Pair{
		{"String", ""}, {"Int", "-5"}, {"Int", "007"}, {"Uint", "5"}, {"Float", "1e3"}, {"Float", "-0.5"}, {"Bool", "True"},
		{"Bool", "FALSE"}, {"Number", "1.5"}, {"Lists.0.0", "1"}, {"Opaque.a", "b"}, {"Offset", "10"},
	} {
		tree, err := grow([]Pair{pair})
		if err != nil {
			t.Fatal(err)
		}
		if err := (&Request{params: tree}).Check(everything); err != nil {
			t.Errorf("%v: got %v", pair, err)
		}
	}
}

func TestCheckRefusesWhatNoDecoderTakes(t *testing.T) {
	t.Parallel()
	in := &catalog.Shape{Fields: []catalog.Field{{Name: "Float", Kind: catalog.Float}, {Name: "Limit"}, {Name: "In", Kind: catalog.Object, Shape: &catalog.Shape{
		Fields: []catalog.Field{{Name: "Limit"}},
	}}}}
	for _, body := range []string{`{"Float":1e999}`, `{"Float":"1"}`, `{"In":{"Limit":1}}`, `{"Limit":true}`} {
		if err := ask(t, body).Check(in); err == nil {
			t.Errorf("%s: got no error", body)
		}
	}
	for _, text := range []string{"inf", "NaN", "0x1p-2", "1_0", "+1", "", "-", ".5", "1e999", " 1", "1-2"} {
		tree, _ := grow([]Pair{{"Float", text}})
		if err := (&Request{params: tree}).Check(in); err == nil {
			t.Errorf("%q: got no error", text)
		}
	}
}

func TestManyNamesAreNoRepetition(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 3 * few {
		names = append(names, strconv.Quote("n"+strconv.Itoa(i))+":0")
	}
	if got := ask(t, "{"+strings.Join(names, ",")+"}").Check(nil); got == nil || !strings.Contains(got.Error(), "`n0`") {
		t.Errorf("got %v, want n0 to be unknown", got)
	}
}

func TestCheckWithoutAShapeTakesNothing(t *testing.T) {
	t.Parallel()
	if err := new(Request).Check(nil); err != nil {
		t.Errorf("got %v for nothing", err)
	}
	if err := ask(t, `{"a":1}`).Check(nil); err == nil {
		t.Error("got no error for something")
	}
}

func TestNumberForStringPagingArrivesAsText(t *testing.T) {
	t.Parallel()
	q := ask(t, `{"Offset":20,"Limit":"10"}`)
	if err := q.Check(shape(t, "vpc", "DescribeVpcs")); err != nil {
		t.Fatal(err)
	}
	var in vpc.DescribeVpcsRequestParams
	if err := q.Decode(&in); err != nil || *in.Offset != "20" || *in.Limit != "10" {
		t.Errorf("got %v, %v", in, err)
	}
}

func TestDecodeKnowsGoTypesOutsideTheSDK(t *testing.T) {
	t.Parallel()
	type inner struct{ A string }
	var got struct {
		Plain  int64
		Small  int8
		Float  float32
		Raw    json.RawMessage
		Any    any
		Map    map[string]int
		Values []inner
		Named  *string `name:"Other"`
		Tagged bool    `json:"tagged,omitempty"`
		hidden string
		inner
	}
	q := ask(t, `{"Plain":1,"Small":-8,"Float":1.5,"Raw":{"a":["b",null,true,1e2]},"Any":[1],"Map":{"x":1},"Values":[{"A":"b"}],
		"Other":"n","tagged":true,"hidden":"h","A":"in","Stranger":1}`)
	if err := q.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Plain != 1 || got.Small != -8 || got.Float != 1.5 || string(got.Raw) != `{"a":["b",null,true,1e2]}` || got.Map["x"] != 1 ||
		got.Values[0].A != "b" || *got.Named != "n" || !got.Tagged || got.hidden != "" || got.A != "in" || got.Any.([]any)[0] != 1.0 {
		t.Errorf("got %+v", got)
	}
}

func TestDecodeReportsWhatTheCatalogHasWrong(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"Limit":"a"}`: "Limit", `{"Limit":1.5}`: "Limit", `{"Filters":{}}`: "Filters", `{"Filters":[1]}`: "Filters.0",
		`{"Filters":[{"Name":{}}]}`: "Filters.0.Name", `{"Filters":[{"Values":["a",[]]}]}`: "Filters.0.Values.1", `{"Limit":true}`: "Limit",
	} {
		err := ask(t, body).Decode(new(cvm.DescribeInstancesRequestParams))
		if err == nil || !strings.Contains(err.Error(), "parameter "+want+":") {
			t.Errorf("%s: got %v, want an error about %s", body, err, want)
		}
	}
	for _, into := range []any{nil, 1, cvm.Filter{}, (*cvm.Filter)(nil), new(int)} {
		if err := ask(t, "{}").Decode(into); err == nil {
			t.Errorf("into %T: got no error", into)
		}
	}
}

func TestDecodedStringsDoNotKeepALargeRequest(t *testing.T) {
	t.Parallel()
	q := ask(t, `{"InstanceIds":["`+strings.Repeat("x", shared)+`"]}`)
	var in cvm.DescribeInstancesRequestParams
	if err := q.Decode(&in); err != nil {
		t.Fatal(err)
	}
	clear(q.Body)
	if got := *in.InstanceIds[0]; got != strings.Repeat("x", shared) {
		t.Errorf("got %q, want a copy", got)
	}
}

func TestParam(t *testing.T) {
	t.Parallel()
	q := ask(t, `{"ClientToken":"a","DryRun":true,"N":10,"Null":null,"List":["x",{"Name":"y"}]}`)
	for path, want := range map[string]string{
		"ClientToken": "a", "DryRun": "true", "N": "10", "List.0": "x", "List.1.Name": "y",
		"Null": "-", "List": "-", "List.1": "-", "List.2": "-", "List.-1": "-", "List.x": "-", "None": "-", "": "-", "N.N": "-", "List.0.0": "-",
	} {
		got, ok := q.Param(path)
		if want == "-" && (ok || got != "") || want != "-" && got != want {
			t.Errorf("%s: got %q, %v, want %q", path, got, ok, want)
		}
	}
	if got, ok := new(Request).Param("a"); ok {
		t.Errorf("got %q of a Request that was never read", got)
	}
}

func TestFingerprintTellsRequestsApart(t *testing.T) {
	t.Parallel()
	same := []string{
		`{"a":1,"b":{"c":"x"}}`, `{"b":{"c":"x"},"a":1}`, `{"ClientToken":"t","a":1,"b":{"c":"x"}}`, `{"a":1,"b":{"c":"x","d":null},"e":null}`,
		"{ \"a\" : 1 ,\n\"b\":{\"c\":\"\\u0078\"}}",
	}
	other := []string{
		`{}`, `{"a":1}`, `{"a":"1","b":{"c":"x"}}`, `{"a":1,"b":{"c":"y"}}`, `{"a":1,"b":["x"]}`, `{"a":1,"b":{"ClientToken":"x"}}`,
		`{"a":1,"b":{"c":["x"]}}`, `{"a":true}`, `{"a":[]}`, `{"a":[[]]}`, `{"a":[1,2]}`, `{"a":[2,1]}`, `{"a":[12]}`, `{"a":{}}`, `{"a":[null]}`,
	}
	first := ask(t, same[0]).Fingerprint()
	if len(first) != 32 {
		t.Errorf("got %q, want 32 digits", first)
	}
	for _, body := range same {
		if got := ask(t, body).Fingerprint(); got != first {
			t.Errorf("%s: got another fingerprint", body)
		}
	}
	seen := map[string]string{first: same[0]}
	for _, body := range other {
		got := ask(t, body).Fingerprint()
		if seen[got] != "" {
			t.Errorf("%s: got the fingerprint of %s", body, seen[got])
		}
		seen[got] = body
	}
}
