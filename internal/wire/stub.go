package wire

import (
	"net/http"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

type value any

// Read takes a request apart: method, size, scheme, syntax, common parameters, in the order in which the cloud refuses.
// The Request is never nil: what could be read of a refused request is in it.
func Read(r *http.Request) (*Request, error) { panic("wire") }

// Check holds the parameters against what the action takes: unknown, then type, then missing, nested paths included.
func (r *Request) Check(in *catalog.Shape) error { panic("wire") }

// Decode fills into, a pointer to the SDK's parameter struct, from checked parameters.
func (r *Request) Decode(into any) error { panic("wire") }

// Envelope is the whole response: {"Response":{…,"RequestId":…}}.
func Envelope(requestID string, result any, err *tcerr.Error, l tcerr.Language) []byte { panic("wire") }

// Append appends the wire JSON of v, in which a nil pointer or nested nil list is null.
func Append(b []byte, v any) []byte { panic("wire") }
