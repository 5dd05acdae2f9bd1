package quota

import (
	_ "embed"
	"maps"
	"slices"
	"sync"

	"github.com/tengyun/tengyun/internal/tsv"
)

// Limit is the name of how many of something an account may have: "cvm.instances.postpaid-per-zone".
// The owner of an emulator may give it another number.
type Limit string

// The limits of an account. What each counts, its number and where that is from stands in limits.tsv.
const (
	PostpaidInstances          Limit = "cvm.instances.postpaid-per-zone"
	PrepaidInstances           Limit = "cvm.instances.prepaid-per-zone"
	PrepaidInstancesOnce       Limit = "cvm.instances.prepaid-once"
	SpotVCPUs                  Limit = "cvm.instances.spot-vcpus-per-zone"
	Returns                    Limit = "cvm.instances.returned-per-region"
	SecurityGroupInstances     Limit = "cvm.instances.per-security-group"
	SecurityGroupInterfaces    Limit = "cvm.interfaces.per-security-group"
	InstanceDowngrades         Limit = "cvm.instance.downgrades"
	InstanceSecurityGroups     Limit = "cvm.instance.security-groups"
	PrivateImages              Limit = "cvm.images.private-per-region"
	ImageShares                Limit = "cvm.image.shared-accounts"
	KeyPairs                   Limit = "cvm.key-pairs"
	LaunchTemplates            Limit = "cvm.launch-templates"
	LaunchTemplateVersions     Limit = "cvm.launch-template.versions"
	PlacementGroups            Limit = "cvm.placement-groups"
	PlacementGroupHost         Limit = "cvm.placement-group.host"
	PlacementGroupSwitch       Limit = "cvm.placement-group.sw"
	PlacementGroupRack         Limit = "cvm.placement-group.rack"
	HPCClusters                Limit = "cvm.hpc-clusters"
	HPCClusterInstances        Limit = "cvm.hpc-cluster.instances"
	VPCs                       Limit = "vpc.vpcs"
	Subnets                    Limit = "vpc.vpc.subnets"
	RouteTables                Limit = "vpc.vpc.route-tables"
	AssistantCIDRs             Limit = "vpc.vpc.assistant-cidrs"
	SecondaryInterfaces        Limit = "vpc.vpc.secondary-interfaces"
	Routes                     Limit = "vpc.route-table.routes"
	SecurityGroups             Limit = "vpc.security-groups"
	SecurityGroupIngress       Limit = "vpc.security-group.ingress"
	SecurityGroupEgress        Limit = "vpc.security-group.egress"
	SecurityGroupReferences    Limit = "vpc.security-group.references"
	Addresses                  Limit = "vpc.addresses"
	AddressAllocationsPerDay   Limit = "vpc.addresses.allocated-per-day"
	AddressReassignmentsPerDay Limit = "vpc.addresses.reassigned-per-day"
	NATGateways                Limit = "vpc.vpc.nat-gateways"
	NATAddresses               Limit = "vpc.nat-gateway.addresses"
	NATForwards                Limit = "vpc.nat-gateway.dnat-rules"
	NATSources                 Limit = "vpc.nat-gateway.snat-rules"
	NetworkACLRules            Limit = "vpc.network-acl.rules"
	NetworkACLs                Limit = "vpc.vpc.network-acls"
	BandwidthPackages          Limit = "vpc.bandwidth-packages"
	BandwidthPackageResources  Limit = "vpc.bandwidth-package.resources"
	HAVIPs                     Limit = "vpc.vpc.havips"
	AddressTemplates           Limit = "vpc.address-templates"
	AddressTemplateMembers     Limit = "vpc.address-template.members"
	ServiceTemplates           Limit = "vpc.service-templates"
	ServiceTemplateMembers     Limit = "vpc.service-template.members"
	TemplateGroups             Limit = "vpc.template-groups"
	TemplateGroupMembers       Limit = "vpc.template-group.members"
	FlowLogs                   Limit = "vpc.flow-logs"
	InstanceDisks              Limit = "cbs.instance.disks"
	Disks                      Limit = "cbs.disks"
	Snapshots                  Limit = "cbs.snapshots"
	SnapshotsPerDisk           Limit = "cbs.snapshots.per-disk"
	SnapshotPolicies           Limit = "cbs.snapshot-policies"
	ResourceTags               Limit = "tag.resource.tags"
	TagKeys                    Limit = "tag.keys"
)

// Fact is what is known of a Limit.
type Fact struct {
	Default int
	Of      string // "POSTPAID_BY_HOUR instances in a zone"
	Code    string // what an action answers when the limit is exceeded
	Source  string
}

// Default is the number that an ordinary account has; 0 for a name that is no limit.
func (l Limit) Default() int { return facts()[l].Default }

// Code is what an exceeded limit is refused by.
func (l Limit) Code() string { return facts()[l].Code }

// Fact is what is known of the limit; nothing for a name that is no limit.
func (l Limit) Fact() (Fact, bool) {
	f, ok := facts()[l]
	return f, ok
}

// Limits are all limits, by name.
func Limits() []Limit { return slices.Sorted(maps.Keys(facts())) }

//go:embed limits.tsv
var limitsTable string

var facts = sync.OnceValue(func() map[Limit]Fact {
	m := make(map[Limit]Fact)
	for c := range tsv.Rows(limitsTable, 5) {
		m[Limit(c[0])] = Fact{Default: int(tsv.Int(c[1])), Of: c[2], Code: c[3], Source: c[4]}
	}
	return m
})
