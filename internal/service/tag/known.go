package tag

import (
	"strconv"

	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/state"
)

// knownTag is a tag of the account, whether a resource bears it or not.
type knownTag struct {
	Key, Value string
	Creator    string // Uin
}

// known is kept in no region, by pair.
var known = state.NewTable("tag.known",
	state.By("key", func(_ string, t *knownTag) []string { return []string{t.Key} }),
)

// learn makes a pair a tag of the account, if it is not one yet.
func learn(tx *state.Tx, key, value string) {
	home := tx.In("")
	if !known.Has(home, pair(key, value)) {
		known.Put(home, pair(key, value), knownTag{Key: key, Value: value, Creator: tx.Account})
	}
}

// everywhere is the transaction in every region, first in none.
func everywhere(tx *state.Tx) []*state.Tx {
	all := []*state.Tx{tx.In("")}
	for _, r := range region.All() {
		all = append(all, tx.In(r.Name))
	}
	return all
}

// borne is how many resources of the account bear a pair.
func borne(tx *state.Tx, key, value string) (n int) {
	for _, in := range everywhere(tx) {
		n += resources.Count(in, "pair", pair(key, value))
	}
	return n
}

// number is a Uin as the numbers of answers have it.
func number(uin string) *uint64 {
	n, err := strconv.ParseUint(uin, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}
