package tag

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// place is a resource together with its region, "" for one that belongs to none.
type place struct {
	Resource
	Region string
}

// tx is the transaction where the resource's tags are.
func (r place) tx(c *api.Call) *state.Tx { return c.In(r.Region) }

// parse reads a six-segment name, qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1a2b3c4d. The account may be
// left out, or be uin/ without a number. Only a bucket has no prefix.
func parse(c *api.Call, name string) (place, error) {
	wrong := tcerr.New(sdk.INVALIDPARAMETERVALUE_RESOURCEDESCRIPTIONERROR, "The resource description `%s` is wrong.", name).
		Zh("资源六段式 `%s` 错误。")
	parts := strings.SplitN(name, ":", 6)
	if len(parts) != 6 || parts[0] != "qcs" || parts[2] == "" || !ours(c, parts[4]) {
		return place{}, wrong
	}
	r := place{Region: parts[3]}
	r.Service = parts[2]
	if _, ok := region.Find(r.Region); !ok && r.Region != "" {
		return place{}, wrong
	}
	i := strings.LastIndex(parts[5], "/")
	r.Prefix, r.ID = parts[5][:max(i, 0)], parts[5][i+1:]
	if r.ID == "" || r.Prefix == "" && r.Service != bucketService || r.tooLong() {
		return place{}, wrong
	}
	return r, nil
}

// maxName is how many bytes service, prefix and id of a resource may have together. Simulated: the cloud documents no limit.
const maxName = 1024

func (r place) tooLong() bool { return len(r.key()) > maxName }

// bucketService is the product whose resources have no prefix.
const bucketService = "cos"

// ours says whether a name's account is the caller's, or nobody's.
func ours(c *api.Call, account string) bool {
	_, uin, _ := strings.Cut(account, "/")
	switch {
	case account == "" || uin == "":
		return true
	case strings.HasPrefix(account, "uid/"): // the account's other number
		return true
	}
	return uin == c.Account
}

// name is the six-segment name of a resource of the caller.
func (r place) name(c *api.Call) string {
	last := r.ID
	if r.Prefix != "" {
		last = r.Prefix + "/" + r.ID
	}
	return strings.Join([]string{"qcs", "", r.Service, r.Region, "uin/" + c.Account, last}, ":")
}

// parseAll reads the names of a request.
func parseAll(c *api.Call, names []*string) ([]place, error) {
	if len(names) > maxPerRequest {
		return nil, tcerr.New(code(c, sdk.LIMITEXCEEDED_RESOURCENUMPERREQUEST), "The number of resources `%d` exceeds the limit `%d`.", len(names), maxPerRequest).
			Zh("资源数量 `%d` 超过单次请求上限 `%d`。")
	}
	all := make([]place, 0, len(names))
	for _, n := range plain(names) {
		r, err := parse(c, n)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// batch is the resources that the older actions name by service, prefix, region and ids.
type batch struct {
	service, prefix, region *string
	ids                     []*string
}

// places reads a batch.
func (b batch) places(c *api.Call, most int) ([]place, error) {
	service, prefix, in := or(b.service, ""), or(b.prefix, ""), or(b.region, "")
	ids := plain(b.ids)
	if service == "" {
		return nil, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_SERVICETYPEINVALID), service, "ServiceType")
	}
	if prefix == "" && service != bucketService {
		return nil, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_RESOURCEPREFIXINVALID), prefix, "ResourcePrefix")
	}
	if _, ok := region.Find(in); !ok && in != "" {
		return nil, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_REGIONINVALID), in, "ResourceRegion")
	}
	if len(ids) == 0 {
		return nil, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_RESOURCEIDINVALID), "", "ResourceIds")
	}
	if len(ids) > most {
		return nil, tcerr.New(code(c, sdk.LIMITEXCEEDED_RESOURCENUMPERREQUEST), "The number of resources `%d` exceeds the limit `%d`.", len(ids), most).
			Zh("资源数量 `%d` 超过单次请求上限 `%d`。")
	}
	all := make([]place, len(ids))
	for i, id := range ids {
		if id == "" {
			return nil, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_RESOURCEIDINVALID), id, "ResourceIds")
		}
		all[i] = place{Resource{service, prefix, id}, in}
		if all[i].tooLong() {
			return nil, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_RESOURCEIDINVALID), id, "ResourceIds")
		}
	}
	return all, nil
}
