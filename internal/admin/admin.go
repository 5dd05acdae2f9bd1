// Package admin is the caretaker's door, /_tengyun/: health, traces, limits, metrics, reset and clock of a running emulator.
//
// It opens to clients on this machine alone unless told otherwise, and never to a web page of another origin.
// Answers are JSON; a refusal is {"error":"…"} with a status that fits.
package admin

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/trace"
)

// Prefix is where the control plane lives. No product or path of the cloud begins so.
const Prefix = "/_tengyun/"

// Control is what the control plane may look at and change. Traces, Metrics, Rates and Clock are required; a nil func is
// a thing that this emulator cannot do.
type Control struct {
	Traces  *trace.Log
	Metrics *Metrics
	Rates   *quota.Rates
	Clock   clock.Clock

	Info      func() Info
	Ready     func() error                                         // nil: always
	Reset     func() error                                         // forget all state
	Advance   func(time.Duration) error                            // move the clock forward
	Quotas    func() map[string]map[quota.Limit]int                // that differ, by account; "" is every account without its own
	SetQuotas func(account string, some map[quota.Limit]int) error // those named; the others stay
	Stock     func() []offer.Word
	SetStock  func([]offer.Word) // those named; the others stay

	Standings    func() account.Standings      // of accounts that do not stand well
	SetStandings func(account.Standings) error // those named; the others stay

	Instance func(id string) (cvm.Condition, error)
	Act      func(id string, d cvm.Deed) error // of the cloud's own people to an instance

	Any bool // answer clients of other machines, too; credentials are still told to this machine alone
}

// Info is what a client needs to use the emulator, and its user to know it by.
type Info struct {
	Version   string    `json:"version"`
	StartedAt time.Time `json:"startedAt"`
	Endpoint  string    `json:"endpoint"` // "http://127.0.0.1:8030"
	Proxy     string    `json:"proxy"`    // the same; for HTTP_PROXY and HTTPS_PROXY
	Region    string    `json:"region"`
	SecretID  string    `json:"secretId,omitempty"`
	SecretKey string    `json:"secretKey,omitempty"`
	Uin       string    `json:"uin"`
	AppID     uint64    `json:"appId"`
	CAFile    string    `json:"caFile,omitempty"` // certificate that TLS through the proxy is signed by
	Data      string    `json:"data,omitempty"`   // "" for a state in memory
	Speed     float64   `json:"speed"`
}

// Handler serves everything below Prefix.
func (c *Control) Handler() http.Handler {
	mux := http.NewServeMux()
	routes := c.routes()
	for path, m := range routes {
		mux.Handle(Prefix+path, m)
	}
	mux.Handle(Prefix+"{$}", methods{http.MethodGet: index(routes)})
	mux.HandleFunc(Prefix, func(w http.ResponseWriter, r *http.Request) {
		refuse(w, http.StatusNotFound, "nothing is here; GET "+Prefix+" lists what there is")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why := c.stranger(r); why != "" {
			refuse(w, http.StatusForbidden, why)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (c *Control) routes() map[string]methods {
	return map[string]methods{
		"instances/{id}": {http.MethodGet: c.instance, http.MethodPost: c.act},

		"health":       {http.MethodGet: c.health},
		"ready":        {http.MethodGet: c.ready},
		"info":         {http.MethodGet: c.info},
		"metrics":      {http.MethodGet: c.Metrics.handler().ServeHTTP},
		"reset":        {http.MethodPost: c.reset},
		"trace":        {http.MethodGet: c.traces},
		"trace/stream": {http.MethodGet: c.stream},
		"trace/{id}":   {http.MethodGet: c.trace},
		"limits":       {http.MethodGet: c.limits, http.MethodPut: c.setLimits},
		"stock":        {http.MethodGet: c.stock, http.MethodPut: c.setStock},
		"standing":     {http.MethodGet: c.standings, http.MethodPut: c.setStandings},
		"clock":        {http.MethodGet: c.time, http.MethodPost: c.advance},
	}
}

// index lists the routes with their methods.
func index(routes map[string]methods) http.HandlerFunc {
	var lines []string
	for path, m := range routes {
		lines = append(lines, Prefix+path+" "+m.allowed())
	}
	slices.Sort(lines)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(strings.Join(lines, "\n") + "\n"))
	}
}

func (c *Control) health(w http.ResponseWriter, r *http.Request) {
	answer(w, map[string]string{"status": "ok"})
}

func (c *Control) ready(w http.ResponseWriter, r *http.Request) {
	if c.Ready != nil {
		if err := c.Ready(); err != nil {
			refuse(w, http.StatusServiceUnavailable, err.Error())
			return
		}
	}
	answer(w, map[string]string{"status": "ready"})
}

func (c *Control) info(w http.ResponseWriter, r *http.Request) {
	if c.Info == nil {
		refuse(w, http.StatusNotImplemented, "this emulator tells nothing of itself")
		return
	}
	info := c.Info()
	if !onThisMachine(r) {
		info.SecretID, info.SecretKey = "", ""
	}
	answer(w, info)
}

func (c *Control) reset(w http.ResponseWriter, r *http.Request) {
	if c.Reset == nil {
		refuse(w, http.StatusNotImplemented, "this emulator cannot be reset")
		return
	}
	if err := c.Reset(); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	answer(w, map[string]bool{"reset": true})
}
