package wire

import (
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/tcerr"
)

func TestEnvelope(t *testing.T) {
	t.Parallel()
	type page struct {
		TotalCount *int64
		Set        []json.RawMessage `json:"InstanceSet"`
		Extra      json.RawMessage
		RequestId  *string //nolint:revive // the wire's name
	}
	n := common.Int64Ptr
	tests := map[string]struct {
		result any
		err    *tcerr.Error
		want   string
	}{
		"nothing":        {want: `"RequestId":"id"`},
		"empty struct":   {result: &struct{}{}, want: `"RequestId":"id"`},
		"nil pointer":    {result: (*page)(nil), want: `"RequestId":"id"`},
		"error":          {err: tcerr.Missing("A"), want: `"Error":{"Code":"MissingParameter","Message":"The request is missing a required parameter ` + "`A`" + `."},"RequestId":"id"`},
		"error and more": {result: &page{}, err: tcerr.New("X", "y"), want: `"Error":{"Code":"X","Message":"y"},"RequestId":"id"`},
		"nil list above": {result: &cvm.DescribeInstancesResponseParams{}, want: `"TotalCount":null,"InstanceSet":[],"RequestId":"id"`},
		"own RequestId":  {result: &page{RequestId: common.StringPtr("other")}, want: `"TotalCount":null,"InstanceSet":[],"Extra":null,"RequestId":"id"`},
		"spliced rows": {
			result: &page{TotalCount: n(2), Set: []json.RawMessage{[]byte(`{"a":1}`), nil}, Extra: []byte(`[ 1 ]`)},
			want:   `"TotalCount":2,"InstanceSet":[{"a":1},null],"Extra":[ 1 ],"RequestId":"id"`,
		},
		"nil list below": {
			result: &cvm.DescribeRegionsResponseParams{TotalCount: common.Uint64Ptr(math.MaxUint64), RegionSet: []*cvm.RegionInfo{nil, {Region: common.StringPtr("r")}}},
			want:   `"TotalCount":18446744073709551615,"RegionSet":[null,{"Region":"r","RegionName":null,"RegionState":null}],"RequestId":"id"`,
		},
		"map":         {result: map[string]any{"b": 1, "a": []int{}}, want: `"a":[],"b":1,"RequestId":"id"`},
		"empty map":   {result: map[string]any{}, want: `"RequestId":"id"`},
		"raw object":  {result: json.RawMessage(` {"a":1} `), want: `"a":1,"RequestId":"id"`},
		"raw nothing": {result: json.RawMessage(nil), want: `"RequestId":"id"`},
		"number":      {result: 1, want: `"RequestId":"id"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 2 {
				if got, want := string(Envelope("id", tt.result, tt.err, tcerr.English)), `{"Response":{`+tt.want+`}}`; got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
		})
	}
}

func TestEnvelopeSpeaksChinese(t *testing.T) {
	t.Parallel()
	got := string(Envelope("id", nil, tcerr.Missing("A"), tcerr.Chinese))
	want := `{"Response":{"Error":{"Code":"MissingParameter","Message":"请求缺少必传参数 ` + "`A`" + ` 。"},"RequestId":"id"}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAppend(t *testing.T) {
	t.Parallel()
	type tree struct {
		Leaf  string
		Below []*tree
	}
	type outer struct {
		cvm.Tag
		Key  string
		skip int
	}
	deep := any(&tree{Leaf: "a", Below: []*tree{{}}})
	tests := map[string]struct {
		v    any
		want string
	}{
		"nil":                    {nil, `null`},
		"nil pointer":            {(*tree)(nil), `null`},
		"nil list":               {[]string(nil), `null`},
		"empty list":             {[]string{}, `[]`},
		"type within itself":     {deep, `{"Leaf":"a","Below":[{"Leaf":"","Below":null}]}`},
		"pointer to pointer":     {&deep, `{"Leaf":"a","Below":[{"Leaf":"","Below":null}]}`},
		"embedded, outer wins":   {outer{Key: "k", skip: 1}, `{"Key":"k","Value":null}`},
		"escapes":                {"\"\\\n\r\t\x00\x1f\x7f/<>&\u2028", `"\"\\\n\r\t\u0000\u001f` + "\x7f/<>&\u2028\""},
		"invalid UTF-8":          {"a\xffb\xc3", "\"a\uFFFDb\uFFFD\""},
		"floats":                 {[]float64{0, 1, -1.5, 0.1, 1e6, 123456789.25, 1e20, 1e21, 1e-6, 1e-7}, `[0,1,-1.5,0.1,1000000,123456789.25,100000000000000000000,1e+21,0.000001,1e-07]`},
		"negative zero":          {math.Copysign(0, -1), `-0`},
		"numbers there are not":  {[]float64{math.NaN(), math.Inf(1)}, `[null,null]`},
		"narrow float":           {float32(0.1), `0.1`},
		"narrow integers":        {[]any{int8(-8), uint16(16), uint8(8), int(1)}, `[-8,16,8,1]`},
		"interface with pointer": {[]any{&tree{}, nil, "s"}, `[{"Leaf":"","Below":null},null,"s"]`},
		"map":                    {map[string]int{"b": 1, "a": 2}, `{"a":2,"b":1}`},
		"bytes":                  {[]byte("hi"), `"aGk="`},
		"raw":                    {json.RawMessage(`{"a": 1}`), `{"a": 1}`},
		"channel":                {make(chan int), `null`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := string(Append([]byte("-"), tt.v)); got != "-"+tt.want {
				t.Errorf("got  %s\nwant -%s", got, tt.want)
			}
		})
	}
}

func TestLayoutsAreFoundByManyAtOnce(t *testing.T) {
	t.Parallel()
	type local struct{ A, B *struct{ C []*cvm.Instance } }
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := string(Append(nil, &local{})); got != `{"A":null,"B":null}` {
				t.Errorf("got %s", got)
			}
		})
	}
	all.Wait()
}

func TestWriteSendsExactlyWhatClientsExpect(t *testing.T) {
	t.Parallel()
	for traceID, want := range map[string]http.Header{
		"":   {"Content-Type": {"application/json"}, "Content-Length": {"2"}},
		"t1": {"Content-Type": {"application/json"}, "Content-Length": {"2"}, "X-Tc-Traceid": {"t1"}},
	} {
		w := httptest.NewRecorder()
		Write(w, []byte("{}"), traceID)
		if w.Code != http.StatusOK || w.Body.String() != "{}" || len(w.Header()) != len(want) {
			t.Errorf("got %d %q %v, want 200 {} %v", w.Code, w.Body, w.Header(), want)
		}
		for name := range want {
			if got := w.Header().Get(name); got != want.Get(name) {
				t.Errorf("%s: got %q, want %q", name, got, want.Get(name))
			}
		}
	}
}
