package admin

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/trace"
)

func TestTracesAreFoundAndListed(t *testing.T) {
	t.Parallel()
	c := control(t)
	c.Traces.Add(record("00000000000a", "RunInstances", ""))
	c.Traces.Add(record("00000000000b", "RunInstances", "InternalError"))
	c.Traces.Add(record("00000000000c", "StopInstances", "InvalidAction"))
	for path, want := range map[string][]string{
		"trace":                                      {"c", "b", "a"},
		"trace?limit=1":                              {"c"},
		"trace?failed=1":                             {"c", "b"},
		"trace?failed=true&limit=1":                  {"c"},
		"trace?action=runinstances":                  {"b", "a"},
		"trace?code=InvalidAction":                   {"c"},
		"trace?product=vpc":                          {},
		"trace?action=RunInstances&limit=5&failed=1": {"b"},
	} {
		_, body := ask(c, "GET", "/_tengyun/"+path, "")
		var list struct{ Traces []trace.Record }
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list.Traces {
			got = append(got, r.RequestID[len(r.RequestID)-1:])
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	if status, body := ask(c, "GET", "/_tengyun/trace/00000000000B", ""); status != 200 || !strings.Contains(body, "InternalError") {
		t.Errorf("got %d %s, want the record", status, body)
	}
}

func TestStreamSendsRequestsAsTheyCome(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ accept, kind, prefix string }{
		"lines":  {"", "application/x-ndjson", ""},
		"events": {"text/event-stream", "text/event-stream", "data: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := control(t)
			server := httptest.NewServer(c.Handler())
			t.Cleanup(server.Close)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			r, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/_tengyun/trace/stream?failed=1", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept", test.accept)
			answer, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if got := answer.Header.Get("Content-Type"); got != test.kind {
				t.Errorf("got type %q, want %q", got, test.kind)
			}
			lines := bufio.NewScanner(answer.Body)
			c.Traces.Add(record("00000000000a", "RunInstances", ""))
			c.Traces.Add(record("00000000000b", "RunInstances", "InternalError"))
			if !lines.Scan() || !strings.HasPrefix(lines.Text(), test.prefix+"{") || !strings.Contains(lines.Text(), "00000000000b") {
				t.Errorf("got %q, want the failed request", lines.Text())
			}
			c.Traces.Hangup()
			if _, err := io.Copy(io.Discard, answer.Body); err != nil {
				t.Errorf("got %v, want the stream to end", err)
			}
		})
	}
}

func TestMetricsCountByKnownNames(t *testing.T) {
	t.Parallel()
	c := control(t)
	c.Metrics.Gauge("tengyun_state_rows", "Rows.", func() float64 { return 7 })
	for range 3 {
		c.Metrics.Observe(record("a", "RunInstances", ""))
	}
	c.Metrics.Observe(record("a", "RunInstances", "InternalError"))
	c.Metrics.Observe(&trace.Record{Action: "Whatever a stranger says", Code: "InvalidAction"})
	var within string
	c.Metrics.CountInFlight(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		_, within = ask(c, "GET", "/_tengyun/metrics", "")
	})).ServeHTTP(nil, nil)
	for _, want := range []string{
		`tengyun_requests_total{action="RunInstances",code="Success",product="cvm"} 3`,
		`tengyun_requests_total{action="RunInstances",code="InternalError",product="cvm"} 1`,
		`tengyun_requests_total{action="unknown",code="InvalidAction",product="unknown"} 1`,
		`tengyun_request_duration_seconds_count{product="cvm"} 4`,
		`tengyun_requests_in_flight 1`,
		`tengyun_state_rows 7`,
	} {
		if !strings.Contains(within, want) {
			t.Errorf("%s is missing in\n%s", want, within)
		}
	}
	if _, after := ask(c, "GET", "/_tengyun/metrics", ""); !strings.Contains(after, "tengyun_requests_in_flight 0") {
		t.Error("got a request in flight, want none")
	}
}

func BenchmarkObserve(b *testing.B) {
	m := NewMetrics()
	r := record("a", "DescribeInstancesStatus", "")
	b.ReportAllocs()
	for b.Loop() {
		m.Observe(r)
	}
}
