package vpc

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Many actions share their checks, but not the list of codes that the cloud documents for each. A check answers the code
// that says most; what an action does not list it says by the general code, which every action may answer.

// read declares an action that changes nothing and keeps to its list of codes.
func read[In, Out any](f func(*api.Call, *In) (*Out, error)) api.Action { return api.Read(keeping(f)) }

// write declares an action that may change state and keeps to its list of codes.
func write[In, Out any](f func(*api.Call, *In) (*Out, error)) api.Action {
	return api.Write(keeping(f))
}

func keeping[In, Out any](f func(*api.Call, *In) (*Out, error)) func(*api.Call, *In) (*Out, error) {
	return func(c *api.Call, in *In) (*Out, error) {
		out, err := f(c, in)
		if e := tcerr.Of(err); e != nil {
			return nil, sayable(c.Action, e)
		}
		return out, err
	}
}

// sayable is a refusal by a code that the action may answer.
func sayable(action string, e *tcerr.Error) *tcerr.Error {
	said := *e
	for !allowed(action, said.Code) {
		if other, ok := nearest(said.Code); ok {
			said.Code = other
			continue
		}
		general, _, dotted := strings.Cut(said.Code, ".")
		if !dotted {
			return e // nothing says it better
		}
		said.Code = general
	}
	return &said
}

func allowed(action, code string) bool {
	if slices.Contains(tcerr.Explained(), code) {
		return true
	}
	product, _ := catalog.Lookup("vpc")
	version, _ := product.Version(version20170312)
	fact, ok := version.Action(action)
	return !ok || fact.Allows(code)
}

// nearest is another code for the same, where the general one says something else.
func nearest(code string) (string, bool) {
	other, ok := map[string]string{
		sdk.INVALIDADDRESSID_NOTFOUND:                sdk.INVALIDPARAMETERVALUE_ADDRESSNOTFOUND,
		sdk.INVALIDPARAMETERVALUE_ADDRESSIDMALFORMED: sdk.INVALIDPARAMETERVALUE_MALFORMED,
		sdk.INVALIDINSTANCEID_NOTFOUND:               sdk.RESOURCENOTFOUND,
		sdk.INVALIDNETWORKINTERFACEID_NOTFOUND:       sdk.RESOURCENOTFOUND,
		sdk.ADDRESSQUOTALIMITEXCEEDED:                sdk.LIMITEXCEEDED_ADDRESSQUOTALIMITEXCEEDED,
		sdk.ADDRESSQUOTALIMITEXCEEDED_DAILYALLOCATE:  sdk.LIMITEXCEEDED_DAILYALLOCATEADDRESSQUOTALIMITEXCEEDED,
		sdk.OPERATIONDENIED_MUTEXTASKRUNNING:         sdk.UNSUPPORTEDOPERATION_MUTEXOPERATIONTASKRUNNING,
		sdk.INVALIDPARAMETERCONFLICT:                 sdk.INVALIDPARAMETER,
	}[code]
	return other, ok
}
