package wire

import (
	"net/http"
	"slices"
	"unsafe"
)

// v1 reads the pairs of a v1 request: those with common names are the caller's words to the gateway, the rest the action's.
func (r *Request) v1() error {
	if r.media == "multipart/form-data" {
		return badContentType(r.media) // it can be signed by v3 only
	}
	sent := r.RawQuery
	if r.Method == http.MethodPost {
		sent = unsafe.String(unsafe.SliceData(r.Body), len(r.Body))
	}
	pairs, err := parsePairs(sent)
	r.Pairs = pairs
	rest, again := r.common(pairs)
	if err != nil {
		return err
	}
	if again != "" {
		return repeated(again)
	}
	return r.take(grow(rest))
}

// common takes the common parameters out of pairs. It gives the others, and the first common name that stands there twice.
func (r *Request) common(pairs []Pair) (rest []Pair, again string) {
	rest = make([]Pair, 0, len(pairs))
	var seen []*string
	for _, p := range pairs {
		into := r.field(p.Name)
		switch {
		case into == nil:
			rest = append(rest, p)
		case !slices.Contains(seen, into):
			seen = append(seen, into)
			*into = p.Value
		case again == "":
			again = p.Name
		}
	}
	r.speak(r.language)
	if r.SignatureMethod != "HmacSHA256" {
		r.SignatureMethod = "HmacSHA1" // absent, or anything else. Source: the common parameters page.
	}
	return rest, again
}

// field is where a common parameter of a v1 request goes; nil for an action's own.
func (r *Request) field(name string) *string {
	switch name {
	case "Action":
		return &r.Action
	case "Version":
		return &r.Version
	case "Region":
		return &r.Region
	case "Timestamp":
		return &r.timestamp
	case "Nonce":
		return &r.nonce
	case "SecretId":
		return &r.SecretID
	case "Signature":
		return &r.Signature
	case "SignatureMethod":
		return &r.SignatureMethod
	case "Token":
		return &r.Token
	case "Language":
		return &r.language
	case "RequestClient":
		return &r.Client
	}
	return nil
}
