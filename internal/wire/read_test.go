package wire

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// post is a v3 POST of JSON.
func post(body io.Reader) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", body)
	for name, value := range map[string]string{
		"X-TC-Action": "DescribeInstances", "X-TC-Version": "2017-03-12", "X-TC-Timestamp": "1795436377",
		"Authorization": "TC3-HMAC-SHA256 x", "Content-Type": "application/json", "X-TC-Region": "ap-guangzhou",
		"X-TC-Token": "tok", "X-TC-TraceId": "trace-1", "X-TC-RequestClient": "SDK_GO_1.3.210",
	} {
		r.Header.Set(name, value)
	}
	return r
}

func TestReadTakesTheCommonParametersOfV3(t *testing.T) {
	t.Parallel()
	r := post(strings.NewReader("{}"))
	r.RemoteAddr = "192.0.2.1:1234"
	q, err := Read(r)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{
		q.Method, q.Host, q.Path, string(q.Body), q.Remote, q.Authorization, q.Action, q.Version, q.Region, q.Token, q.TraceID, q.Client,
	}
	want := []string{
		"POST", "example.com", "/", "{}", "192.0.2.1:1234", "TC3-HMAC-SHA256 x", "DescribeInstances", "2017-03-12", "ap-guangzhou",
		"tok", "trace-1", "SDK_GO_1.3.210",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
	if q.Timestamp != 1795436377 || q.Scheme != V3 || q.Language != tcerr.English {
		t.Errorf("got timestamp %d, scheme %d, language %q", q.Timestamp, q.Scheme, q.Language)
	}
}

func TestReadTakesTheCommonParametersOfV1(t *testing.T) {
	t.Parallel()
	const query = "Action=A&Version=V&Region=&Timestamp=-5&Nonce=18446744073709551615&SecretId=I&Signature=S%2B&SignatureMethod=HmacSHA256" +
		"&Token=T&Language=zh-CN&RequestClient=C&Limit=1"
	q, err := Read(httptest.NewRequest(http.MethodGet, "/cvm?"+query, nil))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{q.Path, q.RawQuery, q.Action, q.Version, q.Region, q.SecretID, q.Signature, q.SignatureMethod, q.Token, q.Client, string(q.Language)}
	want := []string{"/cvm", query, "A", "V", "", "I", "S+", "HmacSHA256", "T", "C", "zh-CN"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
	if q.Timestamp != -5 || q.Scheme != V1 || len(q.Pairs) != 12 {
		t.Errorf("got timestamp %d, scheme %d, %d pairs", q.Timestamp, q.Scheme, len(q.Pairs))
	}
	if limit, ok := q.Param("Limit"); !ok || limit != "1" {
		t.Errorf("got Limit %q, want 1", limit)
	}
	if action, ok := q.Param("Action"); ok {
		t.Errorf("got Action %q among the action's own parameters", action)
	}
}

func TestReadForgives(t *testing.T) {
	t.Parallel()
	const v1 = "Action=A&Version=V&Timestamp=1&Nonce=0&SecretId=I&Signature=S"
	tests := map[string]func() *http.Request{
		"charset": func() *http.Request {
			r := post(strings.NewReader("{}"))
			r.Header.Set("Content-Type", "Application/JSON; charset=utf-8")
			return r
		},
		"empty body": func() *http.Request { return post(nil) },
		"identity encoding": func() *http.Request {
			r := post(strings.NewReader("{}"))
			r.Header.Set("Content-Encoding", "identity")
			return r
		},
		"query of a v3 POST":      func() *http.Request { r := post(strings.NewReader("{}")); r.URL.RawQuery = "%zz"; return r },
		"body of a GET":           func() *http.Request { r := post(strings.NewReader("{")); r.Method = http.MethodGet; return r },
		"empty pieces of a query": func() *http.Request { return httptest.NewRequest(http.MethodGet, "/?&"+v1+"&&", nil) },
		"v1 form named JSON": func() *http.Request {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(v1))
			r.Header.Set("Content-Type", "application/json")
			return r
		},
		"unknown SignatureMethod": func() *http.Request { return httptest.NewRequest(http.MethodGet, "/?SignatureMethod=MD5&"+v1, nil) },
		"absolute form": func() *http.Request {
			return httptest.NewRequest(http.MethodGet, "http://cvm.tencentcloudapi.com?"+v1, nil)
		},
		"sixty-three levels": func() *http.Request {
			return post(strings.NewReader(`{"a":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + "}"))
		},
		"length unknown":     func() *http.Request { return post(io.MultiReader(strings.NewReader("{}"))) },
		"large body":         func() *http.Request { return post(strings.NewReader(`{"a":"` + strings.Repeat("x", 9<<20) + `"}`)) },
		"one byte at a time": func() *http.Request { return post(iotest.OneByteReader(strings.NewReader(`{"a":1}`))) },
	}
	for name, request := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q, err := Read(request())
			if err != nil {
				t.Errorf("got %v, want no error", err)
			}
			if q.Scheme == V1 && q.SignatureMethod != "HmacSHA1" {
				t.Errorf("got signature method %q, want HmacSHA1", q.SignatureMethod)
			}
			if q.Path != "/" {
				t.Errorf("got path %q, want /", q.Path)
			}
		})
	}
}

func TestReadRefusesABodyThatBreaks(t *testing.T) {
	t.Parallel()
	slow := io.MultiReader(strings.NewReader(`{"Limit"`), iotest.ErrReader(errors.New("i/o timeout")))
	limited := post(strings.NewReader(strings.Repeat(" ", 100)))
	limited.Body = http.MaxBytesReader(nil, limited.Body, 10)
	for want, r := range map[string]*http.Request{tcerr.InvalidRequest: post(slow), tcerr.RequestSizeLimitExceeded: limited} {
		q, err := Read(r)
		if got := tcerr.Of(err); got == nil || got.Code != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if q.Action != "DescribeInstances" {
			t.Errorf("got action %q of a refused request, want it to be told", q.Action)
		}
	}
}

func TestReadTakesTheOriginalHostAway(t *testing.T) {
	t.Parallel()
	r := post(strings.NewReader("{}"))
	r.Header.Set(OriginalHost, "http://127.0.0.1:8030")
	q, err := Read(r)
	if err != nil || q.Host != "http://127.0.0.1:8030" || q.Header.Get(OriginalHost) != "" {
		t.Errorf("got host %q, header %q, %v", q.Host, q.Header.Get(OriginalHost), err)
	}
}

func TestReadKeepsWhatItCouldReadOfABrokenForm(t *testing.T) {
	t.Parallel()
	q, err := Read(httptest.NewRequest(http.MethodGet, "/?Action=A&SecretId=I&Language=zh-CN&Limit", nil))
	if got := tcerr.Of(err); got == nil || got.Code != tcerr.InvalidParameter {
		t.Errorf("got %v, want InvalidParameter", err)
	}
	if q.Action != "A" || q.SecretID != "I" || q.Language != tcerr.Chinese || len(q.Pairs) != 3 {
		t.Errorf("got %+v", q)
	}
}

func TestSkipIsAskedForLiterally(t *testing.T) {
	t.Parallel()
	for authorization, want := range map[string]Scheme{"SKIP": Skip, "skip": V3, "SKIP ": V3, "": V3} {
		r := post(nil)
		r.Header["Authorization"] = []string{authorization}
		if q, _ := Read(r); q.Scheme != want {
			t.Errorf("%q: got scheme %d, want %d", authorization, q.Scheme, want)
		}
	}
}
