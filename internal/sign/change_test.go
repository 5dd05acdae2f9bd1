package sign

import (
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// changes is text with one byte changed, once for every byte: in turn the lowest bit, the letter's case, another letter.
func changes(text string) []string {
	var list []string
	for i := range len(text) {
		if with := []byte{text[i] ^ 1, text[i] ^ 0x20, 'x'}[i%3]; with != text[i] {
			list = append(list, text[:i]+string([]byte{with})+text[i+1:])
		}
	}
	return list
}

// field is the part of an Authorization header after name.
func field(authorization, name, end string) string {
	_, rest, _ := strings.Cut(authorization, name)
	value, _, _ := strings.Cut(rest, end)
	return value
}

// copyOf is a request of which anything may be changed but the bytes of its body.
func copyOf(r *wire.Request) *wire.Request {
	c := *r
	c.Header, c.Pairs = r.Header.Clone(), slices.Clone(r.Pairs)
	return &c
}

// changed is a capture with one thing changed.
type changed struct {
	*wire.Request
	what  string
	codes []string // any of which is a right answer
}

// Every change of one byte in what is signed is refused, and with the code that fits the place.
func TestEveryChangedByteOfTC3IsRefused(t *testing.T) {
	t.Parallel()
	var checker Checker
	for _, name := range captureNames(t) {
		r := capture(t, name)
		if r.Scheme != wire.V3 {
			continue
		}
		for _, c := range slices.Concat(otherAuthorizations(r), otherBodies(r, name), otherHosts(r, name), otherTimes(r)) {
			_, evidence, err := checker.Check(c.Request, keysFor(r), at(r))
			if !slices.Contains(c.codes, code(err)) || evidence == nil {
				t.Errorf("%s, %s: got %v, want one of %v\nAuthorization: %s\nHost: %s\nBody: %s",
					name, c.what, err, c.codes, c.Authorization, c.Host, c.Body)
			}
		}
	}
}

const (
	badHeader      = tcerr.AuthFailureInvalidAuthorization
	wrongSignature = tcerr.AuthFailureSignatureFailure
)

func otherAuthorizations(r *wire.Request) []changed {
	var list []changed
	for _, part := range []struct {
		name, text string
		codes      []string
	}{
		{"signature", field(r.Authorization, "Signature=", "\n"), []string{wrongSignature, badHeader}}, // bad: a comma ends the field
		{"date", strings.Split(r.Authorization, "/")[1], []string{badHeader}},
		{"service", strings.Split(r.Authorization, "/")[2], []string{badHeader, wrongSignature}},
		{"terminator", "tc3_request", []string{badHeader}},
		{"secret id", testID, []string{tcerr.AuthFailureSecretIDNotFound, badHeader}},
		{"signed headers", "content-type;host", []string{badHeader, wrongSignature}},
	} {
		for _, text := range changes(part.text) {
			c := copyOf(r)
			replaceAuth(c, part.text, text)
			list = append(list, changed{c, part.name, part.codes})
		}
	}
	return list
}

func otherBodies(r *wire.Request, name string) []changed {
	var list []changed
	for _, query := range changes(r.RawQuery) {
		c := copyOf(r)
		c.RawQuery = query
		list = append(list, changed{c, "query", []string{wrongSignature}})
	}
	if strings.Contains(name, "unsigned-payload") {
		return list
	}
	for _, body := range append(changes(string(r.Body)), string(r.Body)+" ") {
		c := copyOf(r)
		c.Body = []byte(body)
		list = append(list, changed{c, "body", []string{wrongSignature}})
	}
	return list
}

func otherHosts(r *wire.Request, name string) []changed {
	var list []changed
	for _, host := range changes(r.Host) {
		if strings.EqualFold(host, r.Host) || signsNoPort(name) && withoutPort(host) == withoutPort(r.Host) {
			continue // the same host by the documentation, which folds case, or to a client that leaves the port out
		}
		c := copyOf(r)
		c.Host = host
		list = append(list, changed{c, "host", []string{wrongSignature, badHeader}})
	}
	return list
}

func otherTimes(r *wire.Request) []changed {
	var list []changed
	for _, text := range changes(r.Header.Get("X-TC-Timestamp")) {
		c := copyOf(r)
		c.Header.Set("X-TC-Timestamp", text)
		list = append(list, changed{c, "timestamp", []string{wrongSignature}})
	}
	return list
}

// signsNoPort says whether a capture's client leaves the port out of what it signs.
func signsNoPort(name string) bool {
	return strings.HasPrefix(name, "node-tc3") && !strings.Contains(name, "realhost")
}

func TestEveryChangedByteOfV1IsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range captureNames(t) {
		original := capture(t, name)
		if original.Scheme != wire.V1 {
			continue
		}
		for i, p := range original.Pairs {
			for _, value := range changes(p.Value) {
				r := copyOf(original)
				r.Pairs[i].Value = value
				fillV1(r)
				_, _, err := new(Checker).Check(r, keysFor(original), at(original))
				if got := tcerr.Of(err); got == nil || !strings.HasPrefix(got.Code, "AuthFailure.") {
					t.Errorf("%s %s=%s: got %v, want a refusal", name, p.Name, value, err)
				}
			}
		}
		for _, host := range changes(original.Host) {
			r := copyOf(original)
			r.Host = host
			wantCode(t, r, tcerr.AuthFailureSignatureFailure)
		}
	}
	r := capture(t, "go-hmacsha1-post-DescribeZones-endpoint-with-path")
	r.Path += "x"
	wantCode(t, r, tcerr.AuthFailureSignatureFailure)
}

// Of the points that the documentation leaves open, each way is accepted.
func TestWaysAccepted(t *testing.T) {
	t.Parallel()
	base := func() *wire.Request { return capture(t, "go-tc3-post-DescribeInstances") }
	for name, alter := range map[string]func(r *wire.Request, a *attempt){
		"real path":            func(r *wire.Request, a *attempt) { r.Path, a.uri = "/cvm", "/cvm" },
		"path / for another":   func(r *wire.Request, a *attempt) { r.Path, a.uri = "/cvm", "/" },
		"no port":              func(_ *wire.Request, a *attempt) { a.host = "127.0.0.1" },
		"query on POST":        func(r *wire.Request, a *attempt) { r.RawQuery, a.query = "a=1", "a=1" },
		"no query on POST":     func(r *wire.Request, a *attempt) { r.RawQuery, a.query = "a=1", "" },
		"folded host":          func(r *wire.Request, a *attempt) { r.Host, a.host, a.fold = "LocalHost:1", "LocalHost:1", true },
		"host in mixed case":   func(r *wire.Request, a *attempt) { r.Host, a.host = "LocalHost:1", "LocalHost:1" },
		"boundary as it is":    func(r *wire.Request, a *attempt) { setType(r, a, "multipart/form-data; boundary=aB") },
		"boundary folded":      func(r *wire.Request, a *attempt) { setType(r, a, "multipart/form-data; boundary=aB"); a.fold = true },
		"x-tc-action folded":   func(_ *wire.Request, a *attempt) { a.signed, a.fold = "content-type;host;x-tc-action", true },
		"x-tc-action as it is": func(_ *wire.Request, a *attempt) { a.signed = "content-type;host;x-tc-action" },
		"GET without a body":   func(r *wire.Request, a *attempt) { r.Method, a.method = http.MethodGet, http.MethodGet },
		"scope of no product":  func(_ *wire.Request, a *attempt) { a.service = "127" },
		"host with a scheme":   func(r *wire.Request, a *attempt) { r.Host, a.host = "http://127.0.0.1:1", "http://127.0.0.1:1" },
		"real host with a port": func(r *wire.Request, a *attempt) {
			r.Host, a.host = "cvm.tencentcloudapi.com:443", "cvm.tencentcloudapi.com"
		},
	} {
		r := base()
		resign(r, func(a *attempt) { alter(r, a) })
		if _, evidence, err := new(Checker).Check(r, keysFor(r), at(r)); err != nil {
			t.Errorf("%s: got %v %+v, want accepted", name, err, evidence)
		}
	}
}

func setType(r *wire.Request, a *attempt, value string) {
	r.Header.Set("Content-Type", value)
	a.contentType = value
}

// resign signs r anew, altered.
func resign(r *wire.Request, alter func(*attempt)) {
	auth, wrong := parse(r.Authorization)
	if wrong != "" {
		panic(wrong)
	}
	a := attempt{tc3: newTC3(r, &auth), secret: testSecret}
	a.uri = "/"
	alter(&a)
	r.Authorization = algorithm + " Credential=" + testID + "/" + a.date + "/" + a.service + "/tc3_request, SignedHeaders=" +
		a.signed + ", Signature=" + a.signature()
}

func TestScopeServiceIsTheHostsProduct(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"cvm.tencentcloudapi.com":                       "",
		"cvm.ap-guangzhou.tencentcloudapi.com":          "",
		"cvm.internal.tencentcloudapi.com":              "",
		"cvm.ap-guangzhou.internal.tencentcloudapi.com": "",
		"cvm.intl.tencentcloudapi.com:443":              "",
		"cvm.a.b.c.tencentcloudapi.com":                 "",
		"vpc.a.b.c.tencentcloudapi.com":                 tcerr.AuthFailureInvalidAuthorization,
		"vpc.tencentcloudapi.com.cn":                    tcerr.AuthFailureInvalidAuthorization,
		"vpc.tencentcloudapi.com":                       tcerr.AuthFailureInvalidAuthorization,
		"vpc.ap-guangzhou.tencentcloudapi.com":          tcerr.AuthFailureInvalidAuthorization,
		"VPC.tencentcloudapi.com:8030":                  tcerr.AuthFailureInvalidAuthorization,
		"vpc.localhost:8030":                            "",
		"127.0.0.1:8030":                                "",
		"[::1]:8030":                                    "",
	} {
		r := capture(t, "go-tc3-post-DescribeInstances")
		r.Host = host
		resign(r, func(*attempt) {})
		err := wantCode(t, r, want)
		const text = "The request `Authorization` header does not conform to tencentcloud standards: `Service` in Credential not valid."
		if err != nil && tcerr.Of(err).Message(tcerr.English) != text {
			t.Errorf("%s: got %v, want %s", host, err, text)
		}
	}
}

func TestV1NamesWithUnderscores(t *testing.T) {
	t.Parallel()
	pairs := []wire.Pair{{Name: "Action", Value: "X"}, {Name: "a_b", Value: "1"}, {Name: "a0", Value: "2"}, {Name: "aZ", Value: "3 +&="}}
	for name, text := range map[string]string{
		"plain":               "GETh/?Action=X&a0=2&aZ=3 +&=&a_b=1",
		"dotted, then sorted": "GETh/?Action=X&a.b=1&a0=2&aZ=3 +&=",
		"sorted, then dotted": "GETh/?Action=X&a0=2&aZ=3 +&=&a.b=1",
	} {
		r := &wire.Request{Method: http.MethodGet, Host: "h", Path: "/", SecretID: testID, SignatureMethod: "HmacSHA256", Pairs: pairs}
		r.Signature = base64Of(mac256([]byte(testSecret), text))
		if _, evidence, err := new(Checker).Check(r, keysFor(r), at(r)); err != nil {
			t.Errorf("%s: got %v %+v, want accepted", name, err, evidence)
		}
	}
}
