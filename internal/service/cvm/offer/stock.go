package offer

import "maps"

// Level is how much of an offer is left, in the words of DescribeZoneInstanceConfigInfos.
type Level string

// The levels of stock.
const (
	EnoughStock  Level = "EnoughStock"
	NormalStock  Level = "NormalStock"
	UnderStock   Level = "UnderStock"
	WithoutStock Level = "WithoutStock"
)

// Stock is what an emulator's owner says is left in the shops. The zero Stock has enough of everything.
// A Stock does not change: who keeps one puts another in its place.
type Stock struct {
	levels map[shelf]Level
}

// shelf is a zone and an instance type or disk type; empty is any.
type shelf struct{ zone, item string }

// With is the stock after the owner's word on an instance type or disk type in a zone; "" is any zone, or any type.
// EnoughStock, too, is a word: it holds against a wider one.
func (s Stock) With(zone, item string, l Level) Stock {
	levels := maps.Clone(s.levels)
	if levels == nil {
		levels = make(map[shelf]Level)
	}
	levels[shelf{zone, item}] = l
	return Stock{levels}
}

// Level is what is left of an instance type or disk type in a zone: the owner's narrowest word on it,
// that on the type before that on the zone.
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
