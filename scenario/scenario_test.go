package scenario_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/scenario"
)

var update = flag.Bool("update", false, "rewrite what the transcripts expect to what the emulator answers")

// TestTranscripts plays every transcript, each in a cloud of its own that nothing else has touched.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got transcripts %q, error %v; want some", files, err)
	}
	refusals, err := filepath.Glob("*/refusals/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, refusals...)
	all := &codes{reached: map[string]bool{}}
	t.Cleanup(func() { all.compare(t) })
	testscript.Run(t, testscript.Params{
		Files:               files,
		Setup:               all.begin,
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"call":     call,
			"refuse":   refuse,
			"set":      set,
			"advance":  advance,
			"as":       as,
			"in":       in,
			"speak":    speak,
			"speed":    speed,
			"quota":    limit,
			"stock":    stock,
			"restart":  restart,
			"standing": standing,
			"platform": platform,
		},
	})
}

// epoch is when every transcript begins.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// stage is the cloud of one transcript, and who stands before it.
type stage struct {
	*emulator.Emulator
	clock    *clock.Manual
	data     string
	account  account.Caller
	accounts map[string]account.Caller
	region   string
	language tcerr.Language
	last     *scenario.Answer
	starts   uint64
	seen     map[string]bool // RequestIds
	codes    *codes          // nil outside transcripts
}

func (c *codes) begin(env *testscript.Env) error {
	s := newStage()
	s.codes = c
	env.Values["stage"] = s
	env.Defer(func() { _ = s.Close() })
	return s.open()
}

// newStage is one whose cloud is still to be opened.
func newStage() *stage {
	s := &stage{
		clock: clock.NewManual(epoch), accounts: map[string]account.Caller{}, region: "ap-guangzhou",
		language: tcerr.English, seen: map[string]bool{},
	}
	s.account = s.caller("alice")
	return s
}

// open starts the cloud, in memory or on what its directory has kept. A seed repeats itself, so each start has its own.
func (s *stage) open() error {
	s.starts++
	e, err := emulator.Start(emulator.Options{
		Keys:  []account.Key{{SecretID: "id", SecretKey: "key", Caller: s.account}},
		Clock: s.clock, Data: s.data, Speed: 1, Seed: s.starts, Rates: quota.Rules{Off: true}, Detector: true,
	})
	if err != nil {
		return err
	}
	s.Emulator = e
	return nil
}

// caller is the root of the account that a transcript calls by a name. The first is 100000000001.
func (s *stage) caller(name string) account.Caller {
	c, ok := s.accounts[name]
	if !ok {
		n := uint64(len(s.accounts) + 1)
		uin := "10000000000" + string(rune('0'+n))
		c = account.Caller{OwnerUin: uin, Uin: uin, AppID: 1250000000 + n}
		s.accounts[name] = c
	}
	return c
}

func on(ts *testscript.TestScript) *stage { return ts.Value("stage").(*stage) }

// want ends a transcript whose command has another number of arguments than least to most.
func want(ts *testscript.TestScript, args []string, least, most int, usage string) {
	if len(args) < least || len(args) > most {
		ts.Fatalf("usage: %s", usage)
	}
}

// text is an argument, or the file that @NAME names.
func text(ts *testscript.TestScript, arg string) string {
	if len(arg) > 1 && arg[0] == '@' {
		return ts.ReadFile(arg[1:])
	}
	return arg
}

// expand puts variables into a JSON text, which stands in quotes and so was spared by testscript.
func expand(ts *testscript.TestScript, text string) string { return os.Expand(text, ts.Getenv) }

// TestThirtyBehaviours: what emulators of CVM are most often found to do otherwise is told in full, one transcript each.
func TestThirtyBehaviours(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 30; n++ {
		pattern := fmt.Sprintf("cvm/behaviour_%02d_*.txtar", n)
		if found, err := filepath.Glob(pattern); err != nil || len(found) != 1 {
			t.Errorf("%s: got %q, error %v; want one transcript", pattern, found, err)
		}
	}
}
