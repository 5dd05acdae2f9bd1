// Package apitest is a small world to try a service's actions in: an account, a clock that stands, and no wire.
package apitest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// World is where the calls of a test happen. Its fields may be changed between calls.
type World struct {
	T        testing.TB
	Store    *state.Store
	Scope    state.Scope
	Now      time.Time
	Settings api.Settings

	ids, requests *ids.Source
}

// New is a world in ap-guangzhou at noon of 1 March 2026 in Beijing, at the cloud's own speed. It fails the test when
// a row that is kept gets changed.
func New(t testing.TB) *World {
	t.Helper()
	store, err := state.Open(journal.Memory{}, state.WithDetector())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &World{
		T: t, Store: store, Scope: state.Scope{Account: "100000000001", Region: "ap-guangzhou"},
		Now: time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC), Settings: api.Settings{Speed: 1}, ids: ids.New(1, 0), requests: ids.New(2, 0),
	}
}

// Advance lets time pass.
func (w *World) Advance(d time.Duration) { w.Now = w.Now.Add(d) }

// Do runs f as one call that may write. An error leaves no trace.
func (w *World) Do(f func(c *api.Call) error) error { return w.do("", f) }

func (w *World) do(action string, f func(c *api.Call) error) error {
	return w.Store.Update(w.Scope, w.Now, func(tx *state.Tx) error {
		return f(&api.Call{
			Tx: tx, Caller: account.Caller{OwnerUin: w.Scope.Account, Uin: w.Scope.Account, AppID: 1250000001},
			Action: action, RequestID: w.requests.UUID(),
			Asked: w.Scope.Region, Language: tcerr.English, IDs: w.ids, Settings: &w.Settings,
		})
	})
}

// In is the same world seen by a caller of an account in a region. Time passes in each on its own.
func (w *World) In(account, region string) *World {
	in := *w
	in.Scope = state.Scope{Account: account, Region: region}
	return &in
}

// Must is Do for what cannot fail.
func (w *World) Must(f func(c *api.Call)) {
	w.T.Helper()
	if err := w.Do(func(c *api.Call) error { f(c); return nil }); err != nil {
		w.T.Fatal(err)
	}
}

// Try runs an action, which is called by the name that its parameters have.
func Try[In, Out any](w *World, action func(*api.Call, *In) (*Out, error), in In) (out *Out, err error) {
	err = w.do(strings.TrimSuffix(reflect.TypeFor[In]().Name(), "RequestParams"), func(c *api.Call) (err error) {
		out, err = action(c, &in)
		return err
	})
	return out, err
}

// Call runs an action that must succeed.
func Call[In, Out any](w *World, action func(*api.Call, *In) (*Out, error), in In) *Out {
	w.T.Helper()
	out, err := Try(w, action, in)
	if err != nil {
		w.T.Fatalf("got %v, want success", err)
	}
	return out
}

// Refused runs an action that must answer code.
func Refused[In, Out any](w *World, code string, action func(*api.Call, *In) (*Out, error), in In) {
	w.T.Helper()
	_, err := Try(w, action, in)
	if e := tcerr.Of(err); e == nil || e.Code != code {
		w.T.Errorf("got %v, want %s", err, code)
	}
}
