package cbs

import (
	"testing"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/service/host"
)

// world is an account with disks.
type world struct{ *apitest.World }

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{apitest.New(t)}
}

// instance makes a running instance with a system disk and data disks.
func (w *world) instance(id string, data ...Spec) (disks []string) {
	w.T.Helper()
	w.Must(func(c *api.Call) {
		host.Put(c.Tx, id, host.Host{Zone: "ap-guangzhou-3", State: "RUNNING", CPU: 2, Name: id})
		disks = Start(c, Launch{
			InstanceID: id, InstanceName: "web", Zone: "ap-guangzhou-3", Ready: c.Now,
			System: Spec{Type: Premium, Size: 50}, Data: data,
		})
	})
	return disks
}
