package sign

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

const exampleKey = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"

// The published examples of v3, POST. Source: document/api/213/30654, each recomputed.
func TestVectorsOfTC3Post(t *testing.T) {
	t.Parallel()
	const two, three = "content-type;host", "content-type;host;x-tc-action"
	stars := strings.Repeat("*", 32)
	hashes := map[string]string{
		two:   "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
		three: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
	}
	for _, row := range []struct{ key, signed, signature string }{
		{exampleKey, two, "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"},
		{exampleKey, three, "644be983de9a8a3f00db8eadaba61467c3b429e2215758ba897b738ca469fd26"},
		{"Gu5t9xGARNpq86cd98joQYCN3*******", two, "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"},
		{"Gu5t9xGARNpq86cd98joQYCN3*******", three, "be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3"},
		{stars, two, "0ba957c8479e10a99dbe251b81ef286936efd9d45d9be9e82afcc2cc2ce15b85"},
		{stars, three, "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"},
	} {
		r := request("POST / HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\nContent-Type: application/json; charset=utf-8\r\n" +
			"X-TC-Action: DescribeInstances\r\nX-TC-Version: 2017-03-12\r\nX-TC-Timestamp: 1551113065\r\n" +
			"Authorization: TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=" + row.signed +
			", Signature=" + row.signature + "\r\n\r\n" +
			`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`)
		keys := only(account.Key{SecretID: "AKIDEXAMPLE", SecretKey: row.key})
		if _, _, err := new(Checker).Check(r, keys, at(r)); err != nil {
			t.Errorf("%s with %s: got %v, want accepted", row.signed, row.key, err)
		}
		auth, _ := parse(r.Authorization)
		way := newTC3(r, &auth)
		way.fold = true
		if sum := sha256.Sum256(way.appendCanonical(nil)); hexOf(sum[:]) != hashes[row.signed] {
			t.Errorf("%s: got hash %x of the canonical request, want %s", row.signed, sum, hashes[row.signed])
		}
	}
	if got, want := hexOf(deriveKey("TC3"+stars, "2019-02-25", "cvm")), "b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af"; got != want {
		t.Errorf("got signing key %s, want %s", got, want)
	}
}

func TestVectorOfTC3Get(t *testing.T) {
	t.Parallel()
	r := request("GET /?Limit=10&Offset=0 HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
		"X-TC-Action: DescribeInstances\r\nX-TC-Version: 2017-03-12\r\nX-TC-Timestamp: 1539084154\r\nAuthorization: TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2018-10-09/cvm/tc3_request, " +
		"SignedHeaders=content-type;host, Signature=5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474\r\n\r\n")
	if _, _, err := new(Checker).Check(r, only(account.Key{SecretID: "AKIDEXAMPLE", SecretKey: exampleKey}), at(r)); err != nil {
		t.Errorf("got %v, want accepted", err)
	}
}

func TestVectorsOfV1(t *testing.T) {
	t.Parallel()
	const stars = "********************************"
	for _, row := range []struct{ id, key, sha1, sha256 string }{
		{"AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", exampleKey,
			"EliP9YW3pW28FpsEdkXt/+WcGeI=", "bR/zQ3QqOmcEYeRv71IzG/NxfisUDgy9cqRMQC+UB5g="},
		{"AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******", "Gu5t9xGARNpq86cd98joQYCN3*******",
			"zmmjn35mikh6pM3V7sUEuX4wyYM=", "LzvvZM+0Rl8Q51FXGiFEVp3AeXl2V8Wewa194M4b078="},
		{"AKID" + stars, stars,
			"7RAM2xfNMO9EiVTNmPg06MRnCvQ=", "Vm9H4MqhU3Xb+tk/aabIyMScEZDiXb2tRLQkm9ax180="},
	} {
		for method, signature := range map[string]string{"HmacSHA1": row.sha1, "HmacSHA256": row.sha256} {
			r := &wire.Request{Method: http.MethodGet, Host: "cvm.tencentcloudapi.com", Path: "/", SignatureMethod: method,
				SecretID: row.id, Signature: signature, Timestamp: 1465185768, Pairs: []wire.Pair{
					{Name: "Action", Value: "DescribeInstances"}, {Name: "InstanceIds.0", Value: "ins-09dx96dg"}, {Name: "Limit", Value: "20"},
					{Name: "Nonce", Value: "11886"}, {Name: "Region", Value: "ap-guangzhou"}, {Name: "Offset", Value: "0"},
					{Name: "SecretId", Value: row.id}, {Name: "Timestamp", Value: "1465185768"}, {Name: "Version", Value: "2017-03-12"},
					{Name: "Signature", Value: signature},
				}}
			if _, evidence, err := new(Checker).Check(r, only(account.Key{SecretID: row.id, SecretKey: row.key}), at(r)); err != nil {
				t.Errorf("%s by %s: got %v %+v, want accepted", row.id, method, err, evidence.Server)
			}
		}
	}
}
