package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// sift keeps of a list what meets every filter: some lists are parts of rows, and no query finds them.
// A value of an item under a filter's name is compared as it stands.
func sift[T any](all []T, asked []api.Filter, names map[string]func(*T) string) ([]T, error) {
	for _, f := range asked {
		if names[f.Name] == nil {
			return nil, badCode(sdk.INVALIDPARAMETER_FILTERINVALIDKEY, f.Name, "Filters")
		}
	}
	return slices.DeleteFunc(all, func(item T) bool {
		return slices.ContainsFunc(asked, func(f api.Filter) bool { return !slices.Contains(f.Values, names[f.Name](&item)) })
	}), nil
}
