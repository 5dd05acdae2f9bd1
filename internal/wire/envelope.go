package wire

import (
	"bytes"
	"net/http"
	"reflect"
	"strconv"
	"unsafe"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// Envelope is the whole response: {"Response":{…,"RequestId":…}}. Result is a pointer to an SDK's response struct,
// whose own RequestId does not count and whose nil lists are [], or nil; err, if any, goes before it.
func Envelope(requestID string, result any, err *tcerr.Error, l tcerr.Language) []byte {
	return AppendEnvelope(nil, requestID, result, err, l)
}

// AppendEnvelope is Envelope in b, which must be empty: memory for many answers, one after the other.
func AppendEnvelope(b []byte, requestID string, result any, err *tcerr.Error, l tcerr.Language) []byte {
	b = append(b, opening...)
	if err != nil {
		return seal(appendError(b, err, l), requestID)
	}
	if result == nil {
		return seal(b, requestID)
	}
	form, p := view(result)
	if form.kind != reflect.Struct || p == nil {
		return seal(appendForeign(b, form.append(nil, p)), requestID)
	}
	return seal(form.appendTop(b, p), requestID)
}

// opening is what every envelope starts with. The first of its members brings a comma, which seal makes its brace.
const opening = `{"Response":`

// seal adds the RequestId to an envelope's members and closes it.
func seal(b []byte, requestID string) []byte {
	b = append(b, `,"RequestId":`...)
	b = appendString(b, requestID)
	b[len(opening)] = '{'
	return append(b, '}', '}')
}

func appendError(b []byte, err *tcerr.Error, l tcerr.Language) []byte {
	b = append(b, `,"Error":{"Code":`...)
	b = appendString(b, err.Code)
	b = append(b, `,"Message":`...)
	b = appendString(b, err.Message(l))
	return append(b, '}')
}

// appendTop writes the members of a response, a comma before each.
func (l *layout) appendTop(b []byte, p unsafe.Pointer) []byte {
	for i := range l.fields {
		f := &l.fields[i]
		if f.name == "RequestId" {
			continue
		}
		b = append(b, f.key...)
		q := unsafe.Add(p, f.offset)
		if f.kind == reflect.Slice && !f.raw && *(*unsafe.Pointer)(q) == nil {
			b = append(b, '[', ']')
		} else {
			b = f.append(b, q)
		}
	}
	return b
}

// appendForeign takes what is not an SDK struct: the members of an object stay, anything else is no answer and is left out.
func appendForeign(b, made []byte) []byte {
	made = bytes.TrimSpace(made)
	if len(made) > 2 && made[0] == '{' {
		b = append(b, ',')
		b = append(b, made[1:len(made)-1]...)
	}
	return b
}

// Write sends an envelope. The status is 200 for errors, too, and the Content-Type bare: clients take anything else
// for a broken network, or an error for a success. traceID is the caller's X-TC-TraceId, "" if none was sent.
func Write(w http.ResponseWriter, envelope []byte, traceID string) {
	h := w.Header()
	h["Content-Type"] = []string{"application/json"}
	h["Content-Length"] = []string{strconv.Itoa(len(envelope))}
	if traceID != "" {
		h["X-Tc-Traceid"] = []string{traceID}
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(envelope) // a client that has gone needs no answer
}
