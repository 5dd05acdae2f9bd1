package cvm

import (
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// How long an image's words may be, in characters.
const (
	maxImageName        = 60
	maxImageDescription = 256
)

// imageFamily is the form of an image family's name. Simulated: the cloud does not document it.
var imageFamily = formOf(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$`)

// createImage makes an image of an instance's disks, with a snapshot of each, or of snapshots that are there. It is
// CREATING first. An instance is in operation meanwhile, and off if ForcePoweroff asks for that.
func createImage(c *api.Call, in *sdk.CreateImageRequestParams) (*sdk.CreateImageResponseParams, error) {
	if err := checkImageWords(c, *in.ImageName, or(in.ImageDescription, ""), or(in.ImageFamily, "")); err != nil {
		return nil, err
	}
	poweroff, err := flag(in.ForcePoweroff, "ForcePoweroff")
	if err != nil {
		return nil, err
	}
	if _, err := flag(in.Sysprep, "Sysprep"); err != nil {
		return nil, err
	}
	tags, err := specified(in.TagSpecification, "image", tag.Codes{
		Key: sdk.INVALIDPARAMETERVALUE_TAGKEYNOTFOUND, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.INVALIDPARAMETERVALUE_TAGKEYNOTFOUND,
		Quota: sdk.INVALIDPARAMETERVALUE_TAGQUOTALIMITEXCEEDED, Duplicate: sdk.INVALIDPARAMETERVALUE,
	})
	if err != nil {
		return nil, err
	}
	m, err := imageSource(c, in)
	if err != nil {
		return nil, err
	}
	m.image.Name, m.image.Description, m.image.Family = *in.ImageName, or(in.ImageDescription, ""), or(in.ImageFamily, "")
	m.image.Source = fromCreate
	id := m.make(c, tags, poweroff)
	return &sdk.CreateImageResponseParams{ImageId: &id}, nil
}

// flag reads a switch that the API has as a word.
func flag(word *string, name string) (bool, error) {
	switch strings.ToLower(or(word, "false")) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *word, name)
}

// checkImageWords refuses a name, a description and a family that a new image in the region cannot have.
func checkImageWords(c *api.Call, name, description, family string) error {
	if err := checkImageLengths(c, name, description, family); err != nil {
		return err
	}
	if name == "" {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, name, "ImageName")
	}
	return checkImageRoom(c, name)
}

func checkImageLengths(c *api.Call, name, description, family string) error {
	switch {
	case len([]rune(name)) > maxImageName:
		return tooLarge(name, "ImageName", maxImageName)
	case len([]rune(description)) > maxImageDescription && lists(c, sdk.INVALIDPARAMETER_VALUETOOLARGE):
		return tcerr.New(sdk.INVALIDPARAMETER_VALUETOOLARGE, "The parameter `ImageDescription` exceeds %d characters.", maxImageDescription).
			Zh("参数 `ImageDescription` 不得超过 %d 个字符。")
	case len([]rune(description)) > maxImageDescription:
		return tooLarge(description, "ImageDescription", maxImageDescription)
	case family != "" && !imageFamily.fits(family):
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEFAMILY, "The image family `%s` is malformed.", family).Zh("镜像族名称 `%s` 格式错误。")
	}
	return nil
}

func tooLarge(value, name string, most int) error {
	return tcerr.New(sdk.INVALIDPARAMETERVALUE_TOOLARGE, "The value `%s` of the parameter `%s` exceeds %d characters.", value, name, most).
		Zh("参数值 `%s` 过长，参数 `%s` 不得超过 %d 个字符。")
}

// checkImageRoom refuses a name that an image of the region has, and an image more than the account may have there.
func checkImageRoom(c *api.Call, name string) error {
	n := 0
	for i := range customImages(c.Tx) {
		if i.Name == name {
			return tcerr.New(sdk.INVALIDIMAGENAME_DUPLICATE, "The image name `%s` already exists.", name).Zh("镜像名称 `%s` 已存在。")
		}
		n++
	}
	if most := c.Quota(quota.PrivateImages); n >= most {
		return tcerr.New(sdk.IMAGEQUOTALIMITEXCEEDED, "The number of images exceeds the limit `%d`.", most).Zh("镜像数量超过上限 `%d`。")
	}
	return nil
}

// making is an image about to be made: of an instance's disks, or of snapshots.
type making struct {
	image     image
	instance  *target // nil for snapshots
	disks     []string
	snapshots []string
}

// make makes the image, and snapshots where it is made of disks.
func (m *making) make(c *api.Call, tags map[string]string, poweroff bool) (id string) {
	id = api.NewID(c, images, "img")
	if m.instance != nil {
		m.snapshots = cbs.Snap(c, m.image.Name, m.disks)
	}
	for _, snapshot := range m.snapshots {
		s, _ := cbs.GetSnapshot(c.Tx, snapshot)
		m.image.Snapshots = append(m.image.Snapshots, imageSnapshot{ID: snapshot, Usage: s.Usage(), Size: int64(s.Size)})
	}
	done := c.After(imageTakes)
	m.image.put(c, id, imageCreating, done)
	cbs.BindImage(c.Tx, id, m.image.Name, m.snapshots)
	tag.Set(c.Tx, m.image.tagged(), tags)
	if m.instance != nil {
		m.occupy(c, done, poweroff)
	}
	return id
}

// put makes the row of a new image, which is in state doing until it is done.
func (i *image) put(c *api.Call, id, doing string, done time.Time) {
	i.ID, i.Owner, i.State, i.Percent, i.Created = id, c.Account, doing, 0, iso(c.Now.Unix())
	images.Put(c.Tx, id, *i)
	images.Edit(c.Tx, done, id, func(i *image) { i.State, i.Percent = imageNormal, 100 })
}

// occupy is what the instance does while its image is made. Simulated: one that was switched off runs again at the end.
func (m *making) occupy(c *api.Call, done time.Time, poweroff bool) {
	id := m.instance.id
	if !poweroff || m.instance.State != stateRunning {
		operate(c, id, "", done, nil)
		return
	}
	o := begin(c, id, stateStopping)
	o.then(c.After(stopTakes), func(i *Instance) { i.State = stateStopped })
	o.finish(done, func(i *Instance) { i.State = stateRunning })
}
