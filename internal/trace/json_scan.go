package trace

import (
	"bytes"
	"encoding/json"
	"strings"
)

// stringEnd is the index after the string that begins at b[i]; the text's end when it is cut off.
func stringEnd(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && strings.IndexByte(" \t\r\n", b[i]) >= 0 {
		i++
	}
	return i
}

// afterColon is where the value begins if a colon follows at i, or -1: then the string before i was no member's name.
func afterColon(b []byte, i int) int {
	i = skipSpace(b, i)
	if i >= len(b) || b[i] != ':' {
		return -1
	}
	return skipSpace(b, i+1)
}

// valueEnd is the index after the value that begins at b[i].
func valueEnd(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			i = stringEnd(b, i)
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return len(b)
}

// unquote is the text of a JSON string; of one that is malformed, what stands between its quotes.
func unquote(b []byte) string {
	var s string
	if json.Unmarshal(b, &s) == nil {
		return s
	}
	return string(bytes.Trim(b, `"`))
}

// quote is s as a JSON string, in which <, > and & stay readable.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""` // never: a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// rewriteStrings passes every string value of a JSON text through f; names of members stay.
func rewriteStrings(b []byte, f func(string) string) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if b[i] != '"' {
			out = append(out, b[i])
			i++
			continue
		}
		end := stringEnd(b, i)
		old := unquote(b[i:end])
		if s := f(old); s != old && afterColon(b, end) < 0 {
			out = append(out, quote(s)...)
		} else {
			out = append(out, b[i:end]...)
		}
		i = end
	}
	return out
}
