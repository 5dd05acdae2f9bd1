package tag

import (
	"crypto/md5"
	"encoding/hex"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// sum is the MD5 of a key or value, by which the cloud's own products find tags.
func sum(s string) *string {
	h := md5.Sum([]byte(s))
	return p(hex.EncodeToString(h[:]))
}

// showResource is a resource's tags, one an item, sorted by key.
func showResource(t *tagged) (all []*sdk.TagResource) {
	for _, k := range Keys(t.Tags) {
		v := t.Tags[k]
		all = append(all, &sdk.TagResource{
			TagKey: p(k), TagValue: p(v), TagKeyMd5: sum(k), TagValueMd5: sum(v),
			ResourceId: &t.ID, ServiceType: &t.Service, Category: p(custom),
		})
	}
	return all
}

// showPairs is tags without their resource, sorted by key.
func showPairs(tags map[string]string) []*sdk.Tag {
	all := []*sdk.Tag{}
	for _, k := range Keys(tags) {
		all = append(all, &sdk.Tag{TagKey: p(k), TagValue: p(tags[k]), Category: p(custom)})
	}
	return all
}

// describeResourceTagsByResourceIds lists the tags of some resources of one kind and region, in the order asked.
func describeResourceTagsByResourceIds(c *api.Call, in *sdk.DescribeResourceTagsByResourceIdsRequestParams) (*sdk.DescribeResourceTagsByResourceIdsResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	all, err := batch{in.ServiceType, in.ResourcePrefix, in.ResourceRegion, in.ResourceIds}.places(c, maxResourceIDs)
	if err != nil {
		return nil, err
	}
	if or(in.Category, "") == "System" {
		all = nil
	}
	tags := []*sdk.TagResource{}
	for _, r := range all {
		if row, ok := resources.Get(r.tx(c), r.key()); ok {
			tags = append(tags, showResource(row)...)
		}
	}
	return &sdk.DescribeResourceTagsByResourceIdsResponseParams{
		TotalCount: p(uint64(len(tags))), Offset: &w.offset, Limit: &w.limit, Tags: cut(w, tags),
	}, nil
}

// describeResourceTagsByResourceIdsSeq is describeResourceTagsByResourceIds.
func describeResourceTagsByResourceIdsSeq(c *api.Call, in *sdk.DescribeResourceTagsByResourceIdsSeqRequestParams) (*sdk.DescribeResourceTagsByResourceIdsSeqResponseParams, error) {
	out, err := describeResourceTagsByResourceIds(c, &sdk.DescribeResourceTagsByResourceIdsRequestParams{
		ServiceType: in.ServiceType, ResourcePrefix: in.ResourcePrefix, ResourceIds: in.ResourceIds,
		ResourceRegion: in.ResourceRegion, Offset: in.Offset, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeResourceTagsByResourceIdsSeqResponseParams{TotalCount: out.TotalCount, Offset: out.Offset, Limit: out.Limit, Tags: out.Tags}, nil
}

// describeResourceTagsByTagKeys lists some keys of some resources. Resources that have none of them are left out.
func describeResourceTagsByTagKeys(c *api.Call, in *sdk.DescribeResourceTagsByTagKeysRequestParams) (*sdk.DescribeResourceTagsByTagKeysResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, 400)
	if err != nil {
		return nil, err
	}
	all, err := batch{in.ServiceType, in.ResourcePrefix, in.ResourceRegion, in.ResourceIds}.places(c, maxKeysAsked)
	if err != nil {
		return nil, err
	}
	keys := plain(in.TagKeys)
	if len(keys) == 0 || len(keys) > maxKeysAsked {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER_TAG, len(keys), "TagKeys")
	}
	rows := []*sdk.ResourceIdTag{}
	for _, r := range all {
		some := map[string]string{}
		for k, v := range Of(r.tx(c), r.Resource) {
			if slices.Contains(keys, k) {
				some[k] = v
			}
		}
		if len(some) > 0 {
			rows = append(rows, &sdk.ResourceIdTag{ResourceId: p(r.ID), TagKeyValues: showPairs(some)})
		}
	}
	return &sdk.DescribeResourceTagsByTagKeysResponseParams{
		TotalCount: p(uint64(len(rows))), Offset: &w.offset, Limit: &w.limit, Rows: cut(w, rows),
	}, nil
}

// search is what resources somebody looks for; what is nil does not matter.
type search struct {
	service, prefix, id *string
	region              *string
	filters             []*sdk.TagFilter
	any                 bool // one of the filters is enough
}

// found is a resource with tags that was looked for.
type found struct {
	*tagged
	region string
}

// run finds resources, those of no region first, then region by region, oldest first.
func (s search) run(c *api.Call) (all []found, err error) {
	if err := s.check(c); err != nil {
		return nil, err
	}
	for _, in := range everywhere(c.Tx) {
		if s.region != nil && *s.region != in.Region {
			continue
		}
		rows := resources.All(in)
		if len(s.filters) == 1 || len(s.filters) > 0 && !s.any {
			rows = resources.Where(in, "key", or(s.filters[0].TagKey, ""))
		}
		for _, row := range rows {
			if s.means(row) {
				all = append(all, found{row, in.Region})
			}
		}
	}
	return all, nil
}

func (s search) check(c *api.Call) error {
	if len(s.filters) > maxTagFilters {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_TAGFILTERSLENGTHEXCEEDED, "The number of tag filters `%d` exceeds the limit `%d`.", len(s.filters), maxTagFilters).
			Zh("标签过滤条件数量 `%d` 超过上限 `%d`。")
	}
	for _, f := range s.filters {
		if or(f.TagKey, "") == "" || len(f.TagValue) > maxFilterValues {
			return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_TAGFILTERS, or(f.TagKey, ""), "TagFilters")
		}
	}
	if _, ok := region.Find(or(s.region, "")); s.region != nil && *s.region != "" && !ok {
		return tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_REGIONINVALID), *s.region, "ResourceRegion")
	}
	return nil
}

func (s search) means(t *tagged) bool {
	if s.service != nil && *s.service != t.Service || s.prefix != nil && *s.prefix != t.Prefix || s.id != nil && *s.id != t.ID {
		return false
	}
	if len(s.filters) == 0 {
		return len(t.Tags) > 0
	}
	meets := func(f *sdk.TagFilter) bool {
		v, ok := t.Tags[*f.TagKey]
		return ok && (len(f.TagValue) == 0 || slices.Contains(plain(f.TagValue), v))
	}
	if s.any {
		return slices.ContainsFunc(s.filters, meets)
	}
	return !slices.ContainsFunc(s.filters, func(f *sdk.TagFilter) bool { return !meets(f) })
}

// describeResourceTags lists the tags of the resources that a caller describes.
func describeResourceTags(c *api.Call, in *sdk.DescribeResourceTagsRequestParams) (*sdk.DescribeResourceTagsResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	all, err := search{service: in.ServiceType, prefix: in.ResourcePrefix, id: in.ResourceId, region: in.ResourceRegion}.run(c)
	if err != nil {
		return nil, err
	}
	bucket := or(in.CosResourceId, 0) == 1
	if bucket && in.ResourceId == nil {
		return nil, tcerr.Missing("ResourceId")
	}
	rows := []*sdk.TagResource{}
	for _, f := range all {
		if bucket && f.Service != bucketService {
			continue
		}
		rows = append(rows, showResource(f.tagged)...)
	}
	if in.CreateUin != nil && *in.CreateUin != or(number(c.Account), 0) {
		rows = []*sdk.TagResource{}
	}
	return &sdk.DescribeResourceTagsResponseParams{
		TotalCount: p(uint64(len(rows))), Offset: &w.offset, Limit: &w.limit, Rows: cut(w, rows),
	}, nil
}

// describeResourcesByTags lists the resources that meet every filter.
func describeResourcesByTags(c *api.Call, in *sdk.DescribeResourcesByTagsRequestParams) (*sdk.DescribeResourcesByTagsResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	rows, total, err := bearers(c, w, search{service: in.ServiceType, prefix: in.ResourcePrefix, id: in.ResourceId, region: in.ResourceRegion, filters: in.TagFilters}, in.CreateUin)
	return &sdk.DescribeResourcesByTagsResponseParams{TotalCount: total, Offset: &w.offset, Limit: &w.limit, Rows: rows}, err
}

// describeResourcesByTagsUnion lists the resources that meet one filter or more.
func describeResourcesByTagsUnion(c *api.Call, in *sdk.DescribeResourcesByTagsUnionRequestParams) (*sdk.DescribeResourcesByTagsUnionResponseParams, error) {
	w, err := readWindow(c, in.Offset, in.Limit, defaultLimit)
	if err != nil {
		return nil, err
	}
	rows, total, err := bearers(c, w, search{service: in.ServiceType, prefix: in.ResourcePrefix, id: in.ResourceId, region: in.ResourceRegion, filters: in.TagFilters, any: true}, in.CreateUin)
	return &sdk.DescribeResourcesByTagsUnionResponseParams{TotalCount: total, Offset: &w.offset, Limit: &w.limit, Rows: rows}, err
}

// bearers is a page of the resources that a search finds, and how many there are. Tags have one creator here, the account.
func bearers(c *api.Call, w window, s search, creator *uint64) ([]*sdk.ResourceTag, *uint64, error) {
	all, err := s.run(c)
	if err != nil {
		return nil, nil, err
	}
	if creator != nil && *creator != or(number(c.Account), 0) {
		all = nil
	}
	rows := []*sdk.ResourceTag{}
	for _, f := range cut(w, all) {
		rows = append(rows, &sdk.ResourceTag{
			ResourceRegion: p(f.region), ServiceType: &f.Service, ResourcePrefix: &f.Prefix, ResourceId: &f.ID, Tags: showPairs(f.Tags),
		})
	}
	return rows, p(uint64(len(all))), nil
}

// getResources lists resources with their tags. Those named in ResourceList come back under the names they were
// asked by, all at once; else everything that meets the filters comes page by page.
func getResources(c *api.Call, in *sdk.GetResourcesRequestParams) (*sdk.GetResourcesResponseParams, error) {
	s := search{filters: in.TagFilters}
	if len(in.ResourceList) > 0 {
		return namedResources(c, in, s)
	}
	all, err := s.run(c)
	if err != nil {
		return nil, err
	}
	part, next, err := turn(in.PaginationToken, in.MaxResults, 200, all)
	if err != nil {
		return nil, err
	}
	list := []*sdk.ResourceTagMapping{}
	for _, f := range part {
		r := place{f.Resource, f.region}
		list = append(list, &sdk.ResourceTagMapping{Resource: p(r.name(c)), Tags: showPairs(f.Tags)})
	}
	return &sdk.GetResourcesResponseParams{PaginationToken: next, ResourceTagMappingList: list}, nil
}

func namedResources(c *api.Call, in *sdk.GetResourcesRequestParams, s search) (*sdk.GetResourcesResponseParams, error) {
	all, err := parseAll(c, in.ResourceList)
	if err != nil {
		return nil, err
	}
	if err := s.check(c); err != nil {
		return nil, err
	}
	list := []*sdk.ResourceTagMapping{}
	for i, r := range all {
		if row, ok := resources.Get(r.tx(c), r.key()); ok && s.means(row) {
			list = append(list, &sdk.ResourceTagMapping{Resource: in.ResourceList[i], Tags: showPairs(row.Tags)})
		}
	}
	return &sdk.GetResourcesResponseParams{PaginationToken: p(""), ResourceTagMappingList: list}, nil
}
