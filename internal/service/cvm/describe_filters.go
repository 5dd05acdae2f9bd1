package cvm

import (
	"net/netip"
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// checkFilters refuses what no instance can have under a filter's name. The codes are DescribeInstances' own.
// Simulated: which filters are looked at.
func checkFilters(c *api.Call, all []api.Filter) error {
	for _, f := range all {
		for _, value := range f.Values {
			if code := badValue(c, f.Name, value); code != "" {
				return tcerr.BadFieldValue(code, value, "Filters."+f.Name)
			}
		}
	}
	return nil
}

var (
	vpcForm    = shape("vpc")
	subnetForm = shape("subnet")
	uuidForm   = formOf(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
)

// badValue is the code of what is wrong with a filter's value; "" for nothing.
func badValue(c *api.Call, name, value string) string {
	switch name {
	case "vpc-id":
		return unless(vpcForm.fits(value), sdk.INVALIDPARAMETERVALUE_VPCIDMALFORMED)
	case "subnet-id":
		return unless(subnetForm.fits(value), sdk.INVALIDPARAMETERVALUE_SUBNETIDMALFORMED)
	case "host-id":
		return unless(dedicatedIDs.form.fits(value), sdk.INVALIDHOSTID_MALFORMED)
	case "uuid":
		return unless(uuidForm.fits(value), sdk.INVALIDPARAMETERVALUE_UUIDMALFORMED)
	case "security-group-id":
		return unless(securityGroupID.fits(value), sdk.INVALIDSGID_MALFORMED) +
			unless(!securityGroupID.fits(value) || vpc.SecurityGroupExists(c.Tx, value), sdk.INVALIDSECURITYGROUPID_NOTFOUND)
	case "zone":
		z, ok := region.FindZone(value)
		return unless(!ok || z.Region == c.Region, sdk.INVALIDZONE_MISMATCHREGION)
	case "creation-start-time", "creation-end-time":
		_, err := time.Parse(time.RFC3339, value)
		return unless(err == nil, sdk.INVALIDPARAMETERVALUE_INVALIDTIMEFORMAT)
	case "instance-name":
		return unless(len([]rune(value)) <= maxName, sdk.INVALIDPARAMETERVALUE_INVALIDVAGUENAME)
	case "private-ip-address", "public-ip-address", "ipv6-address":
		return badAddress(name, value)
	}
	return badTag(name, value)
}

// badAddress is the code of what is wrong with an address: numbers that are too large, or no numbers at all.
func badAddress(name, value string) string {
	ip, err := netip.ParseAddr(value)
	switch {
	case name == "ipv6-address":
		return unless(err == nil && ip.Is6(), sdk.INVALIDPARAMETERVALUE_IPV6ADDRESSMALFORMED)
	case err == nil && ip.Is4():
		return ""
	case quad.fits(value):
		return sdk.INVALIDPARAMETERVALUE_IPADDRESSMALFORMED
	}
	return sdk.INVALIDPARAMETERVALUE_INVALIDIPFORMAT
}

// badTag is the code of a tag that none can be. Keys that are the cloud's own are looked for in vain, not refused by tag-key.
func badTag(name, value string) string {
	key, ok := strings.CutPrefix(name, "tag:")
	switch {
	case name == "tag-key":
		return unless(tag.Legal(value), sdk.FAILEDOPERATION_ILLEGALTAGKEY)
	case !ok:
		return ""
	case tag.Reserved(key):
		return sdk.FAILEDOPERATION_TAGKEYRESERVED
	case !tag.Legal(key):
		return sdk.FAILEDOPERATION_ILLEGALTAGKEY
	}
	return unless(tag.Legal(value), sdk.FAILEDOPERATION_ILLEGALTAGVALUE)
}

// unless is a code if something is not so.
func unless(good bool, code string) string {
	if good {
		return ""
	}
	return code
}
