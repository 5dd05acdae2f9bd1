package e2e

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
	"github.com/tengyun/tengyun/internal/trace"
	"github.com/tengyun/tengyun/scenario"
)

// TestRequestIdsAreUniqueAndRemembered: ten thousand calls at once, no RequestId twice, and each can be asked about.
func TestRequestIdsAreUniqueAndRemembered(t *testing.T) {
	t.Parallel()
	const clients, calls = 100, 100
	r := start(t, remembering(clients*calls))
	ids := make([][]string, clients)
	var work sync.WaitGroup
	for i := range clients {
		work.Go(func() { ids[i] = r.chat(t, calls) })
	}
	work.Wait()
	seen := map[string]bool{}
	for _, some := range ids {
		for _, id := range some {
			if seen[id] {
				t.Errorf("RequestId %s was given twice", id)
			}
			seen[id] = true
			if _, ok := r.Traces.Find(id); !ok {
				t.Errorf("RequestId %s is not remembered", id)
			}
		}
	}
	if len(seen) != clients*calls {
		t.Errorf("got %d RequestIds, want %d", len(seen), clients*calls)
	}
}

// remembering is room for as many requests.
func remembering(n int) wish {
	return func(o *emulator.Options, _ *front.Door) { o.Trace = trace.Options{Records: n} }
}

// chat sends calls over one connection and gives their RequestIds.
func (r *running) chat(t *testing.T, calls int) (ids []string) {
	c, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer c.Close()
	in := bufio.NewReader(c)
	for range calls {
		say(c, post("{}"))
		answer, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Error(err)
			return ids
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Error(err)
			return ids
		}
		a, err := scenario.Open(body)
		if err != nil {
			t.Error(err)
			return ids
		}
		ids = append(ids, a.RequestID)
	}
	return ids
}
