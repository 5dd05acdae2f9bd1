package state

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// commit is what the journal is to know of d, once it is asked for: rows are found now, but encoded then, so that no other
// writer waits for that.
func (d *draft) commit(account string) func() *journal.Commit {
	c := &journal.Commit{Account: account, Revision: d.revision, ID: rand.Text(), Entries: make([]journal.Entry, len(d.changed))}
	lives := make([]life, len(d.changed))
	for i, a := range d.changed {
		c.Entries[i] = journal.Entry{Region: a.region, Table: a.table, Seq: a.seq, ID: a.id}
		if s := d.shelves[a.region][a.table]; s != nil {
			if at, ok := s.part.Load().rows.Get(slot{seq: a.seq}); ok {
				c.Entries[i].ID, lives[i] = at.id, at.life
			}
		}
	}
	return sync.OnceValue(func() *journal.Commit {
		for i, l := range lives {
			if l.now != nil {
				c.Entries[i].Data = encode(l)
			}
		}
		return c
	})
}

// encode is how a row over time lies in a journal: its versions. A version is, but for the first, the
// instant from which it holds (seconds and nanoseconds of Unix time), then the length of its JSON plus one, then its
// JSON; a length of 0, and no JSON, is the row's end. Numbers are varints. So a table need not be known for its rows to
// be kept, settled and handed on.
func encode(l life) []byte {
	b := appendVersion(nil, l.now)
	for c := l.later; c != nil; c = c.next {
		b = binary.AppendVarint(b, c.at.Unix())
		b = binary.AppendUvarint(b, uint64(c.at.Nanosecond()))
		b = appendVersion(b, c.to)
	}
	return b
}

func appendVersion(b []byte, v *version) []byte {
	if v == nil {
		return append(b, 0)
	}
	data, still := v.row.(encoded)
	if !still {
		var err error
		if data, err = json.Marshal(v.row); err != nil {
			panic(fmt.Sprintf("state: encode a row: %v", err))
		}
	}
	b = slices.Grow(b, binary.MaxVarintLen64+len(data))
	return append(binary.AppendUvarint(b, uint64(len(data))+1), data...)
}

var errDamaged = errors.New("damaged")

// decodeLife is the inverse of encode, but leaves the rows encoded.
func decodeLife(id string, b []byte) (life, error) {
	r := reader{rest: b}
	l := life{id: id, now: r.version()}
	for end := &l.later; len(r.rest) > 0 && !r.damaged; end = &(*end).next {
		at := time.Unix(r.varint(), int64(r.uvarint())).UTC()
		*end = &change{at: at, to: r.version()}
	}
	if r.damaged || l.now == nil {
		return life{}, errDamaged
	}
	return l, nil
}

// reader takes an encoding apart.
type reader struct {
	rest    []byte
	damaged bool
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.rest)
	r.skip(size)
	return n
}

func (r *reader) varint() int64 {
	n, size := binary.Varint(r.rest)
	r.skip(size)
	return n
}

func (r *reader) skip(n int) {
	if n <= 0 {
		r.damaged, r.rest = true, nil
		return
	}
	r.rest = r.rest[n:]
}

func (r *reader) version() *version {
	n := r.uvarint()
	if n == 0 || n-1 > uint64(len(r.rest)) {
		r.damaged = r.damaged || n != 0
		return nil
	}
	data := encoded(r.rest[: n-1 : n-1])
	r.rest = r.rest[n-1:]
	return &version{row: data}
}
