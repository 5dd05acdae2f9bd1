package trace

import (
	"bytes"
	"encoding/json"
	"strings"
)

// mask stands where a secret was.
const mask = "******"

// shownOfSignature is how much of a signature is shown: enough to compare two, useless to anyone else.
const shownOfSignature = 8

// secret says whether a parameter, header or member of this name holds a secret, dotted paths included.
func secret(name string) bool {
	name = strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	switch name {
	case "secretkey", "tmpsecretkey", "privatekey", "token", "tmptoken", "sessiontoken", "securitytoken", "x-tc-token":
		return true
	}
	return isSignature(name) || strings.HasSuffix(name, "password") || strings.HasSuffix(name, "passwd")
}

// isSignature is true of "Signature", and of "GotSignature" and the like in evidence.
func isSignature(name string) bool {
	return len(name) >= 9 && strings.EqualFold(name[len(name)-9:], "signature")
}

// masker hides the secrets of one record, and remembers them: the value of a password may be quoted in a message.
type masker struct{ found []string }

// masked hides the secrets of r, in place, and gives it back. Masking twice changes nothing more.
func masked(r *Record) *Record {
	var m masker
	r.Params = m.body(r.Params)
	r.Response = m.redact(m.body(r.Response))
	r.Message = string(m.redact([]byte(m.text(r.Message))))
	r.Cause = string(m.redact([]byte(m.text(r.Cause))))
	if evidence, ok := r.Evidence.(json.RawMessage); ok {
		evidence = m.json(evidence)
		evidence = rewriteStrings(evidence, m.text)
		r.Evidence = json.RawMessage(m.redact(evidence))
	}
	return r
}

// remember notes a secret. There are few in any honest request, and a dishonest one shall not cost much.
func (m *masker) remember(value string) {
	if len(m.found) < 32 {
		m.found = append(m.found, value)
	}
}

// redact hides every later mention of a secret that was found. Short ones are let be: they are words of any text.
func (m *masker) redact(b []byte) []byte {
	for _, s := range m.found {
		if len(s) < 6 || s == mask {
			continue
		}
		b = bytes.ReplaceAll(b, []byte(s), []byte(mask))
		if quoted := quote(s); quoted[1:len(quoted)-1] != s {
			b = bytes.ReplaceAll(b, []byte(quoted[1:len(quoted)-1]), []byte(mask))
		}
	}
	return b
}

// hide is what is shown of a secret with this name.
func (m *masker) hide(name, value string) string {
	if isSignature(name) {
		if len(value) <= shownOfSignature || strings.HasSuffix(value, "…") {
			return value
		}
		return value[:shownOfSignature] + "…"
	}
	if value == "" {
		return ""
	}
	m.remember(value)
	return mask
}

// body hides the secrets of a request or response body, or of a query, whatever its syntax, cut off or malformed.
func (m *masker) body(b []byte) []byte {
	switch start := bytes.TrimLeft(b, " \t\r\n\ufeff"); {
	case len(start) == 0:
		return b
	case start[0] == '{' || start[0] == '[':
		return m.json(b)
	case bytes.HasPrefix(start, []byte("--")):
		return m.multipart(b)
	}
	return []byte(m.text(string(b)))
}

// json hides the values of secret members at any depth. It reads leniently: what was refused as malformed is masked, too.
func (m *masker) json(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if b[i] != '"' {
			out = append(out, b[i])
			i++
			continue
		}
		end := stringEnd(b, i)
		name := unquote(b[i:end])
		value := afterColon(b, end)
		if value < 0 || !secret(name) {
			out = append(out, b[i:end]...)
			i = end
			continue
		}
		out = append(out, b[i:value]...)
		i = valueEnd(b, value)
		out = append(out, m.hideJSON(name, b[value:i])...)
	}
	return out
}

func (m *masker) hideJSON(name string, value []byte) string {
	if len(value) == 0 || string(value) == "null" {
		return string(value)
	}
	if value[0] == '"' {
		return quote(m.hide(name, unquote(value)))
	}
	return quote(mask)
}

// multipart hides the parts of a form-data body whose name is a secret's.
func (m *masker) multipart(b []byte) []byte {
	text := string(b)
	boundary, _, _ := strings.Cut(text, "\n")
	boundary = strings.TrimRight(boundary, "\r")
	parts := strings.Split(text, boundary)
	for i, part := range parts {
		head, value, ok := strings.Cut(part, "\r\n\r\n")
		if !ok {
			continue
		}
		_, name, _ := strings.Cut(head, `name="`)
		name, _, _ = strings.Cut(name, `"`)
		if secret(name) {
			parts[i] = head + "\r\n\r\n" + m.hide(name, strings.TrimSuffix(value, "\r\n")) + "\r\n"
		}
	}
	return []byte(strings.Join(parts, boundary))
}
