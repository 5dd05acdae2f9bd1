package tag

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// custom is the category of every tag that a caller makes. The cloud's own, System, are none here.
const custom = "Custom"

// wish says which of the account's tags a caller wants to see.
type wish struct {
	keys     []string // nil for all
	value    *string
	creator  *uint64
	category *string
}

// tags are the account's tags that a wish means, in the order in which they became known.
func (w wish) tags(c *api.Call) (all []*knownTag, err error) {
	switch or(w.category, "All") {
	case "All", custom:
	case "System":
		return nil, nil
	default:
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, *w.category, "Category")
	}
	for _, t := range known.All(c.In("")) {
		if w.means(t) {
			all = append(all, t)
		}
	}
	return all, nil
}

func (w wish) means(t *knownTag) bool {
	return (w.keys == nil || slices.Contains(w.keys, t.Key)) &&
		(w.value == nil || *w.value == t.Value) &&
		(w.creator == nil || *w.creator == or(number(t.Creator), 0))
}

// keysOf is the keys of tags, each once.
func keysOf(tags []*knownTag) []string {
	all := []string{}
	seen := map[string]bool{}
	for _, t := range tags {
		if !seen[t.Key] {
			seen[t.Key] = true
			all = append(all, t.Key)
		}
	}
	return all
}

func showTags(tags []*knownTag) []*sdk.Tag {
	all := make([]*sdk.Tag, len(tags))
	for i, t := range tags {
		all[i] = &sdk.Tag{TagKey: &t.Key, TagValue: &t.Value, Category: p(custom)}
	}
	return all
}

func showDeletable(c *api.Call, tags []*knownTag) []*sdk.TagWithDelete {
	all := make([]*sdk.TagWithDelete, len(tags))
	for i, t := range tags {
		can := uint64(1)
		if borne(c.Tx, t.Key, t.Value) > 0 {
			can = 0
		}
		all[i] = &sdk.TagWithDelete{TagKey: &t.Key, TagValue: &t.Value, CanDelete: &can, Category: p(custom)}
	}
	return all
}

// describeTags lists the account's tags and says which of them could be deleted. TagKeys goes before TagKey.
func describeTags(c *api.Call, in *sdk.DescribeTagsRequestParams) (*sdk.DescribeTagsResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	tags, err := wish{keys: keyOrKeys(in.TagKey, in.TagKeys), value: in.TagValue, creator: in.CreateUin}.tags(c)
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeTagsResponseParams{
		TotalCount: p(uint64(len(tags))), Offset: &w.offset, Limit: &w.limit, Tags: showDeletable(c, cut(w, tags)),
	}, nil
}

// describeTagsSeq is describeTags. The cloud keeps it for callers that read what they have just written.
func describeTagsSeq(c *api.Call, in *sdk.DescribeTagsSeqRequestParams) (*sdk.DescribeTagsSeqResponseParams, error) {
	out, err := describeTags(c, &sdk.DescribeTagsRequestParams{
		TagKey: in.TagKey, TagValue: in.TagValue, Offset: in.Offset, Limit: in.Limit, CreateUin: in.CreateUin, TagKeys: in.TagKeys,
	})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeTagsSeqResponseParams{TotalCount: out.TotalCount, Offset: out.Offset, Limit: out.Limit, Tags: out.Tags}, nil
}

func keyOrKeys(key *string, keys []*string) []string {
	switch {
	case len(keys) > 0:
		return plain(keys)
	case key != nil && *key != "":
		return []string{*key}
	}
	return nil
}

// describeTagKeys lists the keys of the account's tags.
func describeTagKeys(c *api.Call, in *sdk.DescribeTagKeysRequestParams) (*sdk.DescribeTagKeysResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	tags, err := wish{creator: in.CreateUin, category: in.Category}.tags(c)
	if err != nil {
		return nil, err
	}
	keys := keysOf(tags)
	page := cut(w, keys)
	shown := make([]*string, len(page))
	for i := range page {
		shown[i] = &page[i]
	}
	return &sdk.DescribeTagKeysResponseParams{TotalCount: p(uint64(len(keys))), Offset: &w.offset, Limit: &w.limit, Tags: shown}, nil
}

// describeTagValues lists the values that some keys have.
func describeTagValues(c *api.Call, in *sdk.DescribeTagValuesRequestParams) (*sdk.DescribeTagValuesResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	if len(in.TagKeys) == 0 {
		return nil, checkKey(c, "")
	}
	tags, err := wish{keys: plain(in.TagKeys), creator: in.CreateUin, category: in.Category}.tags(c)
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeTagValuesResponseParams{
		TotalCount: p(uint64(len(tags))), Offset: &w.offset, Limit: &w.limit, Tags: showTags(cut(w, tags)),
	}, nil
}

// describeTagValuesSeq is describeTagValues.
func describeTagValuesSeq(c *api.Call, in *sdk.DescribeTagValuesSeqRequestParams) (*sdk.DescribeTagValuesSeqResponseParams, error) {
	out, err := describeTagValues(c, &sdk.DescribeTagValuesRequestParams{
		TagKeys: in.TagKeys, CreateUin: in.CreateUin, Offset: in.Offset, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeTagValuesSeqResponseParams{TotalCount: out.TotalCount, Offset: out.Offset, Limit: out.Limit, Tags: out.Tags}, nil
}

// getTags lists the account's tags, page by page.
func getTags(c *api.Call, in *sdk.GetTagsRequestParams) (*sdk.GetTagsResponseParams, error) {
	tags, next, err := getTagPage(c, in.TagKeys, in.Category, in.PaginationToken, in.MaxResults)
	return &sdk.GetTagsResponseParams{PaginationToken: next, Tags: tags}, err
}

// getTagValues lists the values that some keys have, page by page.
func getTagValues(c *api.Call, in *sdk.GetTagValuesRequestParams) (*sdk.GetTagValuesResponseParams, error) {
	if len(in.TagKeys) == 0 {
		return nil, tcerr.Missing("TagKeys")
	}
	tags, next, err := getTagPage(c, in.TagKeys, in.Category, in.PaginationToken, in.MaxResults)
	return &sdk.GetTagValuesResponseParams{PaginationToken: next, Tags: tags}, err
}

func getTagPage(c *api.Call, keys []*string, category, token *string, results *uint64) ([]*sdk.Tag, *string, error) {
	if len(keys) > maxKeysAsked {
		return nil, nil, tcerr.BadFieldValue(sdk.LIMITEXCEEDED, len(keys), "TagKeys")
	}
	tags, err := wish{keys: keyOrKeys(nil, keys), category: category}.tags(c)
	if err != nil {
		return nil, nil, err
	}
	part, next, err := turn(token, results, maxLimit, tags)
	return showTags(part), next, err
}

// getTagKeys lists the keys of the account's tags, page by page.
func getTagKeys(c *api.Call, in *sdk.GetTagKeysRequestParams) (*sdk.GetTagKeysResponseParams, error) {
	tags, err := wish{category: in.Category}.tags(c)
	if err != nil {
		return nil, err
	}
	part, next, err := turn(in.PaginationToken, in.MaxResults, maxLimit, keysOf(tags))
	if err != nil {
		return nil, err
	}
	out := &sdk.GetTagKeysResponseParams{PaginationToken: next, TagKeys: []*string{}}
	for i := range part {
		out.TagKeys = append(out.TagKeys, &part[i])
	}
	return out, nil
}
