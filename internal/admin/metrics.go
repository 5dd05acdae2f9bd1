package admin

import (
	"net/http"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/tengyun/tengyun/internal/trace"
)

// Metrics counts what the gateway answers. Two emulators in one process count apart.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge

	mu     sync.RWMutex
	series map[seriesKey]series
}

// seriesKey is a set of label values; looking it up allocates nothing, unlike asking the vectors.
type seriesKey struct{ product, action, code string }

type series struct {
	count    prometheus.Counter
	duration prometheus.Observer
}

// NewMetrics makes a registry with the counters of requests and the figures of the Go runtime and process.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tengyun_requests_total",
			Help: "Requests answered. Code is Success, or the error's. What no product knows has the product and action unknown.",
		}, []string{"product", "action", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "tengyun_request_duration_seconds",
			Help:    "Time from a request's arrival to its answer.",
			Buckets: []float64{50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 100e-3, 1},
		}, []string{"product"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tengyun_requests_in_flight", Help: "Requests being answered at the moment.",
		}),
		series: map[seriesKey]series{},
	}
	m.registry.MustRegister(m.requests, m.duration, m.inFlight,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gauge adds a figure that is read when someone asks: name "tengyun_state_rows". It panics on a name that is taken.
func (m *Metrics) Gauge(name, help string, read func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read))
}

// Observe counts an answered request. A record without a product is of an action that the cloud does not have: it is
// counted, but not by its name, which a stranger chose.
func (m *Metrics) Observe(r *trace.Record) {
	key := seriesKey{r.Product, r.Action, r.Code}
	if key.product == "" {
		key.product, key.action = "unknown", "unknown"
	}
	if key.code == "" {
		key.code = "Success"
	}
	m.mu.RLock()
	s, ok := m.series[key]
	m.mu.RUnlock()
	if !ok {
		s = m.add(key)
	}
	s.count.Inc()
	s.duration.Observe(r.Duration.Seconds())
}

func (m *Metrics) add(key seriesKey) series {
	// The strings may be pieces of a request's body, which is not to be kept for their sake.
	key = seriesKey{strings.Clone(key.product), strings.Clone(key.action), strings.Clone(key.code)}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := series{m.requests.WithLabelValues(key.product, key.action, key.code), m.duration.WithLabelValues(key.product)}
	m.series[key] = s
	return s
}

// CountInFlight wraps the gateway, so that the requests within it are counted.
func (m *Metrics) CountInFlight(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.inFlight.Inc()
		defer m.inFlight.Dec()
		h.ServeHTTP(w, r)
	})
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
