package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/trace"
)

// TestHelpNamesEveryFlag asks each verb for a flag that it cannot have, and holds its help to the flags that it then lists.
func TestHelpNamesEveryFlag(t *testing.T) {
	t.Parallel()
	for _, v := range verbs() {
		var stderr strings.Builder
		p := &program{strings.NewReader(""), new(strings.Builder), &stderr, nil}
		if code := run(t.Context(), p, []string{v.name, "--zzz"}); code != exitUsage {
			t.Errorf("%s: got exit code %d, want %d", v.name, code, exitUsage)
		}
		_, list, _ := strings.Cut(stderr.String(), "valid ones: ")
		list, _, _ = strings.Cut(list, "\n")
		documented := flagsOf(v)
		for _, name := range strings.Fields(list) {
			if !slices.Contains(documented, name) {
				t.Errorf("%s: %s is not in its help", v.name, name)
			}
		}
		for _, name := range documented {
			if !slices.Contains(strings.Fields(list), name) && v.name != "coverage" && name != "--address-file" {
				t.Errorf("%s: its help names %s, which it does not have: %s", v.name, name, list)
			}
		}
		if n := strings.Count(v.long, "\n"); n > 40 || !strings.Contains(v.long, "example:\n  ") {
			t.Errorf("%s: help of %d lines, want one screen with an example", v.name, n)
		}
	}
}

func TestParametersAreTypedByTheCatalog(t *testing.T) {
	t.Parallel()
	product, _ := catalog.Lookup("cvm")
	run, _ := product.Versions[0].Action("RunInstances")
	describe, _ := product.Versions[0].Action("DescribeInstances")
	for name, test := range map[string]struct {
		shape *catalog.Shape
		args  string
		want  string
	}{
		"none":               {run.In, "", `{}`},
		"number":             {run.In, "--InstanceCount 2", `{"InstanceCount":2}`},
		"equals":             {run.In, "--InstanceName=a=b", `{"InstanceName":"a=b"}`},
		"bool":               {run.In, "--DryRun true", `{"DryRun":true}`},
		"not a number":       {run.In, "--InstanceCount two", `{"InstanceCount":"two"}`},
		"null is a text":     {run.In, "--InstanceCount null", `{"InstanceCount":"null"}`},
		"digits in a string": {run.In, "--InstanceName 007", `{"InstanceName":"007"}`},
		"nested":             {run.In, "--Placement.Zone z --Placement.ProjectId 3", `{"Placement":{"ProjectId":3,"Zone":"z"}}`},
		"repeated":           {describe.In, "--InstanceIds a --InstanceIds b", `{"InstanceIds":["a","b"]}`},
		"numbered":           {describe.In, "--InstanceIds.1 b --InstanceIds.0 a", `{"InstanceIds":["a","b"]}`},
		"ten and more":       {describe.In, "--InstanceIds.10 c --InstanceIds.9 b", `{"InstanceIds":["b","c"]}`},
		"list as JSON":       {describe.In, `--InstanceIds ["a","b"]`, `{"InstanceIds":["a","b"]}`},
		"object as JSON":     {run.In, `--Placement {"Zone":"z"}`, `{"Placement":{"Zone":"z"}}`},
		"objects in a list":  {describe.In, "--Filters.0.Name zone --Filters.0.Values.0 a --Filters.1.Name x", `{"Filters":[{"Name":"zone","Values":["a"]},{"Name":"x"}]}`},
		"large number":       {run.In, "--InstanceCount 9007199254740993", `{"InstanceCount":9007199254740993}`},
		"unknown":            {run.In, "--Nonsense.X 1", `{"Nonsense":{"X":"1"}}`},
		"empty":              {run.In, "--InstanceName=", `{"InstanceName":""}`},
		"bare bool":          {run.In, "--DryRun", `{"DryRun":true}`},
		"bare bool in front": {run.In, "--DryRun --InstanceCount 2", `{"DryRun":true,"InstanceCount":2}`},
		"nested bare bool":   {run.In, "--DataDisks.0.Encrypt --DataDisks.0.DiskSize 20", `{"DataDisks":[{"DiskSize":20,"Encrypt":true}]}`},
		"bare unknown":       {run.In, "--Dry", `{"Dry":"true"}`},
		"dashes":             {run.In, "--InstanceName=--x", `{"InstanceName":"--x"}`},
		"unknown action":     {nil, "--A.0 1", `{"A":{"0":"1"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rest, params := splitParams(append([]string{"cvm", "--region", "r"}, strings.Fields(test.args)...))
			if diff := cmp.Diff([]string{"cvm", "--region", "r"}, rest); diff != "" {
				t.Errorf("other arguments differ (-want +got):\n%s", diff)
			}
			got, err := paramsJSON(test.shape, params)
			if err != nil || string(got) != test.want {
				t.Errorf("got %s, %v, want %s", got, err, test.want)
			}
		})
	}
}

func TestOnlyABooleanGoesWithoutAValue(t *testing.T) {
	t.Parallel()
	product, _ := catalog.Lookup("cvm")
	action, _ := product.Versions[0].Action("RunInstances")
	for _, args := range [][]string{{"--InstanceName"}, {"--InstanceCount", "--DryRun"}, {"--Placement.Zone"}, {"--Placement"}} {
		_, params := splitParams(args)
		var exit *exitError
		if _, err := paramsJSON(action.In, params); !errors.As(err, &exit) || exit.code != exitUsage {
			t.Errorf("%q: got %v, want a wrong command line", args, err)
		}
	}
}

func TestEnvironmentReplacesWhatWasThere(t *testing.T) {
	t.Parallel()
	p := &program{environ: []string{"PATH=/bin", "HTTPS_PROXY=http://proxy.example:1", "TENCENTCLOUD_SECURITY_TOKEN=t",
		"NO_PROXY=intra.example, *, .tencentcloudapi.com,localhost", "HTTPS_PROXY_X=1"}}
	info := admin.Info{Endpoint: "http://127.0.0.1:1", Proxy: "http://127.0.0.1:1", SecretID: "id", SecretKey: "key", Region: "r", CAFile: "ca.pem"}
	got := merged(p.environ, environment(p, info, "bundle.pem"))
	for _, want := range []string{"PATH=/bin", "HTTPS_PROXY_X=1", "HTTPS_PROXY=http://127.0.0.1:1", "http_proxy=http://127.0.0.1:1",
		"TENGYUN_ADDRESS=127.0.0.1:1", "SSL_CERT_FILE=bundle.pem", "NODE_EXTRA_CA_CERTS=ca.pem"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing in %q", want, got)
		}
	}
	for _, pair := range got {
		name, value, _ := strings.Cut(pair, "=")
		if name == "TENCENTCLOUD_SECURITY_TOKEN" || strings.Contains(value, "proxy.example") {
			t.Errorf("got %s, want it gone", pair)
		}
		if hosts := strings.Split(value, ","); name == "NO_PROXY" &&
			(!slices.Contains(hosts, "intra.example") || slices.Contains(hosts, "*") || slices.Contains(hosts, ".tencentcloudapi.com")) {
			t.Errorf("got %s, want the hosts that were there, and not the cloud's own", pair)
		}
	}
	for _, v := range environment(p, info, "") {
		if v.name == "SSL_CERT_FILE" {
			t.Errorf("got %v, want no certificates where there are none", v)
		}
	}
}

func TestShellsUndoTheirQuotes(t *testing.T) {
	t.Parallel()
	for shell, want := range map[string]string{
		"bash":       `export A='it'\''s \ $x'`,
		"fish":       `set -gx A 'it\'s \\ $x'`,
		"powershell": `$env:A = 'it''s \ $x'`,
	} {
		say, err := sayer(shell)
		if err != nil {
			t.Fatal(err)
		}
		if got := say(variable{"A", `it's \ $x`}); got != want {
			t.Errorf("%s: got %s, want %s", shell, got, want)
		}
	}
}

func TestBundleHoldsOurRootAndTheOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	own, others := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "roots.pem")
	for path, text := range map[string]string{own: "OUR ROOT\n", others: "OTHER ROOTS"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &program{environ: []string{"SSL_CERT_FILE=" + others}}
	path, err := certificates(p, admin.Info{CAFile: own})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "OTHER ROOTS\nOUR ROOT\n" {
		t.Errorf("got %q, want both", got)
	}
	p.environ = []string{"SSL_CERT_FILE=" + path} // as inside of tengyun exec
	again, err := certificates(p, admin.Info{CAFile: own})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(again); bytes.Count(got, []byte("OUR ROOT")) != 1 {
		t.Errorf("got %q, want our root once", got)
	}
	if path, err := certificates(p, admin.Info{}); path != "" || err != nil {
		t.Errorf("got %q, %v, want nothing without an authority", path, err)
	}
	if _, err := certificates(p, admin.Info{CAFile: filepath.Join(dir, "none")}); err == nil {
		t.Error("got nil, want the error of the file that is not there")
	}
}

func TestStreamEndsWithTheEmulator(t *testing.T) {
	t.Parallel()
	s, err := startServe(nil, []string{"--cache", t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	at := &server{address: s.address, client: newClient()}
	r, err := at.controlRequest(ctx, http.MethodGet, "trace/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := at.client.Do(r) // its headers say that the stream has begun
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	p := &program{strings.NewReader(""), new(strings.Builder), new(strings.Builder), []string{"TENGYUN_ADDRESS=" + s.address}}
	if code := run(ctx, p, []string{"call", "cvm", "DescribeRegions"}); code != 0 {
		t.Fatalf("got exit code %d", code)
	}
	var record trace.Record
	if err := json.NewDecoder(answer.Body).Decode(&record); err != nil || record.Action != "DescribeRegions" {
		t.Errorf("got %v, %v, want the call", record.Action, err)
	}
	if code := s.stop(); code != 0 {
		t.Errorf("got exit code %d, want 0", code)
	}
}
