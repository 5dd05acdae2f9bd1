package wire

import (
	"net/http"
	"slices"
	"unsafe"
)

// v1 reads the pairs of a v1 request: those with common names are the caller's words to the gateway, the rest the action's.
func (rd *reader) v1() error {
	if rd.media == "multipart/form-data" {
		return badContentType(rd.media) // it can be signed by v3 only
	}
	sent := rd.RawQuery
	if rd.Method == http.MethodPost {
		sent = unsafe.String(unsafe.SliceData(rd.Body), len(rd.Body))
	}
	pairs, err := parsePairs(sent)
	rd.Pairs = pairs
	rest, again := rd.common(pairs)
	if err != nil {
		return err
	}
	if again != "" {
		return repeated(again)
	}
	return rd.take(grow(rest))
}

// common takes the common parameters out of pairs. It gives the others, and the first common name that stands there twice.
func (rd *reader) common(pairs []Pair) (rest []Pair, again string) {
	rest = make([]Pair, 0, len(pairs))
	var seen []*string
	for _, p := range pairs {
		into := rd.field(p.Name)
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
	rd.speak(rd.language)
	if rd.SignatureMethod != "HmacSHA256" {
		rd.SignatureMethod = "HmacSHA1" // absent, or anything else. Source: the common parameters page.
	}
	return rest, again
}

// field is where a common parameter of a v1 request goes; nil for an action's own.
func (rd *reader) field(name string) *string {
	switch name {
	case "Action":
		return &rd.Action
	case "Version":
		return &rd.Version
	case "Region":
		return &rd.Region
	case "Timestamp":
		return &rd.timestamp
	case "Nonce":
		return &rd.nonce
	case "SecretId":
		return &rd.SecretID
	case "Signature":
		return &rd.Signature
	case "SignatureMethod":
		return &rd.SignatureMethod
	case "Token":
		return &rd.Token
	case "Language":
		return &rd.language
	case "RequestClient":
		return &rd.Client
	}
	return nil
}
