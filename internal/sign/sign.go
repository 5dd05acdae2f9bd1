// Package sign says who sent a request: it recomputes the signature from what arrived and explains its refusals.
//
// It knows TC3-HMAC-SHA256 (v3), HmacSHA1 and HmacSHA256 (v1). It reads no clock, keeps no request and changes nothing;
// all it remembers is derived signing keys, which are slow to make.
package sign

import (
	"crypto/subtle"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// Tolerance is how far a request's timestamp may be from the server's time, either way. Source: error centre.
const Tolerance = 300 * time.Second

// MaxV1 is the largest POST body that v1 signs, in bytes. Source: document/api/213/15690.
const MaxV1 = 1 << 20

// The checks a request goes through, as Evidence.Check names them, in order.
const (
	CheckAuthorization = "authorization" // v3: syntax and scope of the Authorization header
	CheckPayloadHash   = "payload-hash"  // v3: X-TC-Content-SHA256, where it is sent
	CheckClock         = "clock"
	CheckSecretID      = "secret-id"
	CheckToken         = "token"
	CheckSize          = "size" // v1
	CheckSignature     = "signature"
)

// A Checker proves callers. The zero value is ready; any number of goroutines may share one.
type Checker struct{ signers signers }

// Check returns the key that proved the caller of r; keys finds it, now is the server's time, as callers know it.
//
// It answers, in this order: AuthFailure.InvalidAuthorization, InvalidParameterValue (X-TC-Content-SHA256),
// AuthFailure.SignatureExpire, AuthFailure.SecretIdNotFound, AuthFailure.TokenFailure, AuthFailure.SignatureFailure. A scope
// whose day is wrong because the timestamp is out of time is SignatureExpire, which says why.
// The Evidence says what the failed check compared; it is nil when the error is. A request that may go unsigned,
// and does, is proved by the zero Key.
func (c *Checker) Check(r *wire.Request, keys account.Keys, now time.Time) (account.Key, *Evidence, error) {
	switch r.Scheme {
	case wire.Skip:
		return checkSkip(r)
	case wire.V3:
		return c.checkTC3(r, keys, now)
	default:
		return checkV1(r, keys, now)
	}
}

// checkSkip lets through only actions whose callers cannot have a key yet.
func checkSkip(r *wire.Request) (account.Key, *Evidence, error) {
	if r.Version == "2018-08-13" { // sts
		switch r.Action {
		case "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity":
			return account.Key{}, nil, nil
		}
	}
	return refuse(errAuthorization("`"+r.Action+"` must be signed."),
		&Evidence{Check: CheckAuthorization, Got: "SKIP", Want: algorithm + " …"})
}

// identify finds the key that a request claims to be signed with: clock, SecretId, token.
func identify(r *wire.Request, secretID string, keys account.Keys, now time.Time) (account.Key, *Evidence, error) {
	if far(r.Timestamp, now) {
		return refuse(errExpired(now), clockEvidence(r.Timestamp, now))
	}
	key, ok := keys(secretID)
	if !ok {
		return refuse(errSecretIDNotFound(), secretIDEvidence(secretID, keys))
	}
	// Simulated: a token sent along with a permanent key is a wrong token.
	if subtle.ConstantTimeCompare([]byte(r.Token), []byte(key.Token)) != 1 {
		return refuse(errToken(), tokenEvidence(r.Token, key))
	}
	if !key.Expires.IsZero() && !now.Before(key.Expires) {
		return refuse(errToken(), &Evidence{Check: CheckToken, SecretID: secretID,
			Got: "a key that expired at " + key.Expires.UTC().Format(time.RFC3339), Want: "a key valid at " + now.UTC().Format(time.RFC3339)})
	}
	return key, nil, nil
}

// far says whether a timestamp is out of tolerance. Whole seconds count, since that is all that a timestamp has.
func far(timestamp int64, now time.Time) bool {
	const tolerance = int64(Tolerance / time.Second)
	server := now.Unix()
	return timestamp < server-tolerance || timestamp > server+tolerance
}

func refuse(err *tcerr.Error, e *Evidence) (account.Key, *Evidence, error) {
	return account.Key{}, e, err
}
