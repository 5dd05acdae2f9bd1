package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
)

// TestKilledProgramKeepsWhatItAcknowledged launches instances from many clients at once, kills the program in the
// midst of it, and looks for every instance whose id a client has seen.
func TestKilledProgramKeepsWhatItAcknowledged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program := filepath.Join(dir, "tengyun")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../cmd/tengyun").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	acknowledged := map[string]bool{}
	for round := range 3 {
		p, client := serve(t, program, filepath.Join(dir, "data"))
		expect(t, client, acknowledged)
		seen := len(acknowledged)
		var mu sync.Mutex
		var work sync.WaitGroup
		for range 8 {
			work.Go(func() {
				for {
					out, err := client.RunInstances(order(1))
					if err != nil {
						return // killed
					}
					mu.Lock()
					acknowledged[*out.Response.InstanceIdSet[0]] = true
					enough := len(acknowledged)-seen >= 100*(round+1)
					mu.Unlock()
					if enough {
						_ = p.Kill() // again and again, by each that comes here
					}
				}
			})
		}
		work.Wait()
	}
	_, client := serve(t, program, filepath.Join(dir, "data"))
	expect(t, client, acknowledged)
}

// serve starts the program, and kills it at the latest when the test ends.
func serve(t *testing.T, program, data string) (*os.Process, *cvm.Client) {
	t.Helper()
	addressFile := filepath.Join(t.TempDir(), "address")
	cmd := exec.CommandContext(t.Context(), program, "serve", "--listen", "127.0.0.1:0", "--address-file", addressFile, "--data", data,
		"--rate-limits", "off", "--quota", "cvm.instances.postpaid-per-zone=100000", "--secret-id", secretID, "--secret-key", secretKey)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed, which is an error
	})
	var address []byte
	for deadline := time.Now().Add(patience); len(address) == 0; time.Sleep(5 * time.Millisecond) {
		if address, _ = os.ReadFile(addressFile); time.Now().After(deadline) {
			t.Fatal("the program does not become ready")
		}
	}
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", strings.TrimSpace(string(address))
	client, err := cvm.NewClient(credential(), region, p)
	if err != nil {
		t.Fatal(err)
	}
	return cmd.Process, client
}

// expect looks for instances, and wants them all.
func expect(t *testing.T, client *cvm.Client, ids map[string]bool) {
	t.Helper()
	found := map[string]bool{}
	for total := int64(1); int64(len(found)) < total; {
		in := cvm.NewDescribeInstancesStatusRequest()
		in.Offset, in.Limit = common.Int64Ptr(int64(len(found))), common.Int64Ptr(100)
		out, err := client.DescribeInstancesStatus(in)
		if err != nil {
			t.Fatal(err)
		}
		if total = *out.Response.TotalCount; len(out.Response.InstanceStatusSet) == 0 {
			break
		}
		for _, s := range out.Response.InstanceStatusSet {
			found[*s.InstanceId] = true
		}
	}
	for id := range ids {
		if !found[id] {
			t.Errorf("%s was acknowledged, and is not there", id)
		}
	}
}
