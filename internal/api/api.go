// Package api is what a product's service and the gateway agree on: services, actions, calls.
package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// Service is one product: its name in the endpoint, its API version, its actions.
type Service struct {
	Name, Version string
	Global        bool // its rows belong to no region
	Actions       []Action
}

// Action is one operation, named as on the wire.
type Action struct {
	Name   string
	Writes bool
	Run    func(c *Call, r *wire.Request) (result any, err error)
}

// Call is one request on its way through an action: the caller's own rows, frozen at the instant of the call.
type Call struct {
	*state.Tx
	Caller    account.Caller
	RequestID string
	Language  tcerr.Language
	IDs       *ids.Source
	Settings  *Settings
}

// Settings is what an emulator's owner decided, the same for every call.
type Settings struct {
	Speed  float64 // how many real seconds of a lifecycle pass in one of ours; 0 means that all is done at once
	Quotas func(c *Call, l quota.Limit) int
}

// After is the instant at which something that takes d in the cloud is done here.
func (c *Call) After(d time.Duration) time.Time {
	if c.Settings.Speed == 0 {
		return c.Now
	}
	return c.Now.Add(time.Duration(float64(d) / c.Settings.Speed))
}

// Quota is how many of something the caller's account may have.
func (c *Call) Quota(l quota.Limit) int {
	if c.Settings.Quotas == nil {
		return l.Default()
	}
	return c.Settings.Quotas(c, l)
}

// NewID draws an id for a new resource: "ins-1a2b3c4d" for "ins".
func (c *Call) NewID(prefix string) string { return c.IDs.Resource(prefix) }

// JSON is the wire form of a part of an answer, to be kept and spliced into many answers.
func JSON(v any) json.RawMessage { return wire.Append(nil, v) }

// Read declares an action that changes nothing.
func Read[In, Out any](f func(*Call, *In) (*Out, error)) Action { return action(f, false) }

// Write declares an action that may change state.
func Write[In, Out any](f func(*Call, *In) (*Out, error)) Action { return action(f, true) }

// action takes the name from the SDK's own type: DescribeVpcsRequestParams is DescribeVpcs.
func action[In, Out any](f func(*Call, *In) (*Out, error), writes bool) Action {
	name := strings.TrimSuffix(reflect.TypeFor[In]().Name(), "RequestParams")
	if out := reflect.TypeFor[Out]().Name(); !strings.EqualFold(out, name+"ResponseParams") {
		panic("api: " + name + " answers " + out)
	}
	return Action{Name: name, Writes: writes, Run: func(c *Call, r *wire.Request) (any, error) {
		in := new(In)
		if err := r.Decode(in); err != nil {
			return nil, err
		}
		out, err := f(c, in)
		if err != nil {
			return nil, err
		}
		return out, nil
	}}
}
