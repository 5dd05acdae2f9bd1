package e2e

import (
	"net/http"
	"testing"
	"time"

	cbs "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	vpc "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/clock"
)

// day is what TestADayInTheLife works with: three clients, and what it has made with them.
type day struct {
	*testing.T
	*running
	cvm *cvm.Client
	cbs *cbs.Client
	vpc *vpc.Client

	template     *string
	ids          []*string // of the hundred
	began        time.Time // when they were launched
	eip          *string
	snapshotMade *string
}

func newDay(t *testing.T) *day {
	t.Helper()
	d := &day{T: t, running: start(t)}
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", d.address
	p.Language = "en-US"
	var errs [3]error
	d.cvm, errs[0] = cvm.NewClient(credential(), region, p)
	d.cbs, errs[1] = cbs.NewClient(credential(), region, p)
	d.vpc, errs[2] = vpc.NewClient(credential(), region, p)
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	var way http.RoundTripper = &dated{running: d.running}
	d.cvm.WithHttpTransport(way)
	d.cbs.WithHttpTransport(way)
	d.vpc.WithHttpTransport(way)
	return d
}

// rebind leads an elastic address to one machine, and then to another.
func (d *day) rebind(first, second *string) {
	d.eip = must(d, d.vpc.AllocateAddresses, vpc.NewAllocateAddressesRequest()).Response.AddressSet[0]
	d.pass(time.Minute)
	ask := vpc.NewDescribeAddressesRequest()
	ask.AddressIds = []*string{d.eip}
	ip := *must(d, d.vpc.DescribeAddresses, ask).Response.AddressSet[0].AddressIp
	for _, id := range []*string{first, second} {
		bind := vpc.NewAssociateAddressRequest()
		bind.AddressId, bind.InstanceId = d.eip, id
		must(d, d.vpc.AssociateAddress, bind)
		d.pass(time.Minute)
		a := must(d, d.vpc.DescribeAddresses, ask).Response.AddressSet[0]
		d.same("the address", *a.AddressStatus+" "+*a.InstanceId, "BIND "+*id)
		d.same("seen at the machine", *d.one(id).PublicIpAddresses[0], ip)
		if id == second {
			break
		}
		free := vpc.NewDisassociateAddressRequest()
		free.AddressId = d.eip
		must(d, d.vpc.DisassociateAddress, free)
		d.pass(time.Minute)
		d.same("public addresses that are left", len(d.one(id).PublicIpAddresses), 0)
	}
}

// snapshot keeps what is on a machine's data disk. It outlives the disk.
func (d *day) snapshot(id *string) {
	in := cbs.NewCreateSnapshotRequest()
	in.DiskId, in.SnapshotName = d.one(id).DataDisks[0].DiskId, new("before")
	d.snapshotMade = must(d, d.cbs.CreateSnapshot, in).Response.SnapshotId
	ask := cbs.NewDescribeSnapshotsRequest()
	ask.SnapshotIds = []*string{d.snapshotMade}
	d.same("a new snapshot", *must(d, d.cbs.DescribeSnapshots, ask).Response.SnapshotSet[0].SnapshotState, "CREATING")
	d.pass(10 * time.Minute)
	s := must(d, d.cbs.DescribeSnapshots, ask).Response.SnapshotSet[0]
	d.same("a snapshot", *s.SnapshotState+" "+*s.DiskId, "NORMAL "+*in.DiskId)
	d.same("its size", *s.DiskSize, uint64(20))
}

// leave gives back what is left, until nothing is.
func (d *day) leave(image string) {
	disk := cbs.NewTerminateDisksRequest()
	disk.DiskIds = []*string{d.one(d.ids[1]).DataDisks[0].DiskId}
	d.terminate(d.ids[1])
	d.same("the last one", d.count(), map[string]int{"SHUTDOWN NORMAL SUCCESS": 1})
	d.terminate(d.ids[1])
	d.same("instances", d.count(), map[string]int{})
	d.same("disks, which is paid for and stays", d.disks(), 1)
	must(d, d.cbs.TerminateDisks, disk)
	d.pass(8 * 24 * time.Hour)
	d.same("disks after the bin", d.disks(), 0)
	d.same("addresses in use", d.usedAddresses(), 0)

	addresses := vpc.NewDescribeAddressesRequest()
	d.same("the address", *must(d, d.vpc.DescribeAddresses, addresses).Response.AddressSet[0].AddressStatus, "UNBIND")
	release := vpc.NewReleaseAddressesRequest()
	release.AddressIds = []*string{d.eip}
	must(d, d.vpc.ReleaseAddresses, release)
	d.pass(time.Minute)
	d.same("addresses", *must(d, d.vpc.DescribeAddresses, addresses).Response.TotalCount, int64(0))

	template := cvm.NewDeleteLaunchTemplateRequest()
	template.LaunchTemplateId = d.template
	must(d, d.cvm.DeleteLaunchTemplate, template)
	golden := cvm.NewDeleteImagesRequest()
	golden.ImageIds, golden.DeleteBindedSnap = []*string{&image}, new(true)
	must(d, d.cvm.DeleteImages, golden)
	snapshot := cbs.NewDeleteSnapshotsRequest()
	snapshot.SnapshotIds = []*string{d.snapshotMade}
	must(d, d.cbs.DeleteSnapshots, snapshot)
	d.same("snapshots", *must(d, d.cbs.DescribeSnapshots, cbs.NewDescribeSnapshotsRequest()).Response.TotalCount, uint64(0))
}

// terminate gives machines back. A prepaid one is in the recycle bin after the first time and gone after the second.
func (d *day) terminate(ids ...*string) {
	in := cvm.NewTerminateInstancesRequest()
	in.InstanceIds = ids
	must(d, d.cvm.TerminateInstances, in)
	d.pass(time.Minute)
}

// renew asks what some months more of a machine cost, and pays for them.
func (d *day) renew(id *string, months int64, price float64) {
	ask := cvm.NewInquiryPriceRenewInstancesRequest()
	ask.InstanceIds, ask.InstanceChargePrepaid = []*string{id}, &cvm.InstanceChargePrepaid{Period: &months}
	d.same("the price of a renewal", *must(d, d.cvm.InquiryPriceRenewInstances, ask).Response.Price.InstancePrice.DiscountPrice, price)
	in := cvm.NewRenewInstancesRequest()
	in.InstanceIds, in.InstanceChargePrepaid = []*string{id}, &cvm.InstanceChargePrepaid{Period: &months}
	must(d, d.cvm.RenewInstances, in)
	d.pass(time.Minute)
}

// quote is the price of n machines as the template has them.
func (d *day) quote(image string, n int64) float64 {
	in := cvm.NewInquiryPriceRunInstancesRequest()
	in.Placement, in.ImageId = &cvm.Placement{Zone: new("ap-guangzhou-3")}, &image
	in.LaunchTemplate, in.InstanceCount = &cvm.LaunchTemplate{LaunchTemplateId: d.template}, &n
	return *must(d, d.cvm.InquiryPriceRunInstances, in).Response.Price.InstancePrice.DiscountPrice
}

// must is what a call answers that may not fail.
func must[In, Out any](d *day, call func(In) (Out, error), in In) Out {
	d.Helper()
	out, err := call(in)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

// same ends the day where something is not as it should be: what comes after would only be wrong, too.
func (d *day) same(what string, got, want any) {
	d.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		d.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func (d *day) pass(long time.Duration) { d.clock.Advance(long) }

func (d *day) passTo(at time.Time) { d.clock.Advance(at.Sub(d.clock.Now())) }

// month is the n-th day on which the hundred are to be paid for.
func (d *day) month(n int) string {
	return clock.AddMonths(d.began, n).UTC().Format(time.RFC3339)
}

// all is every instance, of which there are never more than a page holds.
func (d *day) all() []*cvm.Instance {
	in := cvm.NewDescribeInstancesRequest()
	in.Limit = new(int64(100))
	out := must(d, d.cvm.DescribeInstances, in).Response
	d.same("instances on the page", int64(len(out.InstanceSet)), *out.TotalCount)
	return out.InstanceSet
}

func (d *day) one(id *string) *cvm.Instance {
	in := cvm.NewDescribeInstancesRequest()
	in.InstanceIds = []*string{id}
	out := must(d, d.cvm.DescribeInstances, in).Response
	d.same("instances "+*id, len(out.InstanceSet), 1)
	return out.InstanceSet[0]
}

// state is what an instance does, whether it may, and how its last operation went.
func state(i *cvm.Instance) string {
	return *i.InstanceState + " " + *i.RestrictState + " " + *i.LatestOperationState
}

// count is how many instances are in which state.
func (d *day) count() map[string]int {
	counted := map[string]int{}
	for _, i := range d.all() {
		counted[state(i)]++
	}
	return counted
}

func (d *day) disks() int {
	return int(*must(d, d.cbs.DescribeDisks, cbs.NewDescribeDisksRequest()).Response.TotalCount)
}

// usedAddresses is how many addresses of the default network are in use.
func (d *day) usedAddresses() int {
	network := must(d, d.vpc.DescribeVpcs, vpc.NewDescribeVpcsRequest()).Response.VpcSet[0]
	in := vpc.NewDescribeUsedIpAddressRequest()
	in.VpcId = network.VpcId
	return int(*must(d, d.vpc.DescribeUsedIpAddress, in).Response.TotalCount)
}
