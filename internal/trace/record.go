// Package trace remembers what was asked and why it was refused: a RequestId is a promise that it can say.
package trace

import "time"

// Record is one request's story. Its maker fills it and shows it to a Log, which copies what it keeps: the maker may
// use the Record and its bytes again. A Record that came out of a Log is the reader's own, and its secrets are masked.
type Record struct {
	RequestID string
	Time      time.Time
	Duration  time.Duration
	Remote    string // the client's address
	Client    string // SDK_GO_1.3.210
	SecretID  string
	Uin       string
	Product   string
	Version   string
	Action    string
	Region    string
	TraceID   string

	Method   string
	Host     string
	Params   []byte // body or query as it arrived; a Log keeps its beginning
	Response []byte // the envelope as sent; a Log keeps its beginning

	ParamsSize, ResponseSize int // bytes before a Log cut them; set by the Log

	Passed  []string // the checks that let it through, in order
	Failed  string   // the check that refused it; "" for a success
	Code    string
	Message string

	Evidence any    // JSON-friendly: what the failed check compared, such as the canonical requests of a bad signature
	Cause    string // of an InternalError: what went wrong in us
	Stack    string // of an InternalError, and only here
}

// Refused says whether the call was answered with an error.
func (r *Record) Refused() bool { return r.Code != "" }
