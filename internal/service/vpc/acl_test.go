package vpc

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api/apitest"
)

func (w *world) acl(vpcID, kind string) string {
	w.T.Helper()
	return *apitest.Call(w.World, createNetworkAcl, sdk.CreateNetworkAclRequestParams{VpcId: &vpcID, NetworkAclName: new("acl"), NetworkAclType: &kind}).
		NetworkAcl.NetworkAclId
}

func (w *world) shownACL(id string) *sdk.NetworkAcl {
	w.T.Helper()
	return apitest.Call(w.World, describeNetworkAcls, sdk.DescribeNetworkAclsRequestParams{NetworkAclIds: []*string{&id}}).NetworkAclSet[0]
}

func entry(port, cidr string) *sdk.NetworkAclEntry {
	return &sdk.NetworkAclEntry{Protocol: new("tcp"), Port: &port, CidrBlock: &cidr, Action: new("accept")}
}

func TestACLHoldsForItsSubnets(t *testing.T) {
	w := newWorld(t)
	vpcID, other := w.vpc("10.0.0.0/16"), w.vpc("10.0.0.0/16")
	sub, elsewhere, id := w.subnet(vpcID, "10.0.0.0/24"), w.subnet(other, "10.0.0.0/24"), w.acl(vpcID, triple)
	apitest.Refused(w.World, sdk.UNSUPPORTEDOPERATION_VPCMISMATCH, associateNetworkAclSubnets, sdk.AssociateNetworkAclSubnetsRequestParams{NetworkAclId: &id, SubnetIds: []*string{&elsewhere}})
	apitest.Call(w.World, associateNetworkAclSubnets, sdk.AssociateNetworkAclSubnetsRequestParams{NetworkAclId: &id, SubnetIds: []*string{&sub}})
	if got := w.shownACL(id).SubnetSet; len(got) != 1 || *got[0].SubnetId != sub || *got[0].NetworkAclId != id {
		t.Errorf("got %v, want the subnet", got)
	}
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteNetworkAcl, sdk.DeleteNetworkAclRequestParams{NetworkAclId: &id})
	apitest.Refused(w.World, sdk.RESOURCEINUSE, deleteVpc, sdk.DeleteVpcRequestParams{VpcId: &vpcID})
	apitest.Call(w.World, disassociateNetworkAclSubnets, sdk.DisassociateNetworkAclSubnetsRequestParams{NetworkAclId: &id, SubnetIds: []*string{&sub}})
	apitest.Call(w.World, deleteNetworkAcl, sdk.DeleteNetworkAclRequestParams{NetworkAclId: &id})
}

func TestACLEntriesAreReplacedOrUpdated(t *testing.T) {
	w := newWorld(t)
	id := w.acl(w.vpc("10.0.0.0/16"), triple)
	modify := func(update bool, in ...*sdk.NetworkAclEntry) {
		t.Helper()
		apitest.Call(w.World, modifyNetworkAclEntries, sdk.ModifyNetworkAclEntriesRequestParams{
			NetworkAclId: &id, NetworkAclEntrySet: &sdk.NetworkAclEntrySet{Ingress: in}, EnableUpdateAclEntries: &update,
		})
	}
	shown := func() (got []string) {
		for _, e := range w.shownACL(id).IngressEntries {
			got = append(got, fmt.Sprintf("%d %s:%s %s %s", *e.Priority, *e.Protocol, *e.Port, *e.CidrBlock, *e.Action))
		}
		return got
	}
	modify(false, entry("1", "1.0.0.0/8"))
	modify(false, entry("80", "10.0.0.0/8"), entry("443", "10.0.0.0/8"))
	second := w.shownACL(id).IngressEntries[1].NetworkAclIpv4EntryId
	changed := entry("8443", "10.0.0.0/8")
	changed.NetworkAclIpv4EntryId = second
	modify(true, changed)
	if diff := cmp.Diff([]string{"1 tcp:80 10.0.0.0/8 Accept", "2 tcp:8443 10.0.0.0/8 Accept"}, shown()); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	apitest.Call(w.World, deleteNetworkAclEntries, sdk.DeleteNetworkAclEntriesRequestParams{
		NetworkAclId: &id, NetworkAclEntrySet: &sdk.NetworkAclEntrySet{Ingress: []*sdk.NetworkAclEntry{changed}},
	})
	apitest.Call(w.World, createNetworkAclEntries, sdk.CreateNetworkAclEntriesRequestParams{
		NetworkAclId: &id, NetworkAclEntrySet: &sdk.NetworkAclEntrySet{Ingress: []*sdk.NetworkAclEntry{entry("22", "0.0.0.0/0")}},
	})
	if diff := cmp.Diff([]string{"1 tcp:80 10.0.0.0/8 Accept", "2 tcp:22 0.0.0.0/0 Accept"}, shown()); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	apitest.Refused(w.World, sdk.INVALIDPARAMETER_ACLTYPEMISMATCH, createNetworkAclQuintupleEntries, sdk.CreateNetworkAclQuintupleEntriesRequestParams{
		NetworkAclId: &id, NetworkAclQuintupleSet: &sdk.NetworkAclQuintupleEntries{},
	})
}

func TestACLDirectionIsClearedByAnEmptyListAlone(t *testing.T) {
	w := newWorld(t)
	id := w.acl(w.vpc("10.0.0.0/16"), triple)
	rules := func() []*sdk.NetworkAclEntry { return []*sdk.NetworkAclEntry{entry("80", "10.0.0.0/8")} }
	for _, c := range []struct {
		name    string
		set     sdk.NetworkAclEntrySet
		in, out int
	}{
		{"both are said", sdk.NetworkAclEntrySet{Ingress: rules(), Egress: rules()}, 1, 1},
		{"inwards alone is said", sdk.NetworkAclEntrySet{Ingress: append(rules(), rules()...)}, 2, 1},
		{"outwards is said to be empty", sdk.NetworkAclEntrySet{Egress: []*sdk.NetworkAclEntry{}}, 2, 0},
		{"nothing is said", sdk.NetworkAclEntrySet{}, 2, 0},
		{"both are said to be empty", sdk.NetworkAclEntrySet{Ingress: []*sdk.NetworkAclEntry{}, Egress: []*sdk.NetworkAclEntry{}}, 0, 0},
	} {
		apitest.Call(w.World, modifyNetworkAclEntries, sdk.ModifyNetworkAclEntriesRequestParams{NetworkAclId: &id, NetworkAclEntrySet: &c.set})
		if a := w.shownACL(id); len(a.IngressEntries) != c.in || len(a.EgressEntries) != c.out {
			t.Errorf("%s: got %d rules in and %d out, want %d and %d", c.name, len(a.IngressEntries), len(a.EgressEntries), c.in, c.out)
		}
	}
}

func TestQuintupleEntriesAreListedWithTheirDirection(t *testing.T) {
	w := newWorld(t)
	id := w.acl(w.vpc("10.0.0.0/16"), quintuple)
	apitest.Call(w.World, createNetworkAclQuintupleEntries, sdk.CreateNetworkAclQuintupleEntriesRequestParams{
		NetworkAclId: &id, NetworkAclQuintupleSet: &sdk.NetworkAclQuintupleEntries{
			Ingress: []*sdk.NetworkAclQuintupleEntry{{Protocol: new("TCP"), SourceCidr: new("10.0.0.0/8"), SourcePort: new("80"), Action: new("ACCEPT")}},
			Egress:  []*sdk.NetworkAclQuintupleEntry{{Protocol: new("ALL"), Action: new("DROP")}},
		},
	})
	out := apitest.Call(w.World, describeNetworkAclQuintupleEntries, sdk.DescribeNetworkAclQuintupleEntriesRequestParams{
		NetworkAclId: &id, Filters: filter("network-acl-direction", "EGRESS"),
	})
	if *out.TotalCount != 1 || *out.NetworkAclQuintupleSet[0].Action != "DROP" {
		t.Errorf("got %d entries, want the one outwards", *out.TotalCount)
	}
}

func TestPackagesPayForAddresses(t *testing.T) {
	w := newWorld(t)
	eip := w.eip()
	id := apitest.Call(w.World, createBandwidthPackage, sdk.CreateBandwidthPackageRequestParams{BandwidthPackageName: new("p")}).BandwidthPackageId
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGENOTFOUND, addBandwidthPackageResources,
		sdk.AddBandwidthPackageResourcesRequestParams{BandwidthPackageId: new("bwp-00000000"), ResourceIds: []*string{&eip}})
	apitest.Call(w.World, addBandwidthPackageResources, sdk.AddBandwidthPackageResourcesRequestParams{BandwidthPackageId: id, ResourceIds: []*string{&eip}})
	if a := w.address(eip); *a.InternetChargeType != byPackage || *a.BandwidthPackageId != *id {
		t.Errorf("got %s of %q, want it paid by the package", *a.InternetChargeType, *a.BandwidthPackageId)
	}
	found := apitest.Call(w.World, describeBandwidthPackages, sdk.DescribeBandwidthPackagesRequestParams{Filters: filter("resource.resource-id", eip)})
	if *found.TotalCount != 1 || *found.BandwidthPackageSet[0].ResourceSet[0].ResourceId != eip {
		t.Errorf("got %d packages, want the one with the address", *found.TotalCount)
	}
	apitest.Refused(w.World, sdk.INVALIDPARAMETERVALUE_BANDWIDTHPACKAGEINUSE, deleteBandwidthPackage, sdk.DeleteBandwidthPackageRequestParams{BandwidthPackageId: id})
	apitest.Call(w.World, removeBandwidthPackageResources, sdk.RemoveBandwidthPackageResourcesRequestParams{BandwidthPackageId: id, ResourceIds: []*string{&eip}})
	apitest.Call(w.World, deleteBandwidthPackage, sdk.DeleteBandwidthPackageRequestParams{BandwidthPackageId: id})
	if a := w.address(eip); *a.InternetChargeType != byTraffic {
		t.Errorf("got %s, want it paid by traffic", *a.InternetChargeType)
	}
}
