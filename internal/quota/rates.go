package quota

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// Key is what requests are counted by. A user below an account is counted apart from it. Source: document/product/1278/109059.
type Key struct {
	Uin     string // the identity itself, not the account that owns it
	Ingress string // the region where requests enter, by the host they are sent to; it is not the one they act on
	Product string
	Action  string
}

// Rules are what an emulator's owner decided about request rates. The zero Rules leave every rate as it is.
type Rules struct {
	Off     bool           // nothing is limited
	Actions map[string]int // instead of the cloud's numbers, by "product.Action": "cvm.RunInstances"
}

// Rates counts requests in windows of one second, as the cloud does, and keeps no more than the current second.
// The zero Rates are ready; they must not be copied. All methods may be called at the same time.
type Rates struct {
	rules  atomic.Pointer[compiled]
	shards [64]shard
}

// Take counts one request and says whether it is within limit; 0 or less is no limit. Count includes the request and
// those refused before it in the same second.
// Simulated: the cloud does not document whether refused requests count.
func (r *Rates) Take(k Key, limit int, now time.Time) (count int, ok bool) {
	if rules := r.rules.Load(); rules != nil {
		if rules.off {
			return 0, true
		}
		if n, decided := rules.actions[action{k.Product, k.Action}]; decided {
			limit = n
		}
	}
	if limit <= 0 {
		return 0, true
	}
	count = r.shards[place(k)].take(k, now.Unix())
	return count, count <= limit
}

// Set puts rules in force at once.
func (r *Rates) Set(rules Rules) {
	r.rules.Store(compile(rules))
}

// Rules are those in force.
func (r *Rates) Rules() Rules {
	if c := r.rules.Load(); c != nil {
		return Rules{Off: c.off, Actions: maps.Clone(c.given)}
	}
	return Rules{}
}

// Limit is the number in force for an action whose number in the cloud is limit; 0 is no limit.
func (r *Rates) Limit(product, name string, limit int) int {
	c := r.rules.Load()
	if c == nil {
		return limit
	}
	if c.off {
		return 0
	}
	if n, decided := c.actions[action{product, name}]; decided {
		return max(n, 0)
	}
	return limit
}

// Exceeded says that count requests came in a second in which limit are allowed. Source of the texts: the public error centre.
func Exceeded(count, limit int) *tcerr.Error {
	return tcerr.New(tcerr.RequestLimitExceeded, "Your current request times equals to `%d` in a second, "+
		"which exceeds the frequency limit `%d` for a second. Please reduce the frequency of calls.", count, limit).
		Zh("您当前每秒请求 `%d` 次，超过了每秒频率上限 `%d`，请稍后重试。")
}

// large is how many keys a shard may have room for when its second is over; beyond it the room is given back.
const large = 1024

// shard is the counts of one second. Whoever comes in another second clears it, so that no sweeper is needed.
type shard struct {
	mu     sync.Mutex
	second int64
	counts map[Key]*int
	_      [40]byte // a cache line each, lest neighbours wait for one another
}

func (s *shard) take(k Key, second int64) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	// A request that took its time just before the turn of the second may come after one that took it just after:
	// it is counted in the new window. A clock set back further begins anew.
	if s.counts == nil || second != s.second && second != s.second-1 {
		s.turn(second)
	}
	n := s.counts[k]
	if n == nil {
		n = new(int)
		s.counts[k] = n
	}
	*n++
	return *n
}

func (s *shard) turn(second int64) {
	s.second = second
	if s.counts == nil || len(s.counts) > large {
		s.counts = make(map[Key]*int)
		return
	}
	clear(s.counts)
}

// place is a key's shard: FNV-1a over the parts that differ most.
func place(k Key) int {
	h := uint32(2166136261)
	for i := range len(k.Uin) {
		h = (h ^ uint32(k.Uin[i])) * 16777619
	}
	for i := range len(k.Action) {
		h = (h ^ uint32(k.Action[i])) * 16777619
	}
	return int(h % 64)
}
