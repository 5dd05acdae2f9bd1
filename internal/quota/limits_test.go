package quota_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tengyun/tengyun/internal/quota"
)

func TestEveryNamedLimitIsInTheTableAndBack(t *testing.T) {
	t.Parallel()
	named := []quota.Limit{
		quota.PostpaidInstances, quota.PrepaidInstances, quota.PrepaidInstancesOnce, quota.SpotVCPUs, quota.Returns, quota.SecurityGroupInstances, quota.SecurityGroupInterfaces,
		quota.InstanceDowngrades, quota.InstanceSecurityGroups, quota.PrivateImages, quota.ImageShares, quota.KeyPairs,
		quota.LaunchTemplates, quota.LaunchTemplateVersions, quota.PlacementGroups, quota.PlacementGroupHost,
		quota.PlacementGroupSwitch, quota.PlacementGroupRack, quota.HPCClusters, quota.HPCClusterInstances,
		quota.VPCs, quota.Subnets, quota.RouteTables, quota.SecondaryInterfaces, quota.Routes,
		quota.SecurityGroups, quota.SecurityGroupIngress, quota.SecurityGroupEgress, quota.SecurityGroupReferences,
		quota.Addresses, quota.AddressAllocationsPerDay, quota.AddressReassignmentsPerDay, quota.AssistantCIDRs,
		quota.NATGateways, quota.NATAddresses, quota.NATForwards, quota.NATSources, quota.NetworkACLs, quota.NetworkACLRules,
		quota.BandwidthPackages, quota.BandwidthPackageResources, quota.HAVIPs, quota.FlowLogs, quota.AddressTemplates,
		quota.AddressTemplateMembers, quota.ServiceTemplates, quota.ServiceTemplateMembers, quota.TemplateGroups, quota.TemplateGroupMembers,
		quota.InstanceDisks, quota.Disks, quota.Snapshots, quota.SnapshotsPerDisk, quota.SnapshotPolicies, quota.ResourceTags, quota.TagKeys,
	}
	slices.Sort(named)
	if diff := cmp.Diff(named, quota.Limits()); diff != "" {
		t.Errorf("limits (-named +in the table):\n%s", diff)
	}
}

func TestLimitsAreWellFormed(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^(cvm|vpc|cbs|tag)(\.[a-z]+(-[a-z]+)*)+$`)
	code := regexp.MustCompile(`^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)?$`)
	for _, l := range quota.Limits() {
		f, ok := l.Fact()
		if !ok || f.Default <= 0 || l.Default() != f.Default || f.Of == "" || f.Source == "" ||
			!name.MatchString(string(l)) || !code.MatchString(f.Code) {
			t.Errorf("%s: got %+v", l, f)
		}
	}
}

func TestAnUnknownNameIsNoLimit(t *testing.T) {
	t.Parallel()
	if f, ok := quota.Limit("cvm.unicorns").Fact(); ok {
		t.Errorf("got %+v, want nothing", f)
	}
}
