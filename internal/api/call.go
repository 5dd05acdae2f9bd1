package api

import (
	"slices"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/ids"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Call is one request on its way through an action: the caller's own rows, frozen at the instant of the call.
type Call struct {
	*state.Tx
	Caller    account.Caller
	Action    string
	RequestID string
	Asked     string // the region that the request named, also where the rows belong to none
	Language  tcerr.Language
	IDs       *ids.Source
	Settings  *Settings
	Aside     *Aside // nil: slow work is done within the transaction
}

// Settings is what an emulator's owner decided, the same for every call.
type Settings struct {
	Speed    float64 // how many seconds of the cloud's time pass in one of ours; 0 means that all is done at once
	Quotas   func(account string, l quota.Limit) int
	Stock    func(zone, item string) string        // nil: enough of everything
	Standing func(account string) account.Standing // nil: every account stands well
}

// Takes is how long something that takes d in the cloud takes here.
func (c *Call) Takes(d time.Duration) time.Duration {
	if c.Settings.Speed == 0 {
		return 0
	}
	return time.Duration(float64(d) / c.Settings.Speed)
}

// After is the instant at which something that takes d in the cloud is done here, if it begins now.
func (c *Call) After(d time.Duration) time.Time { return c.Now.Add(c.Takes(d)) }

// Quota is how many of something the caller's account may have.
func (c *Call) Quota(l quota.Limit) int {
	if c.Settings.Quotas == nil {
		return l.Default()
	}
	return c.Settings.Quotas(c.Account, l)
}

// Standing is how the caller's account stands with the cloud that it buys from.
func (c *Call) Standing() account.Standing {
	if c.Settings.Standing == nil {
		return account.Good
	}
	return c.Settings.Standing(c.Account)
}

// There is the call in another region of the same account, "" for what belongs to none.
func (c *Call) There(region string) *Call {
	there := *c
	there.Tx = c.In(region)
	return &there
}

// NewID draws an id for something new: "rti-1a2b3c4d" for "rti".
func (c *Call) NewID(prefix string) string { return c.IDs.Resource(prefix) }

// NewID draws an id for a new row of t where c is, one that none has: of two million instances, two would as soon as not be drawn alike.
func NewID[T any](c *Call, t *state.Table[T], prefix string) string {
	for {
		if id := c.NewID(prefix); !t.Has(c.Tx, id) {
			return id
		}
	}
}

// Chinese says whether the caller asked for Chinese words, which also names regions, zones and images.
func (c *Call) Chinese() bool { return c.Language == tcerr.Chinese }

// StockLevel is how much the owner's stock has of an item, such as an instance type, in a zone: "EnoughStock", "NormalStock",
// "UnderStock", "WithoutStock", or "RunsOut" for what is there when it is ordered and not when it is made.
func (c *Call) StockLevel(zone, item string) string {
	if c.Settings.Stock == nil {
		return "EnoughStock"
	}
	return c.Settings.Stock(zone, item)
}

// InStock says whether anything is left.
func (c *Call) InStock(zone, item string) bool { return c.StockLevel(zone, item) != "WithoutStock" }

// ListedCode is the first of codes that the called action's own list has, and the last where it has none: products say
// the same thing by older and newer codes, and each action knows only some of them.
func (c *Call) ListedCode(product, version string, codes ...string) string {
	p, ok := catalog.Lookup(product)
	if !ok {
		return codes[0]
	}
	v, ok := p.Version(version)
	if !ok {
		return codes[0]
	}
	action, ok := v.Action(c.Action)
	if !ok {
		return codes[0]
	}
	if i := slices.IndexFunc(codes, action.Allows); i >= 0 {
		return codes[i]
	}
	return codes[len(codes)-1]
}
