package trace

import (
	"net/url"
	"strings"
)

// text hides the secrets of name=value pairs, as queries, forms and strings to sign hold them,
// and of name:value lines, as canonical headers are.
func (m *masker) text(s string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '=' && s[i] != ':' {
			continue
		}
		start := nameStart(s, i)
		name, err := url.QueryUnescape(s[start:i])
		if err != nil {
			name = s[start:i]
		}
		line := start == 0 || s[start-1] == '\n'
		if start < done || s[i] == ':' && !line || !secret(name) {
			continue
		}
		end := textEnd(s, i+1, name)
		value := s[i+1 : end]
		out.WriteString(s[done : i+1])
		out.WriteString(m.hideEscaped(name, value))
		done, i = end, end-1
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// hideEscaped hides a value, and what it stands for when it is escaped.
func (m *masker) hideEscaped(name, value string) string {
	if plain, err := url.QueryUnescape(value); err == nil && plain != value && !isSignature(name) {
		m.remember(plain)
	}
	return m.hide(name, value)
}

// nameStart is where the name that ends at end begins.
func nameStart(s string, end int) int {
	for end > 0 && isNameByte(s[end-1]) {
		end--
	}
	return end
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_.-%[]", c) >= 0
}

// textEnd is where the value that begins at start ends: at the next pair or line. A '&' alone may be part of a
// password, because strings to sign hold values unescaped; a signature ends with its last letter.
func textEnd(s string, start int, name string) int {
	for i := start; i < len(s); i++ {
		switch {
		case s[i] == '\n', s[i] == '&' && startsPair(s[i+1:]):
			return i
		case isSignature(name) && strings.IndexByte(" ,;&\"", s[i]) >= 0:
			return i
		}
	}
	return len(s)
}

// startsPair says whether s begins with "name=".
func startsPair(s string) bool {
	for i := range len(s) {
		if s[i] == '=' {
			return i > 0
		}
		if !isNameByte(s[i]) {
			return false
		}
	}
	return false
}
