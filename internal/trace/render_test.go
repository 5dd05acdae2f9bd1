package trace

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRenderTellsTheWholeStory(t *testing.T) {
	t.Parallel()
	r := failure(1)
	r.ParamsSize = 9000
	r.Evidence = struct {
		Scope      []string
		Ours       struct{ CanonicalRequest string }
		Difference string
		At         int
	}{[]string{"2026-11-23", "cvm"}, struct{ CanonicalRequest string }{"POST\n/\n\nhost:x"}, "line 4: \x1b[31m", 7}
	r.Response = []byte(`{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure"}}}`)
	var b strings.Builder
	if err := Render(&b, r); err != nil {
		t.Fatal(err)
	}
	want := `request     5c7d4a3e-1b2c-4d5e-8f90-000000000001
at          2026-11-23 12:00:00.000 UTC  took 1.5ms
asked       cvm  DescribeInstancesStatus  2017-03-12  ap-guangzhou
through     POST  cvm.tencentcloudapi.com
by          AKIDEXAMPLE  uin 100000000001  SDK_GO_1.3.210  127.0.0.1:4000
trace id    t
outcome     AuthFailure.SignatureFailure

parameters
  {
    "Limit": 20
  }
  … 9000 bytes in all

checks
  passed   method
  passed   size
  passed   product
  passed   signature
  passed   rate
  passed   parameters
  REFUSED  signature
           AuthFailure.SignatureFailure
           The provided credentials could not be validated.

evidence
  Scope:
    - 2026-11-23
    - cvm
  Ours:
    CanonicalRequest:
      | POST
      | /
      |
      | host:x
  Difference: line 4: ` + "\ufffd" + `[31m
  At: 7

answer
  {
    "Response": {
      "Error": {
        "Code": "AuthFailure.SignatureFailure"
      }
    }
  }
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("text differs (-want +got):\n%s", diff)
	}
}

func TestRenderShowsTheStackOfAnInternalError(t *testing.T) {
	t.Parallel()
	r := success(1)
	r.Code, r.Message, r.Cause, r.Stack = "InternalError", "An internal error has occurred.", "nil map", "goroutine 7\nmain.go:1"
	var b strings.Builder
	if err := Render(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"REFUSED  action", "what went wrong in the emulator\n  nil map\n", "stack\n  goroutine 7\n  main.go:1\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing:\n%s", want, b.String())
		}
	}
}

func TestRecordSurvivesJSON(t *testing.T) {
	t.Parallel()
	for name, params := range map[string]string{"json": `{"A":1}`, "form": "A=1&B=<2>", "text": `"quoted"`, "cut": `{"A":`, "none": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := failure(1)
			want.Params, want.Evidence = append([]byte(nil), params...), json.RawMessage(`{"A":"1"}`)
			b, err := json.Marshal(want)
			if err != nil {
				t.Fatal(err)
			}
			got := new(Record)
			if err := json.Unmarshal(b, got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("record changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRenderLineFitsALine(t *testing.T) {
	t.Parallel()
	r := failure(1)
	r.Product = "cvm\n\x1b"
	var b strings.Builder
	if err := RenderLine(&b, r); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(b.String(), "\n"); got != 1 {
		t.Errorf("got %d line ends, want 1: %q", got, b.String())
	}
}
