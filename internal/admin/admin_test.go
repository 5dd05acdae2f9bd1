package admin

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/trace"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func control(t *testing.T) *Control {
	t.Helper()
	traces, err := trace.Open(trace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var said []offer.Word
	hands := clock.NewManual(noon)
	return &Control{
		Advance: func(d time.Duration) error { hands.Advance(d); return nil },
		Stock:   func() []offer.Word { return append([]offer.Word{}, said...) }, SetStock: func(w []offer.Word) { said = append(said, w...) },
		Traces: traces, Metrics: NewMetrics(), Rates: new(quota.Rates), Clock: hands,
		Info: func() Info {
			return Info{Endpoint: "http://127.0.0.1:8030", Region: "ap-guangzhou", SecretID: "AKID", SecretKey: "secret"}
		},
	}
}

// ask sends one request, as curl on this machine would, changed by the edits.
func ask(c *Control, method, path, body string, edits ...func(*http.Request)) (int, string) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr, r.Host = "127.0.0.1:4000", "127.0.0.1:8030"
	for _, edit := range edits {
		edit(r)
	}
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func host(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }

func remote(address string) func(*http.Request) {
	return func(r *http.Request) { r.RemoteAddr = address }
}

func record(id, action, code string) *trace.Record {
	return &trace.Record{RequestID: "5c7d4a3e-1b2c-4d5e-8f90-" + id, Time: noon, Product: "cvm", Action: action, Code: code, Duration: time.Millisecond}
}

func TestControlPlaneAnswersThisMachineAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		edit      func(*http.Request)
		want, any int // status by default, and with Any
	}{
		"as it is":          {host("127.0.0.1:8030"), 200, 200},
		"localhost":         {host("LOCALHOST:8030"), 200, 200},
		"IPv6":              {host("[::1]:8030"), 200, 200},
		"no port":           {host("[::1]"), 200, 200},
		"mapped":            {remote("[::ffff:127.0.0.1]:1"), 200, 200},
		"own page":          {header("Origin", "http://127.0.0.1:8030"), 200, 200},
		"same site":         {header("Sec-Fetch-Site", "same-origin"), 200, 200},
		"typed":             {header("Sec-Fetch-Site", "none"), 200, 200},
		"other machine":     {remote("10.0.0.9:1"), 403, 200},
		"unknown machine":   {remote("@"), 403, 200},
		"behind a proxy":    {header("X-Forwarded-For", "10.0.0.9"), 403, 200},
		"rebound name":      {host("evil.example:8030"), 403, 200},
		"cloud's name":      {host("cvm.tencentcloudapi.com"), 403, 200},
		"no host":           {host(""), 403, 200},
		"foreign page":      {header("Origin", "http://evil.example"), 403, 403},
		"other port's page": {header("Origin", "http://127.0.0.1:9"), 403, 403},
		"sandboxed page":    {header("Origin", "null"), 403, 403},
		"cross site":        {header("Sec-Fetch-Site", "cross-site"), 403, 403},
		"neighbour site":    {header("Sec-Fetch-Site", "same-site"), 403, 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := control(t)
			if got, body := ask(c, "GET", "/_tengyun/info", "", test.edit); got != test.want {
				t.Errorf("got %d %s, want %d", got, body, test.want)
			}
			c.Any = true
			if got, body := ask(c, "GET", "/_tengyun/info", "", test.edit); got != test.any {
				t.Errorf("open to any: got %d %s, want %d", got, body, test.any)
			}
		})
	}
}

func TestCredentialsAreToldToThisMachineAlone(t *testing.T) {
	t.Parallel()
	c := control(t)
	c.Any = true
	if _, body := ask(c, "GET", "/_tengyun/info", ""); !strings.Contains(body, `"secretKey": "secret"`) {
		t.Errorf("got %s, want the credentials", body)
	}
	if _, body := ask(c, "GET", "/_tengyun/info", "", remote("10.0.0.9:1")); strings.Contains(body, "secret") || strings.Contains(body, "AKID") {
		t.Errorf("got %s, want no credentials", body)
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, path, body string
		status             int
		want               string // in the body
	}{
		"health":           {"GET", "health", "", 200, `"ok"`},
		"ready":            {"GET", "ready", "", 200, `"ready"`},
		"head":             {"HEAD", "ready", "", 200, ""},
		"index":            {"GET", "", "", 200, "/_tengyun/limits GET, PUT\n"},
		"metrics":          {"GET", "metrics", "", 200, "go_goroutines"},
		"clock":            {"GET", "clock", "", 200, `"now": "2026-11-23T12:00:00Z"`},
		"clock forward":    {"POST", "clock", `{"advance":"90s"}`, 200, `"now": "2026-11-23T12:01:30Z"`},
		"clock back":       {"POST", "clock", `{"advance":"-1s"}`, 400, "advance is"},
		"clock mistyped":   {"POST", "clock", `{"advanse":"1s"}`, 400, "advanse"},
		"trace list empty": {"GET", "trace", "", 200, `"traces": []`},
		"trace limit":      {"GET", "trace?limit=0", "", 400, "between 1 and 1000"},
		"trace unknown":    {"GET", "trace/none", "", 404, "no request none"},
		"limits":           {"GET", "limits", "", 200, `"on": true`},
		"limits bad json":  {"PUT", "limits", "{", 400, "read the limits"},
		"limits two":       {"PUT", "limits", "{}{}", 400, "more than one"},
		"rate unknown":     {"PUT", "limits", `{"rates":{"actions":{"cvm.Nonsense":1}}}`, 400, "cvm has no action Nonsense"},
		"rate negative":    {"PUT", "limits", `{"rates":{"actions":{"cvm.RunInstances":-1}}}`, 400, "or more"},
		"quotas fixed":     {"PUT", "limits", `{"quotas":{"cvm.key-pairs":1}}`, 400, "cannot be changed"},
		"stock empty":      {"GET", "stock", "", 200, "[]"},
		"stock said":       {"PUT", "stock", `[{"zone":"ap-guangzhou-3","item":"S5.MEDIUM4","level":"WithoutStock"}]`, 200, "S5.MEDIUM4"},
		"stock of any":     {"PUT", "stock", `[{"zone":"*","item":"*","level":"EnoughStock"}]`, 200, `"item": ""`},
		"stock of nothing": {"PUT", "stock", `[{"item":"S5.HUGE","level":"WithoutStock"}]`, 400, "no type of instance, host or disk"},
		"stock level":      {"PUT", "stock", `[{"level":"Plenty"}]`, 400, "is none of"},
		"reset missing":    {"POST", "reset", "", 501, "cannot be reset"},
		"wrong method":     {"GET", "reset", "", 405, "but POST"},
		"delete":           {"DELETE", "trace", "", 405, "but GET"},
		"unknown path":     {"GET", "nonsense", "", 404, "GET /_tengyun/ lists"},
		"deep path":        {"POST", "trace/a/b", "", 404, "error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, body := ask(control(t), test.method, "/_tengyun/"+test.path, test.body)
			if status != test.status || !strings.Contains(body, test.want) {
				t.Errorf("got %d %s, want %d with %q", status, body, test.status, test.want)
			}
			if status >= 400 {
				var refusal struct{ Error string }
				if err := json.Unmarshal([]byte(body), &refusal); err != nil || refusal.Error == "" {
					t.Errorf("got %q, want a JSON error", body)
				}
			}
		})
	}
}

func TestReadyAndResetTellTheirErrors(t *testing.T) {
	t.Parallel()
	c := control(t)
	var fault error
	c.Ready = func() error { return fault }
	c.Reset = func() error { return fault }
	if status, body := ask(c, "POST", "/_tengyun/reset", ""); status != 200 || !strings.Contains(body, "true") {
		t.Errorf("got %d %s, want 200", status, body)
	}
	fault = errors.New("disk full")
	if status, body := ask(c, "POST", "/_tengyun/reset", ""); status != 500 || !strings.Contains(body, "disk full") {
		t.Errorf("got %d %s, want 500 disk full", status, body)
	}
	if status, body := ask(c, "GET", "/_tengyun/ready", ""); status != 503 || !strings.Contains(body, "disk full") {
		t.Errorf("got %d %s, want 503 disk full", status, body)
	}
}

func TestLimitsChangeWhatIsNamed(t *testing.T) {
	t.Parallel()
	c := control(t)
	quotas := map[string]map[quota.Limit]int{"": {}, "100000000002": {}}
	c.Quotas = func() map[string]map[quota.Limit]int { return maps.Clone(quotas) }
	c.SetQuotas = func(account string, some map[quota.Limit]int) error {
		maps.Copy(quotas[account], some)
		return nil
	}
	put := func(body string) string {
		t.Helper()
		status, answer := ask(c, "PUT", "/_tengyun/limits", body)
		if status != 200 {
			t.Fatalf("PUT %s: got %d %s", body, status, answer)
		}
		return answer
	}
	put(`{"rates":{"actions":{"cvm.RunInstances":5,"cvm.StopInstances":0}}}`)
	put(`{"rates":{"on":false},"quotas":{"cvm.key-pairs":3},"accounts":{"100000000002":{"cvm.key-pairs":7}}}`)
	if got := c.Rates.Rules(); !got.Off || got.Actions["cvm.RunInstances"] != 5 || len(got.Actions) != 2 {
		t.Errorf("got %+v, want all off and two actions changed", got)
	}
	if quotas[""][quota.KeyPairs] != 3 || quotas["100000000002"][quota.KeyPairs] != 7 {
		t.Errorf("got %v, want three key pairs, and seven of one account", quotas)
	}
	answer := put(`{"rates":{"on":true,"actions":{"cvm.RunInstances":null}}}`)
	if got := c.Rates.Rules(); got.Off || len(got.Actions) != 1 {
		t.Errorf("got %+v, want all on and one action changed", got)
	}
	if !strings.Contains(answer, `"value": 3`) || !strings.Contains(answer, `"cvm.key-pairs": 7`) || !strings.Contains(answer, `"cvm.StopInstances": 0`) {
		t.Errorf("got %s, want what is in force", answer)
	}
	if status, body := ask(c, "PUT", "/_tengyun/limits", `{"accounts":{"bob":{"cvm.key-pairs":3}}}`); status != 400 {
		t.Errorf("got %d %s, want the account refused", status, body)
	}
	if status, _ := ask(c, "PUT", "/_tengyun/limits", `{"rates":{"on":false},"quotas":{"none":3}}`); status != 400 || c.Rates.Rules().Off {
		t.Errorf("got %d, want all of a bad change refused", status)
	}
}

func TestClockTellsWhyItDoesNotMove(t *testing.T) {
	t.Parallel()
	c := control(t)
	c.Advance = func(time.Duration) error { return errors.New("too far") }
	if status, body := ask(c, "POST", "/_tengyun/clock", `{"advance":"1s"}`); status != 409 || !strings.Contains(body, "too far") {
		t.Errorf("got %d %s, want 409 and why", status, body)
	}
	c.Advance = nil
	if status, body := ask(c, "POST", "/_tengyun/clock", `{"advance":"1s"}`); status != 501 {
		t.Errorf("got %d %s, want 501", status, body)
	}
}
