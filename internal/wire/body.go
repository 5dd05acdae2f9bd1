package wire

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"unsafe"
)

// What a request may weigh. Source: the request structure pages; that v1 ends at 1 MB is the signature's to refuse.
const (
	maxGet  = 32 << 10
	maxPost = 10 << 20
)

// size holds the whole of a GET, or reads the body of a POST up to what is allowed.
func (r *Request) size(from *http.Request) error {
	if r.Method == http.MethodGet {
		if weight(r) > maxGet {
			return tooLarge("32 KB") // Simulated: the cloud documents the limit, not what it answers
		}
		return nil
	}
	if e := first(r.Header, "Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return badEncoding(e)
	}
	if from.ContentLength > maxPost {
		return overweight(from.Body)
	}
	var err error
	r.Body, err = readAll(from.Body, from.ContentLength)
	if err != nil {
		if tooMuch := (*http.MaxBytesError)(nil); errors.As(err, &tooMuch) {
			return tooLarge("10 MB")
		}
		return brokenBody()
	}
	if len(r.Body) > maxPost {
		return overweight(from.Body)
	}
	return nil
}

// patience is how much of a body is taken in only to be thrown away.
const patience = 64 << 20

// overweight refuses a body. A client that is still writing does not read yet, and would see a broken connection in
// place of the answer: what it sends is taken in first, within reason.
func overweight(body io.Reader) error {
	_, _ = io.CopyN(io.Discard, body, patience) // whatever becomes of it, the request is refused
	return tooLarge("10 MB")
}

// weight is the size of a request without a body, near enough: line and headers with their separators.
func weight(q *Request) int {
	n := len(q.Method) + len(q.Path) + len(q.RawQuery) + len(q.Host) + len(" ? HTTP/1.1\r\nHost: \r\n\r\n")
	for name, values := range q.Header {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	return n
}

// trusted is how much memory a caller gets by merely announcing a length.
const trusted = 64 << 10

// readAll reads a body whose announced length is -1 if unknown. It stops just above maxPost.
func readAll(body io.Reader, length int64) ([]byte, error) {
	if body == nil || length == 0 {
		return nil, nil
	}
	if 0 < length && length <= trusted {
		b := make([]byte, length)
		n, err := io.ReadFull(body, b)
		return b[:n], err
	}
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(body, maxPost+1))
	if err == nil && n < length {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// syntax makes values of query, form or JSON. A form under a v3 Authorization is not looked into: it will be refused.
func (r *Request) syntax() error {
	r.media = mediaType(first(r.Header, "Content-Type"))
	if r.Scheme == V1 && r.looksJSON() {
		r.Scheme = V3 // Simulated: only v3 sends JSON, so what is missing is its Authorization
		r.fromHeaders()
	}
	switch {
	case r.Scheme == V1:
		return r.v1()
	case r.Method == http.MethodGet:
		return r.query()
	case r.media == "application/json":
		return r.json()
	case r.media == "multipart/form-data":
		return r.multipart()
	}
	return nil
}

// looksJSON goes by content: @tencent-sdk/capi sends its v1 form under the name of application/json.
func (r *Request) looksJSON() bool {
	return r.media == "application/json" && bytes.HasPrefix(bytes.TrimLeft(r.Body, " \t\r\n"), []byte("{"))
}

// mediaType is a Content-Type without parameters such as charset, in lower case.
func mediaType(contentType string) string {
	if contentType == "application/json" {
		return contentType
	}
	media, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

func (r *Request) query() error {
	pairs, err := parsePairs(r.RawQuery)
	if err != nil {
		return err
	}
	return r.take(grow(pairs))
}

func (r *Request) json() error {
	if len(r.Body) == 0 {
		return nil
	}
	// The body is ours and nobody changes it, so its strings need no copy.
	return r.take(parseJSON(unsafe.String(unsafe.SliceData(r.Body), len(r.Body)), r.room[:0]))
}

// take keeps the parameters, or none of them if they were refused half way.
func (r *Request) take(t tree, err error) error {
	if err != nil {
		t = nil
	}
	r.params = t
	return err
}

// maxParts bounds the work a multipart body can make. Simulated: the cloud documents only a limit in bytes.
const maxParts = 1000

// multipart checks the form of a multipart body. Its parts are not looked into: no emulated action takes them.
func (r *Request) multipart() error {
	_, params, err := mime.ParseMediaType(first(r.Header, "Content-Type"))
	if err != nil || params["boundary"] == "" {
		return badMultipart()
	}
	parts := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"])
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) && n > 0 {
			return nil
		}
		if err != nil || n == maxParts || part.FormName() == "" {
			return badMultipart()
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			return badMultipart()
		}
	}
}

// CheckContentType refuses what the action cannot be sent as. Form and v3 exclude each other, and no source says which few
// actions take multipart/form-data or application/octet-stream: none that is emulated does.
func (r *Request) CheckContentType() error {
	if r.Method == http.MethodGet || r.Scheme == V1 || r.media == "application/json" {
		return nil
	}
	return badContentType(r.media)
}
