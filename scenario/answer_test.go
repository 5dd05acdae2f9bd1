package scenario_test

import (
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/scenario"
)

const anID = `"RequestId":"5e5d1c3b-6f8a-4b0e-9a57-0d4d5c1f2e3a"`

func describeInstancesStatus(t *testing.T) *catalog.Action {
	t.Helper()
	p, _ := catalog.Lookup("cvm")
	v, _ := p.Version("2017-03-12")
	action, ok := v.Action("DescribeInstancesStatus")
	if !ok {
		t.Fatal("the catalog has no cvm DescribeInstancesStatus")
	}
	return action
}

func TestCheckFindsWhatTheCloudWouldNotAnswer(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, members, want string }{
		{"complete", `"TotalCount":1,"InstanceStatusSet":[{"InstanceId":"ins-1","InstanceState":"RUNNING"}]`, ""},
		{"null", `"TotalCount":null,"InstanceStatusSet":null`, ""},
		{"member missing", `"InstanceStatusSet":[]`, "TotalCount is missing"},
		{"member too many", `"TotalCount":0,"InstanceStatusSet":[],"Total":0`, "Total: no such member"},
		{"nested member missing", `"TotalCount":1,"InstanceStatusSet":[{"InstanceId":"ins-1"}]`, "InstanceStatusSet.0.InstanceState is missing"},
		{"text for a number", `"TotalCount":"1","InstanceStatusSet":[]`, "TotalCount: got 1, want int64"},
		{"fraction for an integer", `"TotalCount":1.5,"InstanceStatusSet":[]`, "TotalCount: got 1.5"},
		{"number for a text", `"TotalCount":1,"InstanceStatusSet":[{"InstanceId":1,"InstanceState":"RUNNING"}]`, "InstanceStatusSet.0.InstanceId: got 1, want string"},
		{"value for a list", `"TotalCount":1,"InstanceStatusSet":{}`, "want a list"},
		{"text for an object", `"TotalCount":1,"InstanceStatusSet":["ins-1"]`, "InstanceStatusSet.0: got ins-1, want an object"},
		{"code of the action's list", `"Error":{"Code":"InvalidInstanceId.Malformed","Message":"m"}`, ""},
		{"common code", `"Error":{"Code":"AuthFailure.SignatureFailure","Message":"m"}`, ""},
		{"code of another action", `"Error":{"Code":"InvalidZone.MismatchRegion","Message":"m"}`, "neither a common code nor on its list"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			a, err := scenario.Open([]byte(`{"Response":{` + row.members + "," + anID + `}}`))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := a.Check(describeInstancesStatus(t)); err != nil {
				got = err.Error()
			}
			if (got == "") != (row.want == "") || !strings.Contains(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestOpenRefusesWhatIsNoEnvelope(t *testing.T) {
	t.Parallel()
	for _, envelope := range []string{
		``, `null`, `{}`, `{"Response":{}}`, `{"Response":{"RequestId":"1"}}`,
		`{"Response":{` + anID + `},"More":{}}`,
		`{"Response":{` + anID + `}}{}`,
		`{"Response":{"Error":{"Code":"InternalError"},` + anID + `}}`,
		`{"Response":{"Error":{"Code":"InternalError","Message":"m"},"TotalCount":0,` + anID + `}}`,
	} {
		if _, err := scenario.Open([]byte(envelope)); err == nil {
			t.Errorf("%s: got no error", envelope)
		}
	}
}

func TestShownKeepsOrderAndLeavesOutTheRequestID(t *testing.T) {
	t.Parallel()
	a, err := scenario.Open([]byte(`{"Response":{"TotalCount":2,"A":[],` + anID + `}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(a.Shown), "{\n  \"TotalCount\": 2,\n  \"A\": []\n}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAtFindsValues(t *testing.T) {
	t.Parallel()
	a, err := scenario.Open([]byte(`{"Response":{"Set":[{"Id":"a"},{"Id":7,"On":true}],` + anID + `}}`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"Set.0.Id": "a", "Set.1.Id": "7", "Set.1.On": "true"} {
		if got, err := a.At(path); err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", path, got, err, want)
		}
	}
	for _, path := range []string{"", "Set", "Set.2.Id", "Set.-1.Id", "Set.x", "Set.0", "Set.0.Id.x", "Nothing"} {
		if got, err := a.At(path); err == nil {
			t.Errorf("%s: got %q, want an error", path, got)
		}
	}
}
