package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Bounds of dedicated hosts.
const (
	defaultHost    = "HS1"
	maxHosts       = 100 // Simulated: how many one call may rent
	maxHostName    = 60
	maxHostRenewal = 36 // months
)

// allocateHosts rents dedicated hosts for months: PENDING now, RUNNING later.
func allocateHosts(c *api.Call, in *sdk.AllocateHostsRequestParams) (*sdk.AllocateHostsResponseParams, error) {
	d, err := readDedicated(c, in)
	if err != nil {
		return nil, err
	}
	months, flag, err := readHostTerm(in.HostChargePrepaid)
	if err != nil {
		return nil, err
	}
	count := or(in.HostCount, 1)
	if count < 1 || count > maxHosts {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, count, "HostCount")
	}
	tags, err := specified(in.TagSpecification, "host", plainTagCodes)
	if err != nil {
		return nil, err
	}
	d.Renew, d.Expires = flag, clock.AddMonths(c.Now, months).Unix()
	if d.Renew == "" {
		d.Renew = renewByItself
	}
	out := &sdk.AllocateHostsResponseParams{}
	for range count {
		id := api.NewID(c, dedicatedHosts, "host")
		tag.Set(c.Tx, taggedDedicated(id), tags)
		d.put(c, id)
		out.HostIdSet = append(out.HostIdSet, &id)
	}
	return out, nil
}

// readDedicated is the host that a request wants, without its term.
func readDedicated(c *api.Call, in *sdk.AllocateHostsRequestParams) (d dedicated, err error) {
	if err := checkRegionSells(c); err != nil {
		return d, err
	}
	zone, err := zoneHere(c, or(in.Placement.Zone, ""))
	if err != nil {
		return d, err
	}
	for _, id := range in.Placement.HostIds {
		if err := dedicatedIDs.check(c, or(id, "")); err != nil {
			return d, err
		}
	}
	d = dedicated{
		Name: unnamed, Type: or(in.HostType, defaultHost), Zone: zone.Name, ProjectID: or(in.Placement.ProjectId, 0), State: hostPending,
		Created: c.Now.Unix(), Ready: c.After(launchTakes).Unix(),
	}
	if _, ok := tag.Project(c.Tx, uint64(d.ProjectID)); !ok {
		return d, tcerr.New(sdk.INVALIDPROJECTID_NOTFOUND, "The specified project `%d` does not exist.", d.ProjectID).Zh("项目 `%d` 不存在。")
	}
	if tenancy := or(in.Placement.DedicatedResourcePackTenancy, ""); tenancy != "" || len(in.Placement.DedicatedResourcePackIds) > 0 {
		return d, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, tenancy, "Placement.DedicatedResourcePackTenancy")
	}
	if charge := or(in.HostChargeType, prepaid); charge != prepaid {
		return d, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, charge, "HostChargeType")
	}
	if !zone.Available() {
		return d, zoneNotSupported(zone)
	}
	if _, known := offer.FindHost(d.Type); !known || !c.InStock(zone.Name, d.Type) {
		return d, tcerr.New(sdk.RESOURCEINSUFFICIENT_ZONESOLDOUTFORSPECIFIEDINSTANCE, "The host type `%s` is sold out in the zone `%s`.", d.Type, zone.Name).
			Zh("宿主机类型 `%s` 在可用区 `%s` 已售罄。")
	}
	return d, nil
}

// readHostTerm reads for how long a host is paid, in months, and what comes then; "" where nothing is said.
func readHostTerm(in *sdk.ChargePrepaid) (months int, flag string, err error) {
	if in == nil {
		return 0, "", tcerr.Missing("HostChargePrepaid")
	}
	period := min(or(in.Period, 0), maxHostRenewal+1)
	if !slices.Contains(periods, int64(period)) || period > maxHostRenewal {
		return 0, "", tcerr.BadFieldValue(sdk.INVALIDPERIOD, or(in.Period, 0), "HostChargePrepaid.Period")
	}
	if in.RenewFlag != nil {
		err = checkRenewFlag(*in.RenewFlag, "HostChargePrepaid.RenewFlag")
	}
	return int(period), or(in.RenewFlag, ""), err
}

// findDedicated is the hosts that a request names, all of which must be there and in one of these states.
func findDedicated(c *api.Call, ids []*string, states ...string) ([]string, error) {
	all, err := dedicatedIDs.read(c, ids, "HostIds")
	if err != nil {
		return nil, err
	}
	for _, id := range all {
		d, ok := dedicatedHosts.Get(c.Tx, id)
		if !ok {
			return nil, dedicatedIDs.absent(c, id)
		}
		if !slices.Contains(states, d.State) {
			return nil, tcerr.New(sdk.INVALIDHOST_NOTSUPPORTED, "The host `%s` in the state `%s` does not support this operation.", id, d.State).
				Zh("专用宿主机 `%s` 当前状态为 `%s`，不支持该操作。")
		}
	}
	return all, nil
}

// modifyHostsAttribute renames hosts, moves them into a project, or says what comes after their last day.
func modifyHostsAttribute(c *api.Call, in *sdk.ModifyHostsAttributeRequestParams) (*sdk.ModifyHostsAttributeResponseParams, error) {
	switch {
	case in.HostName == nil && in.RenewFlag == nil && in.ProjectId == nil:
		return nil, tcerr.Missing("HostName")
	case in.HostName != nil && in.RenewFlag != nil:
		return nil, tcerr.New(sdk.INVALIDPARAMETER, "`HostName` and `RenewFlag` cannot be specified together.").Zh("`HostName` 与 `RenewFlag` 不能同时指定。")
	case len([]rune(or(in.HostName, ""))) > maxHostName:
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.HostName, "HostName")
	}
	if in.RenewFlag != nil {
		if err := checkRenewFlag(*in.RenewFlag, "RenewFlag"); err != nil {
			return nil, err
		}
	}
	if in.ProjectId != nil {
		if _, ok := tag.Project(c.Tx, *in.ProjectId); !ok {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.ProjectId, "ProjectId")
		}
	}
	states := []string{hostRunning}
	if in.RenewFlag == nil {
		states = append(states, hostExpired)
	}
	ids, err := findDedicated(c, in.HostIds, states...)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		renewDedicated(c, id, func(d *dedicated) {
			d.Name = or(in.HostName, d.Name)
			if in.ProjectId != nil {
				d.ProjectID = int64(*in.ProjectId)
			}
			if in.RenewFlag != nil {
				d.Expires, d.Renew = d.until(c.Now).Unix(), *in.RenewFlag
			}
		})
	}
	return &sdk.ModifyHostsAttributeResponseParams{}, nil
}

// renewHosts lets hosts end later, by whole months from their last day on. One that has expired runs again; its
// instances have to be started.
func renewHosts(c *api.Call, in *sdk.RenewHostsRequestParams) (*sdk.RenewHostsResponseParams, error) {
	months, flag, err := readHostTerm(in.HostChargePrepaid)
	if err != nil {
		return nil, err
	}
	ids, err := findDedicated(c, in.HostIds, hostRunning, hostExpired)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		renewDedicated(c, id, func(d *dedicated) {
			d.State, d.Expires = hostRunning, clock.AddMonths(d.until(c.Now), months).Unix()
			if flag != "" {
				d.Renew = flag
			}
		})
	}
	return &sdk.RenewHostsResponseParams{}, nil
}

// inquiryPriceRenewHosts is the price of a renewal, of all hosts together.
func inquiryPriceRenewHosts(c *api.Call, in *sdk.InquiryPriceRenewHostsRequestParams) (*sdk.InquiryPriceRenewHostsResponseParams, error) {
	months, _, err := readHostTerm(in.HostChargePrepaid)
	if err != nil {
		return nil, err
	}
	ids, err := findDedicated(c, in.HostIds, hostRunning, hostExpired)
	if err != nil {
		return nil, err
	}
	var sum offer.Amount
	for _, id := range ids {
		d, _ := dedicatedHosts.Get(c.Tx, id)
		sum = sum.Add(d.kind().Price(months))
	}
	return &sdk.InquiryPriceRenewHostsResponseParams{Price: &sdk.HostPriceInfo{HostPrice: sum.Item(offer.TermOf(prepaid, months))}}, nil
}
