package wire

import (
	"math/bits"
	"unicode/utf8"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plain gives the index, from i on, of the first byte of s that JSON does not let stand for itself in a string:
// quote, backslash or control character; len(s) if there is none. It looks at eight bytes at a time.
func plain(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		if m := escapes(load64(s[i : i+8])); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c == '"' || c == '\\' || c < ' ' {
			return i
		}
	}
	return len(s)
}

// escapes marks, among eight bytes, the first that needs an escape; those behind it may be marked in error.
func escapes(x uint64) uint64 {
	quote, slash := x^(ones*'"'), x^(ones*'\\')
	return ((x-ones*' ')&^x | (quote-ones)&^quote | (slash-ones)&^slash) & highs
}

// ordinary says whether s is ASCII without anything to escape, as nearly all strings of an answer are.
func ordinary(s string) bool {
	if len(s) < 8 {
		for i := range len(s) {
			if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
				return false
			}
		}
		return true
	}
	for i := 0; i+8 <= len(s); i += 8 {
		if x := load64(s[i : i+8]); escapes(x)|x&highs != 0 {
			return false
		}
	}
	x := load64(s[len(s)-8:]) // the rest, and what was seen already
	return escapes(x)|x&highs == 0
}

// load64 is one machine load: the compiler knows the pattern.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// numberLen is how many bytes at the start of s are one JSON number: -? (0|[1-9]\d*) (.\d+)? ([eE][+-]?\d+)?; 0 if none are.
func numberLen(s string) int {
	i := 0
	if i < len(s) && s[i] == '-' {
		i++
	}
	switch {
	case i < len(s) && s[i] == '0':
		i++
	case digits(s[i:]) > 0:
		i += digits(s[i:])
	default:
		return 0
	}
	if i < len(s) && s[i] == '.' {
		n := digits(s[i+1:])
		if n == 0 {
			return 0
		}
		i += 1 + n
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		n := digits(s[i:])
		if n == 0 {
			return 0
		}
		i += n
	}
	return i
}

// digits is how many decimal digits s starts with.
func digits(s string) int {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}
