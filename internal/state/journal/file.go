package journal

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"go.etcd.io/bbolt"
)

// File keeps commits in one bbolt file, for one process at a time. A batch costs one fsync; what Append has
// acknowledged survives the end of the process, however sudden.
//
// In the file each account has a bucket, whose sequence is the account's revision. A row's key is region, table and place in
// the order of creation (8 bytes, big endian), with NUL between: what is made together lies together, so that a batch
// changes few pages; by id, which is drawn, each row of it would lie on another. Its value is a CRC-32C of the key and of
// what follows (4 bytes, big endian), the length of the id (a varint), the id and the data.
type File struct {
	db   *bbolt.DB
	path string
}

const accountPrefix = "account "

var errDamaged = errors.New("the file is damaged")

// Load hands over every row, ordered by account, region, table and creation.
func (f *File) Load(each func(account string, revision uint64, e Entry) error) error {
	return f.guard(func() error {
		return f.db.View(func(tx *bbolt.Tx) error {
			return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
				account, ok := bytes.CutPrefix(name, []byte(accountPrefix))
				if !ok {
					return nil
				}
				return loadAccount(string(account), b, each)
			})
		})
	})
}

func loadAccount(account string, b *bbolt.Bucket, each func(string, uint64, Entry) error) error {
	if err := each(account, b.Sequence(), Entry{}); err != nil {
		return err
	}
	return b.ForEach(func(key, value []byte) error {
		e, err := decode(key, value)
		if err != nil {
			return err
		}
		return each(account, b.Sequence(), e)
	})
}

// Append makes a batch durable, in order, and returns once it is: all of it, or nothing and an error.
func (f *File) Append(commits []Commit) error {
	return f.guard(func() error {
		return f.db.Update(func(tx *bbolt.Tx) error {
			for _, c := range commits {
				if err := appendCommit(tx, c); err != nil {
					return fmt.Errorf("account %s, revision %d: %w", c.Account, c.Revision, err)
				}
			}
			return nil
		})
	})
}

// fill is how full a page is left that had to be split. Rows come in the order of their keys, and later ones not in between:
// half full, as bbolt would leave them, the file would be nearly twice as large and a commit write twice as many pages.
const fill = 0.9

func appendCommit(tx *bbolt.Tx, c Commit) error {
	b, err := tx.CreateBucketIfNotExists([]byte(accountPrefix + c.Account))
	if err != nil {
		return err
	}
	b.FillPercent = fill
	if b.Sequence()+1 != c.Revision {
		return fmt.Errorf("the file is at revision %d", b.Sequence())
	}
	for _, e := range c.Entries {
		if err := put(b, e); err != nil {
			return err
		}
	}
	return b.SetSequence(c.Revision)
}

func put(b *bbolt.Bucket, e Entry) error {
	key := make([]byte, 0, len(e.Region)+len(e.Table)+10)
	key = append(append(append(append(key, e.Region...), 0), e.Table...), 0)
	key = binary.BigEndian.AppendUint64(key, e.Seq)
	if e.Data == nil {
		return b.Delete(key)
	}
	value := make([]byte, sumLength, sumLength+binary.MaxVarintLen64+len(e.ID)+len(e.Data))
	value = binary.AppendUvarint(value, uint64(len(e.ID)))
	value = append(append(value, e.ID...), e.Data...)
	binary.BigEndian.PutUint32(value, checksum(key, value[sumLength:]))
	return b.Put(key, value)
}

const sumLength = 4

// decode is the inverse of put. The entry keeps nothing of the file's memory, which goes away with the transaction.
func decode(key, value []byte) (Entry, error) {
	names := bytes.SplitN(key, []byte{0}, 3)
	if len(names) != 3 || len(names[2]) != 8 || len(value) < sumLength || binary.BigEndian.Uint32(value) != checksum(key, value[sumLength:]) {
		return Entry{}, errDamaged
	}
	length, size := binary.Uvarint(value[sumLength:])
	rest := value[sumLength+max(size, 0):]
	if size <= 0 || length > uint64(len(rest)) {
		return Entry{}, errDamaged
	}
	return Entry{string(names[0]), string(names[1]), binary.BigEndian.Uint64(names[2]), string(rest[:length]), bytes.Clone(rest[length:])}, nil
}

func checksum(key, data []byte) uint32 {
	castagnoli := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, data)
}

// Watch returns at once: nobody else writes.
func (f *File) Watch(context.Context, func(Commit)) error { return nil }

// Close lets go of the file.
func (f *File) Close() error { return f.db.Close() }
