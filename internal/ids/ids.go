// Package ids makes identifiers in the cloud's shapes: ins-1a2b3c4d, RequestIds. Seeded, it repeats itself.
package ids

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"sync"
)

// Source draws identifiers. It is safe for concurrent use.
type Source struct {
	mu   sync.Mutex
	rand *rand.ChaCha8
}

// New makes a Source whose draws follow from seed and after alone. After is how much was done before with ids of the
// same seed, so that they are not drawn again; 0 is nothing.
func New(seed, after uint64) *Source {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	binary.LittleEndian.PutUint64(key[8:], after)
	return &Source{rand: rand.NewChaCha8(key)}
}

// Uint64 is 64 random bits.
func (s *Source) Uint64() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rand.Uint64()
}

// Resource draws a resource id: prefix, a hyphen and eight characters of 0-9a-z.
func (s *Source) Resource(prefix string) string {
	const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
	n := s.Uint64()
	id := make([]byte, 0, len(prefix)+9)
	id = append(append(id, prefix...), '-')
	for range 8 {
		id = append(id, alphabet[n%36])
		n /= 36
	}
	return string(id)
}

// UUID draws a random UUID (version 4), lower case: the shape of a RequestId.
func (s *Source) UUID() string {
	var raw [16]byte
	s.mu.Lock()
	binary.LittleEndian.PutUint64(raw[:8], s.rand.Uint64())
	binary.LittleEndian.PutUint64(raw[8:], s.rand.Uint64())
	s.mu.Unlock()
	raw[6] = raw[6]&0x0f | 0x40
	raw[8] = raw[8]&0x3f | 0x80
	var b [36]byte
	hex.Encode(b[:8], raw[:4])
	hex.Encode(b[9:13], raw[4:6])
	hex.Encode(b[14:18], raw[6:8])
	hex.Encode(b[19:23], raw[8:10])
	hex.Encode(b[24:], raw[10:])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// Seed draws a seed that no one can foresee.
func Seed() uint64 { return rand.Uint64() }
