// Package trace remembers what was asked and why it was refused: a RequestId is a promise that it can say.
package trace

import "time"

// Record is one request's story. Its maker fills it and hands it over once; nobody changes it after that.
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
	Params   []byte // body or query as it arrived; secrets are masked when shown
	Response []byte // the envelope as sent

	Passed []string // the checks that let it through, in order
	Failed string   // the check that refused it; "" for a success
	Code   string
	Message string

	Evidence any    // what the failed check compared, such as the canonical requests of a bad signature
	Cause    string // of an InternalError: what went wrong in us
	Stack    string // of an InternalError, and only here
}
