package trace

import (
	"bytes"
	"encoding/json"
	"time"
)

// wireRecord is a Record as the control plane and the trace file show it.
type wireRecord struct {
	RequestID    string          `json:"requestId"`
	Time         time.Time       `json:"time"`
	DurationMs   float64         `json:"durationMs"`
	Remote       string          `json:"remote,omitempty"`
	Client       string          `json:"client,omitempty"`
	SecretID     string          `json:"secretId,omitempty"`
	Uin          string          `json:"uin,omitempty"`
	Product      string          `json:"product,omitempty"`
	Version      string          `json:"version,omitempty"`
	Action       string          `json:"action,omitempty"`
	Region       string          `json:"region,omitempty"`
	TraceID      string          `json:"traceId,omitempty"`
	Method       string          `json:"method,omitempty"`
	Host         string          `json:"host,omitempty"`
	Params       json.RawMessage `json:"params,omitempty"`
	ParamsSize   int             `json:"paramsSize,omitempty"`
	Response     json.RawMessage `json:"response,omitempty"`
	ResponseSize int             `json:"responseSize,omitempty"`
	Passed       []string        `json:"passed"`
	Failed       string          `json:"failed,omitempty"`
	Code         string          `json:"code,omitempty"`
	Message      string          `json:"message,omitempty"`
	Evidence     json.RawMessage `json:"evidence,omitempty"`
	Cause        string          `json:"cause,omitempty"`
	Stack        string          `json:"stack,omitempty"`
}

// MarshalJSON shows the record with its parameters and response as JSON where they are JSON, else as text.
// The duration is in milliseconds.
func (r *Record) MarshalJSON() ([]byte, error) {
	w := wireRecord{
		RequestID: r.RequestID, Time: r.Time, DurationMs: float64(r.Duration.Microseconds()) / 1000,
		Remote: r.Remote, Client: r.Client, SecretID: r.SecretID, Uin: r.Uin,
		Product: r.Product, Version: r.Version, Action: r.Action, Region: r.Region, TraceID: r.TraceID,
		Method: r.Method, Host: r.Host,
		Params: embed(r.Params), ParamsSize: r.ParamsSize, Response: embed(r.Response), ResponseSize: r.ResponseSize,
		Passed: r.Passed, Failed: r.Failed, Code: r.Code, Message: r.Message, Cause: r.Cause, Stack: r.Stack,
	}
	if w.Passed == nil {
		w.Passed = []string{}
	}
	if r.Evidence != nil {
		w.Evidence = evidenceJSON(r.Evidence)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(w)
	return b.Bytes(), err
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Record) UnmarshalJSON(b []byte) error {
	var w wireRecord
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*r = Record{
		RequestID: w.RequestID, Time: w.Time, Duration: time.Duration(w.DurationMs * float64(time.Millisecond)),
		Remote: w.Remote, Client: w.Client, SecretID: w.SecretID, Uin: w.Uin,
		Product: w.Product, Version: w.Version, Action: w.Action, Region: w.Region, TraceID: w.TraceID,
		Method: w.Method, Host: w.Host,
		Params: unembed(w.Params), ParamsSize: w.ParamsSize, Response: unembed(w.Response), ResponseSize: w.ResponseSize,
		Passed: w.Passed, Failed: w.Failed, Code: w.Code, Message: w.Message, Cause: w.Cause, Stack: w.Stack,
	}
	if w.Evidence != nil {
		r.Evidence = w.Evidence
	}
	return nil
}

// embed makes a body part of a JSON text: an object or list as it is, anything else as a string.
func embed(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	if start := bytes.TrimLeft(body, " \t\r\n"); len(start) > 0 && (start[0] == '{' || start[0] == '[') && json.Valid(body) {
		return body
	}
	return json.RawMessage(quote(string(body)))
}

func unembed(raw json.RawMessage) []byte {
	if len(raw) > 0 && raw[0] == '"' {
		return []byte(unquote(raw))
	}
	return raw
}
