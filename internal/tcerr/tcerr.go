// Package tcerr is the error a caller of the cloud sees: a code, a message in two languages, and nothing of Go.
package tcerr

import (
	"errors"
	"fmt"
)

// Language chooses the words of a message; the code never changes.
type Language string

// The languages that X-TC-Language accepts.
const (
	English Language = "en-US"
	Chinese Language = "zh-CN"
)

// Error becomes Response.Error on the wire.
type Error struct {
	Code string // dotted: "InvalidParameterValue.Malformed"

	english, chinese string
	args             []any
}

// New makes an Error with an English message. Code is a constant: one of this package's, or of the product's SDK package.
func New(code, english string, args ...any) *Error {
	return &Error{Code: code, english: english, args: args}
}

// Zh adds the Chinese words of the message. The format takes the same arguments in the same order.
func (e *Error) Zh(chinese string) *Error {
	e.chinese = chinese
	return e
}

// Message is the text in a language; English where no Chinese text is known.
func (e *Error) Message(l Language) string {
	if l == Chinese && e.chinese != "" {
		return fmt.Sprintf(e.chinese, e.args...)
	}
	return fmt.Sprintf(e.english, e.args...)
}

func (e *Error) Error() string { return e.Code + ": " + e.Message(English) }

// Of gives the Error that err carries. Any other error is the emulator's own fault and yields nil.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
