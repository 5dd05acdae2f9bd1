package tag

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// attachResourcesTag gives resources of one kind and region a tag that the account has and none of them bears.
func attachResourcesTag(c *api.Call, in *sdk.AttachResourcesTagRequestParams) (*sdk.AttachResourcesTagResponseParams, error) {
	all, err := batch{in.ServiceType, in.ResourcePrefix, in.ResourceRegion, in.ResourceIds}.places(c, maxResourceIDs)
	if err != nil {
		return nil, err
	}
	if err := mustKnow(c, *in.TagKey, *in.TagValue); err != nil {
		return nil, err
	}
	for _, r := range all {
		if err := bind(c, r, *in.TagKey, *in.TagValue); err != nil {
			return nil, err
		}
	}
	return &sdk.AttachResourcesTagResponseParams{}, nil
}

// modifyResourcesTagValue gives a key that all of the resources bear another of its values.
func modifyResourcesTagValue(c *api.Call, in *sdk.ModifyResourcesTagValueRequestParams) (*sdk.ModifyResourcesTagValueResponseParams, error) {
	all, err := batch{in.ServiceType, in.ResourcePrefix, in.ResourceRegion, in.ResourceIds}.places(c, maxResourceIDs)
	if err != nil {
		return nil, err
	}
	if err := mustKnow(c, *in.TagKey, *in.TagValue); err != nil {
		return nil, err
	}
	for _, r := range all {
		if err := rebind(c, r, *in.TagKey, *in.TagValue); err != nil {
			return nil, err
		}
	}
	return &sdk.ModifyResourcesTagValueResponseParams{}, nil
}

// detachResourcesTag takes a key away from resources that all bear it.
func detachResourcesTag(c *api.Call, in *sdk.DetachResourcesTagRequestParams) (*sdk.DetachResourcesTagResponseParams, error) {
	all, err := batch{in.ServiceType, in.ResourcePrefix, in.ResourceRegion, in.ResourceIds}.places(c, maxResourceIDs)
	if err != nil {
		return nil, err
	}
	if err := checkKey(c, *in.TagKey); err != nil {
		return nil, err
	}
	for _, r := range all {
		if err := unbind(c, r, *in.TagKey); err != nil {
			return nil, err
		}
	}
	return &sdk.DetachResourcesTagResponseParams{}, nil
}

// mustKnow refuses a tag that the account has not: unlike the actions that take six-segment names, those that take
// batches make none.
func mustKnow(c *api.Call, key, value string) error {
	if err := checkTag(c, key, value); err != nil {
		return err
	}
	if !known.Has(c.In(""), pair(key, value)) {
		return tcerr.New(sdk.RESOURCENOTFOUND_TAGNONEXIST, "The tag `%s:%s` does not exist.", key, value).Zh("标签 `%s:%s` 不存在。")
	}
	return nil
}

// createTag makes a tag that no resource bears yet.
func createTag(c *api.Call, in *sdk.CreateTagRequestParams) (*sdk.CreateTagResponseParams, error) {
	return &sdk.CreateTagResponseParams{}, create(c, *in.TagKey, *in.TagValue)
}

// createTags makes several tags. All of them or none.
func createTags(c *api.Call, in *sdk.CreateTagsRequestParams) (*sdk.CreateTagsResponseParams, error) {
	if len(in.Tags) == 0 || len(in.Tags) > maxPerRequest {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, len(in.Tags), "Tags")
	}
	for _, t := range in.Tags {
		if err := checkCategory(t); err != nil {
			return nil, err
		}
		if err := create(c, or(t.TagKey, ""), or(t.TagValue, "")); err != nil {
			return nil, err
		}
	}
	return &sdk.CreateTagsResponseParams{}, nil
}

func create(c *api.Call, key, value string) error {
	if err := checkNew(c, key, value); err != nil {
		return err
	}
	if known.Has(c.In(""), pair(key, value)) {
		return tcerr.New(sdk.RESOURCEINUSE_TAGDUPLICATE, "The tag `%s:%s` already exists.", key, value).Zh("标签 `%s:%s` 已存在。")
	}
	if err := room(c, key, value); err != nil {
		return err
	}
	known.Put(c.In(""), pair(key, value), knownTag{Key: key, Value: value, Creator: c.Caller.Uin})
	return nil
}

// deleteTag ends a tag that no resource bears.
func deleteTag(c *api.Call, in *sdk.DeleteTagRequestParams) (*sdk.DeleteTagResponseParams, error) {
	return &sdk.DeleteTagResponseParams{}, forget(c, *in.TagKey, *in.TagValue)
}

// deleteTags ends several tags. All of them or none.
func deleteTags(c *api.Call, in *sdk.DeleteTagsRequestParams) (*sdk.DeleteTagsResponseParams, error) {
	if len(in.Tags) == 0 || len(in.Tags) > maxPerRequest {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, len(in.Tags), "Tags")
	}
	for _, t := range in.Tags {
		if err := checkCategory(t); err != nil {
			return nil, err
		}
		if err := forget(c, or(t.TagKey, ""), or(t.TagValue, "")); err != nil {
			return nil, err
		}
	}
	return &sdk.DeleteTagsResponseParams{}, nil
}

func forget(c *api.Call, key, value string) error {
	if err := mustKnow(c, key, value); err != nil {
		return err
	}
	if borne(c.Tx, key, value) > 0 {
		return tcerr.New(sdk.FAILEDOPERATION_TAGATTACHEDRESOURCE, "The tag `%s:%s` is attached to resources.", key, value).
			Zh("标签 `%s:%s` 已关联资源。")
	}
	known.Delete(c.In(""), c.Now, pair(key, value))
	return nil
}
