package wire

import (
	"strconv"
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
)

// typed says whether n is a scalar of kind k. The text of a query or form becomes one if it can.
func (n *node) typed(k catalog.Kind) bool {
	if n.kind == untyped {
		return n.become(k)
	}
	switch k {
	case catalog.String:
		return n.kind == text
	case catalog.Bool:
		return n.kind == boolean
	}
	return n.kind == number && fits(n.text, k)
}

// become types a text. Python writes True and False, so the case of these words does not matter.
func (n *node) become(k catalog.Kind) bool {
	switch k {
	case catalog.String:
		n.kind = text
		return true
	case catalog.Bool:
		switch {
		case strings.EqualFold(n.text, "true"):
			n.kind, n.text = boolean, "true"
		case strings.EqualFold(n.text, "false"):
			n.kind, n.text = boolean, "false"
		default:
			return false
		}
		return true
	}
	if !decimal(n.text) || !fits(n.text, k) {
		return false
	}
	n.kind = number
	return true
}

// decimal says whether s is a plain decimal text: what strconv takes, without its signs, underscores, bases and names.
func decimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && !strings.ContainsRune(".eE+-", rune(c)) {
			return false
		}
	}
	return s != "" && '0' <= s[0] && s[0] <= '9'
}

// fits says whether the number text is of kind k and in its range. An int64 has neither point nor exponent.
func fits(s string, k catalog.Kind) bool {
	var err error
	switch k {
	case catalog.Int64:
		_, err = strconv.ParseInt(s, 10, 64)
	case catalog.Uint64:
		_, err = strconv.ParseUint(s, 10, 64)
	default:
		_, err = strconv.ParseFloat(s, 64)
	}
	return err == nil
}
