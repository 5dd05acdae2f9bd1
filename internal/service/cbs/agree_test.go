package cbs

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/service/host"
)

// Whatever happens to disks, what an instance is said to hold is what a full listing shows, and nothing stays at an
// instance that is no more.
func TestInstancesAndListingsAgree(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		w, r := newWorld(t), rand.New(rand.NewPCG(seed, 0))
		hosts := []string{"ins-1", "ins-2", "ins-3"}
		for _, h := range hosts {
			w.instance(h, Spec{Type: Premium, Size: 20})
		}
		for range 120 {
			w.step(r, hosts)
			w.Now = w.Now.Add(time.Duration(r.IntN(3000)) * time.Millisecond)
			w.check(hosts)
		}
		for _, h := range hosts {
			w.Do(func(c *api.Call) error { Release(c, c.Now, h); host.Delete(c.Tx, c.Now, h); return nil })
		}
		w.check(hosts)
		w.Do(func(c *api.Call) error {
			for id, d := range disks.All(c.Tx) {
				if len(d.hosts()) > 0 {
					t.Errorf("seed %d: %s is at %v, which is no more", seed, id, d.hosts())
				}
			}
			return nil
		})
	}
}

// step tries one random thing; refusals are part of it.
func (w *world) step(r *rand.Rand, hosts []string) {
	var all []string
	w.Do(func(c *api.Call) error {
		for id := range disks.All(c.Tx) {
			all = append(all, id)
		}
		return nil
	})
	id, h := all[r.IntN(len(all))], hosts[r.IntN(len(hosts))]
	switch r.IntN(7) {
	case 0:
		in := order()
		in.Shareable = p(r.IntN(3) == 0)
		apitest.Try(w.World, createDisks, in)
	case 1, 2:
		apitest.Try(w.World, attachDisks, sdk.AttachDisksRequestParams{InstanceId: &h, DiskIds: []*string{&id}, DeleteWithInstance: p(r.IntN(2) == 0)})
	case 3, 4:
		apitest.Try(w.World, detachDisks, sdk.DetachDisksRequestParams{InstanceId: &h, DiskIds: []*string{&id}})
	case 5:
		apitest.Try(w.World, resizeDisk, sdk.ResizeDiskRequestParams{DiskId: &id, DiskSize: p(uint64(100 + r.IntN(100)))})
	case 6:
		apitest.Try(w.World, terminateDisks, sdk.TerminateDisksRequestParams{DiskIds: []*string{&id}})
	}
}

// check compares what each instance holds with a listing of all disks.
func (w *world) check(hosts []string) {
	w.T.Helper()
	w.Do(func(c *api.Call) error {
		for _, h := range hosts {
			var of, listed []string
			for id := range Of(c.Tx, h) {
				of = append(of, id)
			}
			for id, d := range disks.All(c.Tx) {
				if slices.Contains(d.hosts(), h) {
					listed = append(listed, id)
				}
				if busy := d.State == Attaching || d.State == Detaching || d.State == Attached; busy != (len(d.hosts()) > 0) && d.State != Expanding {
					w.T.Errorf("%s is %s at %v", id, d.State, d.hosts())
				}
			}
			if !slices.Equal(of, listed) {
				w.T.Errorf("%s holds %v, the listing says %v", h, of, listed)
			}
		}
		return nil
	})
}
