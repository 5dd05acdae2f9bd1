package trace

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"
)

// How many bytes of a record are kept. The parts of the largest record fit in one segment together.
const (
	segmentBytes  = 256 << 10
	keptOfSuccess = 2 << 10 // of parameters, and of the response
	keptOfFailure = 64 << 10
	keptOfStack   = 16 << 10
	keptOfText    = 2 << 10
	keptOfPassed  = 64 // checks
	keptOfCheck   = 64
)

// entry is a record about to be kept.
type entry struct {
	*Record
	limit    int
	evidence []byte // JSON, or nothing
}

// texts are the fields that are stored alike, in the order in which they are stored.
func (r *Record) texts() [15]*string {
	return [...]*string{
		&r.RequestID, &r.Remote, &r.Client, &r.SecretID, &r.Uin, &r.Product, &r.Version, &r.Action,
		&r.Region, &r.TraceID, &r.Method, &r.Host, &r.Failed, &r.Code, &r.Message,
	}
}

// maxSize is at least what append adds.
func (e *entry) maxSize() int {
	const number = binary.MaxVarintLen64
	n := 6 * number
	for _, t := range e.texts() {
		n += number + min(len(*t), keptOfText)
	}
	for _, p := range e.passed() {
		n += number + min(len(p), keptOfCheck)
	}
	n += number + min(len(e.Cause), keptOfText) + number + min(len(e.Stack), keptOfStack)
	return n + 3*number + min(len(e.Params), e.limit) + min(len(e.Response), e.limit) + len(e.evidence)
}

func (e *entry) passed() []string { return e.Passed[:min(len(e.Passed), keptOfPassed)] }

// append adds the stored form, which decode reads.
func (e *entry) append(b []byte) []byte {
	b = binary.AppendVarint(b, e.Time.UnixNano())
	b = binary.AppendVarint(b, int64(e.Duration))
	b = binary.AppendUvarint(b, uint64(len(e.Params)))
	b = binary.AppendUvarint(b, uint64(len(e.Response)))
	for _, t := range e.texts() {
		b = appendText(b, *t, keptOfText)
	}
	b = binary.AppendUvarint(b, uint64(len(e.passed())))
	for _, p := range e.passed() {
		b = appendText(b, p, keptOfCheck)
	}
	b = appendText(b, e.Cause, keptOfText)
	b = appendText(b, e.Stack, keptOfStack)
	b = appendText(b, e.Params, e.limit)
	b = appendText(b, e.Response, e.limit)
	return appendText(b, e.evidence, len(e.evidence))
}

func appendText[T string | []byte](b []byte, s T, limit int) []byte {
	s = s[:min(len(s), limit)]
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// copy is what a reader of the stream sees: as much as is kept, masked.
func (e *entry) copy() *Record { return masked(decode(e.append(make([]byte, 0, e.maxSize())))) }

// decoder reads the stored form front to back.
type decoder struct{ rest []byte }

func (d *decoder) varint() int64 {
	n, size := binary.Varint(d.rest)
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) uvarint() int {
	n, size := binary.Uvarint(d.rest)
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) bytes() []byte {
	n := d.uvarint()
	b := d.rest[:n:n]
	d.rest = d.rest[n:]
	return b
}

// decode reads what append wrote. The record shares b.
func decode(b []byte) *Record {
	d := decoder{b}
	r := &Record{
		Time:       time.Unix(0, d.varint()).UTC(),
		Duration:   time.Duration(d.varint()),
		ParamsSize: d.uvarint(), ResponseSize: d.uvarint(),
	}
	for _, t := range r.texts() {
		*t = string(d.bytes())
	}
	for range d.uvarint() {
		r.Passed = append(r.Passed, string(d.bytes()))
	}
	r.Cause, r.Stack = string(d.bytes()), string(d.bytes())
	r.Params, r.Response = d.bytes(), d.bytes()
	if evidence := d.bytes(); len(evidence) > 0 {
		r.Evidence = json.RawMessage(evidence)
	}
	return r
}

// evidenceJSON is v as JSON of bounded size. Only refusals pay for it.
func evidenceJSON(v any) []byte {
	if v == nil {
		return nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		b, _ = json.Marshal(fmt.Sprintf("%+v", v))
	}
	if len(b) > keptOfFailure {
		b = shorten(b)
	}
	return b
}

// shorten cuts the long strings of a JSON text that is too large: the ends of a canonical request tell more than nothing.
func shorten(b []byte) []byte {
	const keep = 4 << 10
	short := rewriteStrings(b, func(s string) string {
		if len(s) <= keep {
			return s
		}
		return fmt.Sprintf("%s\n… %d bytes left out …\n%s", s[:keep/2], len(s)-keep, s[len(s)-keep/2:])
	})
	if len(short) <= keptOfFailure {
		return short
	}
	b, _ = json.Marshal(fmt.Sprintf("%d bytes of evidence: too much to keep", len(b)))
	return b
}

// tailLength is how much of a RequestId the cloud puts into some of its messages: the last twelve digits.
const tailLength = 12

func lastOf(id string) string { return id[max(0, len(id)-tailLength):] }

// tailOf is a number made from the last twelve characters of an id, whatever their case (FNV-1a).
func tailOf(id string) uint64 {
	h := uint64(14695981039346656037)
	id = lastOf(id)
	for i := range len(id) {
		h = (h ^ uint64(id[i]|0x20)) * 1099511628211
	}
	return h
}
