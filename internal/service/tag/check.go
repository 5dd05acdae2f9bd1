package tag

import (
	"strings"
	"unicode"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Limits of single requests. Source: the parameters' documentation.
const (
	maxPerRequest   = 10 // tags, keys or names of resources
	maxResourceIDs  = 50
	maxTagFilters   = 6
	maxFilterValues = 10
	maxKeysAsked    = 20
	maxValuesOfKey  = 1000 // Simulated: no source gives the number
)

// code is the code if the called action's own list has it, and else its first part alone, which any action may answer.
func code(c *api.Call, full string) string {
	plain, _, _ := strings.Cut(full, ".")
	return c.ListedCode("tag", version, full, plain)
}

// Reserved says whether a key is the cloud's own.
func Reserved(key string) bool { return strings.HasPrefix(key, "qcs:") || key == "project" }

// Legal says whether a key or value has only characters that the cloud allows. Source: document/product/651/13354.
func Legal(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune(" +-=._:/@()[]（）【】", r)
	}) < 0
}

// checkKey refuses a key that no tag can have.
func checkKey(c *api.Call, key string) error {
	switch {
	case key == "":
		return tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGKEYEMPTY), "The tag key can not be empty.").Zh("标签键不能为空。")
	case len([]rune(key)) > MaxKey:
		return tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGKEYLENGTHEXCEEDED), "The tag key `%s` is longer than `%d` characters.", key, MaxKey).
			Zh("标签键 `%s` 长度超过 `%d` 个字符。")
	case Reserved(key):
		return tcerr.New(sdk.INVALIDPARAMETER_RESERVEDTAGKEY, "The tag key `%s` is reserved.", key).Zh("标签键 `%s` 为系统预留标签键，不允许使用。")
	case !Legal(key):
		return tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGKEYCHARACTERILLEGAL), "The tag key `%s` contains illegal characters.", key).
			Zh("标签键 `%s` 包含非法字符。")
	}
	return nil
}

// checkTag refuses a tag that cannot be.
func checkTag(c *api.Call, key, value string) error {
	if err := checkKey(c, key); err != nil {
		return err
	}
	switch {
	case len([]rune(value)) > MaxValue:
		return tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGVALUELENGTHEXCEEDED), "The tag value `%s` is longer than `%d` characters.", value, MaxValue).
			Zh("标签值 `%s` 长度超过 `%d` 个字符。")
	case !Legal(value):
		return tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGVALUECHARACTERILLEGAL), "The tag value `%s` contains illegal characters.", value).
			Zh("标签值 `%s` 包含非法字符。")
	}
	return nil
}

// checkNew is checkTag for tags that are made for their own sake, which need a value.
func checkNew(c *api.Call, key, value string) error {
	if key != "" && value == "" {
		return tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGVALUEEMPTY), "The tag value can not be empty.").Zh("标签值不能为空。")
	}
	return checkTag(c, key, value)
}

// room refuses a tag for which the account has no room.
func room(c *api.Call, key, value string) error {
	home := c.In("")
	values := known.Count(home, "key", key)
	switch {
	case known.Has(home, pair(key, value)):
		return nil
	case values >= maxValuesOfKey:
		return tcerr.New(sdk.LIMITEXCEEDED_TAGVALUE, "The number of values of the tag key `%s` exceeds the limit `%d`.", key, maxValuesOfKey).
			Zh("标签键 `%s` 的标签值数量超过上限 `%d`。")
	case values == 0 && knownKeys(c) >= c.Quota(quota.TagKeys):
		return tcerr.New(sdk.LIMITEXCEEDED_TAGKEY, "The number of tag keys exceeds the limit `%d`.", c.Quota(quota.TagKeys)).
			Zh("标签键数量超过上限 `%d`。")
	}
	return nil
}

// knownKeys is how many keys the account's tags have.
func knownKeys(c *api.Call) int {
	keys := map[string]bool{}
	for _, t := range known.All(c.In("")) {
		keys[t.Key] = true
	}
	return len(keys)
}

// fits refuses more tags than one resource may bear.
func fits(c *api.Call, have map[string]string, more map[string]string) error {
	n, most := len(have), c.Quota(quota.ResourceTags)
	for k := range more {
		if _, ok := have[k]; !ok {
			n++
		}
	}
	if n > most {
		return tcerr.New(sdk.LIMITEXCEEDED_RESOURCEATTACHEDTAGS, "The number of tags `%d` of the resource exceeds the limit `%d`.", n, most).
			Zh("资源关联的标签数量 `%d` 超过上限 `%d`。")
	}
	return nil
}

// checkTags makes a map of a request's tags, each of which must be sound and have room.
func checkTags(c *api.Call, in []*sdk.Tag, check func(c *api.Call, key, value string) error) (map[string]string, error) {
	tags := map[string]string{}
	for _, t := range in {
		k, v := or(t.TagKey, ""), or(t.TagValue, "")
		if err := check(c, k, v); err != nil {
			return nil, err
		}
		if err := checkCategory(t); err != nil {
			return nil, err
		}
		if _, twice := tags[k]; twice {
			return nil, tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGKEYDUPLICATE), "The tag key `%s` is given twice.", k).Zh("标签键 `%s` 重复。")
		}
		if err := room(c, k, v); err != nil {
			return nil, err
		}
		tags[k] = v
	}
	return tags, nil
}

// checkCategory refuses to touch the cloud's own tags.
func checkCategory(t *sdk.Tag) error {
	if g := or(t.Category, custom); g != custom {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETER, g, "Category")
	}
	return nil
}

// or is what a pointer points to, or what is meant where there is none.
func or[T any](v *T, absent T) T {
	if v == nil {
		return absent
	}
	return *v
}

func p[T any](v T) *T { return &v }

// plain is the strings of an SDK list; a nil element is nobody's.
func plain(list []*string) []string {
	all := make([]string, 0, len(list))
	for _, s := range list {
		if s != nil {
			all = append(all, *s)
		}
	}
	return all
}
