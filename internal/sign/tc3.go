package sign

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

const unsignedPayload = "UNSIGNED-PAYLOAD"

// tc3 is all that a v3 signature is computed over, but for the secret.
type tc3 struct {
	method, uri, query string
	host, contentType  string
	header             http.Header // for signed headers other than those two
	signed             string      // their names, lower-case, joined by ";", in the order the client lists them
	fold               bool        // values are lower-cased, as the documentation says and no SDK does
	payload            [sha256.Size]byte

	timestamp, date, service string
}

func (c *Checker) checkTC3(r *wire.Request, keys account.Keys, now time.Time) (account.Key, *Evidence, error) {
	auth, wrong := parse(r.Authorization)
	if wrong != "" {
		return refuse(errAuthorization(wrong), &Evidence{Check: CheckAuthorization, Got: r.Authorization,
			Want: "TC3-HMAC-SHA256 Credential=<SecretId>/<date>/<service>/tc3_request, SignedHeaders=content-type;host, Signature=<hex>"})
	}
	if wrong, evidence := auth.fit(r, now); wrong != "" {
		return refuse(errAuthorization(wrong), evidence)
	}
	t := newTC3(r, &auth)
	if claimed := first(r.Header, "X-Tc-Content-Sha256"); claimed != "" && claimed != unsignedPayload {
		if real := hex.EncodeToString(t.payload[:]); !strings.EqualFold(claimed, real) {
			return refuse(errPayloadHash(), &Evidence{Check: CheckPayloadHash, SecretID: auth.secretID, Got: claimed, Want: real})
		}
	}
	key, evidence, err := identify(r, auth.secretID, keys, now)
	if err != nil {
		return key, evidence, err
	}
	if !c.signers.verify(&t, key.SecretKey, auth.signature) {
		return refuse(errSignature(), explainTC3(r, &auth, key))
	}
	return key, nil, nil
}

// newTC3 takes from a request what its client should have signed, everything as sent.
func newTC3(r *wire.Request, auth *authorization) tc3 {
	t := tc3{
		method: r.Method, uri: r.Path, query: r.RawQuery,
		host: r.Host, contentType: first(r.Header, "Content-Type"),
		header: r.Header, signed: auth.signed,
		timestamp: first(r.Header, "X-Tc-Timestamp"), date: auth.date, service: auth.service,
	}
	if first(r.Header, "X-Tc-Content-Sha256") == unsignedPayload {
		t.payload = sha256.Sum256([]byte(unsignedPayload))
	} else {
		t.payload = sha256.Sum256(r.Body)
	}
	return t
}

// ways lists what clients make of the points that the documentation leaves open, likeliest first: the path (only v1
// and a few SDKs sign the real one), the port in host (Node leaves it out), a query on POST, the case of values.
func (t tc3) ways(yield func(tc3) bool) {
	queries := []string{t.query}
	if t.method == http.MethodPost && t.query != "" {
		queries = append(queries, "")
	}
	folds := []bool{false, true}
	if t.signed == "content-type;host" && strings.ToLower(t.host+t.contentType) == t.host+t.contentType {
		folds = folds[:1]
	}
	for _, fold := range folds {
		for _, query := range queries {
			for _, uri := range distinct("/", t.uri) {
				for _, host := range distinct(t.host, withoutPort(t.host)) {
					way := t
					way.fold, way.query, way.uri, way.host = fold, query, uri, host
					if !yield(way) {
						return
					}
				}
			}
		}
	}
}

// appendCanonical appends the canonical request.
func (t *tc3) appendCanonical(b []byte) []byte {
	b = append(append(b, t.method...), '\n')
	b = append(append(b, t.uri...), '\n')
	b = append(append(b, t.query...), '\n')
	for name := range strings.SplitSeq(t.signed, ";") {
		value := t.value(name)
		if t.fold {
			value = strings.ToLower(value)
		}
		b = append(append(b, name...), ':')
		b = append(append(b, value...), '\n')
	}
	b = append(append(append(b, '\n'), t.signed...), '\n')
	return hex.AppendEncode(b, t.payload[:])
}

// value is what the canonical request shows of a signed header. One that was not sent is empty.
func (t *tc3) value(name string) string {
	switch name {
	case "host":
		return t.host
	case "content-type":
		return t.contentType
	}
	// Simulated: values of a repeated header are joined, as a proxy may join them.
	return strings.TrimSpace(strings.Join(t.header.Values(name), ","))
}

// appendStringToSign appends the string to sign for a canonical request.
func (t *tc3) appendStringToSign(b, canonical []byte) []byte {
	sum := sha256.Sum256(canonical)
	b = append(append(b, algorithm+"\n"...), t.timestamp...)
	b = append(append(b, '\n'), t.date...)
	b = append(append(b, '/'), t.service...)
	b = append(b, "/"+terminator+"\n"...)
	return hex.AppendEncode(b, sum[:])
}

// matches says whether the signature is the one that s makes of t.
func (t *tc3) matches(s *signer, signature string) bool {
	s.canonical = t.appendCanonical(s.canonical[:0])
	s.text = t.appendStringToSign(s.text[:0], s.canonical)
	s.mac.Reset()
	s.mac.Write(s.text)
	s.sum = s.mac.Sum(s.sum[:0])
	s.text = hex.AppendEncode(s.text[:0], s.sum)
	s.canonical = append(s.canonical[:0], signature...)
	return subtle.ConstantTimeCompare(s.text, s.canonical) == 1
}

// first is a header's first value; name is in canonical form.
func first(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func distinct(a, b string) []string {
	if a == b {
		return []string{a}
	}
	return []string{a, b}
}
