package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
)

// scope is what a v3 signing key is derived from.
type scope struct{ secret, date, service string }

// signer is a keyed MAC with the room it works in.
type signer struct {
	mac             hash.Hash
	canonical, text []byte
	sum             []byte
}

// maxScopes bounds the keys remembered. A client uses one a day and product.
const maxScopes = 512

// signers remembers signing keys that have proved a caller: deriving one takes three MACs, more than all the rest
// of a check. What never verified is not remembered, so strangers cannot push out what is in use.
type signers struct {
	mu    sync.Mutex // for writing
	known atomic.Pointer[map[scope]*sync.Pool]
}

// verify says whether the signature is that of t by any of the ways in which clients sign, and of this secret.
func (k *signers) verify(t *tc3, secret, signature string) bool {
	in := scope{secret, t.date, t.service}
	pool, known := k.find(in)
	s := pool.Get().(*signer)
	defer pool.Put(s)

	likeliest := *t
	likeliest.uri = "/"
	ok := likeliest.matches(s, signature) || t.matchesOtherwise(s, signature)
	if ok && !known {
		k.remember(in, pool)
	}
	return ok
}

// matchesOtherwise tries every way but the first.
func (t tc3) matchesOtherwise(s *signer, signature string) bool {
	n := 0
	for way := range t.ways {
		if n++; n > 1 && way.matches(s, signature) {
			return true
		}
	}
	return false
}

func (k *signers) find(in scope) (pool *sync.Pool, known bool) {
	if all := k.known.Load(); all != nil {
		if pool, known = (*all)[in]; known {
			return pool, true
		}
	}
	key := deriveKey("TC3"+in.secret, in.date, in.service)
	return &sync.Pool{New: func() any { return &signer{mac: hmac.New(sha256.New, key)} }}, false
}

// remember adds a scope to a copy, so that readers never wait. A full memory starts afresh.
func (k *signers) remember(in scope, pool *sync.Pool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	next := map[scope]*sync.Pool{}
	if all := k.known.Load(); all != nil && len(*all) < maxScopes {
		next = maps.Clone(*all)
	}
	// The strings are parts of a request's headers; alone they do not keep it alive.
	next[scope{strings.Clone(in.secret), strings.Clone(in.date), strings.Clone(in.service)}] = pool
	k.known.Store(&next)
}

// deriveKey makes the signing key of a scope.
func deriveKey(secret, date, service string) []byte {
	key := []byte(secret)
	for _, part := range []string{date, service, terminator} {
		key = mac256(key, part)
	}
	return key
}

func mac256(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
