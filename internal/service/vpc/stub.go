package vpc

import (
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/state"
)

type Placement struct{ VPC, Subnet string }
type Reason int

const (
	VPCMalformed     Reason = iota + 1 // the VPC's id has not the form of one
	SubnetMalformed                    // the subnet's id has not the form of one
	VPCMissing                         // there is no such VPC
	SubnetMissing                      // there is no such subnet
	SubnetElsewhere                    // the subnet is of another VPC
	ZoneElsewhere                      // the subnet is in another zone
	DefaultFull                        // the default VPC has no block left for a subnet in the zone
	AddressMalformed                   // not an IPv4 address
	AddressOutside                     // the address is not the subnet's
	AddressReserved                    // the subnet's first two addresses and its last are the cloud's own
	AddressTaken                       // something has the address
	SubnetFull                         // every address of the subnet is taken
	GroupMissing                       // there is no such security group
	GroupFull                          // the security group has as many instances as it may
	TooManyGroups                      // an instance can have only so many security groups
)

func (r Reason) Error() string                                           { return "" }
func Place(c *api.Call, zone, vpcID, subnetID string) (Placement, error) { panic(0) }
func GiveWanIP(c *api.Call, id string, mbps int) error                   { panic(0) }
func DropWanIP(c *api.Call, at time.Time, id string) int                 { panic(0) }
func Release(c *api.Call, at time.Time, id string, addresses bool)       { panic(0) }
func DefaultSecurityGroup(c *api.Call, project int64) string             { panic(0) }
func SecurityGroupExists(tx *state.Tx, id string) bool                   { panic(0) }
func Stamp(tx *state.Tx) any                                             { panic(0) }
func Of(tx *state.Tx, id string) Attachment                              { panic(0) }
func Launch(c *api.Call, l LaunchSpec) (Card, error)                     { panic(0) }

type Card struct{ PrivateIP string }
type LaunchSpec struct {
	InstanceID, Name, Zone string
	Place                  Placement
	PrivateIP              string
	Groups                 []string
	Internet               Internet
}
type Internet struct {
	ChargeType, PackageID string
	Bandwidth             int64
	Assign                bool
}
type Attachment struct {
	PrivateIPs, PublicIPs, IPv6, SecurityGroups []string
	Bandwidth                                   int
	ChargeType, BandwidthPackageID              string
}

var Service = api.Service{Name: "vpc", Version: "2017-03-12"}
