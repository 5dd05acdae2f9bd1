package vpc

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/service/host"
)

// TestRandomOperationsKeepTheBooks walks at random through what moves addresses. Refusals are part of the walk; whatever
// happens, the rows agree with one another.
func TestRandomOperationsKeepTheBooks(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t)
			m := newMess(w, rand.New(rand.NewPCG(seed, 7)))
			for step := range 300 {
				name := m.step()
				if step%3 == 0 {
					w.Advance(time.Duration(m.IntN(2000)) * time.Millisecond)
				}
				m.check(name)
				if t.Failed() {
					t.Fatalf("after step %d, %s", step, name)
				}
			}
		})
	}
}

// mess is a world in disorder, and the ids that were once in it.
type mess struct {
	*world
	*rand.Rand
	places                    []Placement
	instances, cards, eips, g []string
}

func newMess(w *world, r *rand.Rand) *mess {
	m := &mess{world: w, Rand: r, g: []string{w.group(), w.group()}}
	for range 2 {
		id := w.vpc("10.0.0.0/16")
		// Small ones, so that they fill up.
		m.places = append(m.places, Placement{id, w.subnet(id, "10.0.0.0/28")}, Placement{id, w.subnet(id, "10.0.1.0/27")})
	}
	return m
}

func one[T any](m *mess, list []T) (v T) {
	if len(list) > 0 {
		v = list[m.IntN(len(list))]
	}
	return v
}

// step does one thing, which may be refused, and names it.
func (m *mess) step() string {
	steps := []struct {
		name string
		do   func()
	}{
		{"launch", m.launch},
		{"release", m.letGo},
		{"move", m.move},
		{"create card", m.makeCard},
		{"delete card", func() {
			try(m, deleteNetworkInterface, sdk.DeleteNetworkInterfaceRequestParams{NetworkInterfaceId: m.pick(m.cards)})
		}},
		{"attach", func() {
			try(m, attachNetworkInterface, sdk.AttachNetworkInterfaceRequestParams{NetworkInterfaceId: m.pick(m.cards), InstanceId: m.pick(m.instances)})
		}},
		{"detach", func() {
			try(m, detachNetworkInterface, sdk.DetachNetworkInterfaceRequestParams{NetworkInterfaceId: m.pick(m.cards), InstanceId: m.pick(m.instances)})
		}},
		{"assign", func() {
			try(m, assignPrivateIpAddresses, sdk.AssignPrivateIpAddressesRequestParams{NetworkInterfaceId: m.pick(m.cards), SecondaryPrivateIpAddressCount: new(uint64(1 + m.IntN(4)))})
		}},
		{"unassign", func() {
			try(m, unassignPrivateIpAddresses, sdk.UnassignPrivateIpAddressesRequestParams{NetworkInterfaceId: m.pick(m.cards), PrivateIpAddresses: []*sdk.PrivateIpAddressSpecification{{PrivateIpAddress: m.ip()}}})
		}},
		{"migrate", func() {
			try(m, migratePrivateIpAddress, sdk.MigratePrivateIpAddressRequestParams{SourceNetworkInterfaceId: m.pick(m.cards), DestinationNetworkInterfaceId: m.pick(m.cards), PrivateIpAddress: m.ip()})
		}},
		{"allocate", m.allocate},
		{"associate", func() {
			try(m, associateAddress, sdk.AssociateAddressRequestParams{AddressId: m.pick(m.eips), InstanceId: m.pick(m.instances)})
		}},
		{"associate with card", func() {
			try(m, associateAddress, sdk.AssociateAddressRequestParams{AddressId: m.pick(m.eips), NetworkInterfaceId: m.pick(m.cards), PrivateIpAddress: m.ip()})
		}},
		{"disassociate", func() {
			try(m, disassociateAddress, sdk.DisassociateAddressRequestParams{AddressId: m.pick(m.eips), ReallocateNormalPublicIp: new(m.IntN(2) == 0)})
		}},
		{"release address", func() {
			try(m, releaseAddresses, sdk.ReleaseAddressesRequestParams{AddressIds: []*string{m.pick(m.eips)}})
		}},
		{"transform", func() { try(m, transformAddress, sdk.TransformAddressRequestParams{InstanceId: m.pick(m.instances)}) }},
	}
	s := one(m, steps)
	s.do()
	return s.name
}

func try[In, Out any](m *mess, action func(*api.Call, *In) (*Out, error), in In) (out *Out) {
	out, err := apitest.Try(m.World, action, in)
	if err != nil {
		return nil
	}
	return out
}

func (m *mess) pick(ids []string) *string { return new(one(m, ids)) }

// ip is an address of one of the subnets, which may or may not be somebody's.
func (m *mess) ip() *string { return new(fmt.Sprintf("10.0.%d.%d", m.IntN(2), 2+m.IntN(14))) }

func (m *mess) launch() {
	id := fmt.Sprintf("ins-%08d", len(m.instances))
	err := m.Do(func(c *api.Call) error {
		host.Put(c.Tx, id, host.Host{Zone: zone3, State: "RUNNING", CPU: 1 + m.IntN(16)})
		_, err := Launch(c, LaunchSpec{
			InstanceID: id, Placement: one(m, m.places), SecurityGroups: m.g, ReadyAt: c.After(time.Second), Internet: Internet{Bandwidth: m.IntN(2), Charge: byTraffic},
		})
		return err
	})
	if err == nil {
		m.instances = append(m.instances, id)
	}
}

func (m *mess) letGo() {
	id := one(m, m.instances)
	m.Must(func(c *api.Call) {
		if h, ok := host.Get(c.Tx, id); !ok || h.State != "RUNNING" {
			return
		}
		host.Edit(c.Tx, c.Now, id, func(h *host.Host) { h.State = "TERMINATING" })
		Release(c, c.After(time.Second), id, m.IntN(2) == 0)
		host.Delete(c.Tx, c.After(time.Second), id)
	})
}

func (m *mess) move() {
	id, to := one(m, m.instances), one(m, m.places)
	_ = m.Do(func(c *api.Call) error {
		// cvm refuses instances with more than one card, and such as do not run.
		if h, ok := host.Get(c.Tx, id); !ok || h.State != "RUNNING" || Cards(c.Tx, id) > 1 {
			return nil
		}
		return Move(c, id, to, "")
	})
}

func (m *mess) makeCard() {
	p := one(m, m.places)
	if out := try(m, createNetworkInterface, sdk.CreateNetworkInterfaceRequestParams{
		VpcId: &p.VPC, SubnetId: &p.Subnet, NetworkInterfaceName: new("c"), SecondaryPrivateIpAddressCount: new(uint64(m.IntN(3))), SecurityGroupIds: ptrs(m.g),
	}); out != nil {
		m.cards = append(m.cards, *out.NetworkInterface.NetworkInterfaceId)
	}
}

func (m *mess) allocate() {
	if out := try(m, allocateAddresses, sdk.AllocateAddressesRequestParams{}); out != nil {
		m.eips = append(m.eips, *out.AddressSet[0])
	}
}

// check holds all rows against one another.
func (m *mess) check(after string) {
	m.T.Helper()
	m.Must(func(c *api.Call) {
		m.checkCards(c)
		m.checkAddresses(c)
		for _, p := range m.places {
			s, _ := subnets.Get(c.Tx, p.Subnet)
			all, _ := usedBy(c, p.VPC, p.Subnet, nil)
			if got, want := available(c.Tx, p.Subnet, s), size(s.CIDR)-kept-len(all); got != want || want < 0 {
				m.T.Errorf("%s: subnet %s: got %d addresses free, want %d", after, p.Subnet, got, want)
			}
		}
	})
}

func (m *mess) checkCards(c *api.Call) {
	holders := map[string]string{}
	firsts := map[string]string{}
	for id, k := range cards.All(c.Tx) {
		if s, ok := subnets.Get(c.Tx, k.Subnet); !ok || s.VPC != k.VPC {
			m.T.Errorf("card %s: subnet %s is not of %s", id, k.Subnet, k.VPC)
		}
		for _, p := range k.IPs {
			key := k.VPC + " " + p.IP.String()
			if other := holders[key]; other != "" {
				m.T.Errorf("%s: given to %s and %s", key, other, id)
			}
			holders[key] = id
		}
		if _, ok := host.Get(c.Tx, k.Instance); k.Instance != "" && !ok {
			m.T.Errorf("card %s: attached to %s, which is gone", id, k.Instance)
		}
		if k.Primary && firsts[k.Instance] != "" || k.Primary && k.Instance == "" {
			m.T.Errorf("card %s: a second primary card of %q", id, k.Instance)
		}
		if k.Primary {
			firsts[k.Instance] = id
		}
	}
}

func (m *mess) checkAddresses(c *api.Call) {
	given, ends := map[ip4]string{}, map[string]string{}
	for id, a := range addresses.All(c.Tx) {
		if given[a.IP] != "" {
			m.T.Errorf("%s: given as %s and %s", a.IP, given[a.IP], id)
		}
		given[a.IP] = id
		if a.Card == "" {
			if a.Status != unbound && a.Status != creating && a.Status != offlining {
				m.T.Errorf("address %s: %s, and bound to nothing", id, a.Status)
			}
			continue
		}
		k, ok := cards.Get(c.Tx, a.Card)
		if !ok || !slices.ContainsFunc(k.IPs, func(p cardIP) bool { return p.IP == a.Private }) {
			m.T.Errorf("address %s: bound to %s of %s, which has it not", id, a.Private, a.Card)
			continue
		}
		if k.Instance != a.Instance && k.State == free {
			m.T.Errorf("address %s: at %q, its card %s at %q", id, a.Instance, a.Card, k.Instance)
		}
		end := a.Card + " " + a.Private.String()
		if other := ends[end]; other != "" && a.Status != unbinding && a.Status != binding {
			m.T.Errorf("%s: bound to %s and %s", end, other, id)
		}
		ends[end] = id
	}
}
