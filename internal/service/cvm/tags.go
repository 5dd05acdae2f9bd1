package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// specified is the tags that a request gives to the new resource of a kind ("instance", "image", "keypair", "ps", …).
func specified(in []*sdk.TagSpecification, kind string, codes tag.Codes) (map[string]string, error) {
	var pairs []tag.Pair
	for i, spec := range in {
		if got := or(spec.ResourceType, ""); got != kind {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, got, "TagSpecification."+digit(i)+".ResourceType")
		}
		for _, t := range spec.Tags {
			pairs = append(pairs, tag.Pair{Key: or(t.Key, ""), Value: or(t.Value, "")})
		}
	}
	return tag.Check(pairs, codes)
}
