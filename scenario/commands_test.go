package scenario_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cvm"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
	"github.com/tengyun/tengyun/scenario"
)

// call PRODUCT ACTION [JSON | @FILE] sends a request and writes the answer to stdout, without its RequestId.
// Variables in the JSON are expanded. `! call` wants an error.
func call(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, args, 2, 3, "call PRODUCT ACTION [JSON | @FILE]")
	s := on(ts)
	s.send(ts, args)
	if refused := s.last.Code != ""; refused != neg {
		ts.Fatalf("%s %s answers\n%s%s", args[0], args[1], s.last.Shown, s.cause())
	}
}

// refuse CODE PRODUCT ACTION [JSON | @FILE] is a call that wants exactly this code.
func refuse(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 3, 4, "refuse CODE PRODUCT ACTION [JSON | @FILE]")
	s := on(ts)
	s.send(ts, args[1:])
	if s.last.Code != args[0] {
		ts.Fatalf("%s %s answers\n%s%swant %s", args[1], args[2], s.last.Shown, s.cause(), args[0])
	}
}

// send calls, writes the answer to stdout and holds it against the catalog.
func (s *stage) send(ts *testscript.TestScript, args []string) {
	body := ""
	if len(args) == 3 {
		body = expand(ts, text(ts, args[2]))
	}
	action := actionOf(ts, args[0], args[1])
	r, err := wire.NewRequest(args[1], action.Version, s.region, []byte(body))
	ts.Check(err)
	r.Host, r.Language = args[0]+".tencentcloudapi.com", s.language
	s.last, err = scenario.Open(s.Gateway.Do(s.account, r))
	ts.Check(err)
	_, err = ts.Stdout().Write(s.last.Shown)
	ts.Check(err)
	if s.seen[s.last.RequestID] {
		ts.Fatalf("RequestId %s was given before", s.last.RequestID)
	}
	s.seen[s.last.RequestID] = true
	ts.Check(s.last.Check(action))
	s.codes.add(action, s.last.Code)
}

// cause is what an InternalError hides from the caller.
func (s *stage) cause() string {
	record, ok := s.Traces.Find(s.last.RequestID)
	if !ok {
		return ""
	}
	return record.Cause + "\n" + record.Stack
}

// actionOf finds the action in the version that is emulated, or else in the newest.
func actionOf(f interface{ Fatalf(string, ...any) }, product, name string) *catalog.Action {
	p, ok := catalog.Lookup(product)
	if !ok {
		f.Fatalf("the catalog has no product %s", product)
	}
	version := p.Versions[len(p.Versions)-1]
	for _, s := range emulator.Services() {
		if v, ok := p.Version(s.Version); ok && s.Name == product {
			version = v
		}
	}
	action, ok := version.Action(name)
	if !ok {
		f.Fatalf("%s %s has no action %s", product, version.Date, name)
	}
	return action
}

// set VARIABLE PATH keeps what stands at PATH of the last answer, such as InstanceIdSet.0.
func set(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 2, 2, "set VARIABLE PATH")
	v, err := on(ts).last.At(args[1])
	ts.Check(err)
	ts.Setenv(args[0], v)
}

// advance DURATION moves the clock, which otherwise stands.
func advance(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 1, 1, "advance DURATION")
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	on(ts).clock.Advance(d)
}

// as NAME lets another account call; the first one is alice.
func as(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 1, 1, "as NAME")
	s := on(ts)
	s.account = s.caller(args[0])
}

// in REGION turns to another region; the first one is ap-guangzhou.
func in(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 1, 1, "in REGION")
	if _, ok := region.Find(args[0]); !ok {
		ts.Fatalf("no region %s", args[0])
	}
	on(ts).region = args[0]
}

// speak LANGUAGE asks for messages in en-US or zh-CN.
func speak(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 1, 1, "speak en-US|zh-CN")
	on(ts).language = tcerr.Language(args[0])
}

// speed WORD|NUMBER says how fast lifecycles go: real (as at first), instant, or as many times faster than real.
func speed(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 1, 1, "speed real|instant|NUMBER")
	n, err := strconv.ParseFloat(strings.NewReplacer("real", "1", "instant", "0").Replace(args[0]), 64)
	ts.Check(err)
	on(ts).Gateway.Settings.Speed = n
}

// quota LIMIT NUMBER [ACCOUNT] gives all accounts, or the one that is called so, another limit than the ordinary.
func limit(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 2, 3, "quota LIMIT NUMBER [ACCOUNT]")
	s, uin := on(ts), ""
	if len(args) == 3 {
		uin = s.caller(args[2]).OwnerUin
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	if _, ok := quota.Limit(args[0]).Fact(); !ok {
		ts.Fatalf("no limit %s; there are %q", args[0], quota.Limits())
	}
	ts.Check(s.SetQuotas(uin, map[quota.Limit]int{quota.Limit(args[0]): n}))
}

// standing WORD [ACCOUNT] says how an account stands with the cloud; without ACCOUNT, the one that calls.
func standing(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 1, 2, "standing WORD [ACCOUNT]")
	s := on(ts)
	who, word := s.account, account.Standing(args[0])
	if len(args) == 2 {
		who = s.caller(args[1])
	}
	ts.Check(word.Check())
	ts.Check(s.SetStandings(account.Standings{who.OwnerUin: word}))
}

// platform DEED INSTANCE does what the cloud's own people do to an instance. `! platform` wants it to be impossible.
func platform(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, args, 2, 2, "platform DEED INSTANCE")
	deed := cvm.Deed(args[0])
	ts.Check(deed.Check())
	switch err := on(ts).Act(args[1], deed); {
	case err == nil && neg:
		ts.Fatalf("%s %s: got it done, want it impossible", args[0], args[1])
	case err != nil && !neg:
		ts.Fatalf("%v", err)
	case err != nil:
		_, err = fmt.Fprintln(ts.Stderr(), err)
		ts.Check(err)
	}
}

// stock ZONE ITEM LEVEL says how much is left of something that is sold.
func stock(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 3, 3, "stock ZONE ITEM LEVEL")
	word := offer.Word{Zone: args[0], Item: args[1], Level: offer.Level(args[2])}
	ts.Check(word.Check())
	on(ts).SetStock([]offer.Word{word})
}

// restart ends the cloud and starts it again on what it has kept. The first time, it is also what moves a cloud that
// has nothing yet from memory to a directory.
func restart(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, args, 0, 0, "restart")
	s := on(ts)
	ts.Check(s.Close())
	s.data = filepath.Join(ts.Getenv("WORK"), ".data")
	ts.Check(s.open())
}
