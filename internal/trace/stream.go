package trace

// Event is one step of a live stream.
type Event struct {
	Record *Record
	Lost   int // how many records before this one the reader was too slow to get
}

// How many events wait for a reader before the next ones are lost to it.
const (
	streamLength = 256
	fileLength   = 1024
)

// reader is one who wants to see records as they come.
type reader struct {
	events chan Event
	lost   int
	own    bool // the Log's own, which outlives Hangup
}

func (l *Log) subscribe(length int, own bool) *reader {
	r := &reader{events: make(chan Event, length), own: own}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.readers[r] = struct{}{}
	l.watched.Add(1)
	return r
}

// drop ends a reader's stream. The caller holds the lock.
func (l *Log) drop(r *reader) {
	if _, ok := l.readers[r]; !ok {
		return
	}
	delete(l.readers, r)
	l.watched.Add(-1)
	close(r.events)
}

// tell hands a record to every reader that has room for it. The caller holds the lock.
func (l *Log) tell(r *Record) {
	for to := range l.readers {
		select {
		case to.events <- Event{Record: r, Lost: to.lost}:
			to.lost = 0
		default:
			to.lost++
		}
	}
}
