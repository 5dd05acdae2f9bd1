package cvm

import (
	"iter"
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
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

// imageFilters are what images are filtered by, as the caller sees them.
var imageFilters = map[string]func(c *api.Call, i *image, want string) bool{
	"image-id":             func(_ *api.Call, i *image, want string) bool { return i.ID == want },
	"image-type":           func(c *api.Call, i *image, want string) bool { return i.kind(c) == want },
	"image-name":           func(_ *api.Call, i *image, want string) bool { return strings.Contains(i.Name, want) },
	"platform":             func(_ *api.Call, i *image, want string) bool { return strings.Contains(i.Platform, want) },
	"dedicated-cluster-id": func(*api.Call, *image, string) bool { return false },
	"cdc-cache-status":     func(*api.Call, *image, string) bool { return false },
}

// describeImages lists public images, in the cloud's order, then the caller's own, oldest first, and those that others
// share with him. An id that is not there is left out. InstanceType leaves out what does not run on it. Source: document/api/213/15715.
func describeImages(c *api.Call, in *sdk.DescribeImagesRequestParams) (*sdk.DescribeImagesResponseParams, error) {
	ask := api.Ask{IDs: in.ImageIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit}
	if err := checkRegionSells(c); err != nil {
		return nil, err
	}
	offset, limit, err := imageRules.Check(ask, func(name string) bool { return imageFilters[name] != nil || api.IsTagFilter(name) })
	if err != nil {
		return nil, err
	}
	for _, f := range ask.Filters {
		err := checkTagFilter(f.Name, tag.Codes{Key: sdk.FAILEDOPERATION_ILLEGALTAGKEY, Reserved: sdk.INVALIDPARAMETERVALUE_TAGKEYNOTFOUND})
		if err != nil {
			return nil, err
		}
	}
	for _, id := range in.ImageIds {
		if !imageID.fits(or(id, "")) {
			return nil, malformedImage(or(id, ""))
		}
	}
	kind, err := imageUser(c, in.InstanceType)
	if err != nil {
		return nil, err
	}
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

// imageUser is the instance type for which images are wanted, nil for any. One of which the region has nothing left is
// refused; one that it never sold is not.
func imageUser(c *api.Call, name *string) (*offer.Type, error) {
	if name == nil {
		return nil, nil
	}
	if err := checkTypeName(*name); err != nil {
		return nil, err
	}
	kind, ok := offer.FindType(*name)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_INSTANCETYPENOTFOUND, "The instance type `%s` is not found.", *name).Zh("机型 `%s` 不存在。")
	}
	sellers := zonesOf(c)
	sellers = slices.DeleteFunc(sellers, func(zone string) bool { _, sold := offer.Find(zone, *name); return !sold })
	if len(sellers) > 0 && !slices.ContainsFunc(sellers, func(zone string) bool { return c.InStock(zone, *name) }) {
		return nil, tcerr.New(sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE, "The instance type `%s` is sold out.", *name).Zh("机型 `%s` 已售罄。")
	}
	return kind, nil
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
		for _, mine := range []iter.Seq[*image]{customImages(c.Tx), received(c)} {
			for i := range mine {
				if (len(ids) == 0 || named(i.ID)) && !yield(i) {
					return
				}
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
		return !slices.ContainsFunc(f.Values, func(want string) bool { return match(c, i, want) })
	})
}

// kind is the image's type as the caller sees it.
func (i *image) kind(c *api.Call) string {
	switch i.Owner {
	case "":
		return publicImage
	case c.Account:
		return privateImage
	}
	return sharedImage
}

func (i *image) tagged() tag.Resource { return tag.Resource{Service: "cvm", Prefix: "image", ID: i.ID} }

func (i *image) view(c *api.Call) *sdk.Image {
	out := &sdk.Image{
		ImageId: &i.ID, OsName: &i.OS, ImageType: new(i.kind(c)), CreatedTime: &i.Created, ImageName: &i.Name, ImageDescription: &i.Description,
		ImageSize: new(int64(i.Size)), Architecture: &i.Arch, ImageState: &i.State, Platform: &i.Platform, ImageCreator: new("tencent"),
		ImageSource: &i.Source, SyncPercent: &i.Percent, IsSupportCloudinit: new(true), SnapshotSet: []*sdk.Snapshot{},
		Tags: showTags(tag.Of(c.Tx, i.tagged())), LicenseType: new("TencentCloud"), ImageFamily: &i.Family, ImageDeprecated: &i.Deprecated,
	}
	if !i.Public {
		out.ImageCreator = &i.Owner
	}
	for _, s := range i.Snapshots {
		out.SnapshotSet = append(out.SnapshotSet, &sdk.Snapshot{SnapshotId: &s.ID, DiskUsage: &s.Usage, DiskSize: &s.Size})
	}
	return out
}

// describeImageQuota is how many custom images the account may have in a region.
func describeImageQuota(c *api.Call, _ *sdk.DescribeImageQuotaRequestParams) (*sdk.DescribeImageQuotaResponseParams, error) {
	return &sdk.DescribeImageQuotaResponseParams{ImageNumQuota: new(int64(c.Quota(quota.PrivateImages)))}, nil
}

// describeImageFromFamily is the latest image of a family that is ready and not deprecated: the caller's own, else a
// public one; null if there is none.
func describeImageFromFamily(c *api.Call, in *sdk.DescribeImageFromFamilyRequestParams) (*sdk.DescribeImageFromFamilyResponseParams, error) {
	if or(in.ImageFamily, "") == "" {
		return nil, tcerr.Missing("ImageFamily")
	}
	out := &sdk.DescribeImageFromFamilyResponseParams{}
	for i := range visibleImages(c, nil) {
		if i.Family == *in.ImageFamily && !i.Deprecated && i.State == imageNormal && i.kind(c) != sharedImage {
			out.Image = i.view(c)
		}
	}
	return out, nil
}
