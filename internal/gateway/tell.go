package gateway

import (
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// tell completes the record of a visit and hands it over.
func (g *Gateway) tell(v *visit, refusal *tcerr.Error) {
	rec, req := &v.record, v.req
	rec.RequestID, rec.Time, rec.Duration = v.id, v.now, clock.Real{}.Now().Sub(v.began)
	rec.Remote, rec.Client, rec.TraceID, rec.Uin = req.Remote, req.Client, req.TraceID, v.caller.Uin
	rec.Version, rec.Action, rec.Region = req.Version, req.Action, req.Region
	if v.action != nil {
		rec.Product = v.action.Product
	}
	rec.Method, rec.Host, rec.Params, rec.Response = req.Method, req.Host, req.Body, v.envelope
	if len(req.Body) == 0 {
		rec.Params = []byte(req.RawQuery)
	}
	rec.Passed = stepNames[:]
	if refusal != nil {
		rec.Passed = stepNames[:v.step]
		rec.Failed, rec.Code, rec.Message = stepNames[v.step], refusal.Code, refusal.Message(tcerr.English)
	}
	if g.Traces != nil {
		g.Traces.Add(rec)
	}
	if g.Observe != nil {
		g.Observe(rec)
	}
}
