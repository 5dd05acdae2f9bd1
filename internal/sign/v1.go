package sign

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"hash"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

// v1 is all that a v1 signature is computed over, but for the secret.
type v1 struct {
	method, host, path string
	pairs              []wire.Pair // sorted as signed, without Signature
	hash               func() hash.Hash
}

func checkV1(r *wire.Request, keys account.Keys, now time.Time) (account.Key, *Evidence, error) {
	key, evidence, err := identify(r, r.SecretID, keys, now)
	if err != nil {
		return key, evidence, err
	}
	if r.Method == http.MethodPost && len(r.Body) > MaxV1 {
		return refuse(errTooLarge(), &Evidence{Check: CheckSize, SecretID: r.SecretID,
			Got: size(len(r.Body)), Want: "at most " + size(MaxV1)})
	}
	v := newV1(r)
	for way := range v.ways {
		if way.matches(key.SecretKey, r.Signature) {
			return key, nil, nil
		}
	}
	return refuse(errSignature(), explainV1(r, key))
}

// newV1 takes from a request what its client should have signed, everything as sent.
func newV1(r *wire.Request) v1 {
	v := v1{method: r.Method, host: r.Host, path: r.Path, hash: sha1.New}
	if r.SignatureMethod == "HmacSHA256" {
		v.hash = sha256.New
	}
	v.pairs = make([]wire.Pair, 0, len(r.Pairs))
	for _, p := range r.Pairs {
		if p.Name != "Signature" {
			v.pairs = append(v.pairs, p)
		}
	}
	sortPairs(v.pairs)
	return v
}

// sortPairs sorts by the bytes of the names: InstanceIds.10 stands before InstanceIds.2.
func sortPairs(pairs []wire.Pair) {
	slices.SortStableFunc(pairs, func(a, b wire.Pair) int { return strings.Compare(a.Name, b.Name) })
}

// ways lists what clients make of the points that the documentation leaves open, likeliest first. "_" in a name is
// signed as "." by Python, which sorts after the change, and by Java, which sorts before.
func (v v1) ways(yield func(v1) bool) {
	names := [][]wire.Pair{v.pairs}
	if slices.ContainsFunc(v.pairs, func(p wire.Pair) bool { return strings.Contains(p.Name, "_") }) {
		dotted := slices.Clone(v.pairs)
		for i := range dotted {
			dotted[i].Name = strings.ReplaceAll(dotted[i].Name, "_", ".")
		}
		sorted := slices.Clone(dotted)
		sortPairs(sorted)
		names = append(names, sorted, dotted)
	}
	for _, pairs := range names {
		for _, path := range distinct(v.path, "/") {
			for _, host := range distinct(v.host, withoutPort(v.host)) {
				way := v
				way.pairs, way.path, way.host = pairs, path, host
				if !yield(way) {
					return
				}
			}
		}
	}
}

// appendText appends the string to sign.
func (v *v1) appendText(b []byte) []byte {
	b = append(append(append(append(b, v.method...), v.host...), v.path...), '?')
	for i, p := range v.pairs {
		if i > 0 {
			b = append(b, '&')
		}
		b = append(append(append(b, p.Name...), '='), p.Value...)
	}
	return b
}

func (v *v1) mac(secret string) []byte {
	mac := hmac.New(v.hash, []byte(secret))
	mac.Write(v.appendText(nil))
	return mac.Sum(nil)
}

func (v *v1) matches(secret, signature string) bool {
	want := base64.StdEncoding.EncodeToString(v.mac(secret))
	return subtle.ConstantTimeCompare([]byte(want), []byte(signature)) == 1
}
