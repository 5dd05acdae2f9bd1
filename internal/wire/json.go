package wire

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// parseJSON reads a request's body, which must be one JSON object in valid UTF-8. The tree refers to s.
//
// It is our own and not encoding/json's because number texts, repeated names and the order sent must survive,
// and because it is on the way of every request.
// It grows in room, which is empty.
func parseJSON(s string, room tree) (tree, error) {
	p := parser{s: s, nodes: room}
	if !utf8.ValidString(s) || !p.document() {
		if len(p.nodes) >= maxValues {
			return nil, tooManyValues(maxValues)
		}
		return nil, badJSON()
	}
	if p.suspect {
		if err := p.nodes.names(); err != nil {
			return nil, err
		}
	}
	return p.nodes, nil
}

func tooManyValues(limit int) *tcerr.Error { return tooLarge(strconv.Itoa(limit) + " values") }

type parser struct {
	s       string
	i       int // the next byte
	nodes   tree
	suspect bool // a name is empty or stands twice in its object
}

func (p *parser) document() bool {
	p.space()
	if p.i >= len(p.s) || p.s[p.i] != '{' || !p.value("", 0) {
		return false
	}
	p.space()
	return p.i == len(p.s)
}

func (p *parser) space() {
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

// value reads one value, the byte at p.i being its first, and appends it.
func (p *parser) value(name string, depth int) bool {
	if p.i >= len(p.s) || len(p.nodes) >= maxValues {
		return false
	}
	switch p.s[p.i] {
	case '{':
		return p.object(name, depth+1)
	case '[':
		return p.list(name, depth+1)
	case '"':
		s, ok := p.quoted()
		p.leaf(name, text, s)
		return ok
	case 't':
		return p.literal(name, boolean, "true")
	case 'f':
		return p.literal(name, boolean, "false")
	case 'n':
		return p.literal(name, null, "null")
	}
	start := p.i
	p.i += numberLen(p.s[p.i:])
	p.leaf(name, number, p.s[start:p.i])
	return p.i > start
}

func (p *parser) leaf(name string, k kind, s string) {
	p.nodes = append(p.nodes, node{name: name, text: s, kind: k, end: int32(len(p.nodes) + 1)})
}

func (p *parser) literal(name string, k kind, word string) bool {
	if !strings.HasPrefix(p.s[p.i:], word) {
		return false
	}
	p.i += len(word)
	p.leaf(name, k, word)
	return true
}

// next is at what follows a value within brackets: a comma, or the closing bracket, which ends them.
func (p *parser) next(closing byte) (more, ok bool) {
	p.space()
	if p.i >= len(p.s) {
		return false, false
	}
	c := p.s[p.i]
	p.i++
	return c == ',', c == ',' || c == closing
}

// open appends the node of an object or list and steps inside; it says whether that is empty.
func (p *parser) open(name string, k kind, closing byte) (at int, empty bool) {
	at = len(p.nodes)
	p.leaf(name, k, "")
	p.i++
	p.space()
	if p.i < len(p.s) && p.s[p.i] == closing {
		p.i++
		return at, true
	}
	return at, false
}

func (p *parser) list(name string, depth int) bool {
	at, empty := p.open(name, list, ']')
	var ok bool
	for more := !empty; more; {
		p.space()
		if depth > maxDepth || !p.value("", depth) {
			return false
		}
		if more, ok = p.next(']'); !ok {
			return false
		}
	}
	p.nodes[at].end = int32(len(p.nodes))
	return true
}

func (p *parser) object(name string, depth int) bool {
	at, empty := p.open(name, object, '}')
	var ok bool
	for more := !empty; more; {
		if depth > maxDepth || !p.member(depth) {
			return false
		}
		if more, ok = p.next('}'); !ok {
			return false
		}
	}
	p.nodes[at].end = int32(len(p.nodes))
	p.suspect = p.suspect || p.nodes.repeats(int32(at)) >= 0
	return true
}

func (p *parser) member(depth int) bool {
	p.space()
	if p.i >= len(p.s) || p.s[p.i] != '"' {
		return false
	}
	name, ok := p.quoted()
	p.space()
	if !ok || p.i >= len(p.s) || p.s[p.i] != ':' {
		return false
	}
	p.i++
	p.space()
	p.suspect = p.suspect || name == ""
	return p.value(name, depth)
}

// quoted reads a string, p.i being at its first quote.
func (p *parser) quoted() (string, bool) {
	start := p.i + 1
	end := plain(p.s, start)
	if end < len(p.s) && p.s[end] == '"' {
		p.i = end + 1
		return p.s[start:end], true
	}
	p.i = start
	return p.escaped()
}

// escaped reads the rest of a string that has escapes, or is broken.
func (p *parser) escaped() (string, bool) {
	var b []byte
	for {
		end := plain(p.s, p.i)
		b = append(b, p.s[p.i:end]...)
		p.i = end + 1
		if end >= len(p.s) || p.s[end] < ' ' {
			return "", false
		}
		if p.s[end] == '"' {
			return string(b), true
		}
		r, ok := p.escape()
		if !ok {
			return "", false
		}
		b = utf8.AppendRune(b, r)
	}
}

// escape reads what follows a backslash. Half of a surrogate pair becomes U+FFFD, as in encoding/json.
func (p *parser) escape() (rune, bool) {
	if p.i >= len(p.s) {
		return 0, false
	}
	c := p.s[p.i]
	p.i++
	if c == 'u' {
		r, ok := p.hex()
		if utf16.IsSurrogate(r) {
			return p.surrogate(r), ok
		}
		return r, ok
	}
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i]), true
	}
	return 0, false
}

func (p *parser) hex() (rune, bool) {
	if p.i+4 > len(p.s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(p.s[p.i : p.i+4]) {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	p.i += 4
	return r, true
}

// surrogate joins first with the escape behind it, if that is its other half.
func (p *parser) surrogate(first rune) rune {
	back := p.i
	if strings.HasPrefix(p.s[p.i:], `\u`) {
		p.i += 2
		if second, ok := p.hex(); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return r
			}
		}
	}
	p.i = back
	return utf8.RuneError
}
