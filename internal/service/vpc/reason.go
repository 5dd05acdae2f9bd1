package vpc

import (
	"errors"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Reason is why an instance cannot stand in a network as wished. It is an error, in no product's words:
// each product says it by its own codes.
type Reason int

// The reasons.
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
	GroupCrowded                       // the security group has as many network cards as it may
	NoIPv6                             // the subnet has no block of IPv6 addresses
	TooManyIPv6                        // a card can have only so many IPv6 addresses
	TooManyGroups                      // an instance can have only so many security groups
)

// Error is for logs; no caller of the cloud sees it.
func (r Reason) Error() string {
	return [...]string{
		"", "malformed VPC id", "malformed subnet id", "no such VPC", "no such subnet", "subnet of another VPC", "subnet in another zone",
		"default VPC is full", "malformed address", "address outside subnet", "address reserved", "address taken", "subnet is full",
		"no such security group", "security group is full", "security group has too many cards", "no IPv6 block", "too many IPv6 addresses", "too many security groups",
	}[r]
}

// GroupReason is a Reason that is about one of several security groups.
type GroupReason struct {
	Reason
	Group string
}

// Unwrap is the reason without the group.
func (r GroupReason) Unwrap() error { return r.Reason }

// refuse says a reason about an address in this product's own words.
func refuse(err error, value any, field string) error {
	var r Reason
	if !errors.As(err, &r) {
		return err
	}
	switch r {
	case AddressMalformed:
		return malformed(value, field)
	case AddressOutside:
		return outOfRange(value, field)
	case AddressReserved:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RESERVED, value, field)
	case AddressTaken:
		return tcerr.New(sdk.RESOURCEINUSE, "The address `%v` is in use.", value).Zh("IP 地址 `%v` 已被占用。")
	case SubnetFull:
		return tcerr.New(sdk.RESOURCEINSUFFICIENT_SUBNET, "The subnet has no address left.").Zh("子网 IP 资源不足。")
	case GroupFull, GroupCrowded, TooManyGroups:
		return tcerr.New(sdk.LIMITEXCEEDED, "The quota of security groups is exceeded.").Zh("安全组数量超过配额。")
	default:
		return tcerr.New(sdk.RESOURCENOTFOUND, "The resource `%v` is not found.", value).Zh("资源 `%v` 不存在。")
	}
}
