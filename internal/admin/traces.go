package admin

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/trace"
)

func (c *Control) trace(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	record, ok := c.Traces.Find(id)
	if !ok {
		refuse(w, http.StatusNotFound, "no request "+id+" is remembered: it never came here, or has made room for later ones")
		return
	}
	answer(w, record)
}

// traces lists the latest requests, newest first: ?limit=20 (1–1000), failed=1, product=, action=, code=.
func (c *Control) traces(w http.ResponseWriter, r *http.Request) {
	limit := 20
	if text := r.FormValue("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1000 {
			refuse(w, http.StatusBadRequest, "limit is a number between 1 and 1000")
			return
		}
		limit = n
	}
	list := c.Traces.Recent(limit, wanted(r))
	if list == nil {
		list = []*trace.Record{}
	}
	answer(w, map[string]any{"traces": list})
}

// wanted is the filter that a request's query asks for.
func wanted(r *http.Request) func(*trace.Record) bool {
	_ = r.ParseForm() // what cannot be read asks for nothing
	failed := r.Form.Get("failed") == "1" || r.Form.Get("failed") == "true"
	product, action, code := r.Form.Get("product"), r.Form.Get("action"), r.Form.Get("code")
	return func(t *trace.Record) bool {
		return (!failed || t.Refused()) && matches(product, t.Product) && matches(action, t.Action) && matches(code, t.Code)
	}
}

func matches(want, got string) bool { return want == "" || strings.EqualFold(want, got) }

// stream sends every request as it is answered, until either side ends it: server-sent events to those who ask for
// text/event-stream, lines of JSON to others. The filters are those of traces.
func (c *Control) stream(w http.ResponseWriter, r *http.Request) {
	events := strings.Contains(r.Header.Get("Accept"), "text/event-stream")
	kind, send := "application/x-ndjson", trace.WriteLine
	if events {
		kind, send = "text/event-stream", writeEvent
	}
	w.Header().Set("Content-Type", kind)
	out := http.NewResponseController(w)
	_ = out.SetWriteDeadline(time.Time{}) // a recorder in a test has none
	records, keep := c.Traces.Subscribe(r.Context()), wanted(r)
	if out.Flush() != nil { // whoever sees the headers misses nothing that comes after
		return
	}
	for e := range records {
		if e.Lost == 0 && !keep(e.Record) {
			continue
		}
		if send(w, e) != nil || out.Flush() != nil {
			return
		}
	}
}

// writeEvent writes an event as a server-sent one. Its JSON has no line ends.
func writeEvent(w io.Writer, e trace.Event) error {
	if e.Lost > 0 {
		if _, err := fmt.Fprintf(w, "event: lost\ndata: {\"lost\":%d}\n\n", e.Lost); err != nil {
			return err
		}
		e.Lost = 0
	}
	if _, err := fmt.Fprint(w, "data: "); err != nil {
		return err
	}
	if err := trace.WriteLine(w, e); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "\n")
	return err
}
