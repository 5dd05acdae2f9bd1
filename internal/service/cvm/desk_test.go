package cvm

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// desk is where an account's calls are answered: one action at a time, on a clock that the test sets.
type desk struct {
	*testing.T
	*apitest.World
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	return &desk{t, apitest.New(t)}
}

// in is the same desk in another region, as is the desk of another account.
func (d *desk) in(region string) *desk { return d.as(d.Scope.Account, region) }

func (d *desk) as(account, region string) *desk { return &desk{d.T, d.World.In(account, region)} }

// limit sets a quota.
func (d *desk) limit(l quota.Limit, n int) {
	d.Settings.Quotas = func(_ string, asked quota.Limit) int {
		if asked == l {
			return n
		}
		return asked.Default()
	}
}

// try runs an action. Whatever code it answers must be one that its list has, or one that every action may answer.
func try[In, Out any](d *desk, f func(*api.Call, *In) (*Out, error), in In) (out *Out, err error) {
	d.Helper()
	name := strings.TrimSuffix(reflect.TypeFor[In]().Name(), "RequestParams")
	out, err = apitest.Try(d.World, f, in)
	if e := tcerr.Of(err); e != nil && !allowed(d, name, e.Code) {
		d.Errorf("%s answers %s, which its list does not have", name, e.Code)
	}
	return out, err
}

func allowed(d *desk, action, code string) bool {
	d.Helper()
	product, _ := catalog.Lookup("cvm")
	v, _ := product.Version(version)
	a, ok := v.Action(action)
	if !ok {
		d.Fatalf("the catalog has no action %s", action)
	}
	common := []string{
		tcerr.MissingParameter, tcerr.InvalidParameter, tcerr.InvalidParameterValue, tcerr.UnsupportedOperation, tcerr.LimitExceeded,
		tcerr.ResourceNotFound, tcerr.ResourceInUse, tcerr.FailedOperation, tcerr.ResourceUnavailable,
	}
	return a.Allows(code) || slices.Contains(common, code)
}

// call runs an action that must succeed.
func call[In, Out any](d *desk, f func(*api.Call, *In) (*Out, error), in In) *Out {
	d.Helper()
	out, err := try(d, f, in)
	if err != nil {
		d.Fatalf("%T: got %v, want success", in, err)
	}
	return out
}

// refused runs an action that must answer a code.
func refused[In, Out any](d *desk, code string, f func(*api.Call, *In) (*Out, error), in In) {
	d.Helper()
	_, err := try(d, f, in)
	if e := tcerr.Of(err); e == nil || e.Code != code {
		d.Errorf("%T: got %v, want %s", in, err, code)
	}
}

// order is a RunInstances of one small postpaid instance.
func (d *desk) order(change ...func(*sdk.RunInstancesRequestParams)) sdk.RunInstancesRequestParams {
	in := sdk.RunInstancesRequestParams{
		Placement: &sdk.Placement{Zone: p(d.Scope.Region + "-3")}, ImageId: p(ubuntu), InstanceType: p("S5.MEDIUM4"),
	}
	for _, f := range change {
		f(&in)
	}
	return in
}

// ubuntu is a public image of a Linux, windows one of a Windows.
const (
	ubuntu  = "img-487zeit5"
	windows = "img-mmy6qctz"
)

// run launches an instance and waits until it runs.
func (d *desk) run(change ...func(*sdk.RunInstancesRequestParams)) string {
	d.Helper()
	return d.runs(1, change...)[0]
}

func (d *desk) runs(n int64, change ...func(*sdk.RunInstancesRequestParams)) []string {
	d.Helper()
	ids := call(d, runInstances, d.order(append(change, func(in *sdk.RunInstancesRequestParams) { in.InstanceCount = &n })...)).InstanceIdSet
	d.Advance(launchTakes)
	return plain(ids)
}

// stop stops instances and waits until they are.
func (d *desk) stop(ids ...string) {
	d.Helper()
	call(d, stopInstances, sdk.StopInstancesRequestParams{InstanceIds: ps(ids...)})
	d.Advance(stopTakes)
}

// row is an instance as it is now, nil if it is no more; later is as it is to be after a while.
func (d *desk) row(id string) *Instance { return d.later(0, id) }

func (d *desk) later(after time.Duration, id string) (row *Instance) {
	d.Helper()
	in := d.in(d.Scope.Region)
	in.Advance(after)
	in.Must(func(c *api.Call) { row, _ = instances.Get(c.Tx, id) })
	return row
}

// p is a pointer, as the SDK wants them; ps is a list of them, and plain a list without.
func p[T any](v T) *T { return &v }

func ps(all ...string) []*string { return pointers(all) }

func plain(all []*string) []string {
	out := []string{}
	for _, s := range all {
		out = append(out, or(s, "<nil>"))
	}
	return out
}

// by is one filter.
func by(name string, values ...string) []*sdk.Filter {
	return []*sdk.Filter{{Name: &name, Values: ps(values...)}}
}

// tagging is the tags of a new resource of a kind: one, team=web.
func tagging(kind string) []*sdk.TagSpecification {
	return []*sdk.TagSpecification{{ResourceType: &kind, Tags: []*sdk.Tag{{Key: p("team"), Value: p("web")}}}}
}

// wantFull fails for each member of an answer's part that is null, save those that may be.
func (d *desk) wantFull(part any, null ...string) {
	d.Helper()
	v := reflect.Indirect(reflect.ValueOf(part))
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name != "RequestId" && v.Field(i).IsNil() && !slices.Contains(null, name) {
			d.Errorf("%T.%s: got null, want a value", part, name)
		}
	}
}
