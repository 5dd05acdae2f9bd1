package vpc

import (
	"slices"
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
)

// What the product above, cvm, does here: its instances stand in networks, and these functions are how.

// LaunchSpec is the network that a new instance wants.
type LaunchSpec struct {
	InstanceID     string
	Placement      Placement // as Place gave it
	PrivateIP      string    // "" for the next free one
	SecurityGroups []string  // in order of priority; kept, so nobody may change it
	Internet       Internet  // no public address with a Bandwidth of 0
	ReadyAt        time.Time // from when on the instance runs, and its public address is seen
}

// Internet is how an instance reaches the world.
type Internet struct {
	Bandwidth int    // outwards, in Mbps
	Charge    string // TRAFFIC_POSTPAID_BY_HOUR, BANDWIDTH_POSTPAID_BY_HOUR, BANDWIDTH_PACKAGE, BANDWIDTH_PREPAID
	Package   string // the bandwidth package, bwp-1a2b3c4d, when it is paid by one
}

// Launch gives a new instance its primary network card with a private address and, if wished, a public one.
// It answers the card's id. The error is a Reason. Whoever launches has asked CheckSecurityGroups, once for all instances.
func Launch(c *api.Call, s LaunchSpec) (cardID string, err error) {
	ip, err := claim(c.Tx, s.Placement.Subnet, s.PrivateIP)
	if err != nil {
		return "", err
	}
	cardID = api.NewID(c, cards.Table, "eni")
	cards.Put(c.Tx, cardID, card{
		Name: "主网卡", VPC: s.Placement.VPC, Subnet: s.Placement.Subnet, Instance: s.InstanceID, Groups: s.SecurityGroups,
		IPs: []cardIP{{IP: ip}}, Made: c.Now.Unix(), Since: c.Now.Unix(), State: free, Primary: true,
	})
	if s.Internet.Bandwidth > 0 {
		giveWan(c, s.ReadyAt, s.InstanceID, s.Internet)
	}
	return cardID, nil
}

// primary finds an instance's primary card.
func primary(tx *state.Tx, instanceID string) (id string, k *card, ok bool) {
	for id, k := range cards.Where(tx, "instance", instanceID) {
		if k.Primary {
			return id, k, true
		}
	}
	return "", nil, false
}

// giveWan gives an instance an address of its own, which is seen from ready on.
func giveWan(c *api.Call, ready time.Time, instanceID string, net Internet) {
	cardID, k, ok := primary(c.Tx, instanceID)
	if !ok {
		return
	}
	id := api.NewID(c, addresses.Table, "eip")
	addresses.Put(c.Tx, id, address{
		Kind: wan, IP: draw(c), Status: binding, Instance: instanceID, Bearer: "CVM", Card: cardID, Private: k.IPs[0].IP,
		ISP: "BGP", Charge: net.Charge, Bandwidth: net.Bandwidth, Package: net.Package, Egress: "center_egress1", Made: c.Now,
	})
	addresses.Edit(c.Tx, ready, id, func(a *address) { a.Status = bound })
	endWith(c, instanceID)
}

// GiveWanIP gives an instance a public address of its own, seen from ready on, unless it has a public address.
func GiveWanIP(c *api.Call, ready time.Time, instanceID string, net Internet) {
	if net.Bandwidth > 0 && addresses.Count(c.Tx, "instance", instanceID) == 0 {
		giveWan(c, ready, instanceID, net)
	}
}

// DropWanIP takes an instance's own public address away at an instant. Elastic ones stay.
func DropWanIP(c *api.Call, at time.Time, instanceID string) {
	for id, a := range addresses.Where(c.Tx, "instance", instanceID) {
		if a.Kind == wan {
			loosen(c, at, id)
		}
	}
}

// SetBandwidth changes the bandwidth in Mbps, from an instant on, of the public address at an instance's primary private
// one. It reports whether there is one.
func SetBandwidth(c *api.Call, at time.Time, instanceID string, mbps int) bool {
	id, ok := publicAt(c.Tx, instanceID)
	if ok {
		addresses.Edit(c.Tx, at, id, func(a *address) { a.Bandwidth = mbps })
	}
	return ok
}

// SetCharge changes how that address is paid, and by which bandwidth package. It reports whether there is one.
func SetCharge(c *api.Call, instanceID, charge, packageID string) bool {
	id, ok := publicAt(c.Tx, instanceID)
	if ok {
		addresses.edit(c, id, func(a *address) { a.Charge, a.Package = charge, packageID })
	}
	return ok
}

// publicAt is the address that is bound to an instance's primary private one.
func publicAt(tx *state.Tx, instanceID string) (id string, ok bool) {
	_, k, ok := primary(tx, instanceID)
	if !ok {
		return "", false
	}
	for id, a := range addresses.Where(tx, "instance", instanceID) {
		if a.Private == k.IPs[0].IP {
			return id, true
		}
	}
	return "", false
}

// Release lets go of what an instance has at an instant: its primary card with the private address and its own public one.
// Other cards are detached, and keep the elastic addresses bound to them. Those of the primary card are unbound; with
// releaseAddresses every elastic address goes.
func Release(c *api.Call, at time.Time, instanceID string, releaseAddresses bool) {
	for id, k := range cards.Where(c.Tx, "instance", instanceID) {
		for eip := range addresses.Where(c.Tx, "card", id) {
			switch {
			case releaseAddresses:
				addresses.drop(c, at, eip)
			case k.Primary:
				loosen(c, at, eip)
			}
		}
		if k.Primary {
			forget(c, at, id)
			cards.drop(c, at, id)
			continue
		}
		detach(c, at, id)
	}
	forget(c, at, instanceID)
}

// forget takes an instance or card, which is no more from an instant on, out of the HAVIPs that it may have, and away from
// its public IPv6 addresses.
func forget(c *api.Call, at time.Time, id string) {
	for havip := range vips.Where(c.Tx, "member", id) {
		vips.Edit(c.Tx, at, havip, func(v *vip) {
			v.Members = slices.DeleteFunc(v.Members, func(m vipMember) bool { return m.ID == id })
		})
	}
	for havip := range vips.Where(c.Tx, "card", id) {
		vips.Edit(c.Tx, at, havip, func(v *vip) { v.Card = "" })
	}
	if k, ok := cards.Get(c.Tx, id); ok {
		for _, p := range k.IPv6 {
			loosen6(c, at, id, p.IP)
		}
	}
}

// detach ends a card's attachment at an instant. Public addresses stay with the card.
func detach(c *api.Call, at time.Time, id string) {
	cards.Edit(c.Tx, at, id, func(k *card) { k.Instance, k.Since, k.Index, k.State = "", 0, 0, free })
	for _, eip := range idsOf(addresses.Where(c.Tx, "card", id)) {
		addresses.Edit(c.Tx, at, eip, func(a *address) { a.Instance, a.Bearer, a.Status = "", "ENI", boundCard })
	}
	for _, eip := range idsOf(addresses6.Where(c.Tx, "card", id)) {
		addresses6.Edit(c.Tx, at, eip, func(a *address6) { a.Instance = "" })
	}
}

// Move puts an instance's primary card into another subnet of its zone, or gives it another address in its own.
// "" is the next free address. Secondary addresses are given back, and public ones follow. The error is a Reason.
func Move(c *api.Call, instanceID string, to Placement, privateIP string) error {
	id, _, ok := primary(c.Tx, instanceID)
	if !ok {
		return nil
	}
	ip, err := claim(c.Tx, to.Subnet, privateIP)
	if err != nil {
		return err
	}
	_, k, _ := primary(c.Tx, instanceID)
	was := k.IPs[0].IP
	for _, p := range k.IPs[1:] {
		unbindAt(c, id, p.IP)
	}
	for _, p := range k.IPv6 {
		loosen6(c, c.Now, id, p.IP)
	}
	cards.edit(c, id, func(k *card) { k.VPC, k.Subnet, k.IPs, k.IPv6 = to.VPC, to.Subnet, []cardIP{{IP: ip}}, nil })
	for _, eip := range idsOf(addresses.Where(c.Tx, "card", id)) {
		addresses.edit(c, eip, func(a *address) {
			if a.Private == was {
				a.Private = ip
			}
		})
	}
	return nil
}

// CardLimits is how many network cards an instance of so many cores can have, and how many private addresses each.
func CardLimits(cores int) (perInstance, perCard int) { return cardsPer(cores) }

// Cards counts the network cards of an instance, the primary one included.
func Cards(tx *state.Tx, instanceID string) int { return cards.Count(tx, "instance", instanceID) }
