// Package wire turns HTTP into a Request, and a result or an error into the response envelope.
// No other room reads a request's bytes or writes a response.
package wire

import (
	"net/http"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// OriginalHost is the header in which the listener hands down a Host that net/http would refuse, as the client sent
// and signed it ("http://127.0.0.1:8030", by tccli). It is private: Read takes it away.
const OriginalHost = "X-Tengyun-Original-Host"

// Scheme is how a request says who sent it.
type Scheme uint8

// The schemes: v1 carries Signature and everything else among its parameters, v3 carries headers,
// Skip is a v3 request with "Authorization: SKIP".
const (
	V1 Scheme = iota
	V3
	Skip
)

// Request is what a caller asked for, whichever way it was sent.
type Request struct {
	// As it arrived, which is what a signature is computed over.
	Method   string
	Host     string // the Host header, port included, mended of nothing
	Path     string // escaped, as sent
	RawQuery string
	Header   http.Header
	Body     []byte
	Remote   string // the client's address

	// What the common parameters say, wherever they were sent.
	Scheme        Scheme
	Authorization string // v3
	Action        string
	Version       string
	Region        string // "" when absent or empty
	Language      tcerr.Language
	Timestamp     int64
	Token         string
	TraceID       string
	Client        string // SDK_GO_1.3.210

	// Of v1 requests: the decoded pairs in the order sent, and what of them only a signature check needs.
	Pairs           []Pair
	SecretID        string
	Signature       string
	SignatureMethod string // "HmacSHA1" or "HmacSHA256"

	media                      string // the Content-Type without its parameters
	timestamp, nonce, language string // as sent, of which it is not yet known whether they are what they should be

	params tree    // the action's own parameters
	room   [9]node // where the tree of an ordinary request grows, to spare it an allocation
}

// NewRequest makes a Request of those who enter without HTTP: the house's own console, commands and scenarios.
// Body is a JSON object; nil means no parameters. The error, if any, is a *tcerr.Error.
func NewRequest(action, version, region string, body []byte) (*Request, error) {
	r := &Request{
		Method: http.MethodPost, Path: "/", Body: body, Scheme: V3,
		Action: action, Version: version, Region: region, Language: tcerr.English,
	}
	return r, r.json()
}

// values is the tree of parameters; that of a Request which was never read has but its root.
func (r *Request) values() tree {
	if len(r.params) == 0 {
		return tree{{kind: object, end: 1}}
	}
	return r.params
}

// Pair is one decoded name=value of a query or form.
type Pair struct{ Name, Value string }
