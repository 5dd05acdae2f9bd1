// Package gateway is the hallway: every request walks through it once, from bytes to bytes.
package gateway

import (
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/sign"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/trace"
	"github.com/tengyun/tengyun/internal/wire"
)

// Gateway answers the API for a set of services. Its fields are set once, before the first request.
type Gateway struct {
	Clock    clock.Clock
	Store    *state.Store
	Keys     account.Keys
	Signer   *sign.Checker
	IDs      *ids.Source
	Rates    *quota.Rates // nil: no limits
	Settings *api.Settings
	Traces   *trace.Log
	Observe  func(*trace.Record) // told of every request once it is answered; nil for nobody

	services map[string]*api.Service // by product
	actions  map[actionKey]*api.Action

	unread    wire.Request // what a visit has before its request is read
	envelopes sync.Pool    // of *[]byte
}

type actionKey struct{ product, version, action string }

// Serve adds the services that the gateway answers for.
func (g *Gateway) Serve(services ...api.Service) {
	g.services = map[string]*api.Service{}
	g.actions = map[actionKey]*api.Action{}
	for i := range services {
		s := &services[i]
		g.services[s.Name] = s
		for j := range s.Actions {
			g.actions[actionKey{s.Name, s.Version, s.Actions[j].Name}] = &s.Actions[j]
		}
	}
}

// ServeHTTP lets in a stranger, who must prove who he is. The status is 200 whatever the answer.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := g.enter()
	result, err := g.guard(v, func() (any, error) { return g.serve(v, r) })
	b := g.memory()
	*b = g.leave((*b)[:0], v, result, err)
	wire.Write(w, *b, v.req.TraceID)
	if cap(*b) <= maxKept {
		g.envelopes.Put(b)
	}
}

// maxKept is up to which size the memory of an envelope is used again: a page of a hundred instances.
const maxKept = 256 << 10

// memory is where the next envelope may be written.
func (g *Gateway) memory() *[]byte {
	if b, ok := g.envelopes.Get().(*[]byte); ok {
		return b
	}
	return new([]byte)
}

// Do answers a caller whom the house knows: its own console, commands and scenarios enter here.
func (g *Gateway) Do(caller account.Caller, req *wire.Request) []byte {
	v := g.enter()
	v.req, v.caller = req, caller
	result, err := g.guard(v, func() (any, error) {
		if err := g.find(v); err != nil {
			return nil, err
		}
		return g.run(v)
	})
	return g.leave(nil, v, result, err)
}

// visit is one request on its way through the hallway.
type visit struct {
	id     string // RequestId
	now    time.Time
	began  time.Time // by the machine's clock, for the duration
	req    *wire.Request
	action *catalog.Action
	caller account.Caller
	step   step // the check under way
	record trace.Record
}

func (g *Gateway) enter() *visit {
	return &visit{
		id: g.IDs.UUID(), now: g.Clock.Now(), began: clock.Real{}.Now(),
		req: &g.unread,
	}
}

// guard turns a panic in the house into an InternalError whose stack stands in the trace and nowhere else.
func (g *Gateway) guard(v *visit, walk func() (any, error)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			v.record.Stack = string(debug.Stack())
			result, err = nil, panicked{p}
		}
	}()
	return walk()
}

// leave makes the envelope in b and tells the story of the visit.
func (g *Gateway) leave(b []byte, v *visit, result any, err error) []byte {
	var refusal *tcerr.Error
	if err != nil {
		if refusal = tcerr.Of(err); refusal == nil {
			v.record.Cause = err.Error()
			refusal = internalError(v.id)
		}
	}
	envelope := wire.AppendEnvelope(b, v.id, result, refusal, v.req.Language)
	g.tell(v, refusal, envelope)
	return envelope
}
