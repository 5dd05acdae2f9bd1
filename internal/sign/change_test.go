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

// Every change of one byte in what is signed is refused, and with the code that fits the place.
func TestEveryChangedByteOfTC3IsRefused(t *testing.T) {
	t.Parallel()
	var checker Checker
	refused := func(name string, r *wire.Request, codes ...string) {
		t.Helper()
		original := capture(t, strings.Fields(name)[0])
		_, evidence, err := checker.Check(r, keysFor(original), at(original))
		if !slices.Contains(codes, code(err)) || evidence == nil {
			t.Errorf("%s: got %v, want one of %v\nAuthorization: %s\nHost: %s\nBody: %s", name, err, codes, r.Authorization, r.Host, r.Body)
		}
	}
	const bad, wrong = tcerr.AuthFailureInvalidAuthorization, tcerr.AuthFailureSignatureFailure
	for _, name := range captureNames(t) {
		r := capture(t, name)
		if r.Scheme != wire.V3 {
			continue
		}
		auth := r.Authorization
		for _, part := range []struct {
			name, text string
			codes      []string
		}{
			{"signature", field(auth, "Signature=", "\n"), []string{wrong, bad}}, // bad: a comma ends the field
			{"date", strings.Split(auth, "/")[1], []string{bad}},
			{"service", strings.Split(auth, "/")[2], []string{bad, wrong}},
			{"terminator", "tc3_request", []string{bad}},
			{"secret id", testID, []string{tcerr.AuthFailureSecretIDNotFound, bad}},
			{"signed headers", "content-type;host", []string{bad, wrong}},
		} {
			for _, changed := range changes(part.text) {
				r := capture(t, name)
				replaceAuth(r, part.text, changed)
				refused(name+" "+part.name, r, part.codes...)
			}
		}
		refusesOtherBodies(t, name, refused)
		for _, changed := range changes(r.Host) {
			if strings.EqualFold(changed, r.Host) || signsNoPort(name) && withoutPort(changed) == withoutPort(r.Host) {
				continue // the same host by the documentation, which folds case, or to a client that leaves the port out
			}
			r := capture(t, name)
			r.Host = changed
			refused(name+" host", r, wrong, bad)
		}
		for _, changed := range changes(r.Header.Get("X-TC-Timestamp")) {
			r := capture(t, name)
			r.Header.Set("X-TC-Timestamp", changed)
			refused(name+" timestamp", r, wrong)
		}
	}
}

func refusesOtherBodies(t *testing.T, name string, refused func(string, *wire.Request, ...string)) {
	unsigned := strings.Contains(name, "unsigned-payload")
	original := capture(t, name)
	for _, changed := range append(changes(string(original.Body)), string(original.Body)+" ") {
		r := capture(t, name)
		if r.Body = []byte(changed); !unsigned {
			refused(name+" body", r, tcerr.AuthFailureSignatureFailure)
		}
	}
	for _, changed := range changes(original.RawQuery) {
		r := capture(t, name)
		r.RawQuery = changed
		refused(name+" query", r, tcerr.AuthFailureSignatureFailure)
	}
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
			for _, changed := range changes(p.Value) {
				r := capture(t, name)
				r.Pairs[i].Value = changed
				fillV1(r)
				_, _, err := new(Checker).Check(r, keysFor(original), at(original))
				if got := tcerr.Of(err); got == nil || !strings.HasPrefix(got.Code, "AuthFailure.") {
					t.Errorf("%s %s=%s: got %v, want a refusal", name, p.Name, changed, err)
				}
			}
		}
		for _, changed := range changes(original.Host) {
			r := capture(t, name)
			r.Host = changed
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
