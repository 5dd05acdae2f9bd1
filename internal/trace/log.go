package trace

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

// Options bounds what a Log keeps. A zero takes the default.
type Options struct {
	Records int // how many records; 5,000
	Bytes   int // how many bytes they may take together; 16 MiB, at least 512 KiB

	File      string // where every record is also written as a line of JSON; "" for nowhere
	FileBytes int    // size at which the file is put aside; 64 MiB
	FileKeep  int    // how many files that were put aside remain; 3

	Fault func(error) // is told once, when the file cannot be written any more; nil: only Close tells
}

// Log remembers the latest requests in bounded memory. It is safe for concurrent use.
//
// Records are kept as bytes in a few large segments, written one after another and then written over:
// adding one allocates nothing, the collector has nothing to look at, and the bound is exact.
type Log struct {
	watched atomic.Int32 // how many readers wait for new records
	file    *file        // nil without one

	mu       sync.Mutex
	slots    []slot // the record with number n is in slots[n % len(slots)]
	first    uint64 // number of the oldest record still held
	next     uint64 // number of the next record
	segments []segment
	current  int
	readers  map[*reader]struct{}
}

// slot says where a record is, and the end of its RequestId, to find it by.
type slot struct {
	tail             uint64
	segment          uint32
	offset, byteSize uint32
}

// segment is a piece of memory, filled from its start. It is made when first needed.
type segment struct {
	bytes []byte
	end   uint64 // one more than the number of the last record in it
}

// Open makes a Log. An error is that of its file; without one there is none.
func Open(o Options) (*Log, error) {
	records := orDefault(o.Records, 5000)
	segments := max(2, orDefault(o.Bytes, 16<<20)/segmentBytes)
	l := &Log{
		slots:    make([]slot, records),
		segments: make([]segment, segments),
		readers:  map[*reader]struct{}{},
	}
	if o.File == "" {
		return l, nil
	}
	f, err := openFile(l, o)
	if err != nil {
		return nil, fmt.Errorf("open trace file %s: %w", o.File, err)
	}
	l.file = f
	return l, nil
}

func orDefault(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// Add remembers r. It neither waits nor keeps r or anything r points to.
func (l *Log) Add(r *Record) {
	e := entry{Record: r, limit: keptOfSuccess}
	if r.Refused() {
		e.limit = keptOfFailure
		e.evidence = evidenceJSON(r.Evidence)
	}
	var shown *Record
	if l.watched.Load() > 0 {
		shown = e.copy()
	}
	tail, size := tailOf(r.RequestID), e.maxSize()

	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.room(size)
	from := len(s.bytes)
	s.bytes = e.append(s.bytes)
	if l.next-l.first == uint64(len(l.slots)) {
		l.first++
	}
	l.slots[l.next%uint64(len(l.slots))] = slot{
		tail: tail, segment: uint32(l.current), offset: uint32(from), byteSize: uint32(len(s.bytes) - from),
	}
	l.next++
	s.end = l.next
	if shown != nil {
		l.tell(shown)
	}
}

// room gives a segment that has room for size more bytes, writing over the oldest when all are full.
func (l *Log) room(size int) *segment {
	s := &l.segments[l.current]
	if s.bytes != nil && cap(s.bytes)-len(s.bytes) >= size {
		return s
	}
	if s.bytes != nil {
		l.current = (l.current + 1) % len(l.segments)
		s = &l.segments[l.current]
	}
	if s.bytes == nil {
		s.bytes = make([]byte, 0, segmentBytes)
	}
	s.bytes = s.bytes[:0]
	l.first = max(l.first, s.end)
	return s
}

// Find gives the record of a RequestId, which may be its last twelve digits alone: the cloud's messages name no more.
func (l *Log) Find(requestID string) (*Record, bool) {
	if len(requestID) < tailLength {
		return nil, false
	}
	for _, b := range l.withTail(tailOf(requestID)) {
		r := decode(b)
		if strings.EqualFold(r.RequestID, requestID) ||
			len(requestID) == tailLength && strings.EqualFold(lastOf(r.RequestID), requestID) {
			return masked(r), true
		}
	}
	return nil, false
}

// withTail copies the records whose RequestId ends so, newest first.
func (l *Log) withTail(tail uint64) [][]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found [][]byte
	for n := l.next; n > l.first; n-- {
		if s := &l.slots[(n-1)%uint64(len(l.slots))]; s.tail == tail {
			found = append(found, l.bytesOf(s))
		}
	}
	return found
}

// Recent gives up to n records for which keep is true, newest first. A nil keep takes all.
// Keep must not hold on to what it is shown: secrets are masked only afterwards.
func (l *Log) Recent(n int, keep func(*Record) bool) []*Record {
	var list []*Record
	l.mu.Lock()
	number := l.next
	l.mu.Unlock()
	for ; number > 0 && len(list) < n; number-- {
		b := l.at(number - 1)
		if b == nil {
			break
		}
		if r := decode(b); keep == nil || keep(r) {
			list = append(list, masked(r))
		}
	}
	return list
}

// at copies the record with a number; nil when it is no longer held.
func (l *Log) at(number uint64) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	if number < l.first || number >= l.next {
		return nil
	}
	return l.bytesOf(&l.slots[number%uint64(len(l.slots))])
}

func (l *Log) bytesOf(s *slot) []byte {
	b := l.segments[s.segment].bytes[s.offset : s.offset+s.byteSize]
	return append(make([]byte, 0, len(b)), b...)
}

// Len is how many records are held.
func (l *Log) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return int(l.next - l.first)
}

// Close ends every stream and writes out the file. A record added later is remembered, but written nowhere.
func (l *Log) Close() error {
	l.Hangup()
	if l.file == nil {
		return nil
	}
	return l.file.close()
}

// Hangup ends the streams of all readers, so that a server can drain; those that come later are served.
func (l *Log) Hangup() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for r := range l.readers {
		if !r.own {
			l.drop(r)
		}
	}
}

// Subscribe streams every record added from now on, until ctx ends or the Log closes.
// It never holds up a request: a reader that is too slow loses records and is told how many.
func (l *Log) Subscribe(ctx context.Context) <-chan Event {
	r := l.subscribe(streamLength, false)
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.drop(r)
	})
	return r.events
}
