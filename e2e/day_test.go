package e2e

import (
	"testing"
	"time"

	cbs "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/clock"
)

// TestADayInTheLife leads the official Go SDK through what an operator does with a hundred machines, and through the
// months after. e2e/node/day.js takes the same steps.
func TestADayInTheLife(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	image := d.makeImage()
	d.makeTemplate(image)
	d.launch(image)
	d.resize(d.ids[0])
	d.rebind(d.ids[0], d.ids[1])
	d.snapshot(d.ids[0])
	d.reinstall(d.ids[0])
	d.isolate(d.ids[2], d.ids[3])
	d.monthsPass()
	d.leave(image)
}

// makeImage makes an image of a machine that is there for nothing else.
func (d *day) makeImage() string {
	builder := must(d, d.cvm.RunInstances, order(1)).Response.InstanceIdSet
	d.pass(time.Minute)
	in := cvm.NewCreateImageRequest()
	in.InstanceId, in.ImageName = builder[0], new("golden")
	image := must(d, d.cvm.CreateImage, in).Response.ImageId
	show := cvm.NewDescribeImagesRequest()
	show.ImageIds = []*string{image}
	d.same("a new image", *must(d, d.cvm.DescribeImages, show).Response.ImageSet[0].ImageState, "CREATING")
	d.pass(10 * time.Minute)
	d.same("an image", *must(d, d.cvm.DescribeImages, show).Response.ImageSet[0].ImageState, "NORMAL")
	d.terminate(builder[0])
	d.same("instances without the builder", d.count(), map[string]int{})
	return *image
}

// makeTemplate writes down what a hundred machines are to be like: paid for a month, renewed by hand.
func (d *day) makeTemplate(image string) {
	in := cvm.NewCreateLaunchTemplateRequest()
	in.LaunchTemplateName, in.ImageId, in.InstanceType = new("web"), &image, new(instanceType)
	in.Placement = &cvm.Placement{Zone: new("ap-guangzhou-3")}
	in.InstanceChargeType, in.InstanceChargePrepaid = new("PREPAID"), &cvm.InstanceChargePrepaid{Period: new(int64(1))}
	in.InstanceName = new("web-{R:1,F:3}")
	in.DataDisks = []*cvm.DataDisk{{DiskType: new("CLOUD_PREMIUM"), DiskSize: new(int64(20))}}
	in.TagSpecification = []*cvm.TagSpecification{{ResourceType: new("instance"), Tags: []*cvm.Tag{{Key: new("team"), Value: new("web")}}}}
	d.template = must(d, d.cvm.CreateLaunchTemplate, in).Response.LaunchTemplateId
}

// launch asks for the price of a hundred machines, and has them.
func (d *day) launch(image string) {
	d.same("the price of one", d.quote(image, 1), 157.7)
	d.same("the price of a hundred", d.quote(image, 100), 15770.0)
	in := cvm.NewRunInstancesRequest()
	in.LaunchTemplate, in.InstanceCount = &cvm.LaunchTemplate{LaunchTemplateId: d.template}, new(int64(100))
	d.began = d.clock.Now()
	d.ids = must(d, d.cvm.RunInstances, in).Response.InstanceIdSet
	d.same("just launched", d.count(), map[string]int{"PENDING NORMAL OPERATING": 100})
	d.pass(time.Minute)
	d.same("a minute later", d.count(), map[string]int{"RUNNING NORMAL SUCCESS": 100})
	addresses := map[string]bool{}
	for _, i := range d.all() {
		addresses[*i.PrivateIpAddresses[0]] = true
	}
	d.same("different addresses", len(addresses), 100)
	d.same("disks", d.disks(), 200)
	last := d.one(d.ids[99])
	d.same("the last one's name", *last.InstanceName, "web-100")
	d.same("its tag", *last.Tags[0].Value, "web")
	d.same("its flag", *last.RenewFlag, "NOTIFY_AND_MANUAL_RENEW")
	d.same("its last day", *last.ExpiredTime, d.month(1))
}

// resize makes one of them larger, which costs something, and stops and starts it.
func (d *day) resize(id *string) {
	ask := cvm.NewInquiryPriceResetInstancesTypeRequest()
	ask.InstanceIds, ask.InstanceType = []*string{id}, new("S5.LARGE8")
	if price := must(d, d.cvm.InquiryPriceResetInstancesType, ask).Response.Price.InstancePrice; *price.DiscountPrice <= 0 {
		d.Errorf("got the price %v for a larger type, want more than 0", *price.DiscountPrice)
	}
	in := cvm.NewResetInstancesTypeRequest()
	in.InstanceIds, in.InstanceType, in.ForceStop = []*string{id}, new("S5.LARGE8"), new(true)
	must(d, d.cvm.ResetInstancesType, in)
	d.same("while it is resized", state(d.one(id)), "STOPPING NORMAL OPERATING")
	d.pass(time.Minute)
	i := d.one(id)
	d.same("resized", state(i), "RUNNING NORMAL SUCCESS")
	d.same("by", *i.LatestOperation, "ResetInstancesType")
	d.same("its processors", *i.CPU, int64(4))
	d.same("its memory", *i.Memory, int64(8))
}

// reinstall gives a machine another system. Its disk, address and last day stay.
func (d *day) reinstall(id *string) {
	before := d.one(id)
	in := cvm.NewResetInstanceRequest()
	in.InstanceId, in.ImageId = id, new("img-487zeit5")
	must(d, d.cvm.ResetInstance, in)
	d.same("while it is reinstalled", state(d.one(id)), "RUNNING NORMAL OPERATING")
	d.pass(2 * time.Minute)
	after := d.one(id)
	d.same("reinstalled", state(after), "RUNNING NORMAL SUCCESS")
	d.same("its system", *after.OsName, "Ubuntu Server 22.04 LTS 64bit")
	d.same("its disk", *after.SystemDisk.DiskId, *before.SystemDisk.DiskId)
	d.same("its address", *after.PrivateIpAddresses[0], *before.PrivateIpAddresses[0])
	d.same("its last day", *after.ExpiredTime, *before.ExpiredTime)
}

// isolate gives two machines back: one is fetched out of the recycle bin again, for two months, the other is let go.
func (d *day) isolate(back, gone *string) {
	d.terminate(back, gone)
	d.same("in the bin", state(d.one(back)), "SHUTDOWN NORMAL SUCCESS")
	d.same("by", *d.one(back).IsolatedSource, "MANMADE")
	now := d.clock.Now()
	d.renew(back, 2, 315.4)
	i := d.one(back)
	d.same("out of the bin", state(i), "RUNNING NORMAL SUCCESS")
	d.same("and isolated", *i.IsolatedSource, "NOTISOLATED")
	d.same("until", *i.ExpiredTime, clock.AddMonths(now, 2).Format(time.RFC3339))
	d.terminate(gone)
	d.same("after the second word", d.count(), map[string]int{"RUNNING NORMAL SUCCESS": 99})
	d.same("disks, of which one is paid for and stays", d.disks(), 199)
}

// monthsPass lets all but one of them expire. One renews itself; one is renewed by hand when it is in the bin already.
func (d *day) monthsPass() {
	itself := cvm.NewModifyInstancesRenewFlagRequest()
	itself.InstanceIds, itself.RenewFlag = d.ids[1:2], new("NOTIFY_AND_AUTO_RENEW")
	must(d, d.cvm.ModifyInstancesRenewFlag, itself)
	disk := cbs.NewModifyDisksRenewFlagRequest() // one that can leave its machine is paid for by itself
	disk.DiskIds, disk.RenewFlag = []*string{d.one(d.ids[1]).DataDisks[0].DiskId}, itself.RenewFlag
	must(d, d.cbs.ModifyDisksRenewFlag, disk)
	d.same("the new flag", *d.one(d.ids[1]).RenewFlag, "NOTIFY_AND_AUTO_RENEW")

	d.passTo(clock.AddMonths(d.began, 1))
	d.same("on the last day", d.count(), map[string]int{"RUNNING EXPIRED SUCCESS": 97, "RUNNING NORMAL SUCCESS": 2})
	d.same("the last day of what renews itself", *d.one(d.ids[1]).ExpiredTime, d.month(2))
	d.pass(24 * time.Hour)
	d.same("a day later", d.count(), map[string]int{"SHUTDOWN EXPIRED SUCCESS": 97, "RUNNING NORMAL SUCCESS": 2})
	d.same("isolated by", *d.one(d.ids[0]).IsolatedSource, "EXPIRE")
	d.renew(d.ids[0], 1, 283.9)
	d.same("renewed out of the bin", state(d.one(d.ids[0])), "RUNNING NORMAL SUCCESS")
	d.same("until", *d.one(d.ids[0]).ExpiredTime, d.month(2))
	d.pass(7 * 24 * time.Hour)
	d.same("a week later", d.count(), map[string]int{"RUNNING NORMAL SUCCESS": 3})
	d.same("disks: of each its system, of two its data", d.disks(), 5)

	d.passTo(clock.AddMonths(d.began, 6))
	d.same("half a year later", d.count(), map[string]int{"RUNNING NORMAL SUCCESS": 1})
	d.same("the last day of what renews itself", *d.one(d.ids[1]).ExpiredTime, d.month(7))
	d.same("addresses in use", d.usedAddresses(), 1)
}
