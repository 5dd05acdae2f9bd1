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
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/sign"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/trace"
	"github.com/tengyun/tengyun/internal/wire"
)

// Gateway answers the API for a set of services. Its fields are set once, before the first request.
type Gateway struct {
	Clock    clock.Clock
	Dates    clock.Clock // by which callers date their requests; nil: Clock
	Store    *state.Store
	Keys     account.Keys
	Signer   *sign.Checker
	IDs      *ids.Source
	Rates    *quota.Rates // nil: no limits
	Settings *api.Settings
	Traces   *trace.Log
	Observe  func(*trace.Record) // told of every request once it is answered, for this moment only; nil for nobody

	services map[string]*api.Service // by product
	actions  map[actionKey]*api.Action

	visits sync.Pool // of *visit: their memory is used again
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
	wire.Write(w, g.leave(v, result, err), v.req.TraceID)
	g.forget(v)
}

// Do answers a caller whom the house knows: its own console, commands and scenarios enter here.
func (g *Gateway) Do(caller account.Caller, req *wire.Request) []byte {
	v := g.enter()
	v.req, v.caller = req, caller
	result, err := g.guard(v, func() (any, error) {
		if err := v.checkHost(); err != nil {
			return nil, err
		}
		if err := g.find(v); err != nil {
			return nil, err
		}
		return g.run(v)
	})
	return g.leave(v, result, err)
}

// visit is one request on its way through the hallway.
type visit struct {
	id      string // RequestId
	now     time.Time
	began   time.Time // by the machine's clock, for the duration
	req     *wire.Request
	at      region.Endpoint
	product *catalog.Product // that the host names; nil for none
	action  *catalog.Action
	caller  account.Caller
	step    step // the check under way
	call    api.Call
	aside   api.Aside
	result  any // of the action
	record  trace.Record

	own      wire.Request // for req to point to
	envelope []byte
}

func (g *Gateway) enter() *visit {
	v, ok := g.visits.Get().(*visit)
	if !ok {
		v = new(visit)
	}
	v.id, v.now, v.began, v.req = g.IDs.UUID(), g.Clock.Now(), clock.Real{}.Now(), &v.own
	return v
}

// maxKept is up to which size the memory of an envelope is kept: a page of a hundred instances.
const maxKept = 256 << 10

// forget gives a visit's memory to the next one. Nobody may know anything of it any more but what he has copied.
func (g *Gateway) forget(v *visit) {
	if cap(v.envelope) <= maxKept {
		*v = visit{envelope: v.envelope[:0]}
		g.visits.Put(v)
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

// leave makes the envelope and tells the story of the visit.
func (g *Gateway) leave(v *visit, result any, err error) []byte {
	var refusal *tcerr.Error
	if err != nil {
		if refusal = tcerr.Of(err); refusal == nil {
			v.record.Cause = err.Error()
			refusal = internalError(v.id)
		}
	}
	v.envelope = wire.AppendEnvelope(v.envelope, v.id, result, refusal, v.req.Language)
	g.tell(v, refusal)
	return v.envelope
}
