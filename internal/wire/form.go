package wire

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxPairs is more than fits into the 1 MB that a form may have. Simulated, as maxValues is.
const maxPairs = 1 << 17

// parsePairs reads a query or form in the order sent. What was read before an error is given, too.
func parsePairs(s string) ([]Pair, error) {
	var pairs []Pair
	if s != "" {
		pairs = make([]Pair, 0, min(64, strings.Count(s, "&")+1))
	}
	for piece := range strings.SplitSeq(s, "&") {
		if piece == "" {
			continue // Simulated: whether the cloud forgives "a=1&&b=2" is not known.
		}
		p, err := parsePair(piece)
		if err != nil {
			return pairs, err
		}
		if len(pairs) >= maxPairs {
			return pairs, tooManyValues(maxPairs)
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

func parsePair(piece string) (Pair, error) {
	k, v, ok := strings.Cut(piece, "=")
	if !ok {
		return Pair{}, notSplit()
	}
	name, err := url.QueryUnescape(k)
	if err != nil || !utf8.ValidString(name) {
		return Pair{}, badFormat(printable(k))
	}
	if name == "" {
		return Pair{}, emptyKey()
	}
	value, err := url.QueryUnescape(v)
	if err != nil || !utf8.ValidString(value) {
		return Pair{Name: name}, badFormat(name)
	}
	return Pair{name, value}, nil
}

// printable is a text that no decoder has made valid yet.
func printable(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// grow makes the tree that dotted names describe: Filters.0.Values.1=x.
// Pairs are put into order first, so that what belongs together is neighbours, however many there are.
func grow(pairs []Pair) (tree, error) {
	slices.SortStableFunc(pairs, func(a, b Pair) int { return compareDotted(a.Name, b.Name) })
	g := grower{nodes: make(tree, 0, 2*len(pairs)+1)}
	g.nodes = append(g.nodes, node{kind: object})
	if err := g.members(pairs, 0, 0); err != nil {
		return nil, err
	}
	g.nodes[0].end = int32(len(g.nodes))
	return g.nodes, nil
}

// compareDotted orders by the parts between the dots: numbers first and by their size, A before A.B before AB.
func compareDotted(a, b string) int {
	for {
		x, restA, moreA := strings.Cut(a, ".")
		y, restB, moreB := strings.Cut(b, ".")
		if c := comparePart(x, y); c != 0 {
			return c
		}
		if !moreA || !moreB {
			return compareBool(moreA, moreB)
		}
		a, b = restA, restB
	}
}

func comparePart(x, y string) int {
	nx, ny := isIndex(x), isIndex(y)
	if nx && ny && len(x) != len(y) {
		return len(x) - len(y)
	}
	if nx != ny {
		return compareBool(ny, nx)
	}
	return strings.Compare(x, y)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func isIndex(part string) bool { return part != "" && digits(part) == len(part) }

type grower struct{ nodes tree }

// members appends what the names say behind the byte at from: all pairs share what is before it.
func (g *grower) members(pairs []Pair, from, depth int) error {
	first, _, _ := strings.Cut(pairs0(pairs, from), ".")
	indexed := from > 0 && isIndex(first)
	for n := 0; len(pairs) > 0; n++ {
		part, _, _ := strings.Cut(pairs[0].Name[from:], ".")
		if part == "" || depth >= maxDepth {
			return badFormat(pairs[0].Name)
		}
		if indexed && part != strconv.Itoa(n) {
			return badArray(pairs[0].Name[:from-1])
		}
		same := sharing(pairs, from, part)
		name := part
		if indexed {
			name = ""
		}
		if err := g.member(pairs[:same], name, from+len(part), depth); err != nil {
			return err
		}
		pairs = pairs[same:]
	}
	return nil
}

func pairs0(pairs []Pair, from int) string {
	if len(pairs) == 0 {
		return ""
	}
	return pairs[0].Name[from:]
}

// sharing counts the pairs at the start whose name has this part at from.
func sharing(pairs []Pair, from int, part string) int {
	for i := range pairs {
		if p, _, _ := strings.Cut(pairs[i].Name[from:], "."); p != part {
			return i
		}
	}
	return len(pairs)
}

// member appends one member: a scalar if its name ends at the byte at end, else an object or list.
func (g *grower) member(pairs []Pair, name string, end, depth int) error {
	at := len(g.nodes)
	if full := pairs[0].Name; len(full) == end {
		if len(pairs) == 1 {
			g.nodes = append(g.nodes, node{name: name, text: pairs[0].Value, kind: untyped, end: int32(at + 1)})
			return nil
		}
		if pairs[1].Name == full {
			return repeated(full)
		}
		return badFormat(full) // Simulated: what the cloud says to A=1&A.B=2 is not known.
	}
	g.nodes = append(g.nodes, node{name: name, kind: object})
	if part, _, _ := strings.Cut(pairs[0].Name[end+1:], "."); isIndex(part) {
		g.nodes[at].kind = list
	}
	if err := g.members(pairs, end+1, depth+1); err != nil {
		return err
	}
	g.nodes[at].end = int32(len(g.nodes))
	return nil
}
