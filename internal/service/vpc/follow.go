package vpc

import (
	"slices"
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
)

// Some instances have an end that is known long before: one that is paid until a day, one in the recycle bin. What
// Release will do to their network then is written down in the rows, and written anew when the end moves or something
// is attached or goes elsewhere.

// Follow lets the network of an instance end when its host does, and no longer at instant was; zero where it was not
// going to end.
func Follow(c *api.Call, was time.Time, instanceID string) {
	held := idsOf(cards.Where(c.Tx, "instance", instanceID))
	for _, id := range held {
		if !was.IsZero() {
			unplan(c, was, id)
		}
	}
	for _, id := range append(held, instanceID) {
		for _, havip := range append(idsOf(vips.Where(c.Tx, "member", id)), idsOf(vips.Where(c.Tx, "card", id))...) {
			endMembers(c, havip)
		}
	}
	endWith(c, instanceID)
}

// endWith writes down that what an instance has now is let go at its end, where that is known.
func endWith(c *api.Call, instanceID string) {
	if at, ok := host.Ends(c.Tx, instanceID); ok {
		Release(c, at, instanceID, false)
	}
}

// endApart is the opposite for one card, before it or an address of it goes elsewhere.
func endApart(c *api.Call, cardID string) {
	if k, ok := cards.Get(c.Tx, cardID); ok {
		if at, ends := host.Ends(c.Tx, k.Instance); ends {
			unplan(c, at, cardID)
		}
	}
}

// unplan drops what was to become of a card and of the addresses at it from instant at on.
func unplan(c *api.Call, at time.Time, cardID string) {
	for _, eip := range idsOf(addresses.Where(c.Tx, "card", cardID)) {
		addresses.keep(c, at, eip)
	}
	for _, eip := range idsOf(addresses6.Where(c.Tx, "card", cardID)) {
		addresses6.keep(c, at, eip)
	}
	cards.keep(c, at, cardID)
}

// endMembers writes down anew when a HAVIP loses those of its members that have an end. Nothing else is ever to become
// of one.
func endMembers(c *api.Call, havip string) {
	v, ok := vips.Get(c.Tx, havip)
	if !ok {
		return
	}
	vips.Put(c.Tx, havip, *v)
	for _, m := range append(slices.Clone(v.Members), vipMember{ID: v.Card}) {
		instanceID := m.ID
		if k, ok := cards.Get(c.Tx, m.ID); ok && k.Primary {
			instanceID = k.Instance
		}
		if at, ends := host.Ends(c.Tx, instanceID); ends {
			forget(c, at, m.ID)
		}
	}
}

// keep undoes a drop, and whatever else was planned for a row from instant at on.
func (r resource[T]) keep(c *api.Call, at time.Time, id string) {
	r.Forget(c.Tx, at, id)
	tag.Keep(c.Tx, r.bearer(id))
}
