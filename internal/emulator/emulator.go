// Package emulator assembles the house: one store, one clock, one gateway, the list of services.
package emulator

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/gateway"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/sign"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
	"github.com/tengyun/tengyun/internal/trace"
)

// Options is what the owner of an emulator decides. Keys are required; the rest of the zero value is an emulator in
// memory in which every lifecycle is over at once.
type Options struct {
	Keys     []account.Key
	Clock    clock.Clock // nil: the machine's, which Advance moves ahead
	Data     string      // directory of what outlives the process; "" keeps all in memory
	Speed    float64     // seconds of the cloud's time that pass in one of ours; 0 means at once
	Seed     uint64      // of ids, together with what Data already keeps; 0 draws one
	Rates    quota.Rules
	Quotas   map[quota.Limit]int // instead of an ordinary account's
	Stock    []offer.Word        // of what is not there in plenty
	Trace    trace.Options
	AdminAny bool         // the control plane answers other machines, too
	Log      *slog.Logger // hears of our own faults, and at debug level of every request; nil: nobody does
	Detector bool         // for tests: a stored row that anyone changes panics
}

// Emulator is a cloud that answers whoever hands it requests. It does not listen.
type Emulator struct {
	Gateway *gateway.Gateway
	Store   *state.Store
	Traces  *trace.Log
	Rates   *quota.Rates

	clock     clock.Clock
	moving    sync.Mutex // held by who moves the clock
	control   *admin.Control
	quotas    atomic.Pointer[quotas]
	standings atomic.Pointer[account.Standings]
	stock     atomic.Pointer[offer.Stock]
	info      atomic.Pointer[admin.Info]
}

// Start makes an emulator of what its data directory has kept.
func Start(o Options) (*Emulator, error) {
	var dates clock.Clock // that callers go by
	if o.Clock == nil {
		o.Clock, dates = new(clock.Shifted), clock.Real{}
	}
	if o.Seed == 0 {
		o.Seed = ids.Seed()
	}
	if o.Log != nil {
		o.Trace.Fault = func(err error) { o.Log.Warn("requests are no longer written to the trace file", "error", err) }
	}
	traces, err := trace.Open(o.Trace)
	if err != nil {
		return nil, err
	}
	store, err := open(o)
	if err != nil {
		return nil, errors.Join(err, traces.Close())
	}
	e := &Emulator{Store: store, Traces: traces, Rates: new(quota.Rates), clock: o.Clock}
	if err := e.resume(); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	e.Rates.Set(o.Rates)
	e.quotas.Store(&quotas{everyone: o.Quotas})
	e.standings.Store(&account.Standings{})
	e.stock.Store(new(offer.Stock))
	e.SetStock(o.Stock)
	e.info.Store(new(admin.Info))
	metrics := admin.NewMetrics()
	e.control = &admin.Control{
		Traces: e.Traces, Metrics: metrics, Rates: e.Rates, Clock: o.Clock, Any: o.AdminAny,
		Info: func() admin.Info { return *e.info.Load() }, Reset: e.Reset, Quotas: e.Quotas, SetQuotas: e.SetQuotas,
		Stock: e.Stock, SetStock: e.SetStock, Standings: e.Standings, SetStandings: e.SetStandings,
		Instance: e.Instance, Act: e.Act, Advance: e.Advance,
	}
	e.Gateway = &gateway.Gateway{
		Clock: o.Clock, Dates: dates, Store: store, Keys: account.Ring(o.Keys), Signer: new(sign.Checker), IDs: ids.New(o.Seed, store.Commits()), Rates: e.Rates,
		Settings: &api.Settings{Speed: o.Speed, Quotas: e.quota, Stock: e.level, Standing: e.standing}, Traces: e.Traces, Observe: observer(metrics, o.Log),
	}
	e.Gateway.Serve(Services()...)
	return e, nil
}

// observer is told of every answered request.
func observer(m *admin.Metrics, log *slog.Logger) func(*trace.Record) {
	if log == nil {
		return m.Observe
	}
	write := admin.Log(log)
	return func(r *trace.Record) {
		m.Observe(r)
		write(r)
	}
}

func open(o Options) (*state.Store, error) {
	kept := journal.Journal(journal.Memory{})
	if o.Data != "" {
		file, err := journal.OpenFile(o.Data)
		if err != nil {
			return nil, err
		}
		kept = file
	}
	var options []state.Option
	if o.Detector {
		options = append(options, state.WithDetector())
	}
	store, err := state.Open(kept, options...)
	if err != nil {
		return nil, fmt.Errorf("read state: %w", err)
	}
	return store, nil
}

// Announce tells the control plane what to say of this emulator, once that is known.
func (e *Emulator) Announce(i admin.Info) { e.info.Store(&i) }

// Handler answers the API, and the control plane below /_tengyun/.
func (e *Emulator) Handler() http.Handler {
	control := e.control.Handler()
	cloud := e.control.Metrics.CountInFlight(e.Gateway)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, admin.Prefix) {
			control.ServeHTTP(w, r)
			return
		}
		cloud.ServeHTTP(w, r)
	})
}

// Close waits for what is under way and lets go of the data directory.
func (e *Emulator) Close() error {
	return errors.Join(e.Store.Close(), e.Traces.Close())
}
