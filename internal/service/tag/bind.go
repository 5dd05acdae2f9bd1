package tag

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// modifyResourceTags gives one resource tags and takes others away, at once. A tag that the account does not know yet
// becomes one of its tags. Keys to delete that the resource has not are passed over.
func modifyResourceTags(c *api.Call, in *sdk.ModifyResourceTagsRequestParams) (*sdk.ModifyResourceTagsResponseParams, error) {
	r, err := parse(c, *in.Resource)
	if err != nil {
		return nil, err
	}
	if len(in.ReplaceTags)+len(in.DeleteTags) == 0 || len(in.ReplaceTags) > maxPerRequest {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER_TAG, len(in.ReplaceTags), "ReplaceTags")
	}
	tags, err := checkTags(c, in.ReplaceTags, checkTag)
	if err != nil {
		return nil, err
	}
	gone, err := keysToDelete(c, in.DeleteTags, tags)
	if err != nil {
		return nil, err
	}
	Remove(r.tx(c), r.Resource, gone...)
	if err := fits(c, Of(r.tx(c), r.Resource), tags); err != nil {
		return nil, err
	}
	Set(r.tx(c), r.Resource, tags)
	return &sdk.ModifyResourceTagsResponseParams{}, nil
}

// keysToDelete reads DeleteTags, none of which may be among the tags to set.
func keysToDelete(c *api.Call, in []*sdk.TagKeyObject, set map[string]string) ([]string, error) {
	if len(in) > maxPerRequest {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_DELETETAGSPARAMERROR, len(in), "DeleteTags")
	}
	keys := make([]string, 0, len(in))
	for _, t := range in {
		k := or(t.TagKey, "")
		if err := checkKey(c, k); err != nil {
			return nil, err
		}
		if _, both := set[k]; both {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_DELETETAGSPARAMERROR, k, "DeleteTags")
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// addResourceTag gives one resource a key that it has not.
func addResourceTag(c *api.Call, in *sdk.AddResourceTagRequestParams) (*sdk.AddResourceTagResponseParams, error) {
	r, err := parse(c, *in.Resource)
	if err != nil {
		return nil, err
	}
	if err := checkTag(c, *in.TagKey, *in.TagValue); err != nil {
		return nil, err
	}
	if err := room(c, *in.TagKey, *in.TagValue); err != nil {
		return nil, err
	}
	return &sdk.AddResourceTagResponseParams{}, bind(c, r, *in.TagKey, *in.TagValue)
}

// bind gives a resource a key that it has not.
func bind(c *api.Call, r place, key, value string) error {
	have := Of(r.tx(c), r.Resource)
	if _, has := have[key]; has {
		return tcerr.New(sdk.RESOURCEINUSE_TAGKEYATTACHED, "The resource `%s` already has the tag key `%s`.", r.ID, key).
			Zh("资源 `%s` 已关联标签键 `%s`。")
	}
	tags := map[string]string{key: value}
	if err := fits(c, have, tags); err != nil {
		return err
	}
	Set(r.tx(c), r.Resource, tags)
	return nil
}

// rebind gives a key that a resource has another value.
func rebind(c *api.Call, r place, key, value string) error {
	if err := mustBear(c, r, key); err != nil {
		return err
	}
	Set(r.tx(c), r.Resource, map[string]string{key: value})
	return nil
}

// unbind takes a key that a resource has away.
func unbind(c *api.Call, r place, key string) error {
	if err := mustBear(c, r, key); err != nil {
		return err
	}
	Remove(r.tx(c), r.Resource, key)
	return nil
}

func mustBear(c *api.Call, r place, key string) error {
	if _, has := Of(r.tx(c), r.Resource)[key]; has {
		return nil
	}
	return tcerr.New(sdk.RESOURCENOTFOUND_ATTACHEDTAGKEYNOTFOUND, "The resource `%s` does not have the tag key `%s`.", r.ID, key).
		Zh("资源 `%s` 未关联标签键 `%s`。")
}

// updateResourceTagValue gives a key of one resource another value.
func updateResourceTagValue(c *api.Call, in *sdk.UpdateResourceTagValueRequestParams) (*sdk.UpdateResourceTagValueResponseParams, error) {
	r, err := parse(c, *in.Resource)
	if err != nil {
		return nil, err
	}
	if err := checkTag(c, *in.TagKey, *in.TagValue); err != nil {
		return nil, err
	}
	if err := room(c, *in.TagKey, *in.TagValue); err != nil {
		return nil, err
	}
	return &sdk.UpdateResourceTagValueResponseParams{}, rebind(c, r, *in.TagKey, *in.TagValue)
}

// deleteResourceTag takes a key away from one resource.
func deleteResourceTag(c *api.Call, in *sdk.DeleteResourceTagRequestParams) (*sdk.DeleteResourceTagResponseParams, error) {
	r, err := parse(c, *in.Resource)
	if err != nil {
		return nil, err
	}
	if err := checkKey(c, *in.TagKey); err != nil {
		return nil, err
	}
	return &sdk.DeleteResourceTagResponseParams{}, unbind(c, r, *in.TagKey)
}

// tagResources gives several resources the same tags, making the tags as needed. A resource that has no room for them is
// named in the answer; the others get them.
func tagResources(c *api.Call, in *sdk.TagResourcesRequestParams) (*sdk.TagResourcesResponseParams, error) {
	all, err := parseAll(c, in.ResourceList)
	if err != nil {
		return nil, err
	}
	if len(in.Tags) == 0 || len(in.Tags) > maxPerRequest {
		return nil, tooManyTags(len(in.Tags))
	}
	tags, err := checkTags(c, in.Tags, checkNew)
	if err != nil {
		return nil, err
	}
	failed := []*sdk.FailedResource{}
	for i, r := range all {
		if e := tcerr.Of(fits(c, Of(r.tx(c), r.Resource), tags)); e != nil {
			failed = append(failed, &sdk.FailedResource{Resource: in.ResourceList[i], Code: &e.Code, Message: p(e.Message(c.Language))})
			continue
		}
		Set(r.tx(c), r.Resource, tags)
	}
	return &sdk.TagResourcesResponseParams{FailedResources: failed}, nil
}

// unTagResources takes keys away from several resources; keys that one has not are passed over.
func unTagResources(c *api.Call, in *sdk.UnTagResourcesRequestParams) (*sdk.UnTagResourcesResponseParams, error) {
	all, err := parseAll(c, in.ResourceList)
	if err != nil {
		return nil, err
	}
	keys := plain(in.TagKeys)
	if len(keys) == 0 || len(keys) > maxPerRequest {
		return nil, tooManyTags(len(keys))
	}
	for i, k := range keys {
		if err := checkKey(c, k); err != nil {
			return nil, err
		}
		if slices.Contains(keys[:i], k) {
			return nil, tcerr.New(code(c, sdk.INVALIDPARAMETERVALUE_TAGKEYDUPLICATE), "The tag key `%s` is given twice.", k).Zh("标签键 `%s` 重复。")
		}
	}
	for _, r := range all {
		Remove(r.tx(c), r.Resource, keys...)
	}
	return &sdk.UnTagResourcesResponseParams{FailedResources: []*sdk.FailedResource{}}, nil
}

func tooManyTags(n int) error {
	return tcerr.New(sdk.LIMITEXCEEDED_TAGNUMPERREQUEST, "The number of tags `%d` must be between `1` and `%d`.", n, maxPerRequest).
		Zh("标签数量 `%d` 必须在 `1` 到 `%d` 之间。")
}
