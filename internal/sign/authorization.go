package sign

import (
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/wire"
)

const (
	algorithm  = "TC3-HMAC-SHA256"
	terminator = "tc3_request"
)

// authorization is the v3 header taken apart:
// TC3-HMAC-SHA256 Credential=<SecretId>/<date>/<service>/tc3_request, SignedHeaders=content-type;host, Signature=<hex>
type authorization struct {
	secretID, date, service string
	signed                  string // names as sent, joined by ";"
	signature               string
}

// parse takes the header apart. The second result is what is wrong with it, "" if nothing is.
func parse(header string) (authorization, string) {
	var a authorization
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok {
		return a, "`Algorithm` not valid."
	}
	var credential string
	for field := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimLeft(field, " "), "=")
		var into *string
		switch name {
		case "Credential":
			into = &credential
		case "SignedHeaders":
			into = &a.signed
		case "Signature":
			into = &a.signature
		default:
			return a, "`" + name + "` is not a field of it."
		}
		if value == "" || *into != "" {
			return a, "`" + name + "` not valid."
		}
		*into = value
	}
	if a.signature == "" {
		return a, "`Signature` not valid."
	}
	return a, a.scope(credential)
}

// scope takes the Credential apart and looks at which headers are signed.
func (a *authorization) scope(credential string) (wrong string) {
	var end string
	a.secretID, credential, _ = strings.Cut(credential, "/")
	a.date, credential, _ = strings.Cut(credential, "/")
	a.service, end, _ = strings.Cut(credential, "/")
	if a.secretID == "" || end != terminator {
		return "`Credential` not valid."
	}
	if a.service == "" {
		return "`Service` in Credential not valid."
	}
	if !a.signs("content-type") || !a.signs("host") {
		return "`SignedHeaders` not valid."
	}
	return ""
}

// signs says whether a header is among those signed.
func (a *authorization) signs(name string) bool {
	for signed := range strings.SplitSeq(a.signed, ";") {
		if signed == name {
			return true
		}
	}
	return false
}

// fit holds the scope against the request it came with. Wrong is "" when it fits. A timestamp that is out of time has no
// day that could be compared: the clock's check is about to refuse it, and says why.
func (a *authorization) fit(r *wire.Request, now time.Time) (wrong string, e *Evidence) {
	var day [16]byte
	want := time.Unix(r.Timestamp, 0).UTC().AppendFormat(day[:0], time.DateOnly)
	if a.date != string(want) && !far(r.Timestamp, now) {
		return "`Date` in Credential not valid.",
			&Evidence{Check: CheckAuthorization, SecretID: a.secretID, Got: a.date, Want: string(want), Cause: dateCause(a.date, r.Timestamp)}
	}
	// With an address there, or a name of the user's own, clients put all kinds of things in the scope.
	if at := region.ParseEndpoint(r.Host); at.Cloud && a.service != at.Label {
		return "`Service` in Credential not valid.",
			&Evidence{Check: CheckAuthorization, SecretID: a.secretID, Got: a.service, Want: at.Label}
	}
	return "", nil
}

// withoutPort is a Host header without ":port".
func withoutPort(host string) string {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || i == len(host)-1 || strings.Trim(host[i+1:], "0123456789") != "" {
		return host
	}
	return host[:i]
}
