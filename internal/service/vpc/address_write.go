package vpc

import (
	"slices"
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// count is how often something was done on a day; its id names both.
type count struct{ N int }

var counts = state.NewTable[count]("vpc.count")

// today counts n more of what may be done only so often a day.
func today(c *api.Call, what string, l quota.Limit, n int) error {
	id := what + "/" + c.Now.UTC().Add(8*time.Hour).Format(time.DateOnly)
	done := doneToday(c, what)
	if err := full(c, l, done, n); err != nil {
		return err
	}
	counts.Put(c.Tx, id, count{done + n})
	counts.Delete(c.Tx, c.Now.Add(24*time.Hour), id)
	return nil
}

func doneToday(c *api.Call, what string) int {
	row, ok := counts.Get(c.Tx, what+"/"+c.Now.UTC().Add(8*time.Hour).Format(time.DateOnly))
	if !ok {
		return 0
	}
	return row.N
}

func allocateAddresses(c *api.Call, in *sdk.AllocateAddressesRequestParams) (*sdk.AllocateAddressesResponseParams, error) {
	n := int(or(in.AddressCount, 1))
	if n < 1 || n > 100 {
		return nil, outOfRange(n, "AddressCount")
	}
	a, err := newAddress(c, in)
	if err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	have := addresses.Len(c.Tx) - addresses.Count(c.Tx, "kind", wan)
	if err := full(c, quota.Addresses, have, n); err != nil {
		return nil, err
	}
	if err := today(c, "allocate", quota.AddressAllocationsPerDay, n); err != nil {
		return nil, err
	}
	wished := vals(in.VipCluster)
	var made []string
	for i := range n {
		a.IP = draw(c)
		if i < len(wished) {
			if a.IP, err = parseIP4(wished[i], "VipCluster"); err != nil || addresses.Count(c.Tx, "ip", wished[i]) > 0 {
				return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSIPNOTAVAILABLE, wished[i], "VipCluster")
			}
		}
		id := api.NewID(c, addresses.Table, "eip")
		addresses.Put(c.Tx, id, a)
		addresses.Edit(c.Tx, c.After(addressTakes), id, func(a *address) { a.Status = unbound })
		addresses.setTags(c, id, tags)
		made = append(made, id)
	}
	return &sdk.AllocateAddressesResponseParams{AddressSet: ptrs(made), TaskId: numbered(c)}, nil
}

// numbered begins a task of an address, in the form in which most of these actions answer it.
func numbered(c *api.Call) *string {
	return new(strconv.FormatUint(beginNumbered(c, addressTakes), 10))
}

// newAddress reads what a request wants an elastic address to be.
func newAddress(c *api.Call, in *sdk.AllocateAddressesRequestParams) (a address, err error) {
	a = address{
		Name: or(in.AddressName, "未命名"), Kind: or(in.AddressType, elastic), Status: creating, ISP: or(in.InternetServiceProvider, "BGP"),
		Charge: or(in.InternetChargeType, byTraffic), Bandwidth: int(or(in.InternetMaxBandwidthOut, 1)), Package: val(in.BandwidthPackageId),
		Egress: or(in.Egress, "center_egress1"), Made: c.Now,
	}
	if err := checkName(a.Name, "AddressName", 128); err != nil {
		return a, err
	}
	switch {
	case a.Kind == "AnycastEIP":
		return a, tcerr.New(sdk.UNAUTHORIZEDOPERATION_ANYCASTEIP, "The account is not allowed to allocate anycast addresses.").Zh("账户不支持加速 IP。")
	case a.Kind != elastic && a.Kind != "HighQualityEIP":
		return a, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, a.Kind, "AddressType")
	case !slices.Contains([]string{"BGP", "CMCC", "CTCC", "CUCC"}, a.ISP):
		return a, bad(a.ISP, "InternetServiceProvider")
	case val(in.AnycastZone) != "" || val(in.AntiDDoSPackageId) != "" || val(in.IPChargeType) != "":
		// They belong to kinds of addresses that are refused above.
		return a, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, a.Kind, "AddressType")
	case val(in.DedicatedClusterId) != "":
		return a, badCode(sdk.INVALIDPARAMETERVALUE_INVALIDDEDICATEDCLUSTERID, *in.DedicatedClusterId, "DedicatedClusterId")
	}
	if err := checkBandwidth(a.Charge, a.Bandwidth); err != nil {
		return a, err
	}
	if a.Package != "" {
		if a.Charge != byPackage {
			return a, unsupported(sdk.UNSUPPORTEDOPERATION_BANDWIDTHPACKAGEIDNOTSUPPORTED, a.Package)
		}
		if err := checkPackage(c, a.Package); err != nil {
			return a, err
		}
	}
	if a.Charge == byMonth {
		err = a.prepay(in.AddressChargePrepaid, c.Now)
	}
	return a, err
}

// checkBandwidth refuses a charge type that is none, and a bandwidth in Mbps that it does not allow.
func checkBandwidth(charge string, mbps int) error {
	most := mostBandwidth(charge)
	if most == 0 {
		return bad(charge, "InternetChargeType")
	}
	if mbps < 1 || mbps > most {
		return badCode(sdk.INVALIDPARAMETERVALUE_BANDWIDTHOUTOFRANGE, mbps, "InternetMaxBandwidthOut")
	}
	return nil
}

// mostBandwidth is how many Mbps an address may have that is paid in a way, 0 for what is no way.
// Source: document/product/1199/48333. BANDWIDTH_PREPAID is what cvm calls the monthly way.
func mostBandwidth(charge string) int {
	return map[string]int{byTraffic: 100, byBandwidth: 100, byMonth: 200, "BANDWIDTH_PREPAID": 1000, byPackage: 2000}[charge]
}

// prepay pays an address for months from an instant on.
func (a *address) prepay(p *sdk.AddressChargePrepaid, from time.Time) error {
	if p == nil {
		return missing("AddressChargePrepaid")
	}
	months := int(val(p.Period))
	if !slices.Contains([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36}, months) {
		return outOfRange(months, "Period")
	}
	renew := or(p.AutoRenewFlag, 1)
	if renew < 0 || renew > 2 {
		return outOfRange(renew, "AutoRenewFlag")
	}
	a.Deadline = clock.AddMonths(from, months)
	a.Renew = [...]string{"NOTIFY_AND_MANUAL_RENEW", "NOTIFY_AND_AUTO_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"}[renew]
	return nil
}

// findAddress reads the address that a request names, by the codes of these actions.
func findAddress(c *api.Call, id *string) (*address, error) {
	if !wellFormed("eip", val(id)) {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSIDMALFORMED, val(id), "AddressId")
	}
	a, ok := addresses.Get(c.Tx, *id)
	if !ok {
		return nil, tcerr.New(sdk.INVALIDADDRESSID_NOTFOUND, "The address `%s` is not found.", *id).Zh("EIP `%s` 不存在。")
	}
	return a, nil
}

// steady refuses an address with which something is going on, and one that is in none of the states.
func steady(id string, a *address, states ...string) error {
	if slices.Contains(states, a.Status) {
		return nil
	}
	if !slices.Contains([]string{unbound, bound, boundCard}, a.Status) {
		return busy(id)
	}
	return tcerr.New(sdk.UNSUPPORTEDOPERATION_ADDRESSSTATUSNOTPERMIT, "The status `\"%s\"` for AddressId `\"%s\"` is not permit to do this operation.", a.Status, id)
}

// releaseAddresses lets unbound addresses go. One paid by the month is isolated first, and goes with the second call.
func releaseAddresses(c *api.Call, in *sdk.ReleaseAddressesRequestParams) (*sdk.ReleaseAddressesResponseParams, error) {
	for _, id := range in.AddressIds {
		a, err := findAddress(c, id)
		if err != nil {
			return nil, err
		}
		if a.Kind == wan {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSTYPECONFLICT, *id, "AddressIds")
		}
		if err := steady(*id, a, unbound); err != nil {
			return nil, err
		}
		if a.Charge == byMonth && !a.Arrears {
			addresses.edit(c, *id, func(a *address) { a.Arrears = true })
			continue
		}
		addresses.edit(c, *id, func(a *address) { a.Status = offlining })
		addresses.drop(c, c.After(addressTakes), *id)
	}
	return &sdk.ReleaseAddressesResponseParams{TaskId: numbered(c)}, nil
}

func modifyAddressAttribute(c *api.Call, in *sdk.ModifyAddressAttributeRequestParams) (*sdk.ModifyAddressAttributeResponseParams, error) {
	a, err := findAddress(c, in.AddressId)
	if err != nil {
		return nil, err
	}
	if err := checkName(val(in.AddressName), "AddressName", 128); err != nil {
		return nil, err
	}
	direct, err := truth(in.EipDirectConnection, "EipDirectConnection")
	if err != nil {
		return nil, err
	}
	if in.EipDirectConnection != nil && (a.Status != bound || a.Bearer != "CVM") {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_ADDRESSSTATUSNOTPERMIT, *in.AddressId)
	}
	addresses.edit(c, *in.AddressId, func(a *address) {
		a.Name = or(in.AddressName, a.Name)
		if in.EipDirectConnection != nil {
			a.Direct = direct
		}
	})
	return &sdk.ModifyAddressAttributeResponseParams{}, nil
}
