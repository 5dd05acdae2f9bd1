package sign

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

func (a *attempt) signature() string {
	var b bench
	b.compute(a)
	return b.computation().Signature
}

// Every mistake listed is made here, by way of the list itself, and must be recognised by its name; two mistakes
// may come to the same bytes, and then the first is named.
func TestEveryMistakeOfTC3IsRecognised(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"go-tc3-post-RunInstances-realhost", "python-tc3-get-DescribeInstances", "capi-tc3-post-DescribeInstances"} {
		r := capture(t, name)
		key := account.Key{SecretID: testID, SecretKey: testSecret}
		auth, _ := parse(r.Authorization)
		names := map[string]string{} // of the first mistake with a signature
		for _, m := range tc3Mistakes(r, key) {
			a := attempt{tc3: newTC3(r, &auth), secret: testSecret}
			a.uri = "/"
			if m.alter(&a); names[a.signature()] == "" {
				names[a.signature()] = m.name
			}
			r := capture(t, name)
			replaceAuth(r, auth.signature, a.signature())
			_, evidence, err := new(Checker).Check(r, only(key), at(r))
			switch {
			case a.signature() == auth.signature: // makes no difference to this request
			case code(err) != tcerr.AuthFailureSignatureFailure:
				t.Errorf("%s: %s: got %v, want a refusal", name, m.name, err)
			case evidence.Cause == nil || evidence.Cause.Name != names[a.signature()]:
				t.Errorf("%s: got cause %+v, want %q", name, evidence.Cause, names[a.signature()])
			}
		}
		if len(names) < 60 {
			t.Errorf("%s: got %d mistakes that differ, want at least 60", name, len(names))
		}
	}
}

func TestEveryMistakeOfV1IsRecognised(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"go-hmacsha1-post-RunInstances-realhost", "python-hmacsha256-get-DescribeInstances"} {
		r := capture(t, name)
		key := account.Key{SecretID: testID, SecretKey: testSecret}
		names := map[string]string{}
		for _, m := range v1Mistakes(r, key) {
			a := attemptV1{v1: newV1(r), secret: testSecret}
			m.alter(&a)
			if names[a.signature()] == "" {
				names[a.signature()] = m.name
			}
			wrong := capture(t, name)
			wrong.Signature = a.signature()
			_, evidence, err := new(Checker).Check(wrong, only(key), at(r))
			switch {
			case wrong.Signature == r.Signature: // makes no difference to this request
			case code(err) != tcerr.AuthFailureSignatureFailure:
				t.Errorf("%s: %s: got %v, want a refusal", name, m.name, err)
			case evidence.Cause == nil || evidence.Cause.Name != names[a.signature()]:
				t.Errorf("%s: got cause %+v, want %q", name, evidence.Cause, names[a.signature()])
			}
		}
		if len(names) < 30 {
			t.Errorf("%s: got %d mistakes that differ, want at least 30", name, len(names))
		}
	}
}

func TestEvidenceShowsBothSides(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-tc3-post-DescribeInstances")
	r.Host = "elsewhere:1"
	resign(r, func(a *attempt) { a.host = "cvm.tencentcloudapi.com" })
	_, e, err := new(Checker).Check(r, keysFor(r), at(r))
	if err == nil || e.Cause == nil {
		t.Fatalf("got %v with %+v, want a refusal with its cause", err, e)
	}
	want := Difference{Line: 5, Column: 6, Server: "host:elsewhere:1", Client: "host:cvm.tencentcloudapi.com"}
	if got := e.Cause.CanonicalRequest; got == nil || *got != want {
		t.Errorf("got difference %+v, want %+v", got, want)
	}
	if e.Cause.StringToSign == nil || e.Cause.StringToSign.Line != 4 {
		t.Errorf("got difference %+v, want line 4, the hash", e.Cause.StringToSign)
	}
	if got := e.Compare(e.Cause.Client.CanonicalRequest); got == nil || *got != want {
		t.Errorf("got difference %+v from the client's canonical request, want %+v", got, want)
	}
	if got := e.Compare(e.Cause.Client.StringToSign); got == nil || *got != *e.Cause.StringToSign {
		t.Errorf("got difference %+v from the client's string to sign, want %+v", got, e.Cause.StringToSign)
	}
	if got := e.Compare(e.Server.CanonicalRequest); got != nil {
		t.Errorf("got difference %+v between equal texts, want none", got)
	}
	if len(e.Tried) != 2 || e.Got == e.Want || e.SecretID != testID {
		t.Errorf("got %+v, want both ways tried, both signatures and the SecretId", e)
	}
	text, err := json.Marshal(e)
	if err != nil || strings.Contains(string(text), testSecret) {
		t.Errorf("got %s (%v), want JSON without the secret", text, err)
	}
}

func TestEvidenceSaysThatNoMistakeIsKnown(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"go-tc3-post-DescribeInstances": "canonical request", "go-hmacsha1-post-DescribeInstances": "string to sign",
	} {
		r := capture(t, name)
		_, e, err := new(Checker).Check(r, only(account.Key{SecretID: testID, SecretKey: "another"}), at(r))
		if code(err) != wrongSignature || e.Cause == nil || e.Cause.Client != nil || e.Server == nil ||
			!strings.HasPrefix(e.Cause.Name, "no known mistake") || !strings.Contains(e.Cause.Name, "compare your "+want) {
			t.Errorf("%s: got %v, cause %+v, want one that says that no mistake is known", name, err, e.Cause)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	e := &Evidence{Server: &Computation{StringToSign: "a\nbc\nd"}}
	for client, want := range map[string]*Difference{
		"a\nbc\nd":   nil,
		"a\nbx\nd":   {2, 2, "bc", "bx"},
		"a\nbc\nd\n": {3, 2, "d", "d"},
		"a\nbc":      {2, 3, "bc", "bc"},
		"":           {1, 1, "a", ""},
		"a\r\nbc":    {1, 2, "a", "a\r"},
	} {
		got := e.Compare(client)
		if (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Errorf("%q: got %+v, want %+v", client, got, want)
		}
	}
	if got := new(Evidence).Compare("x"); got != nil {
		t.Errorf("got %+v without a server's text, want none", got)
	}
}

func TestEvidenceMasksSecretsOfV1(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-hmacsha1-post-RunInstances-realhost")
	i := slices.IndexFunc(r.Pairs, func(p wire.Pair) bool { return p.Name == "LoginSettings.Password" })
	password := r.Pairs[i].Value
	r.Signature = "x"
	_, e, _ := new(Checker).Check(r, keysFor(r), at(r))
	if strings.Contains(e.Server.StringToSign, password) || !strings.Contains(e.Server.StringToSign, "LoginSettings.Password=******") {
		t.Errorf("got %s, want the password masked", e.Server.StringToSign)
	}
}

func TestCausesBesideTheSignature(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		alter func(*wire.Request)
		want  string
	}{
		{"milliseconds", func(r *wire.Request) { r.Timestamp *= 1000 }, "milliseconds"},
		{"milliseconds in the day, too", func(r *wire.Request) { r.Timestamp *= 1000; replaceAuth(r, "2026-11-23", day(r)) }, "milliseconds"},
		{"local time", func(r *wire.Request) { r.Timestamp += 8 * 3600; replaceAuth(r, "2026-11-23", day(r)) }, "+8 hours off"},
		{"local time west", func(r *wire.Request) { r.Timestamp -= 5*3600 - 7; replaceAuth(r, "2026-11-23", day(r)) }, "-5 hours off"},
		{"local day", func(r *wire.Request) { replaceAuth(r, "2026-11-23", "2026-11-24") }, "local day"},
		{"blank in SecretId", func(r *wire.Request) { replaceAuth(r, testID, "'"+testID+"'") }, "quotes"},
	} {
		r := capture(t, "go-tc3-post-DescribeInstances")
		now := at(r)
		row.alter(r)
		_, e, err := new(Checker).Check(r, keysFor(r), now)
		if err == nil || e.Cause == nil || !strings.Contains(e.Cause.Name, row.want) {
			t.Errorf("%s: got %v, cause %+v, want one that says %q", row.name, err, e.Cause, row.want)
		}
	}
}

func day(r *wire.Request) string { return at(r).UTC().Format(time.DateOnly) }

func TestSpacedJSON(t *testing.T) {
	t.Parallel()
	const compact, want = `{"a\",b":"x:\\","c":[1,2]}`, `{"a\",b": "x:\\", "c": [1, 2]}`
	if got := string(spaced([]byte(compact))); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzCheck(f *testing.F) {
	r := capture(f, "go-tc3-post-DescribeZones-endpoint-with-path")
	f.Add(uint8(wire.V3), "POST", "/cvm", "", r.Host, r.Authorization, "application/json", "{}", "")
	f.Add(uint8(wire.V3), "GET", "/", "a=1&b_c=%20+", "cvm.tencentcloudapi.com:443", "TC3-HMAC-SHA256 Credential=a/2026-11-23/cvm/tc3_request, SignedHeaders=content-type;host, Signature=0", "", "", "x")
	f.Add(uint8(wire.V1), "", "", "", "", "", "", "", "")
	f.Add(uint8(wire.V1), "POST", "", "", "://", "TC3-HMAC-SHA256 Credential=///,SignedHeaders=;,Signature=,", "", `{"a":[1e999,"\ud800"]}`, "UNSIGNED-PAYLOAD")
	now := at(r)
	var checker Checker
	f.Fuzz(func(t *testing.T, scheme uint8, method, path, query, host, authorization, contentType, body, hash string) {
		any := func(id string) (account.Key, bool) { return account.Key{SecretID: id, SecretKey: testSecret}, true }
		r := &wire.Request{Scheme: wire.Scheme(scheme % 3), Method: method, Path: path, RawQuery: query, Host: host, Authorization: authorization,
			Body: []byte(body), Timestamp: now.Unix(), SecretID: authorization, Signature: hash, Header: http.Header{}}
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("X-TC-Content-SHA256", hash)
		r.Header.Set("X-TC-Timestamp", "1795436377")
		for pair := range strings.SplitSeq(query, "&") {
			name, value, _ := strings.Cut(pair, "=")
			r.Pairs = append(r.Pairs, wire.Pair{Name: name, Value: value})
		}
		_, e, err := checker.Check(r, any, now)
		if (err == nil) != (e == nil) || err != nil && tcerr.Of(err) == nil {
			t.Errorf("got %v with %+v, want a refusal with evidence or neither", err, e)
		}
		if e != nil {
			e.Compare(body)
		}
	})
}
