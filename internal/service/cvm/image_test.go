package cvm

import (
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cbs"
)

// withData gives an order data disks of 20 GiB.
func withData(n int) func(*sdk.RunInstancesRequestParams) {
	return func(in *sdk.RunInstancesRequestParams) {
		for range n {
			in.DataDisks = append(in.DataDisks, &sdk.DataDisk{DiskType: p(cbs.Premium), DiskSize: p(int64(20))})
		}
	}
}

// disks is the ids of an instance's disks, the system disk first.
func (d *desk) disks(instance string) (ids []string) {
	d.Helper()
	d.Must(func(c *api.Call) {
		for id := range cbs.Of(c.Tx, instance) {
			ids = append(ids, id)
		}
	})
	return ids
}

// image makes an image of an instance and waits until it is there.
func (d *desk) image(name, instance string, dataDisks ...string) string {
	d.Helper()
	id := call(d, createImage, sdk.CreateImageRequestParams{ImageName: &name, InstanceId: &instance, DataDiskIds: ps(dataDisks...)}).ImageId
	d.Advance(imageTakes)
	return *id
}

func (d *desk) described(id string) *sdk.Image {
	d.Helper()
	set := call(d, describeImages, sdk.DescribeImagesRequestParams{ImageIds: ps(id)}).ImageSet
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

func TestImageOfAnInstanceTakesItsTime(t *testing.T) {
	d := newDesk(t)
	instance := d.run(withData(2))
	disks := d.disks(instance)
	id := *call(d, createImage, sdk.CreateImageRequestParams{
		ImageName: p("golden"), InstanceId: &instance, DataDiskIds: ps(disks[1]), ImageFamily: p("web"), TagSpecification: tagging("image"),
	}).ImageId
	shown := d.described(id)
	d.wantFull(shown, "CdcCacheStatus")
	if *shown.ImageState != imageCreating || *shown.ImageType != privateImage || *shown.Platform != "Ubuntu" || *shown.ImageSize != 50 ||
		len(shown.SnapshotSet) != 2 || *shown.SnapshotSet[0].DiskUsage != cbs.SystemDisk || *shown.Tags[0].Value != "web" {
		t.Errorf("got %+v, want all of the new image", shown)
	}
	if i := d.row(instance); i.OperationState != operating || i.State != stateRunning {
		t.Errorf("got %s %s, want the instance running and in operation", i.State, i.OperationState)
	}
	fromIt := func(in *sdk.RunInstancesRequestParams) { in.ImageId = &id }
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGESTATE, runInstances, d.order(fromIt))
	refused(d, sdk.INVALIDIMAGEID_INCORRECTSTATE, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(id)})
	family := func() *sdk.Image {
		return call(d, describeImageFromFamily, sdk.DescribeImageFromFamilyRequestParams{ImageFamily: p("web")}).Image
	}
	if got := family(); got != nil {
		t.Errorf("got %s of the family, want none while it is made", *got.ImageId)
	}
	d.Advance(imageTakes)
	if got := family(); got == nil || *got.ImageId != id {
		t.Errorf("got %+v of the family, want the new image", got)
	}
	if i := d.row(instance); i.OperationState != succeeded {
		t.Errorf("got %s, want the instance free again", i.OperationState)
	}
	if i := d.row(d.run(fromIt)); i.ImageID != id || i.User != "ubuntu" {
		t.Errorf("got %+v, want an instance of the image", i)
	}
}

func TestPoweroffForAnImage(t *testing.T) {
	d := newDesk(t)
	instance := d.run()
	call(d, createImage, sdk.CreateImageRequestParams{ImageName: p("golden"), InstanceId: &instance, ForcePoweroff: p("TRUE")})
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{0, stateStopping}, {stopTakes, stateStopped}, {imageTakes, stateRunning}} {
		if got := d.later(step.after, instance).State; got != step.want {
			t.Errorf("after %s: got %s, want %s", step.after, got, step.want)
		}
	}
}

func TestCreateImageRefusals(t *testing.T) {
	d := newDesk(t)
	instance, other := d.run(withData(1)), d.run(withData(1))
	mine, theirs := d.disks(instance), d.disks(other)
	golden := d.image("golden", other, theirs[1])
	parts := d.described(golden).SnapshotSet
	system, data := *parts[0].SnapshotId, *parts[1].SnapshotId
	for name, row := range map[string]struct {
		code   string
		change func(in *sdk.CreateImageRequestParams)
	}{
		"nothing":          {sdk.INVALIDPARAMETER_SPECIFYONEPARAMETER, func(in *sdk.CreateImageRequestParams) { in.InstanceId = nil }},
		"both":             {sdk.INVALIDPARAMETERCONFLICT, func(in *sdk.CreateImageRequestParams) { in.SnapshotIds = ps(system) }},
		"long name":        {sdk.INVALIDPARAMETERVALUE_TOOLARGE, func(in *sdk.CreateImageRequestParams) { in.ImageName = p(strings.Repeat("图", 61)) }},
		"long description": {sdk.INVALIDPARAMETER_VALUETOOLARGE, func(in *sdk.CreateImageRequestParams) { in.ImageDescription = p(strings.Repeat("a", 257)) }},
		"family":           {sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEFAMILY, func(in *sdk.CreateImageRequestParams) { in.ImageFamily = p("a b") }},
		"name twice":       {sdk.INVALIDIMAGENAME_DUPLICATE, func(in *sdk.CreateImageRequestParams) { in.ImageName = p("golden") }},
		"poweroff":         {"InvalidParameterValue", func(in *sdk.CreateImageRequestParams) { in.ForcePoweroff = p("yes") }},
		"root disk":        {sdk.INVALIDPARAMETER_DATADISKIDCONTAINSROOTDISK, func(in *sdk.CreateImageRequestParams) { in.DataDiskIds = ps(mine[0]) }},
		"disk of another":  {sdk.INVALIDPARAMETER_DATADISKNOTBELONGSPECIFIEDINSTANCE, func(in *sdk.CreateImageRequestParams) { in.DataDiskIds = ps(mine[1], theirs[1]) }},
		"disk without": {sdk.INVALIDPARAMETER_INVALIDDEPENDENCE, func(in *sdk.CreateImageRequestParams) {
			in.InstanceId, in.SnapshotIds, in.DataDiskIds = nil, ps(system), ps(mine[1])
		}},
		"no snapshot":          {sdk.INVALIDPARAMETER_SNAPSHOTNOTFOUND, func(in *sdk.CreateImageRequestParams) { in.InstanceId, in.SnapshotIds = nil, ps("snap-00000000") }},
		"no system snapshot":   {sdk.INVALIDPARAMETER_SYSTEMSNAPSHOTNOTFOUND, func(in *sdk.CreateImageRequestParams) { in.InstanceId, in.SnapshotIds = nil, ps(data) }},
		"no instance":          {sdk.INVALIDINSTANCEID_NOTFOUND, func(in *sdk.CreateImageRequestParams) { in.InstanceId = p("ins-00000000") }},
		"tags of another kind": {"InvalidParameterValue", func(in *sdk.CreateImageRequestParams) { in.TagSpecification = tagging("instance") }},
	} {
		in := sdk.CreateImageRequestParams{ImageName: p("new"), InstanceId: &instance}
		row.change(&in)
		d.Log(name)
		refused(d, row.code, createImage, in)
	}
	fromSnapshots := *call(d, createImage, sdk.CreateImageRequestParams{ImageName: p("parts"), SnapshotIds: ps(data, system)}).ImageId
	if got := d.described(fromSnapshots); *got.Platform != "Ubuntu" || len(got.SnapshotSet) != 2 {
		t.Errorf("got %+v, want an image of the snapshots that knows what they are of", got)
	}
	call(d, createImage, sdk.CreateImageRequestParams{ImageName: p("busy"), InstanceId: &instance})
	refused(d, sdk.MUTEXOPERATION_TASKRUNNING, createImage, sdk.CreateImageRequestParams{ImageName: p("busy too"), InstanceId: &instance})
	d.limit(quota.PrivateImages, 3)
	refused(d, sdk.IMAGEQUOTALIMITEXCEEDED, createImage, sdk.CreateImageRequestParams{ImageName: p("one more"), InstanceId: &other})
	if got := call(d, describeImageQuota, sdk.DescribeImageQuotaRequestParams{}); *got.ImageNumQuota != 3 {
		t.Errorf("got a quota of %d, want 3", *got.ImageNumQuota)
	}
}

func TestDeletedImageKeepsOrTakesItsSnapshots(t *testing.T) {
	d := newDesk(t)
	instance := d.run()
	first, second, third := d.image("first", instance), d.image("second", instance), d.image("third", instance)
	left := func(id string) string { return *d.described(id).SnapshotSet[0].SnapshotId }
	kept, taken := left(first), left(second)
	call(d, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(first)})
	call(d, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(second), DeleteBindedSnap: p(true)})
	d.Must(func(c *api.Call) {
		if _, ok := cbs.GetSnapshot(c.Tx, kept); !ok {
			t.Error("the snapshot went with the image, want it kept")
		}
		if _, ok := cbs.GetSnapshot(c.Tx, taken); ok {
			t.Error("the snapshot stayed, want it gone with the image")
		}
		cbs.UnbindImage(c.Tx, third) // as a deletion of its snapshots does
	})
	if got := d.described(third); got != nil {
		t.Error("got an image without its snapshots, want none")
	}
	refused(d, sdk.INVALIDIMAGEID_NOTFOUND, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(first)})
	refused(d, sdk.INVALIDIMAGEID_MALFORMED, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps("img")})
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(ubuntu)})
	d.image("first", instance)
}

func TestModifyImageAttribute(t *testing.T) {
	d := newDesk(t)
	instance := d.run()
	id, _ := d.image("first", instance), d.image("second", instance)
	change := func(f func(*sdk.ModifyImageAttributeRequestParams)) sdk.ModifyImageAttributeRequestParams {
		in := sdk.ModifyImageAttributeRequestParams{ImageId: &id}
		f(&in)
		return in
	}
	refused(d, sdk.INVALIDIMAGENAME_DUPLICATE, modifyImageAttribute, change(func(in *sdk.ModifyImageAttributeRequestParams) { in.ImageName = p("second") }))
	refused(d, sdk.INVALIDPARAMETERVALUE_TOOLARGE, modifyImageAttribute, change(func(in *sdk.ModifyImageAttributeRequestParams) { in.ImageName = p(strings.Repeat("a", 61)) }))
	refused(d, sdk.INVALIDIMAGEID_NOTFOUND, modifyImageAttribute, change(func(in *sdk.ModifyImageAttributeRequestParams) { in.ImageId = p(ubuntu) }))
	call(d, modifyImageAttribute, change(func(in *sdk.ModifyImageAttributeRequestParams) {
		in.ImageName, in.ImageFamily, in.ImageDeprecated = p("renamed"), p("web"), p(true)
	}))
	if got := d.described(id); *got.ImageName != "renamed" || *got.ImageFamily != "web" || !*got.ImageDeprecated {
		t.Errorf("got %+v, want all changes", got)
	}
	if got := call(d, describeImageFromFamily, sdk.DescribeImageFromFamilyRequestParams{ImageFamily: p("web")}).Image; got != nil {
		t.Error("got a deprecated image of the family, want none")
	}
}

func TestSharedImageIsSeenByTheOtherAccount(t *testing.T) {
	d := newDesk(t)
	id := d.image("golden", d.run())
	share := func(word string, accounts ...string) sdk.ModifyImageSharePermissionRequestParams {
		return sdk.ModifyImageSharePermissionRequestParams{ImageId: &id, AccountIds: ps(accounts...), Permission: &word}
	}
	const friend = "100000000002"
	refused(d, sdk.FAILEDOPERATION_ACCOUNTISYOURSELF, modifyImageSharePermission, share("SHARE", d.Scope.Account))
	refused(d, sdk.INVALIDACCOUNTID_NOTFOUND, modifyImageSharePermission, share("SHARE", "me"))
	refused(d, "InvalidParameterValue", modifyImageSharePermission, share("GIVE", friend))
	d.limit(quota.ImageShares, 1)
	refused(d, sdk.OVERQUOTA, modifyImageSharePermission, share("SHARE", friend, "100000000003"))
	call(d, modifyImageSharePermission, share("SHARE", friend))
	refused(d, sdk.FAILEDOPERATION_ACCOUNTALREADYEXISTS, modifyImageSharePermission, share("SHARE", friend))
	refused(d, sdk.INVALIDIMAGEID_INSHARED, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(id)})
	if got := call(d, describeImageSharePermission, sdk.DescribeImageSharePermissionRequestParams{ImageId: &id}).SharePermissionSet; len(got) != 1 || *got[0].AccountId != friend {
		t.Errorf("got %+v, want the friend", got)
	}

	them := d.as(friend, d.Scope.Region)
	got := call(them, describeImages, sdk.DescribeImagesRequestParams{Filters: by("image-type", sharedImage)}).ImageSet
	if len(got) != 1 || *got[0].ImageId != id || *got[0].ImageCreator != d.Scope.Account {
		t.Fatalf("got %+v, want the image as a shared one", got)
	}
	them.run(func(in *sdk.RunInstancesRequestParams) { in.ImageId = &id })
	refused(them, sdk.UNSUPPORTEDOPERATION_SHAREDIMAGEMODIFYUNSUPPORTED, modifyImageAttribute, sdk.ModifyImageAttributeRequestParams{ImageId: &id})
	refused(them, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEIDISSHARED, deleteImages, sdk.DeleteImagesRequestParams{ImageIds: ps(id)})
	refused(them, sdk.UNAUTHORIZEDOPERATION_IMAGENOTBELONGTOACCOUNT, describeImageSharePermission, sdk.DescribeImageSharePermissionRequestParams{ImageId: &id})
	refused(them, sdk.UNAUTHORIZEDOPERATION_IMAGENOTBELONGTOACCOUNT, modifyImageSharePermission, share("SHARE", "100000000004"))
	copied := call(them, syncImages, sdk.SyncImagesRequestParams{ImageIds: ps(id), DestinationRegions: ps(d.Scope.Region), ImageSetRequired: p(true)}).ImageSet[0]
	if mine := them.described(*copied.ImageId); *mine.ImageType != privateImage || *mine.ImageState != imageSyncing {
		t.Errorf("got %+v, want a copy of their own", mine)
	}

	call(d, modifyImageSharePermission, share("CANCEL", friend))
	if them.described(id) != nil || d.described(id) == nil {
		t.Error("want the image for its owner alone again")
	}
	if other := d.as(friend, "ap-beijing"); other.described(id) != nil {
		t.Error("got the image in another region, want none")
	}
}

func TestSyncImages(t *testing.T) {
	d := newDesk(t)
	id := d.image("golden", d.run())
	sync := func(regions ...string) sdk.SyncImagesRequestParams {
		return sdk.SyncImagesRequestParams{ImageIds: ps(id), DestinationRegions: ps(regions...), ImageSetRequired: p(true)}
	}
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDREGION, syncImages, sync("ap-beijing", "ap-guangzhou"))
	refused(d, sdk.INVALIDREGION_NOTFOUND, syncImages, sync("ap-atlantis"))
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID, syncImages, sdk.SyncImagesRequestParams{ImageIds: ps(ubuntu), DestinationRegions: ps("ap-beijing")})
	got := call(d, syncImages, sync("ap-beijing", "ap-shanghai")).ImageSet
	if len(got) != 2 || *got[0].Region != "ap-beijing" || *got[1].Region != "ap-shanghai" || *got[0].ImageId == *got[1].ImageId {
		t.Fatalf("got %+v, want two new ids", got)
	}
	refused(d, sdk.INVALIDIMAGENAME_DUPLICATE, syncImages, sync("ap-beijing"))
	beijing := d.in("ap-beijing")
	if i := beijing.described(*got[0].ImageId); *i.ImageState != imageSyncing || *i.ImageName != "golden" {
		t.Errorf("got %+v, want it on its way", i)
	}
	beijing.Advance(copyTakes)
	there := beijing.described(*got[0].ImageId)
	if *there.ImageState != imageNormal || *there.SyncPercent != 100 || len(there.SnapshotSet) != 1 {
		t.Errorf("got %+v, want it there with its snapshot", there)
	}
	beijing.Must(func(c *api.Call) {
		if s, ok := cbs.GetSnapshot(c.Tx, *there.SnapshotSet[0].SnapshotId); !ok || !s.System || s.Size != 50 {
			t.Errorf("got %+v, want a snapshot of the system disk", s)
		}
	})
	d.Advance(copyTakes)
	encrypt := sync("ap-guangzhou")
	encrypt.Encrypt, encrypt.ImageName = p(true), p("secret")
	secret := *call(d, syncImages, encrypt).ImageSet[0].ImageId
	d.Advance(copyTakes)
	refused(d, sdk.UNSUPPORTEDOPERATION_SYNCENCRYPTIMAGENOTSUPPORT, syncImages, sdk.SyncImagesRequestParams{ImageIds: ps(secret), DestinationRegions: ps("ap-beijing")})
	refused(d, sdk.UNSUPPORTEDOPERATION_ENCRYPTEDIMAGESNOTSUPPORTED, modifyImageSharePermission, sdk.ModifyImageSharePermissionRequestParams{
		ImageId: &secret, AccountIds: ps("100000000002"), Permission: p("SHARE"),
	})
}

func TestImportAndExportAreRefusedForWantOfStorage(t *testing.T) {
	d := newDesk(t)
	systems := call(d, describeImportImageOs, sdk.DescribeImportImageOsRequestParams{})
	if !slices.Contains(plain(systems.ImportImageOsListSupported.Linux), "CentOS") || len(systems.ImportImageOsVersionSet) != len(importables) {
		t.Errorf("got %+v, want every system", systems)
	}
	take := func(change func(*sdk.ImportImageRequestParams)) sdk.ImportImageRequestParams {
		in := sdk.ImportImageRequestParams{
			Architecture: p("x86_64"), OsType: p("CentOS"), OsVersion: p("7"), ImageName: p("golden"),
			ImageUrl: p("https://images-1250000001.cos.ap-guangzhou.myqcloud.com/golden.qcow2"),
		}
		change(&in)
		return in
	}
	refused(d, sdk.INVALIDPARAMETER_INVALIDPARAMETERURLERROR, importImage, take(func(*sdk.ImportImageRequestParams) {}))
	refused(d, sdk.INVALIDPARAMETER_INVALIDPARAMETERURLERROR, importImage, take(func(in *sdk.ImportImageRequestParams) { in.ImageUrl = p("ftp://here") }))
	refused(d, sdk.INVALIDIMAGEOSTYPE_UNSUPPORTED, importImage, take(func(in *sdk.ImportImageRequestParams) { in.OsType = p("BeOS") }))
	refused(d, sdk.INVALIDIMAGEOSVERSION_UNSUPPORTED, importImage, take(func(in *sdk.ImportImageRequestParams) { in.OsVersion = p("99") }))
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDBOOTMODE, importImage, take(func(in *sdk.ImportImageRequestParams) { in.BootMode = p("tape") }))
	refused(d, sdk.INVALIDPARAMETERVALUE_INVALIDLICENSETYPE, importImage, take(func(in *sdk.ImportImageRequestParams) { in.LicenseType = p("mine") }))
	refused(d, sdk.INVALIDPARAMETERVALUE_ISOMUSTIMPORTBYFORCE, importImage, take(func(in *sdk.ImportImageRequestParams) { in.ImageUrl = p("https://a/b.iso") }))

	linux := d.image("linux", d.run())
	win := d.image("windows", d.run(func(in *sdk.RunInstancesRequestParams) { in.ImageId = p(windows) }))
	out := func(ids ...string) sdk.ExportImagesRequestParams {
		return sdk.ExportImagesRequestParams{BucketName: p("images-1250000001"), ImageIds: ps(ids...)}
	}
	refused(d, sdk.INVALIDPARAMETER_IMAGEIDSSNAPSHOTIDSMUSTONE, exportImages, out())
	refused(d, sdk.UNSUPPORTEDOPERATION_PUBLICIMAGEEXPORTUNSUPPORTED, exportImages, out(ubuntu))
	refused(d, sdk.UNSUPPORTEDOPERATION_WINDOWSIMAGEEXPORTUNSUPPORTED, exportImages, out(win))
	refused(d, sdk.INVALIDPARAMETERVALUE_BUCKETNOTFOUND, exportImages, out(linux))
}
