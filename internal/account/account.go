// Package account says who may call: identities of the cloud and the keys that prove them.
package account

import "time"

// Caller is an identity: a root account, or a user below one.
type Caller struct {
	OwnerUin string // the account that owns what the caller makes, twelve digits: "100000000001"
	Uin      string // the identity itself; equal to OwnerUin for the root account
	AppID    uint64 // the account's other number, ten digits: 1250000001
}

// Key is a secret that proves a Caller.
type Key struct {
	SecretID  string
	SecretKey string
	Token     string    // only of a temporary key, which must be sent with it
	Expires   time.Time // only of a temporary key
	Caller    Caller
}

// Keys looks up a key by its SecretId.
type Keys func(secretID string) (Key, bool)

// Ring makes a lookup of a few keys.
func Ring(keys []Key) Keys {
	byID := make(map[string]Key, len(keys))
	for _, k := range keys {
		byID[k.SecretID] = k
	}
	return func(secretID string) (Key, bool) {
		k, ok := byID[secretID]
		return k, ok
	}
}
