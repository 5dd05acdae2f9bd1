package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// exportImages checks an order to export custom images and then refuses it: there is no object storage, so no bucket.
func exportImages(c *api.Call, in *sdk.ExportImagesRequestParams) (*sdk.ExportImagesResponseParams, error) {
	if len(in.ImageIds) == 0 {
		return nil, tcerr.New(sdk.INVALIDPARAMETER_IMAGEIDSSNAPSHOTIDSMUSTONE, "One of `ImageIds` and `SnapshotIds` must be specified.").
			Zh("必须指定 `ImageIds` 或 `SnapshotIds` 之一。")
	}
	ids, err := imageIDs.read(c, in.ImageIds, "ImageIds")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		i, err := findImage(c, id)
		if err != nil {
			return nil, err
		}
		if err := checkExportable(c, i); err != nil {
			return nil, err
		}
	}
	if f := or(in.ExportFormat, "RAW"); !slices.Contains([]string{"RAW", "QCOW2", "VHD", "VMDK"}, f) {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, f, "ExportFormat")
	}
	if err := checkExportNames(in); err != nil {
		return nil, err
	}
	return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_BUCKETNOTFOUND, "The bucket `%s` is not found.", *in.BucketName).Zh("存储桶 `%s` 不存在。")
}

func checkExportable(c *api.Call, i *image) error {
	kinds := map[string]string{
		publicImage: sdk.UNSUPPORTEDOPERATION_PUBLICIMAGEEXPORTUNSUPPORTED, sharedImage: sdk.UNSUPPORTEDOPERATION_SHAREDIMAGEEXPORTUNSUPPORTED,
	}
	code := kinds[i.kind(c)]
	switch {
	case code != "":
	case i.Windows:
		code = sdk.UNSUPPORTEDOPERATION_WINDOWSIMAGEEXPORTUNSUPPORTED
	case i.Encrypted:
		return encryptedImage()
	case i.Size > largestImage:
		code = sdk.UNSUPPORTEDOPERATION_IMAGETOOLARGEEXPORTUNSUPPORTED
	case i.State != imageNormal:
		code = sdk.INVALIDPARAMETERVALUE_INVALIDIMAGESTATE
	default:
		return nil
	}
	return tcerr.New(code, "The image `%s` does not support to be exported.", i.ID).Zh("镜像 `%s` 不支持导出。")
}

// maxFilePrefix is how long the prefix of an exported file's name may be. Simulated: as long as an image's name.
const maxFilePrefix = maxImageName

// checkExportNames refuses names of files that do not go with the images, and a role that cannot be. That a role is not
// there is nobody's to know here.
func checkExportNames(in *sdk.ExportImagesRequestParams) error {
	if n := len(in.FileNamePrefixList); n > 0 && n != len(in.ImageIds) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDFILENAMEPREFIXLIST, "The number of `FileNamePrefixList` `%d` does not match that of `ImageIds` `%d`.", n, len(in.ImageIds)).
			Zh("`FileNamePrefixList` 的长度 `%d` 与 `ImageIds` 的长度 `%d` 不匹配。")
	}
	for _, prefix := range in.FileNamePrefixList {
		if len([]rune(or(prefix, ""))) > maxFilePrefix {
			return tooLarge(*prefix, "FileNamePrefixList", maxFilePrefix)
		}
	}
	if role := or(in.RoleName, ""); role != "" && !camRole.fits(role) {
		return tcerr.New(sdk.AUTHFAILURE_CAMROLENAMEAUTHENTICATEFAILED, "The role name `%s` fails to be authenticated.", role).Zh("角色 `%s` 鉴权失败。")
	}
	return nil
}
