package cvm

import (
	"strings"

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

// checkTagFilter refuses to look for a tag that nothing can have, by those of the codes that are not empty.
func checkTagFilter(name string, codes tag.Codes) error {
	key, ok := strings.CutPrefix(name, "tag:")
	switch {
	case !ok:
	case codes.Reserved != "" && tag.Reserved(key):
		return tcerr.New(codes.Reserved, "The tag key `%s` is reserved.", key).Zh("标签键 `%s` 为系统保留。")
	case codes.Key != "" && !tag.Legal(key):
		return tcerr.New(codes.Key, "The tag key `%s` is illegal.", key).Zh("标签键 `%s` 不合法。")
	}
	return nil
}
