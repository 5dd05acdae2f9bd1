package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// imageIDs is how actions on images name them.
var imageIDs = naming{
	noun: "image", zh: "镜像", form: imageID, max: maxBatch,
	malformed: sdk.INVALIDIMAGEID_MALFORMED, missing: sdk.INVALIDIMAGEID_NOTFOUND, tooMany: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
}

// deleteImages deletes custom images; instances made of them go on. Their snapshots stay unless DeleteBindedSnap is
// true. One that is shared, or not yet there, is refused.
func deleteImages(c *api.Call, in *sdk.DeleteImagesRequestParams) (*sdk.DeleteImagesResponseParams, error) {
	ids, err := imageIDs.read(c, in.ImageIds, "ImageIds")
	if err != nil {
		return nil, err
	}
	all := make([]*image, len(ids))
	for n, id := range ids {
		if all[n], err = findImage(c, id); err != nil {
			return nil, err
		}
		if err := checkDeletable(c, all[n]); err != nil {
			return nil, err
		}
	}
	for _, i := range all {
		i.remove(c, or(in.DeleteBindedSnap, false))
	}
	return &sdk.DeleteImagesResponseParams{}, nil
}

func checkDeletable(c *api.Call, i *image) error {
	switch {
	case i.kind(c) == publicImage:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID, i.ID, "ImageIds")
	case i.kind(c) == sharedImage:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEIDISSHARED, "The image `%s` is shared by another account.", i.ID).
			Zh("镜像 `%s` 为共享镜像。")
	case i.State != imageNormal:
		return incorrectState(i)
	case c.Now.Unix() < i.Busy:
		return tcerr.New(sdk.MUTEXOPERATION_TASKRUNNING, "The image `%s` is being copied.", i.ID).Zh("镜像 `%s` 正在复制中。")
	case len(i.Shares) > 0:
		return tcerr.New(sdk.INVALIDIMAGEID_INSHARED, "The image `%s` is shared with other accounts.", i.ID).Zh("镜像 `%s` 正在共享中。")
	}
	return nil
}

func incorrectState(i *image) error {
	return tcerr.New(sdk.INVALIDIMAGEID_INCORRECTSTATE, "The image `%s` is in the state `%s`, which does not support this operation.", i.ID, i.State).
		Zh("镜像 `%s` 当前状态为 `%s`，不支持该操作。")
}

func (i *image) remove(c *api.Call, withSnapshots bool) {
	tag.Drop(c.Tx, c.Now, i.tagged())
	images.Delete(c.Tx, c.Now, i.ID)
	cbs.UnbindImage(c.Tx, i.ID)
	if withSnapshots {
		cbs.DropSnapshots(c, i.snapshotIDs())
	}
}

func (i *image) snapshotIDs() []string {
	ids := make([]string, len(i.Snapshots))
	for n, s := range i.Snapshots {
		ids[n] = s.ID
	}
	return ids
}

// modifyImageAttribute changes the words of a custom image.
func modifyImageAttribute(c *api.Call, in *sdk.ModifyImageAttributeRequestParams) (*sdk.ModifyImageAttributeResponseParams, error) {
	i, err := findImage(c, *in.ImageId)
	if err != nil {
		return nil, err
	}
	switch {
	case i.kind(c) == sharedImage:
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_SHAREDIMAGEMODIFYUNSUPPORTED, "The shared image `%s` cannot be modified.", i.ID).
			Zh("共享镜像 `%s` 不支持修改属性。")
	case i.kind(c) == publicImage: // not one of the account's
		return nil, imageIDs.absent(c, i.ID)
	case i.State != imageNormal:
		return nil, incorrectState(i)
	}
	if err := checkImageLengths(c, or(in.ImageName, ""), or(in.ImageDescription, ""), or(in.ImageFamily, "")); err != nil {
		return nil, err
	}
	for other := range customImages(c.Tx) {
		if in.ImageName != nil && other.Name == *in.ImageName && other.ID != i.ID {
			return nil, tcerr.New(sdk.INVALIDIMAGENAME_DUPLICATE, "The image name `%s` already exists.", other.Name).Zh("镜像名称 `%s` 已存在。")
		}
	}
	images.Edit(c.Tx, c.Now, i.ID, func(i *image) {
		i.Name, i.Description = or(in.ImageName, i.Name), or(in.ImageDescription, i.Description)
		i.Family, i.Deprecated = or(in.ImageFamily, i.Family), or(in.ImageDeprecated, i.Deprecated)
	})
	return &sdk.ModifyImageAttributeResponseParams{}, nil
}
