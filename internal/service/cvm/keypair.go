package cvm

import "github.com/tengyun/tengyun/internal/state"

// keyPair is a key that logs into instances. The private half was given away when it was made and is not kept.
type keyPair struct {
	Name, Description string
	ProjectID         int64
	Public            string // OpenSSH's one line
	Created           int64  // UNIX seconds
}

// keyPairs belong to the account, not to a region: read and written through c.In("").
var keyPairs = state.NewTable("cvm.key-pair", state.By("name", func(_ string, k *keyPair) []string { return []string{k.Name} }))
