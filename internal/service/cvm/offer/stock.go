package offer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cbs"
)

// Level is how much of an offer is left, in the words of DescribeZoneInstanceConfigInfos.
type Level string

// The levels of stock.
const (
	EnoughStock  Level = "EnoughStock"
	NormalStock  Level = "NormalStock"
	UnderStock   Level = "UnderStock"
	WithoutStock Level = "WithoutStock"

	// RunsOut is no word of the cloud's: enough is left when an instance is ordered, shown as UnderStock, and nothing when
	// it is made, so that it is LAUNCH_FAILED.
	RunsOut Level = "RunsOut"
)

// Stock is what an emulator's owner says is left in the shops. The zero Stock has enough of everything.
// A Stock does not change: who keeps one puts another in its place.
type Stock struct {
	levels map[shelf]Level
}

// What can run out besides types of instances, hosts and disks.
const (
	PublicIP = "EIP"      // public addresses that instances start with
	MinCount = "MinCount" // as many instances as the parameter of that name calls the least
)

// shelf is a zone and an item; empty is any.
type shelf struct{ zone, item string }

// With is the stock after the owner's word on an item in a zone; "" is any zone, or any item.
// EnoughStock, too, is a word: it holds against a wider one.
func (s Stock) With(zone, item string, l Level) Stock {
	levels := maps.Clone(s.levels)
	if levels == nil {
		levels = make(map[shelf]Level)
	}
	levels[shelf{zone, item}] = l
	return Stock{levels}
}

// Level is what is left of an item in a zone: the owner's narrowest word on it, that on the item before that on the zone.
func (s Stock) Level(zone, item string) Level {
	for _, place := range [...]shelf{{zone, item}, {"", item}, {zone, ""}, {"", ""}} {
		if l, said := s.levels[place]; said {
			return l
		}
	}
	return EnoughStock
}

// Has says that something is left.
func (s Stock) Has(zone, item string) bool { return s.Level(zone, item) != WithoutStock }

// Word is what an owner said of one thing in one zone; "" is any.
type Word struct {
	Zone  string `json:"zone"`
	Item  string `json:"item"` // a type of instance, host or disk, EIP, or MinCount
	Level Level  `json:"level"`
}

// Words are all that the owner said, by zone and item.
func (s Stock) Words() []Word {
	words := []Word{}
	for on, l := range s.levels {
		words = append(words, Word{on.zone, on.item, l})
	}
	slices.SortFunc(words, func(a, b Word) int { return cmp.Or(cmp.Compare(a.Zone, b.Zone), cmp.Compare(a.Item, b.Item)) })
	return words
}

// Check refuses a word about what there is not.
func (w Word) Check() error {
	if _, ok := region.FindZone(w.Zone); w.Zone != "" && !ok {
		return fmt.Errorf("there is no zone %q", w.Zone)
	}
	if w.Item != "" && !isItem(w.Item) {
		return fmt.Errorf("there is no type of instance, host or disk %q, nor is it %s or %s", w.Item, PublicIP, MinCount)
	}
	if levels := []Level{EnoughStock, NormalStock, UnderStock, WithoutStock, RunsOut}; !slices.Contains(levels, w.Level) {
		return fmt.Errorf("the level %q is none of %v", w.Level, levels)
	}
	return nil
}

// isItem says that there is something of the name that can run out.
func isItem(name string) bool {
	_, isType := FindType(name)
	_, isHost := FindHost(name)
	_, isDisk := cbs.FindKind(name)
	return isType || isHost || isDisk || name == PublicIP || name == MinCount
}

// ParseWord reads "ZONE/ITEM=LEVEL", "ap-guangzhou-3/S5.MEDIUM4=WithoutStock"; * is any zone or item.
func ParseWord(text string) (Word, error) {
	on, level, ok := strings.Cut(text, "=")
	zone, item, both := strings.Cut(on, "/")
	if !ok || !both {
		return Word{}, fmt.Errorf("%q is not ZONE/ITEM=LEVEL", text)
	}
	w := Word{zone, item, Level(level)}.Plain()
	return w, w.Check()
}

// Plain is w with "" for any zone or item, for which people write *.
func (w Word) Plain() Word {
	if w.Zone == "*" {
		w.Zone = ""
	}
	if w.Item == "*" {
		w.Item = ""
	}
	return w
}

// String is the word as ParseWord reads it.
func (w Word) String() string {
	return cmp.Or(w.Zone, "*") + "/" + cmp.Or(w.Item, "*") + "=" + string(w.Level)
}
