package cvm

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// syncImages copies one image: a custom one into other regions, a shared one or one to be encrypted within its own.
// A copy is SYNCING first and has an id of its own, told only if ImageSetRequired.
func syncImages(c *api.Call, in *sdk.SyncImagesRequestParams) (*sdk.SyncImagesResponseParams, error) {
	ids, err := imageIDs.read(c, in.ImageIds, "ImageIds")
	if err != nil {
		return nil, err
	}
	if len(ids) > 1 {
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `ImageIds` `%d` exceeds the limit `%d`.", len(ids), 1).
			Zh("`ImageIds` 的数量 `%d` 超过上限 `%d`。")
	}
	i, err := findImage(c, ids[0])
	if err != nil {
		return nil, err
	}
	if err := checkSyncable(c, i, in); err != nil {
		return nil, err
	}
	regions, err := syncRegions(c, i.kind(c) == sharedImage || or(in.Encrypt, false), in.DestinationRegions)
	if err != nil {
		return nil, err
	}
	twin := i.twin(or(in.ImageName, i.Name), or(in.Encrypt, false))
	out := &sdk.SyncImagesResponseParams{ImageSet: []*sdk.SyncImage{}}
	for _, name := range regions {
		id, err := twin.copyTo(c, name)
		if err != nil {
			return nil, err
		}
		if or(in.ImageSetRequired, false) {
			out.ImageSet = append(out.ImageSet, &sdk.SyncImage{ImageId: &id, Region: &name})
		}
	}
	if i.kind(c) == privateImage {
		images.Edit(c.Tx, c.Now, i.ID, func(i *image) { i.Busy = c.After(copyTakes).Unix() })
	}
	return out, nil
}

// largestImage is how many GB an image may have to leave its region, or the cloud. Simulated: no source gives a number.
const largestImage = 1000

func checkSyncable(c *api.Call, i *image, in *sdk.SyncImagesRequestParams) error {
	switch {
	case i.kind(c) == publicImage:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID, i.ID, "ImageIds")
	case i.State == imageSyncing:
		return tcerr.New(sdk.FAILEDOPERATION_INVALIDIMAGESTATE, "The image `%s` is busy, please try again later.", i.ID).Zh("镜像 `%s` 状态繁忙，请稍后重试。")
	case i.State != imageNormal:
		return incorrectState(i)
	case or(in.Encrypt, false) && c.Now.Unix() < i.Busy:
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGESTATE, "The image `%s` is being copied, please try again later.", i.ID).
			Zh("镜像 `%s` 正在复制中，请稍后重试。")
	case i.whole() && !or(in.Encrypt, false):
		return instanceImage(i)
	case i.Encrypted && or(in.Encrypt, false):
		return encryptedImage()
	case i.Encrypted:
		return tcerr.New(sdk.UNSUPPORTEDOPERATION_SYNCENCRYPTIMAGENOTSUPPORT, "The encrypted image `%s` cannot be synchronised.", i.ID).
			Zh("加密镜像 `%s` 不支持同步。")
	case i.Size > largestImage:
		return tcerr.New(sdk.INVALIDIMAGEID_TOOLARGE, "The image `%s` exceeds `%d` GB.", i.ID, largestImage).Zh("镜像 `%s` 的大小超过 `%d` GB。")
	case or(in.KmsKeyId, "") != "" && !or(in.Encrypt, false):
		return tcerr.New(sdk.INVALIDPARAMETER_INVALIDKMSKEYID, "The parameter `KmsKeyId` needs `Encrypt`.").Zh("仅当 `Encrypt` 为 true 时可指定 `KmsKeyId`。")
	case len([]rune(or(in.ImageName, ""))) > maxImageName:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.ImageName, "ImageName")
	}
	return nil
}

// whole says whether the image is one of a whole instance, with its data disks.
func (i *image) whole() bool { return len(i.Snapshots) > 1 }

// instanceImage refuses an image with data disks, which neither leaves its region nor its account. Simulated: the codes
// of the actions alone say so.
func instanceImage(i *image) error {
	return tcerr.New(sdk.INVALIDPARAMETER_INSTANCEIMAGENOTSUPPORT, "The image `%s` has data disks, which this operation does not support.", i.ID).
		Zh("镜像 `%s` 包含数据盘，不支持该操作。")
}

// syncRegions reads where copies are to go. Those that stay at home go nowhere else, and the others never there.
func syncRegions(c *api.Call, home bool, in []*string) (names []string, err error) {
	for _, p := range in {
		r, ok := region.Find(or(p, ""))
		switch {
		case !ok:
			return nil, regionMissing(or(p, ""))
		case r.Bare():
			return nil, tcerr.New(sdk.INVALIDREGION_UNAVAILABLE, "The region `%s` does not support synchronised images.", r.Name).Zh("地域 `%s` 不支持同步镜像。")
		case realm(r.Name) != realm(c.Region):
			return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_REGION, "The region `%s` is apart from the region `%s`.", r.Name, c.Region).
				Zh("地域 `%s` 与地域 `%s` 相互隔离，不支持该操作。")
		case (r.Name == c.Region) != home:
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDREGION, r.Name, "DestinationRegions")
		case !slices.Contains(names, r.Name):
			names = append(names, r.Name)
		}
	}
	if len(names) == 0 {
		return nil, tcerr.Missing("DestinationRegions")
	}
	return names, nil
}

// realm is which of the clouds within the cloud a region belongs to: finance and others stand apart, and nothing is
// copied between them.
func realm(name string) string {
	if parts := strings.Split(name, "-"); len(parts) > 2 {
		return parts[2]
	}
	return ""
}

// twin is a copy of the image before it is anywhere.
func (i *image) twin(name string, encrypted bool) *image {
	t := *i
	t.Name, t.Encrypted, t.Source = name, encrypted, fromCreate
	t.Shares, t.KeyIDs, t.Busy = nil, nil, 0
	return &t
}

// copyTo makes a copy of the image in a region, where its name must be free, with copies of its snapshots.
func (i *image) copyTo(c *api.Call, name string) (id string, err error) {
	there := c.There(name)
	if err := checkImageRoom(there, i.Name); err != nil {
		return "", err
	}
	home := c.Tx
	if i.Owner != c.Account {
		home = c.Peek(i.Owner)
	}
	done := c.After(copyTakes)
	t := *i
	id, t.Snapshots = api.NewID(there, images, "img"), nil
	snapshots := cbs.Carry(c, home, i.snapshotIDs(), cbs.Carriage{Region: name, Name: i.Name, Ready: done, Encrypt: i.Encrypted})
	for _, snapshot := range snapshots {
		s, _ := cbs.GetSnapshot(there.Tx, snapshot)
		t.Snapshots = append(t.Snapshots, imageSnapshot{ID: snapshot, Usage: s.Usage(), Size: int64(s.Size)})
	}
	if len(snapshots) > 0 {
		cbs.BindImage(there.Tx, id, i.Name, snapshots)
	}
	t.put(there, id, imageSyncing, done)
	return id, nil
}
