package sign

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

// tc3Mistakes lists what goes wrong in v3 clients, the likeliest first.
func tc3Mistakes(r *wire.Request, key account.Key) []mistake[attempt] {
	return slices.Concat(
		payloadMistakes(r.Body), headerMistakes(r), queryMistakes(r), secretMistakes(key),
		timeMistakes(r), layoutMistakes(), keyMistakes(), encodingMistakes(),
	)
}

// maxRehashed bounds the bodies that are hashed anew for every mistake in them.
const maxRehashed = 64 << 10

func payloadMistakes(body []byte) []mistake[attempt] {
	var list []mistake[attempt]
	add := func(name string, signed []byte) {
		list = append(list, mistake[attempt]{name, func(a *attempt) { a.payload = sha256.Sum256(signed) }})
	}
	add("an empty body was signed", nil)
	add("the body was signed as UNSIGNED-PAYLOAD without the header X-TC-Content-SHA256 that says so", []byte(unsignedPayload))
	if len(body) > maxRehashed {
		return list
	}
	add("an empty JSON object was signed as the body", []byte("{}"))
	add("the body was signed without its last newline", bytes.TrimRight(body, "\r\n"))
	add("the body was signed with a newline at its end, which was not sent", append(slices.Clone(body), '\n'))
	var compact, indented bytes.Buffer
	if json.Compact(&compact, body) == nil {
		add("the JSON body was signed compact, but sent with blanks", compact.Bytes())
		add("the JSON body was signed compact with <, > and & escaped, but sent otherwise", htmlEscaped(compact.Bytes()))
		add("the JSON body was signed with blanks after , and :, but sent without", spaced(compact.Bytes()))
		_ = json.Indent(&indented, body, "", "  ") // Compact has just read it
		add("the JSON body was signed indented, but sent otherwise", indented.Bytes())
	}
	var decoded any
	if json.Unmarshal(body, &decoded) == nil {
		sorted, _ := json.Marshal(decoded) // what Unmarshal made, Marshal takes
		add("the JSON body was signed with its keys sorted, but sent in another order", sorted)
		quoted, _ := json.Marshal(string(body)) // a string always marshals
		add("the JSON body was encoded twice before signing", quoted)
	}
	return list
}

func htmlEscaped(body []byte) []byte {
	var b bytes.Buffer
	json.HTMLEscape(&b, body)
	return b.Bytes()
}

// spaced puts a blank after each comma and colon that stands outside strings, as Python does.
func spaced(compact []byte) []byte {
	var b []byte
	inside := false
	for i, c := range compact {
		b = append(b, c)
		switch {
		case c == '"' && !escapedAt(compact, i):
			inside = !inside
		case !inside && (c == ',' || c == ':'):
			b = append(b, ' ')
		}
	}
	return b
}

// escapedAt says whether an odd number of backslashes stands before i.
func escapedAt(text []byte, i int) bool {
	before := text[:i]
	return (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
}

func headerMistakes(r *wire.Request) []mistake[attempt] {
	var list []mistake[attempt]
	host := func(name, value string) {
		list = append(list, mistake[attempt]{name, func(a *attempt) { a.host = value }})
	}
	for _, h := range signedHosts(r) {
		host(h.name, h.host)
	}
	for _, value := range []string{"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8",
		"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8", ""} {
		list = append(list, mistake[attempt]{"content-type was signed as " + strconv.Quote(value) + ", but sent otherwise",
			func(a *attempt) { a.contentType = value }})
	}
	other := otherMethod(r.Method)
	return append(list,
		mistake[attempt]{"the method was signed as " + other, func(a *attempt) { a.method = other }},
		mistake[attempt]{"the method was signed in lower case", func(a *attempt) { a.method = strings.ToLower(a.method) }},
		mistake[attempt]{"x-tc-action was signed, but is not listed in SignedHeaders", func(a *attempt) { a.signed = "content-type;host;x-tc-action" }},
		mistake[attempt]{"only content-type and host were signed, but SignedHeaders lists more", func(a *attempt) { a.signed = "content-type;host" }},
		mistake[attempt]{"the string to sign and the key have the host's first label for service; they should have the scope's", func(a *attempt) { a.service, _, _ = strings.Cut(a.host, ".") }},
	)
}

func queryMistakes(r *wire.Request) []mistake[attempt] {
	if r.RawQuery == "" {
		return []mistake[attempt]{
			{"the body was signed as a query", func(a *attempt) { a.query, a.payload = string(r.Body), sha256.Sum256(nil) }},
		}
	}
	list := []mistake[attempt]{
		{"the query was left out", func(a *attempt) { a.query = "" }},
		{"the query was signed with its question mark", func(a *attempt) { a.query = "?" + a.query }},
		{"the query was signed as the body", func(a *attempt) { a.payload, a.query = sha256.Sum256([]byte(a.query)), "" }},
		{"a blank of the query was signed as %20, but sent as +", func(a *attempt) { a.query = strings.ReplaceAll(a.query, "+", "%20") }},
		{"a blank of the query was signed as +, but sent as %20", func(a *attempt) { a.query = strings.ReplaceAll(a.query, "%20", "+") }},
		{"the query was signed in another order than sent", func(a *attempt) {
			pairs := strings.Split(a.query, "&")
			slices.Sort(pairs)
			a.query = strings.Join(pairs, "&")
		}},
	}
	if decoded, err := url.QueryUnescape(r.RawQuery); err == nil {
		list = append(list, mistake[attempt]{"the query was signed decoded; it should be signed as it is sent", func(a *attempt) { a.query = decoded }})
	}
	if values, err := url.ParseQuery(r.RawQuery); err == nil {
		encoded := values.Encode()
		list = append(list, mistake[attempt]{"the query was signed sorted and encoded otherwise than sent", func(a *attempt) { a.query = encoded }})
	}
	return list
}

func secretMistakes(key account.Key) []mistake[attempt] {
	var list []mistake[attempt]
	for _, s := range wrongSecrets(key) {
		list = append(list, mistake[attempt]{s.name, func(a *attempt) { a.secret = s.secret }})
	}
	return list
}

func timeMistakes(r *wire.Request) []mistake[attempt] {
	var list []mistake[attempt]
	for off := int64(1); off <= 5; off++ {
		for _, t := range []int64{r.Timestamp - off, r.Timestamp + off} {
			list = append(list, mistake[attempt]{"the timestamp signed is not that of X-TC-Timestamp: the client looked at its clock twice",
				func(a *attempt) { a.timestamp = strconv.FormatInt(t, 10) }})
		}
	}
	for _, days := range []int{-1, 1} {
		day := time.Unix(r.Timestamp, 0).UTC().AddDate(0, 0, days).Format(time.DateOnly)
		list = append(list,
			mistake[attempt]{"key and string to sign have a local day; they should have the UTC day, as the scope does", func(a *attempt) { a.date = day }},
			mistake[attempt]{"the key is derived from a local day; it should be the UTC day, as in the scope",
				func(a *attempt) { a.key = func(a *attempt) []byte { return deriveKey("TC3"+a.secret, day, a.service) } }})
	}
	return list
}

func keyMistakes() []mistake[attempt] {
	key := func(name string, derive func(a *attempt) []byte) mistake[attempt] {
		return mistake[attempt]{name, func(a *attempt) { a.key = derive }}
	}
	return []mistake[attempt]{
		key("the key is derived without TC3 before the SecretKey", func(a *attempt) []byte { return deriveKey(a.secret, a.date, a.service) }),
		key("the key is derived through hex texts; each step should pass on bytes", hexKey),
		key("the SecretKey itself was used as the signing key", func(a *attempt) []byte { return []byte(a.secret) }),
		key("the key is derived without tc3_request", func(a *attempt) []byte { return mac256(mac256([]byte("TC3"+a.secret), a.date), a.service) }),
		key("the key is derived for the host's first label; it should be for the scope's service", func(a *attempt) []byte {
			label, _, _ := strings.Cut(a.host, ".")
			return deriveKey("TC3"+a.secret, a.date, label)
		}),
	}
}

func encodingMistakes() []mistake[attempt] {
	return []mistake[attempt]{
		{"the signature is in upper-case hex", func(a *attempt) {
			a.encode = func(mac []byte) string { return strings.ToUpper(hex.EncodeToString(mac)) }
		}},
		{"the signature is in base64; it should be in hex", func(a *attempt) { a.encode = base64.StdEncoding.EncodeToString }},
	}
}
