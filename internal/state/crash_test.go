package state

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/tengyun/tengyun/internal/state/journal"
)

// crashDir tells the test binary to be the process that is going to be killed.
const crashDir = "TENGYUN_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		commitForEver(dir)
	}
	os.Exit(m.Run())
}

// commitForEver commits from several goroutines, two rows in two tables a time, and prints the id of each commit that
// has been acknowledged.
func commitForEver(dir string) {
	j, err := journal.OpenFile(dir)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	s, err := Open(j)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for writer := range 8 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d-%d-%d", os.Getpid(), writer, i)
				err := s.Update(home, t0, func(tx *Tx) error {
					boxes.Put(tx, id, box{State: id})
					crates.Put(tx.In(""), id, box{State: id})
					return nil
				})
				if err != nil {
					fmt.Println("error", err)
					os.Exit(1)
				}
				fmt.Println("ack", id)
			}
		}()
	}
	select {}
}

// TestAcknowledgedCommitsSurviveKill kills a committing process again and again at random moments. Every commit that it
// acknowledged has to be there, and every other one wholly or not at all.
func TestAcknowledgedCommitsSurviveKill(t *testing.T) {
	t.Parallel()
	dir, random := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	var acked []string
	for range 5 {
		acked = append(acked, killed(t, dir, 20+random.IntN(400))...)
		s := open(t, openFile(t, dir))
		view(t, s, 0, func(tx *Tx) {
			for _, id := range acked {
				if !boxes.Has(tx, id) {
					t.Errorf("%s was acknowledged and is lost", id)
				}
			}
			if a, b := boxes.Len(tx), crates.Len(tx.In("")); a != b || a < len(acked) {
				t.Errorf("got %d and %d rows of commits that made one each, %d acknowledged", a, b, len(acked))
			}
		})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d commits acknowledged", len(acked))
}

// killed runs commitForEver, kills it once it has acknowledged n commits, and answers what it has acknowledged.
func killed(t *testing.T, dir string, n int) (acked []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, ok := strings.CutPrefix(lines.Text(), "ack ")
		if !ok {
			t.Errorf("the child says %s", lines.Text())
		}
		if acked = append(acked, id); len(acked) >= n {
			once.Do(func() { _ = child.Process.Kill() })
		}
	}
	_ = child.Wait() // it was killed
	return acked
}
