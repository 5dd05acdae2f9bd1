// Package api is what a product's service and the gateway agree on: services, actions, calls, and how a Describe finds rows.
package api

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/wire"
)

// Service is one product: its name in the endpoint, its API version, its actions.
type Service struct {
	Name, Version string
	Global        bool     // its rows belong to no region
	NoRegion      []string // actions that can be called without a region
	Everywhere    []string // actions that are there in regions without a zone, too, and have codes of their own for that
	Tokens        TokenCodes
	Actions       []Action
}

// Regionless says whether an action is answered the same whatever the region, which may then be left out.
func (s *Service) Regionless(action string) bool {
	return s.Global || slices.Contains(s.NoRegion, action)
}

// AnswersEverywhere says whether an action is there even in regions that have no zone.
func (s *Service) AnswersEverywhere(action string) bool { return slices.Contains(s.Everywhere, action) }

// Action is one operation, named as on the wire.
type Action struct {
	Name   string
	Writes bool

	ownDryRun bool // DryRun is a parameter like others

	run    func(c *Call, r *wire.Request) (any, error)
	replay func(stored []byte) (any, error)
}

// Read declares an action that changes nothing.
func Read[In, Out any](f func(*Call, *In) (*Out, error)) Action { return action(f, false) }

// Write declares an action that may change state.
func Write[In, Out any](f func(*Call, *In) (*Out, error)) Action { return action(f, true) }

// WithOwnDryRun makes DryRun a parameter that the action itself reads, for one whose answer then says what would be.
func (a Action) WithOwnDryRun() Action {
	a.ownDryRun = true
	return a
}

// Within puts checks around an action: before refuses it whatever it asks, after refuses what it would else have done,
// which is then undone.
func (a Action) Within(before, after func(*Call) error) Action {
	run := a.run
	a.run = func(c *Call, r *wire.Request) (any, error) {
		if err := before(c); err != nil {
			return nil, err
		}
		out, err := run(c, r)
		if err == nil {
			err = after(c)
		}
		if err != nil {
			return nil, err
		}
		return out, nil
	}
	return a
}

// action takes the name from the SDK's own type: DescribeVpcsRequestParams is DescribeVpcs.
func action[In, Out any](f func(*Call, *In) (*Out, error), writes bool) Action {
	name := strings.TrimSuffix(reflect.TypeFor[In]().Name(), "RequestParams")
	if out := reflect.TypeFor[Out]().Name(); !strings.EqualFold(out, name+"ResponseParams") {
		panic("api: " + name + " answers " + out)
	}
	run := func(c *Call, r *wire.Request) (any, error) {
		in := new(In)
		if err := r.Decode(in); err != nil {
			return nil, err
		}
		out, err := f(c, in)
		if err != nil {
			return nil, err
		}
		return out, nil
	}
	replay := func(stored []byte) (any, error) {
		out := new(Out)
		return out, json.Unmarshal(stored, out)
	}
	return Action{Name: name, Writes: writes, run: run, replay: replay}
}

// JSON is the wire form of a part of an answer, to be kept and spliced into many answers.
func JSON(v any) json.RawMessage { return wire.Append(nil, v) }
