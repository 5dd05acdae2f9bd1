package vpc

import (
	"fmt"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/service/host"
)

// world is a small cloud with shorthands for what nearly every test needs.
type world struct {
	*apitest.World
	launched int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	return &world{World: apitest.New(t)}
}

const zone3 = "ap-guangzhou-3"

func (w *world) vpc(cidr string) string {
	w.T.Helper()
	return *apitest.Call(w.World, createVpc, sdk.CreateVpcRequestParams{VpcName: new("net"), CidrBlock: &cidr}).Vpc.VpcId
}

func (w *world) subnet(vpcID, cidr string) string {
	w.T.Helper()
	return *apitest.Call(w.World, createSubnet, sdk.CreateSubnetRequestParams{
		VpcId: &vpcID, SubnetName: new("sub"), CidrBlock: &cidr, Zone: new(zone3),
	}).Subnet.SubnetId
}

func (w *world) group() string {
	w.T.Helper()
	return *apitest.Call(w.World, createSecurityGroup, sdk.CreateSecurityGroupRequestParams{
		GroupName: new("web"), GroupDescription: new("of the web"),
	}).SecurityGroup.SecurityGroupId
}

func (w *world) card(vpcID, subnetID string) string {
	w.T.Helper()
	id := *apitest.Call(w.World, createNetworkInterface, sdk.CreateNetworkInterfaceRequestParams{
		VpcId: &vpcID, SubnetId: &subnetID, NetworkInterfaceName: new("card"),
	}).NetworkInterface.NetworkInterfaceId
	w.Advance(cardTakes)
	return id
}

func (w *world) eip() string {
	w.T.Helper()
	id := *apitest.Call(w.World, allocateAddresses, sdk.AllocateAddressesRequestParams{}).AddressSet[0]
	w.Advance(addressTakes)
	return id
}

// instance launches one that runs at once, as cvm does.
func (w *world) instance(at Placement, net Internet, groups ...string) string {
	w.T.Helper()
	w.launched++
	id := fmt.Sprintf("ins-%08d", w.launched)
	w.Must(func(c *api.Call) {
		host.Put(c.Tx, id, host.Host{Zone: zone3, State: "RUNNING", CPU: 2, Name: "host"})
		if _, err := Launch(c, LaunchSpec{InstanceID: id, Placement: at, SecurityGroups: groups, Internet: net, ReadyAt: c.Now}); err != nil {
			w.T.Fatal(err)
		}
	})
	return id
}

func (w *world) of(instanceID string) (a Attachment) {
	w.T.Helper()
	w.Must(func(c *api.Call) { a, _ = Of(c.Tx, instanceID) })
	return a
}

func (w *world) release(instanceID string, addresses bool) {
	w.T.Helper()
	w.Must(func(c *api.Call) {
		Release(c, c.Now, instanceID, addresses)
		host.Delete(c.Tx, c.Now, instanceID)
	})
}

func (w *world) free(subnetID string) int {
	w.T.Helper()
	out := apitest.Call(w.World, describeSubnets, sdk.DescribeSubnetsRequestParams{SubnetIds: []*string{&subnetID}})
	return int(*out.SubnetSet[0].AvailableIpAddressCount)
}

func (w *world) address(id string) *sdk.Address {
	w.T.Helper()
	set := apitest.Call(w.World, describeAddresses, sdk.DescribeAddressesRequestParams{AddressIds: []*string{&id}}).AddressSet
	if len(set) != 1 {
		w.T.Fatalf("address %s: got %d, want 1", id, len(set))
	}
	return set[0]
}

func (w *world) shownCard(id string) *sdk.NetworkInterface {
	w.T.Helper()
	set := apitest.Call(w.World, describeNetworkInterfaces, sdk.DescribeNetworkInterfacesRequestParams{NetworkInterfaceIds: []*string{&id}})
	return set.NetworkInterfaceSet[0]
}

func filter(name string, values ...string) []*sdk.Filter {
	return []*sdk.Filter{{Name: &name, Values: ptrs(values)}}
}

const aDay = 24 * time.Hour
