package front

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"

	"github.com/tengyun/tengyun/internal/wire"
)

// state is where in the stream of requests a conn stands.
type state uint8

const (
	requestLine state = iota
	header            // a line of the head, after the first
	body              // of left bytes, then next
	chunkSize
	trailer
	raw // no more HTTP/1 that could be followed: everything passes as it is
)

// conn mends what tccli sends on plain HTTP, "Host: http://127.0.0.1:8030", which net/http refuses: the host is cut
// free, and the value as sent, which is what the client signed, follows in a header of our own.
//
// It follows the requests of a connection as far as it must to tell heads from bodies: bodies pass untouched. Where
// it cannot follow, it changes nothing any more, and net/http says what it thinks of it.
type conn struct {
	patient
	token  string // proves our header to the Door
	target string // the host that CONNECT named

	buf        []byte
	read, pass int // buf[read:pass] may be delivered, buf[pass:] is not yet understood
	seen       int // bytes after pass that hold no line end

	state, next state
	left        int64 // of body
	length      int64 // Content-Length of this head
	chunked     bool
	followable  bool // this head is one whose end we know
}

const (
	bufferSize = 4 << 10
	maxLine    = MaxHeaderBytes + bufferSize // net/http refuses longer ones
)

// peek shows the first byte without taking it.
func (c *conn) peek() (byte, error) {
	if len(c.buf) == 0 {
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	return c.buf[0], nil
}

func (c *conn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		if c.read < c.pass {
			n := copy(p, c.buf[c.read:c.pass])
			c.read += n
			return n, nil
		}
		if c.pass == len(c.buf) { // nothing kept: what is not a line goes by without a copy
			switch c.state {
			case raw:
				return c.Conn.Read(p)
			case body:
				n, err := c.Conn.Read(p[:min(int64(len(p)), c.left)])
				c.took(int64(n))
				return n, err
			}
			if err := c.fill(); err != nil {
				return 0, err
			}
		}
		if c.scan(); c.read == c.pass {
			if err := c.fill(); err != nil {
				return 0, err
			}
		}
	}
}

// CloseWrite ends our side alone, so that a last answer is not lost over what the client still sends.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// fill reads more behind what is kept.
func (c *conn) fill() error {
	kept := copy(c.buf, c.buf[c.read:])
	c.read, c.pass = 0, c.pass-c.read
	c.buf = c.buf[:kept]
	switch {
	case kept == 0 && cap(c.buf) != bufferSize:
		c.buf = make([]byte, 0, bufferSize)
	case kept == cap(c.buf):
		c.buf = slices.Grow(c.buf, kept)
	}
	n, err := c.Conn.Read(c.buf[kept:cap(c.buf)])
	c.buf = c.buf[:kept+n]
	switch {
	case n > 0:
		return nil // an error will come again
	case kept > 0 && errors.Is(err, io.EOF):
		c.state = raw // no line end will come
		return nil
	}
	return err
}

// scan lets pass all that it understands.
func (c *conn) scan() {
	for c.pass < len(c.buf) {
		rest := c.buf[c.pass:]
		switch c.state {
		case raw:
			c.pass = len(c.buf)
		case body:
			n := min(int64(len(rest)), c.left)
			c.pass += int(n)
			c.took(n)
		default:
			end := bytes.IndexByte(rest[c.seen:], '\n') + 1
			switch {
			case end == 0 && len(rest) <= maxLine:
				c.seen = len(rest)
				return
			case end == 0 || c.seen+end > maxLine:
				c.state = raw
				continue
			}
			end += c.seen
			c.seen = 0
			c.line(rest[:end])
			c.pass += end
		}
	}
}

// took counts bytes of a body.
func (c *conn) took(n int64) {
	if c.left -= n; c.left == 0 {
		c.state = c.next
	}
}

// line moves on by one line, whose end is in it.
func (c *conn) line(line []byte) {
	text := bytes.TrimSuffix(line[:len(line)-1], []byte{'\r'})
	switch c.state {
	case requestLine:
		c.begin(text)
	case header:
		if len(text) == 0 {
			c.endHead()
		} else if likely(text[0]) {
			c.field(text)
		}
	case chunkSize:
		c.chunk(text)
	case trailer:
		if len(text) == 0 {
			c.state = requestLine
		}
	}
}

// begin reads a request line. Empty ones before it are skipped, as net/http does.
func (c *conn) begin(line []byte) {
	if len(line) == 0 {
		return
	}
	c.state, c.length, c.chunked = header, 0, false
	// CONNECT makes a tunnel and PRI begins HTTP/2; HTTP/1.0 has its own rules for the length of bodies.
	c.followable = bytes.HasSuffix(line, []byte(" HTTP/1.1")) && !bytes.HasPrefix(line, []byte("CONNECT "))
	if bytes.HasPrefix(line, []byte("PRI ")) {
		c.state = raw
	}
}

// likely says whether a header's name may be one of those that field knows, by its first letter.
func likely(first byte) bool {
	switch first | 0x20 {
	case 'h', 'c', 't', 'u':
		return true
	}
	return false
}

func (c *conn) field(line []byte) {
	name, value, ok := bytes.Cut(line, []byte{':'})
	if !ok {
		return
	}
	value = bytes.Trim(value, " \t")
	switch {
	case is(name, "host"):
		if scheme, host, ok := bytes.Cut(value, []byte("://")); ok && (is(scheme, "http") || is(scheme, "https")) {
			c.mend(line, value, host)
		}
	case is(name, "content-length"):
		n, err := strconv.ParseUint(string(value), 10, 63)
		c.length, c.followable = int64(n), c.followable && err == nil
	case is(name, "transfer-encoding"):
		c.chunked = true
		c.followable = c.followable && is(value, "chunked")
	case is(name, "upgrade"):
		c.followable = false
	}
}

// mend puts two lines in the place of one, and pass as far ahead as that is longer.
func (c *conn) mend(line, value, host []byte) {
	host, _, _ = bytes.Cut(host, []byte{'/'})
	mended := slices.Concat([]byte("Host: "), host, []byte("\r\n"+wire.OriginalHost+": "+c.token+" "), value)
	c.buf = slices.Replace(c.buf, c.pass, c.pass+len(line), mended...)
	c.pass += len(mended) - len(line)
}

// endHead decides what follows a head.
func (c *conn) endHead() {
	switch {
	case !c.followable:
		c.state = raw
	case c.chunked:
		c.state = chunkSize
	case c.length > 0:
		c.state, c.next, c.left = body, requestLine, c.length
	default:
		c.state = requestLine
	}
}

// chunk reads the line before a chunk: its size in hex, perhaps an extension.
func (c *conn) chunk(line []byte) {
	digits, _, _ := bytes.Cut(line, []byte{';'})
	n, err := strconv.ParseUint(string(bytes.TrimSpace(digits)), 16, 62)
	switch {
	case err != nil:
		c.state = raw
	case n == 0:
		c.state = trailer
	default:
		c.state, c.next, c.left = body, chunkSize, int64(n)+int64(len("\r\n"))
	}
}

// is compares a name or keyword without regard to case.
func is(b []byte, lower string) bool {
	return len(b) == len(lower) && bytes.EqualFold(b, []byte(lower))
}
