package wire

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// FuzzRead sends whatever net/http lets through the whole way: each request is refused in the cloud's shape or decodes.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/captures/*.txt")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, raw := range []string{
		"GET http://h?a HTTP/1.0\r\n\r\n", "POST / HTTP/1.1\r\nAuthorization: SKIP\r\nHost: h\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nAuthorization: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9\r\n\r\n--b\r\n\r\n--",
		"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na=\r\n0\r\n\r\n",
	} {
		f.Add([]byte(raw))
	}
	in := shape(f, "cvm", "RunInstances")
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
		if err != nil {
			return
		}
		q, err := Read(r)
		if err == nil {
			err = through(t, q, in)
		}
		refusal := tcerr.Of(err)
		if err != nil && refusal == nil {
			t.Fatalf("got %v, want a refusal of the cloud's kind", err)
		}
		sound(t, Envelope("id", nil, refusal, q.Language), refusal)
	})
}

// through checks and decodes a Request as RunInstances.
func through(t *testing.T, q *Request, in *catalog.Shape) error {
	t.Helper()
	if err := q.Check(in); err != nil {
		return err
	}
	params := new(cvm.RunInstancesRequestParams)
	if err := q.Decode(params); err != nil {
		t.Fatalf("got %v after a clean check", err)
	}
	again, err := NewRequest("", "", "", Append(nil, params))
	if err != nil {
		t.Fatalf("got %v of %s", err, Append(nil, params))
	}
	if err := again.Check(in); err != nil {
		t.Fatalf("got %v of %s", err, Append(nil, params))
	}
	second := new(cvm.RunInstancesRequestParams)
	if err := again.Decode(second); err != nil || !reflect.DeepEqual(params, second) {
		t.Fatalf("got %s the second time, %v, want %s", Append(nil, second), err, Append(nil, params))
	}
	return nil
}

// sound holds an envelope against its shape.
func sound(t *testing.T, envelope []byte, refusal *tcerr.Error) {
	t.Helper()
	var got struct {
		Response struct {
			Error     *struct{ Code, Message string }
			RequestId string //nolint:revive // the wire's name
		}
	}
	if err := json.Unmarshal(envelope, &got); err != nil || got.Response.RequestId != "id" || (got.Response.Error == nil) != (refusal == nil) {
		t.Fatalf("got envelope %q, %v", envelope, err)
	}
	if refusal != nil && (got.Response.Error.Code != refusal.Code || !utf8.Valid(envelope)) {
		t.Fatalf("got envelope %q, want code %s", envelope, refusal.Code)
	}
}

// FuzzParams reads a text as JSON and as a query, and holds both against the standard library.
func FuzzParams(f *testing.F) {
	for _, text := range []string{
		small, `{}`, `[]`, `{"a":{"a":[1,-0,1e5,"\ud834\udd1e\ud834",null,true,false]}}`, `{"a":1,"a":2}`, `{"":[[[]]]} `, `{"a":"\u00e9é"}`,
		"Limit=1&Offset=0", "Filters.0.Name=zone&Filters.0.Values.0=a%20b+c&Filters.0.Values.1=", "A.10=x&A.9=y", "a.=1", "A=1&A.B=2", "%zz=&=&;",
	} {
		f.Add(text)
	}
	in := shape(f, "cvm", "DescribeInstances")
	f.Fuzz(func(t *testing.T, text string) {
		body := []byte(text)
		if len(body) == 0 {
			return
		}
		q, err := NewRequest("", "", "", body)
		if err == nil {
			sameAsStandard(t, q, text)
			if q.Check(in) == nil && q.Decode(new(cvm.DescribeInstancesRequestParams)) != nil {
				t.Fatalf("%q: does not decode after a clean check", text)
			}
		} else if standardTakes(text) && !strings.Contains(err.Error(), "repeated") && !strings.Contains(err.Error(), "empty string") {
			t.Fatalf("%q: got %v, want it to be read", text, err)
		}
		sameAsQuery(t, in, text)
	})
}

// standardTakes says whether text is one JSON object in UTF-8 that does not nest too deep for us.
func standardTakes(text string) bool {
	depth := strings.Count(text, "{") + strings.Count(text, "[")
	return utf8.ValidString(text) && json.Valid([]byte(text)) && strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") && depth <= maxDepth
}

func sameAsStandard(t *testing.T, q *Request, text string) {
	t.Helper()
	var want, got any
	if err := numbersKept(text, &want); err != nil {
		t.Fatalf("%q: read, but the standard says %v", text, err)
	}
	if err := numbersKept(string(q.params.appendJSON(nil, 0)), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%q: got %v, %v, want %v", text, got, err, want)
	}
}

// numbersKept decodes with the texts of numbers kept.
func numbersKept(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

func sameAsQuery(t *testing.T, in *catalog.Shape, text string) {
	t.Helper()
	pairs, err := parsePairs(text)
	if err != nil {
		return
	}
	want, err := url.ParseQuery(strings.ReplaceAll(text, ";", "%3B"))
	if err != nil {
		t.Fatalf("%q: read, but the standard says %v", text, err)
	}
	got := url.Values{}
	for _, p := range pairs {
		got.Add(p.Name, p.Value)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%q: got %v, want %v", text, got, want)
	}
	tree, err := grow(pairs)
	if err != nil {
		return
	}
	q := &Request{params: tree}
	for name, values := range got {
		if v, ok := q.Param(name); !ok || v != values[0] {
			t.Fatalf("%q: got %q at %s, want %q", text, v, name, values[0])
		}
	}
	if q.Check(in) == nil && q.Decode(new(cvm.DescribeInstancesRequestParams)) != nil {
		t.Fatalf("%q: does not decode after a clean check", text)
	}
}
