package api_test

import (
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/state/journal"
)

func TestNewIDIsOneThatNoneHas(t *testing.T) {
	t.Parallel()
	things := state.NewTable[struct{}]("test.thing")
	store, err := state.Open(journal.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for range 3 { // each draws what the one before has drawn
		err := store.Update(state.Scope{Account: "a"}, time.Time{}, func(tx *state.Tx) error {
			c := &api.Call{Tx: tx, IDs: ids.New(1, 0)}
			for range 5 {
				id := api.NewID(c, things, "thing")
				things.Put(tx, id, struct{}{})
				seen[id] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 15 {
		t.Errorf("got %d ids, want 15", len(seen))
	}
}
