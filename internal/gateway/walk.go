package gateway

import (
	"fmt"
	"net/http"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// step names a check. Their order is the order in which the cloud refuses.
type step uint8

const (
	stepReceive step = iota
	stepHost
	stepRead
	stepFind
	stepContentType
	stepSign
	stepRate
	stepRegion
	stepParameters
	stepEmulated
	stepRun
)

var stepNames = [...]string{
	"receive", "host", "read", "find", "content-type", "sign", "rate", "region", "parameters", "emulated", "run",
}

// serve is the walk of one request. Each line names the codes that it can answer.
func (g *Gateway) serve(v *visit, r *http.Request) (any, error) {
	if err := v.req.Receive(r); err != nil { // UnsupportedProtocol RequestSizeLimitExceeded InvalidRequest
		return nil, err
	}
	if err := v.checkHost(); err != nil { // NoSuchProduct
		return nil, err
	}
	v.step = stepRead
	if err := v.req.Parse(); err != nil { // UnsupportedProtocol InvalidParameter InvalidRequest MissingParameter InvalidParameterValue
		return nil, err
	}
	if err := g.find(v); err != nil { // NoSuchVersion InvalidAction
		return nil, err
	}
	v.step = stepContentType
	if err := v.req.CheckContentType(); err != nil { // UnsupportedProtocol
		return nil, err
	}
	v.step = stepSign
	if err := g.identify(v); err != nil { // AuthFailure.*
		return nil, err
	}
	return g.run(v)
}

// run is the rest of the walk, once it is known who asks for what.
func (g *Gateway) run(v *visit) (any, error) {
	v.step = stepRate
	if err := g.limit(v); err != nil { // RequestLimitExceeded
		return nil, err
	}
	v.step = stepRegion
	if err := g.checkRegion(v); err != nil { // MissingParameter InvalidParameterValue UnsupportedRegion
		return nil, err
	}
	v.step = stepParameters
	if err := v.req.Check(v.action.In); err != nil { // UnknownParameter InvalidParameter MissingParameter
		return nil, err
	}
	v.step = stepEmulated
	service, action, err := g.emulated(v) // UnsupportedOperation.NotEmulated
	if err != nil {
		return nil, err
	}
	v.step = stepRun
	return g.transact(v, service, action) // whatever the action answers
}

// find settles product, version and action.
func (g *Gateway) find(v *visit) error {
	v.step = stepFind
	product := v.product
	if product == nil {
		product = productOf(v.req)
	}
	version, ok := product.Version(v.req.Version)
	if !ok {
		return tcerr.New(tcerr.NoSuchVersion, "The specified api version=`%s` does not exist in service=`%s`.", v.req.Version, product.Name)
	}
	if v.action, ok = version.Action(v.req.Action); !ok {
		return tcerr.New(tcerr.InvalidAction, "The request action=`%s` is invalid or not found in service=`%s` and version=`%s`.",
			v.req.Action, product.Name, v.req.Version)
	}
	return nil
}

// identify checks who sent the request; the trace of a bad signature shows what was compared.
func (g *Gateway) identify(v *visit) error {
	dated := v.now
	if g.Dates != nil {
		dated = g.Dates.Now()
	}
	key, evidence, err := g.Signer.Check(v.req, g.Keys, dated)
	v.record.SecretID, v.caller = key.SecretID, key.Caller
	if err != nil {
		v.record.SecretID = claimedID(v.req)
	}
	if evidence != nil {
		v.record.Evidence = evidence
	}
	return err
}

// limit counts the request against its identity's rate for this action and ingress; a refused one counts, too.
func (g *Gateway) limit(v *visit) error {
	if g.Rates == nil {
		return nil
	}
	key := quota.Key{Uin: v.caller.Uin, Ingress: v.at.Ingress(), Product: v.action.Product, Action: v.action.Name}
	if count, ok := g.Rates.Take(key, v.action.Rate, v.now); !ok {
		return quota.Exceeded(count, g.Rates.Limit(key.Product, key.Action, v.action.Rate))
	}
	return nil
}

// checkRegion refuses a region that is none, and one in which the product is not or to which the host does not lead. Global
// products and the few actions that know no region ignore it. Which of the products that are not emulated do, nobody has
// written down: of them, no region is as good as any.
func (g *Gateway) checkRegion(v *visit) error {
	s, emulated := g.services[v.action.Product]
	if emulated && s.Regionless(v.action.Name) || !emulated && v.req.Region == "" {
		return nil
	}
	name, missing := "X-TC-Region", tcerr.MissingHeader
	if v.req.Scheme == wire.V1 {
		name, missing = "Region", tcerr.Missing
	}
	if v.req.Region == "" {
		return missing(name)
	}
	r, ok := region.Find(v.req.Region)
	switch {
	case !ok:
		return tcerr.BadValue(name)
	case emulated && (r.Bare() && !s.AnswersEverywhere(v.action.Name) || !v.at.Reaches(r)):
		return unsupportedRegion()
	}
	return nil
}

// Simulated: that a finance region and another region's host are refused by this code.
func unsupportedRegion() error {
	return tcerr.New(tcerr.UnsupportedRegion, "The action not support this region.").Zh("该接口不支持此地域访问。")
}

func (g *Gateway) emulated(v *visit) (*api.Service, *api.Action, error) {
	a := v.action
	if action, ok := g.actions[actionKey{a.Product, a.Version, a.Name}]; ok {
		return g.services[a.Product], action, nil
	}
	return nil, nil, notEmulated(a)
}

// notEmulated is our own code, so that nobody takes a gap of ours for an answer of the cloud.
func notEmulated(a *catalog.Action) error {
	return tcerr.New(tcerr.UnsupportedOperationNotEmulated, "The action `%s` of `%s` (%s) exists, but Tengyun does not emulate it yet.",
		a.Name, a.Product, a.Version).Zh("接口 `%s` 属于 `%s`（%s），腾云尚未模拟。")
}

// transact runs the action in one transaction over the caller's account.
func (g *Gateway) transact(v *visit, s *api.Service, a *api.Action) (any, error) {
	scope := state.Scope{Account: v.caller.OwnerUin, Region: v.req.Region}
	if s.Global {
		scope.Region = ""
	}
	v.call = api.Call{
		Caller: v.caller, Action: a.Name, RequestID: v.id, Language: v.req.Language, Asked: v.req.Region,
		IDs: g.IDs, Settings: g.Settings, Aside: &v.aside,
	}
	do := func(tx *state.Tx) (err error) {
		v.call.Tx = tx
		v.result, err = a.Do(&v.call, s, v.req)
		return err
	}
	run := g.Store.View
	if a.Writes {
		run = g.Store.Update
	}
	err := run(scope, v.now, do)
	for v.aside.Do(err) {
		err = run(scope, v.now, do)
	}
	if api.DryRan(err) {
		return struct{}{}, nil
	}
	return v.result, err
}

// panicked is a panic on its way to the caller as InternalError.
type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// internalError is worded as the cloud's backends do it, with the last twelve digits of the RequestId.
func internalError(requestID string) *tcerr.Error {
	return tcerr.New(tcerr.InternalError, "(%s)An internal error has occurred. Retry your request, but if the problem persists, "+
		"contact us with the RequestId: `tengyun trace` shows the cause.", requestID[len(requestID)-12:]).
		Zh("(%s)内部服务错误，请稍后重试。")
}
