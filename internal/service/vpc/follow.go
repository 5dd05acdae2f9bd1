package vpc

import (
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
	if !was.IsZero() {
		for _, id := range idsOf(cards.Where(c.Tx, "instance", instanceID)) {
			forget(c, was, id)
		}
	}
	settle(c, instanceID)
}

// settle writes down that what an instance has now is let go at its end, where that is known.
func settle(c *api.Call, instanceID string) {
	if at, ok := host.Ends(c.Tx, instanceID); ok {
		Release(c, at, instanceID, false)
	}
}

// unsettle is the opposite for one card, before it or an address of it goes elsewhere.
func unsettle(c *api.Call, cardID string) {
	if k, ok := cards.Get(c.Tx, cardID); ok {
		if at, ends := host.Ends(c.Tx, k.Instance); ends {
			forget(c, at, cardID)
		}
	}
}

// forget drops what was to become of a card and of the addresses at it from instant at on.
func forget(c *api.Call, at time.Time, cardID string) {
	for _, eip := range idsOf(addresses.Where(c.Tx, "card", cardID)) {
		addresses.keep(c, at, eip)
	}
	cards.keep(c, at, cardID)
}

// keep undoes a drop, and whatever else was planned for a row from instant at on.
func (r resource[T]) keep(c *api.Call, at time.Time, id string) {
	r.Forget(c.Tx, at, id)
	tag.Keep(c.Tx, r.bearer(id))
}
