package api

import "errors"

// Aside is where slow work of a call is done: outside of its transaction, so that nobody waits for it who writes to the
// same account. The transaction that needs it ends without a trace, and is run again once the work is done.
type Aside struct {
	work   func() (any, error)
	result any
	err    error
	done   bool
}

// errAside ends a transaction that needs work to be done first; the caller never sees it.
var errAside = errors.New("work to be done aside")

// Do does the work for want of which a transaction ended with err, and says whether that was so.
func (a *Aside) Do(err error) (again bool) {
	if !errors.Is(err, errAside) {
		return false
	}
	a.result, a.err = a.work()
	a.done = true
	return true
}

// DoAside is what work yields. An action asks for it at most once, when nothing is left that could refuse the request
// and before it draws an id, and returns the error as it is. Where nobody does work aside it is done on the spot.
func DoAside[T any](c *Call, work func() (T, error)) (T, error) {
	if c.Aside == nil {
		return work()
	}
	if !c.Aside.done {
		c.Aside.work = func() (any, error) { return work() }
		var nothing T
		return nothing, errAside
	}
	return c.Aside.result.(T), c.Aside.err
}
