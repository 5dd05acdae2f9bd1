package tcerr

import "strings"

// Explanation is what a person who met a code wants to know.
type Explanation struct {
	Code    string // the code explained: the asked one, or the longest prefix of it that is known
	Meaning string
	Cause   string // the usual one
	Remedy  string

	Any        bool   // any action may answer it, whatever its own list says: what refuses so stands before and around all of them
	Ours       bool   // Tengyun answers it, the cloud never
	Unanswered string // why nothing in Tengyun answers it; "" where something does
}

// Explain says what a code means. Of a dotted code that is not in the table, such as a product's own, its prefix is
// explained: "InvalidParameterValue" for "InvalidParameterValue.Range". False when not even that is known.
func Explain(code string) (Explanation, bool) {
	for {
		for _, e := range explanations {
			if strings.EqualFold(e.Code, code) {
				return e, true
			}
		}
		dot := strings.LastIndexByte(code, '.')
		if dot < 0 {
			return Explanation{}, false
		}
		code = code[:dot]
	}
}

// Explained lists the codes of the table, in its order: by name.
func Explained() []string {
	codes := make([]string, len(explanations))
	for i, e := range explanations {
		codes[i] = e.Code
	}
	return codes
}
