package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

// mistake is something that goes wrong in clients when they compute an attempt of type T.
type mistake[T any] struct {
	name  string
	alter func(*T) // makes it go wrong
}

// attempt is a v3 signature as some client may compute it. A nil step is done as documented.
type attempt struct {
	tc3
	secret string
	key    func(a *attempt) []byte             // derives the signing key
	layout func(canonical string) string       // writes the canonical request
	toSign func(text, canonical string) string // writes the string to sign
	encode func(mac []byte) string
}

// bench is where attempts are computed, dozens for one refusal: its buffers and its MAC serve them all.
type bench struct {
	scope                      scope
	mac                        hash.Hash // keyed for scope
	canonical, text, signature []byte
}

func (b *bench) compute(a *attempt) {
	b.canonical = a.appendCanonical(b.canonical[:0])
	if a.layout != nil {
		b.canonical = append(b.canonical[:0], a.layout(string(b.canonical))...)
	}
	b.text = a.appendStringToSign(b.text[:0], b.canonical)
	if a.toSign != nil {
		b.text = append(b.text[:0], a.toSign(string(b.text), string(b.canonical))...)
	}
	mac := b.keyed(a)
	mac.Reset()
	mac.Write(b.text)
	var sum [sha256.Size]byte
	if mac.Sum(sum[:0]); a.encode != nil {
		b.signature = append(b.signature[:0], a.encode(sum[:])...)
		return
	}
	b.signature = hex.AppendEncode(b.signature[:0], sum[:])
}

func (b *bench) keyed(a *attempt) hash.Hash {
	if a.key != nil {
		return hmac.New(sha256.New, a.key(a))
	}
	if in := (scope{a.secret, a.date, a.service}); b.mac == nil || in != b.scope {
		b.scope, b.mac = in, hmac.New(sha256.New, deriveKey("TC3"+a.secret, a.date, a.service))
	}
	return b.mac
}

func (b *bench) computation() Computation {
	return Computation{CanonicalRequest: string(b.canonical), StringToSign: string(b.text), Signature: string(b.signature)}
}

// explainTC3 shows what the server computed, and looks for a mistake that leads to the signature received.
func explainTC3(r *wire.Request, auth *authorization, key account.Key) *Evidence {
	right := attempt{tc3: newTC3(r, auth), secret: key.SecretKey}
	e := &Evidence{Check: CheckSignature, SecretID: key.SecretID, Got: auth.signature}
	var b bench
	for way := range right.ways {
		if e.Server == nil {
			b.compute(&attempt{tc3: way, secret: right.secret})
			server := b.computation()
			e.Server, e.Want = &server, server.Signature
		}
		e.Tried = append(e.Tried, way.describe())
	}
	for _, m := range tc3Mistakes(r, key) {
		wrong := right
		m.alter(&wrong)
		for way := range wrong.ways {
			wrong.tc3 = way
			if b.compute(&wrong); string(b.signature) == auth.signature {
				e.Cause = causeOf(m.name, *e.Server, b.computation())
				return e
			}
		}
	}
	e.Cause = noKnownMistake("canonical request")
	return e
}

// noKnownMistake says that nothing was recognised, and what is left to do.
func noKnownMistake(compare string) *Cause {
	return &Cause{Name: "no known mistake leads to this signature: another SecretKey, or something changed on its way; compare your " +
		compare + " with the server's"}
}

func (t *tc3) describe() string {
	text := fmt.Sprintf("host %q, path %q, query %q", t.host, t.uri, t.query)
	if t.fold {
		text += ", values in lower case"
	}
	return text
}

// attemptV1 is a v1 signature as some client may compute it. A nil step is done as documented.
type attemptV1 struct {
	v1
	secret string
	encode func(mac []byte) string
}

func (a *attemptV1) signature() string {
	if a.encode != nil {
		return a.encode(a.mac(a.secret))
	}
	return base64.StdEncoding.EncodeToString(a.mac(a.secret))
}

func (a *attemptV1) computation() Computation {
	shown := a.v1
	shown.pairs = masked(a.pairs)
	return Computation{StringToSign: string(shown.appendText(nil)), Signature: a.signature()}
}

// explainV1 is explainTC3 for v1.
func explainV1(r *wire.Request, key account.Key) *Evidence {
	right := attemptV1{v1: newV1(r), secret: key.SecretKey}
	e := &Evidence{Check: CheckSignature, SecretID: key.SecretID, Got: r.Signature}
	for way := range right.ways {
		if e.Server == nil {
			server := (&attemptV1{v1: way, secret: right.secret}).computation()
			e.Server, e.Want = &server, server.Signature
		}
		e.Tried = append(e.Tried, fmt.Sprintf("host %q, path %q", way.host, way.path))
	}
	for _, m := range v1Mistakes(r, key) {
		wrong := right
		m.alter(&wrong)
		for way := range wrong.ways {
			if wrong.v1 = way; wrong.signature() == r.Signature {
				e.Cause = causeOf(m.name, *e.Server, wrong.computation())
				return e
			}
		}
	}
	e.Cause = noKnownMistake("string to sign")
	return e
}

// mask stands where a secret was, here as in every trace.
const mask = "******"

// masked hides the values that a trace must not show, since v1 signs all parameters in the clear.
func masked(pairs []wire.Pair) []wire.Pair {
	shown := make([]wire.Pair, len(pairs))
	for i, p := range pairs {
		name := p.Name[strings.LastIndexByte(p.Name, '.')+1:]
		switch {
		case strings.Contains(name, "Password"), strings.HasSuffix(name, "SecretKey"), strings.HasSuffix(name, "PrivateKey"),
			name == "Token", name == "UserData":
			p.Value = mask
		}
		shown[i] = p
	}
	return shown
}

// hexKey derives a signing key from hex texts instead of the bytes that they stand for.
func hexKey(a *attempt) []byte {
	key := []byte("TC3" + a.secret)
	for _, part := range []string{a.date, a.service, terminator} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = hex.AppendEncode(nil, mac.Sum(nil))
	}
	return key
}
