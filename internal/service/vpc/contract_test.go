package vpc

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// TestEveryActionSurvivesWhatTheCatalogAllows sends each action what has the right types and the required parameters,
// and is otherwise anything. Whatever it answers, it does not panic, and an error is one of the cloud's.
func TestEveryActionSurvivesWhatTheCatalogAllows(t *testing.T) {
	w := newWorld(t)
	product, _ := catalog.Lookup("vpc")
	var version *catalog.Version
	for _, v := range product.Versions {
		if v.Date == Service.Version {
			version = v
		}
	}
	draws := ids.New(3, 0)
	for i := range Service.Actions {
		a := &Service.Actions[i]
		t.Run(a.Name, func(t *testing.T) {
			fact, ok := version.Action(a.Name)
			if !ok {
				t.Fatal("the cloud has no such action")
			}
			g := &guesser{rand.New(rand.NewPCG(uint64(i), 1)), w, 0}
			for g.round = range 60 {
				body, _ := json.Marshal(g.object(fact.In, 0))
				request, err := wire.NewRequest(a.Name, version.Date, "ap-guangzhou", body)
				if err == nil {
					err = request.Check(fact.In)
				}
				if err != nil {
					t.Fatalf("%s: refused by the catalog: %v", body, err)
				}
				err = answer(w.World, a, request, draws)
				if e := tcerr.Of(err); err != nil && e == nil {
					t.Fatalf("%s: got %v, want an error of the cloud", body, err)
				} else if e != nil && !fact.Allows(e.Code) && !slices.Contains(tcerr.Explained(), e.Code) {
					t.Errorf("%s: got %v, want one of %q", body, err, fact.Codes)
				}
			}
		})
	}
}

// answer runs an action as the gateway does. A panic is an error that is not the cloud's.
func answer(w *apitest.World, a *api.Action, r *wire.Request, draws *ids.Source) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v\n%s", p, debug.Stack())
		}
	}()
	return w.Store.Update(w.Scope, w.Now, func(tx *state.Tx) error {
		c := &api.Call{
			Tx: tx, Caller: account.Caller{OwnerUin: "100000000001", Uin: "100000000001", AppID: 1250000001}, Action: a.Name,
			RequestID: "r", Asked: "ap-guangzhou", Language: tcerr.English, IDs: draws, Settings: &w.Settings,
		}
		result, err := a.Do(c, &Service, r)
		if err == nil {
			wire.Envelope("r", result, nil, tcerr.English)
		}
		return err
	})
}

// guesser makes up parameters. In its first round there are only the required ones.
type guesser struct {
	*rand.Rand
	w     *world
	round int
}

func (g *guesser) object(s *catalog.Shape, depth int) map[string]any {
	o := map[string]any{}
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Name == "ClientToken" {
			continue
		}
		if f.Required || g.round > 0 && depth < 4 && g.IntN(2) == 0 {
			o[f.Name] = g.value(f, int(f.Lists), depth)
		}
	}
	return o
}

func (g *guesser) value(f *catalog.Field, lists, depth int) any {
	if lists > 0 {
		list := []any{}
		for range g.IntN(3) {
			list = append(list, g.value(f, lists-1, depth))
		}
		return list
	}
	switch f.Kind {
	case catalog.Object:
		return g.object(f.Shape, depth+1)
	case catalog.Bool:
		return g.IntN(2) == 0
	case catalog.String:
		return g.text()
	default:
		return g.IntN(12)
	}
}

// text is something that a parameter may well be, most of the time the id of something that is there.
func (g *guesser) text() string {
	all := []string{
		"", "a", "0", "1", "TRUE", "10.0.0.0/16", "10.0.0.5", "0.0.0.0/0", "fd00::/64", "fd00::1", zone3, "TCP", "80", "ACCEPT", "NAT", "EIP", "HAVIP",
		"NORMAL_CVM", byTraffic, byMonth, byPackage, "ACCEPT_ALL", "vpc-id", "ingress",
	}
	g.w.Must(func(c *api.Call) {
		for _, id := range somebody(c) {
			all = append(all, id, id)
		}
	})
	return all[g.IntN(len(all))]
}

// somebody is an id of each kind: one that nobody has, and one that somebody has, if there is any.
func somebody(c *api.Call) (all []string) {
	for _, prefix := range []string{"vpc", "subnet", "rtb", "sg", "eni", "eip", "ins", "nat", "bwp", "acl", "havip", "ipm"} {
		all = append(all, fmt.Sprintf("%s-%08d", prefix, 0))
	}
	return slices.Concat(all, newest(c, networks), newest(c, subnets), newest(c, tables), newest(c, groups), newest(c, cards), newest(c, addresses),
		newest(c, gateways), newest(c, acls), newest(c, bundles), newest(c, vips), newest(c, dhcpIPs), newest(c, reserved),
		newest(c, addressTemplates.resource), newest(c, serviceTemplates.resource), newest(c, addressGroups.resource), newest(c, serviceGroups.resource))
}

func newest[T any](c *api.Call, r resource[T]) (ids []string) {
	for id := range r.Newest(c.Tx) {
		return []string{id}
	}
	return nil
}
