package sign

import (
	"cmp"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

// v1Mistakes lists what goes wrong in v1 clients, the likeliest first.
func v1Mistakes(r *wire.Request, key account.Key) []mistake[attemptV1] {
	return slices.Concat(pairMistakes(r), placeMistakes(r), v1SecretMistakes(key), hashMistakes())
}

// pairMistakes lists what goes wrong between the parameters sent and those signed.
func pairMistakes(r *wire.Request) []mistake[attemptV1] {
	values := func(name string, write func(string) string) mistake[attemptV1] {
		return mistake[attemptV1]{name, func(a *attemptV1) {
			a.pairs = slices.Clone(a.pairs)
			for i := range a.pairs {
				a.pairs[i].Value = write(a.pairs[i].Value)
			}
		}}
	}
	list := func(name string, write func([]wire.Pair) []wire.Pair) mistake[attemptV1] {
		return mistake[attemptV1]{name, func(a *attemptV1) { a.pairs = write(slices.Clone(a.pairs)) }}
	}
	without := func(match func(wire.Pair) bool) func([]wire.Pair) []wire.Pair {
		return func(pairs []wire.Pair) []wire.Pair { return slices.DeleteFunc(pairs, match) }
	}
	named := func(name string) func(wire.Pair) bool { return func(p wire.Pair) bool { return p.Name == name } }
	return []mistake[attemptV1]{
		values("values were signed encoded; they should be signed decoded", url.QueryEscape),
		values("values were signed encoded; they should be signed decoded", func(v string) string {
			return strings.ReplaceAll(url.QueryEscape(v), "+", "%20")
		}),
		list("parameters were signed in the order sent; they should be sorted by name", func([]wire.Pair) []wire.Pair {
			return without(named("Signature"))(slices.Clone(r.Pairs))
		}),
		list("parameters were sorted without regard to case", func(pairs []wire.Pair) []wire.Pair {
			slices.SortStableFunc(pairs, func(a, b wire.Pair) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
			return pairs
		}),
		list("parameters were sorted by number (X.2 before X.10); they should be sorted by byte", sortedByNumber),
		list("empty parameters were sent, but not signed", without(func(p wire.Pair) bool { return p.Value == "" })),
		list("SignatureMethod was sent, but not signed", without(named("SignatureMethod"))),
		list("Token was sent, but not signed", without(named("Token"))),
		list("RequestClient was sent, but not signed", without(named("RequestClient"))),
		list("Language was sent, but not signed", without(named("Language"))),
		list("an empty Signature was signed along", func(pairs []wire.Pair) []wire.Pair {
			pairs = append(pairs, wire.Pair{Name: "Signature"})
			sortPairs(pairs)
			return pairs
		}),
	}
}

// sortedByNumber sorts as file managers do: labels that are numbers compare as such.
func sortedByNumber(pairs []wire.Pair) []wire.Pair {
	slices.SortStableFunc(pairs, func(a, b wire.Pair) int {
		return slices.CompareFunc(strings.Split(a.Name, "."), strings.Split(b.Name, "."), func(x, y string) int {
			if digits(x) && digits(y) && len(x) != len(y) {
				return cmp.Compare(len(x), len(y))
			}
			return strings.Compare(x, y)
		})
	})
	return pairs
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// placeMistakes lists what goes wrong before the question mark.
func placeMistakes(r *wire.Request) []mistake[attemptV1] {
	other := otherMethod(r.Method)
	list := []mistake[attemptV1]{
		{"the method was signed as " + other, func(a *attemptV1) { a.method = other }},
		{"the method was signed in lower case", func(a *attemptV1) { a.method = strings.ToLower(a.method) }},
		{"the path was left out", func(a *attemptV1) { a.path = "" }},
		{"the path was signed as /v2/index.php, that of an older API", func(a *attemptV1) { a.path = "/v2/index.php" }},
	}
	for _, h := range signedHosts(r) {
		list = append(list, mistake[attemptV1]{h.name, func(a *attemptV1) { a.host = h.host }})
	}
	return list
}

func v1SecretMistakes(key account.Key) []mistake[attemptV1] {
	var list []mistake[attemptV1]
	for _, s := range wrongSecrets(key) {
		list = append(list, mistake[attemptV1]{s.name, func(a *attemptV1) { a.secret = s.secret }})
	}
	return list
}

func hashMistakes() []mistake[attemptV1] {
	encode := func(name string, write func([]byte) string) mistake[attemptV1] {
		return mistake[attemptV1]{name, func(a *attemptV1) { a.encode = write }}
	}
	return []mistake[attemptV1]{
		{"the signature is an HmacSHA1, but SignatureMethod is HmacSHA256", func(a *attemptV1) { a.hash = sha1.New }},
		{"the signature is an HmacSHA256, but SignatureMethod does not say so", func(a *attemptV1) { a.hash = sha256.New }},
		encode("the signature was not URL-encoded: its + arrived as a blank", func(mac []byte) string {
			return strings.ReplaceAll(base64.StdEncoding.EncodeToString(mac), "+", " ")
		}),
		encode("the signature was URL-encoded twice", func(mac []byte) string {
			return url.QueryEscape(base64.StdEncoding.EncodeToString(mac))
		}),
		encode("the signature is in hex; it should be in base64", hex.EncodeToString),
		encode("the signature is the base64 of hex; it should be of the bytes", func(mac []byte) string {
			return base64.StdEncoding.EncodeToString(hex.AppendEncode(nil, mac))
		}),
		encode("the signature has URL-safe base64 characters", base64.URLEncoding.EncodeToString),
		encode("the signature lacks the padding of base64", base64.RawStdEncoding.EncodeToString),
	}
}
