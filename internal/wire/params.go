package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Param gives the text of the scalar parameter at path ("ClientToken", "Filters.0.Name"): "true" of a bool, the digits of a number.
func (r *Request) Param(path string) (string, bool) {
	i, t := int32(0), r.values()
	for part := range strings.SplitSeq(path, ".") {
		if i = t.step(i, part); i < 0 {
			return "", false
		}
	}
	switch t[i].kind {
	case null, object, list:
		return "", false
	}
	return t[i].text, true
}

// step gives the member or element of node i that part names, or -1.
func (t tree) step(i int32, part string) int32 {
	if t[i].kind != list {
		return t.find(i, part)
	}
	n, err := strconv.Atoi(part)
	if err != nil || n < 0 {
		return -1
	}
	for c := i + 1; c < t[i].end; c = t[c].end {
		if n == 0 {
			return c
		}
		n--
	}
	return -1
}

// Fingerprint tells requests with the same parameters from others: 32 hex digits over the checked parameters, ClientToken
// left out. The order of members does not count, nor whether they came as JSON or form, nor a null.
func (r *Request) Fingerprint() string {
	sum := sha256.Sum256(r.values().canonical(nil, 0))
	return hex.EncodeToString(sum[:16])
}

func (t tree) canonical(b []byte, i int32) []byte {
	n := &t[i]
	b = append(b, '0'+byte(n.kind))
	if n.kind != object && n.kind != list {
		return strconv.AppendQuote(b, n.text)
	}
	var inside []int32
	for c := i + 1; c < n.end; c = t[c].end {
		if n.kind == list || t[c].kind != null && !(i == 0 && t[c].name == "ClientToken") {
			inside = append(inside, c)
		}
	}
	if n.kind == object {
		slices.SortFunc(inside, func(x, y int32) int { return strings.Compare(t[x].name, t[y].name) })
	}
	b = append(strconv.AppendInt(b, int64(len(inside)), 10), ':')
	for _, c := range inside {
		b = t.canonical(strconv.AppendQuote(b, t[c].name), c)
	}
	return b
}
