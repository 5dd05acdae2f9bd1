package cvm

import (
	"iter"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// States, types and sources of an image, as the API names them.
const (
	imageCreating = "CREATING"
	imageNormal   = "NORMAL"
	imageSyncing  = "SYNCING"

	publicImage  = "PUBLIC_IMAGE"
	privateImage = "PRIVATE_IMAGE"
	sharedImage  = "SHARED_IMAGE"

	official   = "OFFICIAL"
	fromCreate = "CREATE_IMAGE"
	imported   = "EXTERNAL_IMPORT"
)

// image is an image of the account, or what a public one looks like beside them.
type image struct {
	ID, Name, Description string
	Owner                 string // the account that made it; "" of a public one
	OS                    string // OsName; a public image's follows the caller's language
	Platform, Arch        string
	Size                  uint64 // GB
	State, Source, Family string
	Created               string
	Deprecated, Encrypted bool
	Snapshots             []imageSnapshot
	Shares                []imageShare

	Public  bool
	Windows bool
	User    string
	Percent int64
	Busy    int64    // UNIX seconds; until then it is being copied elsewhere
	KeyIDs  []string // of the instance that it was made of, for as long as the image is there
}

// imageSnapshot is one disk of a custom image.
type imageSnapshot struct {
	ID, Usage string
	Size      int64
}

// imageShare is an account that may use an image of another.
type imageShare struct {
	Account string
	Since   string
}

// images are the account's own, by region.
var images = state.NewTable("cvm.image",
	state.By("name", func(_ string, i *image) []string { return []string{i.Name} }),
	state.By("key", func(_ string, i *image) []string { return i.KeyIDs }),
	state.By("shared", func(_ string, i *image) []string { return i.sharedWith() }),
)

func (i *image) sharedWith() (accounts []string) {
	for _, s := range i.Shares {
		accounts = append(accounts, s.Account)
	}
	return accounts
}

// alive says whether the image is still there. One whose snapshots were deleted together with it is not.
func (i *image) alive(tx *state.Tx) bool {
	return len(i.Snapshots) == 0 || cbs.ImageBound(tx, i.ID)
}

// customImages is every custom image of the transaction's account and region, oldest first.
func customImages(tx *state.Tx) iter.Seq[*image] {
	return func(yield func(*image) bool) {
		for _, i := range images.All(tx) {
			if i.alive(tx) && !yield(i) {
				return
			}
		}
	}
}

var imageID = shape("img")

// findImage is the image that an id means to the caller in the region: his own, a public one, or one shared with him.
func findImage(c *api.Call, id string) (*image, error) {
	if !imageID.fits(id) {
		return nil, malformedImage(id)
	}
	if i, ok := images.Get(c.Tx, id); ok && i.alive(c.Tx) {
		return i, nil
	}
	if p, ok := offer.FindImage(id); ok {
		return public(c, p), nil
	}
	for i := range received(c) {
		if i.ID == id {
			return i, nil
		}
	}
	return nil, tcerr.New(sdk.INVALIDIMAGEID_NOTFOUND, "The image `%s` is not found.", id).Zh("镜像 `%s` 不存在。")
}

func malformedImage(id string) error {
	return tcerr.New(sdk.INVALIDIMAGEID_MALFORMED, "The image ID `%s` is malformed.", id).Zh("镜像ID `%s` 格式不合法。")
}

// public is what a public image looks like.
func public(c *api.Call, p *offer.Image) *image {
	user, _ := p.Login()
	return &image{
		ID: p.ID, Name: p.Title(c.Language), OS: p.Title(c.Language), Platform: p.Platform, Arch: p.Arch, Size: uint64(p.Size),
		State: imageNormal, Source: official, Family: p.Family, Created: p.Created, Public: true, Windows: p.Platform == offer.Windows,
		User: user, Percent: 100,
	}
}

func checkImage(c *api.Call, o *order) (err error) {
	if o.in.ImageId == nil {
		return tcerr.Missing("ImageId")
	}
	if err := checkImageForm(c, *o.in.ImageId); err != nil {
		return err
	}
	if o.image, err = findImage(c, *o.in.ImageId); err != nil {
		return err
	}
	if o.image.State != imageNormal {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGESTATE, "The image `%s` is in the state `%s`.", o.image.ID, o.image.State).
			Zh("镜像 `%s` 当前状态为 `%s`，不可用。")
	}
	if !o.image.fits(o.kind) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEFORGIVENINSTANCETYPE, "The image `%s` does not support the instance type `%s`.", o.image.ID, o.kind.Name).
			Zh("镜像 `%s` 不支持机型 `%s`。")
	}
	if o.image.whole() && o.kind.Family.LocalDisk != "" {
		return tcerr.New(sdk.INVALIDPARAMETER_INSTANCEIMAGENOTSUPPORT, "The instance type `%s` with local disks does not support the image `%s` of a whole instance.", o.kind.Name, o.image.ID).
			Zh("本地盘机型 `%s` 不支持整机镜像 `%s`。")
	}
	return nil
}

// checkImageForm refuses an id that is no image's, of any length. Simulated: one of a wrong length has another code.
func checkImageForm(c *api.Call, id string) error {
	if !strings.HasPrefix(id, "img-") && lists(c, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID) {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID, id, "ImageId")
	}
	return nil
}

// fits says whether the image runs on the processors of an instance type.
func (i *image) fits(t *offer.Type) bool {
	return (i.Arch == offer.ARM) == (t.Family.Arch == offer.ARM)
}
