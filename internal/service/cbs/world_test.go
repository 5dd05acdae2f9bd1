package cbs

import (
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// world is an account and its clock.
type world struct {
	t        *testing.T
	store    *state.Store
	now      time.Time
	scope    state.Scope
	settings *api.Settings
	ids      *ids.Source
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store, err := state.Open(journal.Memory{}, state.WithDetector())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return &world{
		t: t, store: store, now: time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC), ids: ids.New(1),
		scope: state.Scope{Account: "100000000001", Region: "ap-guangzhou"}, settings: &api.Settings{Speed: 1},
	}
}

// do runs f as one call that may write.
func (w *world) do(f func(c *api.Call) error) error {
	return w.store.Update(w.scope, w.now, func(tx *state.Tx) error {
		return f(&api.Call{
			Tx: tx, Caller: account.Caller{OwnerUin: w.scope.Account, Uin: w.scope.Account}, IDs: w.ids, Settings: w.settings,
			Asked: w.scope.Region, Language: tcerr.English,
		})
	})
}

// call runs an action that must succeed.
func call[In, Out any](w *world, action func(*api.Call, *In) (*Out, error), in In) *Out {
	w.t.Helper()
	out, err := try(w, action, in)
	if err != nil {
		w.t.Fatalf("got %v, want success", err)
	}
	return out
}

// refused runs an action that must answer a code.
func refused[In, Out any](w *world, code string, action func(*api.Call, *In) (*Out, error), in In) {
	w.t.Helper()
	_, err := try(w, action, in)
	if e := tcerr.Of(err); e == nil || e.Code != code {
		w.t.Errorf("got %v, want %s", err, code)
	}
}

func try[In, Out any](w *world, action func(*api.Call, *In) (*Out, error), in In) (out *Out, err error) {
	err = w.do(func(c *api.Call) (err error) {
		out, err = action(c, &in)
		return err
	})
	return out, err
}

// instance makes an instance with a system disk and data disks of 20 GiB, running.
func (w *world) instance(id string, data ...Spec) (disks []string) {
	w.t.Helper()
	err := w.do(func(c *api.Call) error {
		host.Put(c.Tx, id, host.Host{Zone: "ap-guangzhou-3", State: "RUNNING", CPU: 2, Name: id})
		disks = Start(c, Launch{
			InstanceID: id, InstanceName: "web", Zone: "ap-guangzhou-3", Ready: c.Now,
			System: Spec{Type: Premium, Size: 50}, Data: data,
		})
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return disks
}
