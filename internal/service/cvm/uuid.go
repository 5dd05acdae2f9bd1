package cvm

import (
	"encoding/hex"
	"strings"
)

// uuid is the number in a UUID, a third of its text in memory. As text it has the usual form, in lower case.
type uuid [16]byte

// uuidOf is the inverse of String; what is no UUID makes the zero one.
func uuidOf(s string) (u uuid) {
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err == nil && len(raw) == len(u) {
		copy(u[:], raw)
	}
	return u
}

// String is its usual form.
func (u uuid) String() string {
	var b [36]byte
	for to, from := 0, 0; from < len(u); to, from = to+2, from+1 {
		if to == 8 || to == 13 || to == 18 || to == 23 {
			b[to] = '-'
			to++
		}
		hex.Encode(b[to:], u[from:from+1])
	}
	return string(b[:])
}

// MarshalText is String, for rows as they are kept.
func (u uuid) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText is uuidOf, likewise.
func (u *uuid) UnmarshalText(text []byte) error {
	*u = uuidOf(string(text))
	return nil
}
