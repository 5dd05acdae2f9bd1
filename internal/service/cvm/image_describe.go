package cvm

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// imageRules bound DescribeImages. Source: document/api/213/15715.
var imageRules = api.Rules{
	MaxIDs: maxBatch, MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100,
	TooManyIDs: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED,
	UnknownFilter: sdk.INVALIDFILTER, Both: sdk.INVALIDPARAMETER_INVALIDPARAMETERCOEXISTIMAGEIDSFILTERS,
	BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE_INVALIDPARAMETERVALUELIMIT,
}

// imageFilters are what images are filtered by.
var imageFilters = map[string]func(i *image, want string) bool{
	"image-id":             func(i *image, want string) bool { return i.ID == want },
	"image-type":           func(i *image, want string) bool { return i.kind() == want },
	"image-name":           func(i *image, want string) bool { return strings.Contains(i.Name, want) },
	"platform":             func(i *image, want string) bool { return strings.Contains(i.Platform, want) },
	"dedicated-cluster-id": func(*image, string) bool { return false },
	"cdc-cache-status":     func(*image, string) bool { return false },
}

// describeImages lists public images, in the cloud's order, and then the caller's own, oldest first. An id that is
// not there is left out. InstanceType leaves out what does not run on it. Source: document/api/213/15715.
func describeImages(c *api.Call, in *sdk.DescribeImagesRequestParams) (*sdk.DescribeImagesResponseParams, error) {
	ask := api.Ask{IDs: in.ImageIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}
	offset, limit, err := imageRules.Check(ask, func(name string) bool { return imageFilters[name] != nil || api.IsTagFilter(name) })
	if err != nil {
		return nil, err
	}
	for _, id := range in.ImageIds {
		if !imageID.MatchString(or(id, "")) {
			return nil, tcerr.New(sdk.INVALIDIMAGEID_MALFORMED, "The image ID `%s` is malformed.", or(id, "")).Zh("镜像ID `%s` 格式不合法。")
		}
	}
	kind, _ := offer.FindType(or(in.InstanceType, ""))
	out := &sdk.DescribeImagesResponseParams{}
	n := 0
	for i := range visibleImages(c, in.ImageIds) {
		if kind != nil && !i.fits(kind) || !meetsAll(c, i, ask.Filters) {
			continue
		}
		if n >= offset && len(out.ImageSet) < limit {
			out.ImageSet = append(out.ImageSet, i.view(c))
		}
		n++
	}
	out.TotalCount = new(int64(n))
	return out, nil
}

// visibleImages is every image that the caller can use; of public ones no longer offered only those that he names.
func visibleImages(c *api.Call, ids []*string) func(yield func(*image) bool) {
	named := func(id string) bool {
		return slices.ContainsFunc(ids, func(p *string) bool { return *p == id })
	}
	return func(yield func(*image) bool) {
		for _, p := range offer.Images() {
			if len(ids) > 0 && !named(p.ID) || len(ids) == 0 && !p.Offered {
				continue
			}
			if !yield(public(c, p)) {
				return
			}
		}
		for id, i := range images.All(c.Tx) {
			if len(ids) > 0 && !named(id) {
				continue
			}
			if !yield(i) {
				return
			}
		}
	}
}

func meetsAll(c *api.Call, i *image, all []api.Filter) bool {
	return !slices.ContainsFunc(all, func(f api.Filter) bool {
		match := imageFilters[f.Name]
		if match == nil {
			return !api.MeetsTag(tag.Of(c.Tx, i.tagged()), f)
		}
		return !slices.ContainsFunc(f.Values, func(want string) bool { return match(i, want) })
	})
}

// kind is the image's type as this caller sees it.
func (i *image) kind() string {
	if i.Public {
		return publicImage
	}
	return privateImage
}

func (i *image) tagged() tag.Resource { return tag.Resource{Service: "cvm", Prefix: "image", ID: i.ID} }

func (i *image) view(c *api.Call) *sdk.Image {
	out := &sdk.Image{
		ImageId: &i.ID, OsName: &i.OS, ImageType: new(i.kind()), CreatedTime: &i.Created, ImageName: &i.Name, ImageDescription: &i.Description,
		ImageSize: new(int64(i.Size)), Architecture: &i.Arch, ImageState: &i.State, Platform: &i.Platform, ImageCreator: new("tencent"),
		ImageSource: &i.Source, SyncPercent: &i.Percent, IsSupportCloudinit: new(true), SnapshotSet: []*sdk.Snapshot{},
		Tags: showTags(tag.Of(c.Tx, i.tagged())), LicenseType: new("TencentCloud"), ImageFamily: &i.Family, ImageDeprecated: &i.Deprecated,
	}
	if !i.Public {
		out.ImageCreator = &c.Caller.OwnerUin
	}
	for _, s := range i.Snapshots {
		out.SnapshotSet = append(out.SnapshotSet, &sdk.Snapshot{SnapshotId: &s.ID, DiskUsage: &s.Usage, DiskSize: &s.Size})
	}
	return out
}
