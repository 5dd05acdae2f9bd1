package trace

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBodiesAreShownWithoutTheirSecrets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ body, want string }{
		"json":             {`{"Password":"Tengyun#1","Name":"a"}`, `{"Password":"******","Name":"a"}`},
		"json at depth":    {`{"L":[{"LoginSettings":{"Password": "Tengyun#1" }}]}`, `{"L":[{"LoginSettings":{"Password": "******" }}]}`},
		"escaped name":     {`{"Pass\u0077ord":"Tengyun#1"}`, `{"Pass\u0077ord":"******"}`},
		"escaped quote":    {`{"Password":"a\"b\\","X":1}`, `{"Password":"******","X":1}`},
		"wrong type":       {`{"Password":{"a":["}"]},"X":1}`, `{"Password":"******","X":1}`},
		"number":           {`{"Password":12345678}`, `{"Password":"******"}`},
		"null":             {`{"Password":null,"X":1}`, `{"Password":null,"X":1}`},
		"empty":            {`{"Password":""}`, `{"Password":""}`},
		"cut off":          {`{"A":1,"Password":"Tengyu`, `{"A":1,"Password":"******"`},
		"cut off before":   {`{"A":1,"Password"`, `{"A":1,"Password"`},
		"malformed":        {`{"Password":Tengyun#1,}`, `{"Password":"******",}`},
		"value is no name": {`["Password","Tengyun"]`, `["Password","Tengyun"]`},
		"kept":             {`{"UserData":"IyEvYmlu","ClientToken":"abc","KeyIds":["skey-1"]}`, `{"UserData":"IyEvYmlu","ClientToken":"abc","KeyIds":["skey-1"]}`},
		"answer":           {`{"Response":{"KeyPair":{"PrivateKey":"-----BEGIN"},"Credentials":{"Token":"t-1","TmpSecretKey":"k"}}}`, `{"Response":{"KeyPair":{"PrivateKey":"******"},"Credentials":{"Token":"******","TmpSecretKey":"******"}}}`},
		"form":             {`Action=RunInstances&LoginSettings.Password=Tengyun%231&Signature=0123456789abcdef&Token=t-1`, `Action=RunInstances&LoginSettings.Password=******&Signature=01234567…&Token=******`},
		"escaped form":     {`LoginSettings%2EPassword=Tengyun&X=1`, `LoginSettings%2EPassword=******&X=1`},
		"multipart":        {"--b\r\nContent-Disposition: form-data; name=\"Password\"\r\n\r\nTengyun#1\r\n--b--\r\n", "--b\r\nContent-Disposition: form-data; name=\"Password\"\r\n\r\n******\r\n--b--\r\n"},
		"nothing":          {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var m masker
			got := string(m.body([]byte(test.body)))
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if again := string(m.body([]byte(got))); again != got {
				t.Errorf("masked twice: got %s, want %s", again, got)
			}
		})
	}
}

func TestEvidenceIsShownWithoutSecrets(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	r := failure(1)
	r.Params = []byte(`{"Password":"Tengyun#\"1","SecretKey":"k-secret-1"}`)
	r.Evidence = map[string]string{
		"StringToSign":     "GETcvm.tencentcloudapi.com/?Action=RunInstances&LoginSettings.Password=pass&word#9&Region=ap-guangzhou",
		"CanonicalRequest": "POST\n/\n\ncontent-type:application/json\nx-tc-token:token-1\n\ncontent-type;host",
		"Authorization":    "TC3-HMAC-SHA256 Credential=AKID/2026-11-23/cvm/tc3_request, SignedHeaders=host, Signature=0123456789abcdef",
		"WantSignature":    "fedcba9876543210",
		"Note":             `the value Tengyun#"1 is not a password`,
	}
	r.Message = "The value `Tengyun#\"1` specified in the parameter `Password` is not valid."
	r.Response = []byte(`{"Response":{"Error":{"Message":"The value ` + "`Tengyun#\\\"1`" + ` is not valid."}}}`)
	r.Cause = "SecretKey=k-secret-1"
	l.Add(r)
	got, _ := l.Find(id(1))
	var text strings.Builder
	if err := Render(&text, got); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{"Tengyun#", "pass&word", "word#9", "k-secret", "token-1", "89abcdef", "76543210"} {
		if strings.Contains(text.String(), hidden) || strings.Contains(string(b), hidden) {
			t.Errorf("%q is shown:\n%s\n%s", hidden, text.String(), b)
		}
	}
	for _, shown := range []string{"Region=ap-guangzhou", "content-type;host", "Signature=01234567…", "WantSignature: fedcba98…"} {
		if !strings.Contains(text.String(), shown) {
			t.Errorf("%q is not shown:\n%s", shown, text.String())
		}
	}
}

func TestStreamIsMasked(t *testing.T) {
	t.Parallel()
	l := open(Options{})
	events := l.Subscribe(t.Context())
	r := success(1)
	r.Params = []byte(`{"Password":"Tengyun#1"}`)
	l.Add(r)
	if e := <-events; strings.Contains(string(e.Record.Params), "Tengyun") {
		t.Errorf("got %s, want no password", e.Record.Params)
	}
	if got := string(r.Params); got != `{"Password":"Tengyun#1"}` {
		t.Errorf("the maker's bytes became %s", got)
	}
}

func FuzzMask(f *testing.F) {
	f.Add([]byte(`{"Password":"abcdef","B":[{"Token":"x"}]}`))
	f.Add([]byte("a=b&Password=abcdefg&Signature=0123456789"))
	f.Add([]byte("--b\r\nname=\"Token\"\r\n\r\nabcdefg\r\n--b--"))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := failure(1)
		r.Params, r.Response = body, body
		r.Evidence = json.RawMessage(body)
		e := entry{Record: r, limit: keptOfFailure, evidence: evidenceJSON(r.Evidence)}
		shown := e.copy()
		if json.Valid(body) && !json.Valid(shown.Params) {
			t.Errorf("%q was JSON, %q is not", body, shown.Params)
		}
		b, err := json.Marshal(shown)
		if err != nil {
			t.Fatal(err)
		}
		var back Record
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if err := Render(&strings.Builder{}, &back); err != nil {
			t.Fatal(err)
		}
	})
}
