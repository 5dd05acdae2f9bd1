package vpc

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// target is what a public address is bound to.
type target struct {
	instance, bearer, card string
	private                ip4
}

// bind binds an address from now on; traffic goes through it from done on.
func bind(c *api.Call, done time.Time, id string, to target) {
	addresses.edit(c, id, func(a *address) {
		a.Status, a.Instance, a.Bearer, a.Card, a.Private = binding, to.instance, to.bearer, to.card, to.private
	})
	addresses.Edit(c.Tx, done, id, func(a *address) {
		a.Status = bound
		if a.Instance == "" {
			a.Status = boundCard
		}
	})
	endWith(c, to.instance)
}

// loosen unbinds an address at an instant. One that came with an instance goes with it.
func loosen(c *api.Call, at time.Time, id string) {
	if a, ok := addresses.Get(c.Tx, id); ok && a.Kind == wan {
		addresses.drop(c, at, id)
		return
	}
	addresses.Edit(c.Tx, at, id, func(a *address) {
		a.Status, a.Instance, a.Bearer, a.Card, a.Private, a.Direct = unbound, "", "", "", 0, false
	})
}

// unbindAt unbinds what is bound to one private address of a card.
func unbindAt(c *api.Call, cardID string, ip ip4) {
	for id, a := range addresses.Where(c.Tx, "card", cardID) {
		if a.Private == ip {
			loosen(c, c.Now, id)
		}
	}
}

// associateAddress binds an elastic address to an instance, which is its primary card's primary address, or to an address of
// any card.
func associateAddress(c *api.Call, in *sdk.AssociateAddressRequestParams) (*sdk.AssociateAddressResponseParams, error) {
	id := val(in.AddressId)
	a, err := findAddress(c, in.AddressId)
	if err != nil {
		return nil, err
	}
	if a.Kind == wan {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INCORRECTADDRESSRESOURCETYPE, id)
	}
	if or(in.InstanceRegion, c.Region) != c.Region {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTSUPPORT, *in.InstanceRegion, "InstanceRegion")
	}
	if err := steady(id, a, unbound); err != nil {
		return nil, err
	}
	if a.Arrears {
		return nil, unsupported(sdk.OPERATIONDENIED_ADDRESSINARREARS, id)
	}
	to, err := wanted(c, in)
	if err != nil {
		return nil, err
	}
	bind(c, c.After(addressTakes), id, to)
	if val(in.EipDirectConnection) {
		addresses.edit(c, id, func(a *address) { a.Direct = true })
	}
	return &sdk.AssociateAddressResponseParams{TaskId: numbered(c)}, nil
}

// wanted reads what a request wants an address bound to, and refuses what has one.
func wanted(c *api.Call, in *sdk.AssociateAddressRequestParams) (to target, err error) {
	switch instance, cardID := val(in.InstanceId), val(in.NetworkInterfaceId); {
	case instance != "" && cardID != "":
		return to, badCode(sdk.INVALIDPARAMETERCONFLICT, instance, "InstanceId")
	case instance != "":
		to, err = wantedInstance(c, instance)
	case cardID != "":
		to, err = wantedCard(c, cardID, in.PrivateIpAddress)
	default:
		return to, badCode(sdk.INVALIDPARAMETERVALUE_MISSINGASSOCIATEENTITY, "", "InstanceId")
	}
	if err != nil {
		return to, err
	}
	if doomed(c, to.card) {
		return to, busy(to.card)
	}
	for _, other := range addresses.Where(c.Tx, "card", to.card) {
		if other.Private != to.private {
			continue
		}
		switch {
		case other.Kind == wan:
			return to, badCode(sdk.INVALIDPARAMETERVALUE_INSTANCEHASWANIP, to.instance, "InstanceId")
		case val(in.InstanceId) != "":
			return to, tcerr.New(sdk.INVALIDINSTANCEID_ALREADYBINDEIP, "The instance `%s` has an address already.", to.instance).Zh("实例 `%s` 已绑定 EIP。")
		}
		return to, tcerr.New(sdk.INVALIDPRIVATEIPADDRESS_ALREADYBINDEIP, "The address `%s` has an address already.", to.private).Zh("内网 IP `%s` 已绑定 EIP。")
	}
	return to, roomForAddress(c, to.instance)
}

func wantedInstance(c *api.Call, id string) (to target, err error) {
	if wellFormed("havip", id) || wellFormed("lb", id) || wellFormed("nat", id) {
		return to, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTSUPPORT, id, "InstanceId")
	}
	if !wellFormed("ins", id) {
		return to, badCode(sdk.INVALIDPARAMETERVALUE_INSTANCEIDMALFORMED, id, "InstanceId")
	}
	h, ok := host.Get(c.Tx, id)
	cardID, k, found := primary(c.Tx, id)
	switch {
	case !ok || !found:
		return to, tcerr.New(sdk.INVALIDINSTANCEID_NOTFOUND, "The instance `%s` is not found.", id).Zh("实例 `%s` 不存在。")
	case h.State != "RUNNING" && h.State != "STOPPED":
		return to, badCode(sdk.INVALIDPARAMETERVALUE_INVALIDINSTANCESTATE, h.State, "InstanceId")
	}
	return target{id, "CVM", cardID, k.IPs[0].IP}, nil
}

func wantedCard(c *api.Call, id string, private *string) (to target, err error) {
	if !wellFormed("eni", id) {
		return to, badCode(sdk.INVALIDPARAMETERVALUE_NETWORKINTERFACEIDNOTMATCH, id, "NetworkInterfaceId")
	}
	k, ok := cards.Get(c.Tx, id)
	if !ok {
		return to, tcerr.New(sdk.INVALIDNETWORKINTERFACEID_NOTFOUND, "The network interface `%s` is not found.", id).Zh("弹性网卡 `%s` 不存在。")
	}
	if val(private) == "" {
		return to, missing("PrivateIpAddress")
	}
	i, err := k.position(*private, "PrivateIpAddress")
	if err != nil {
		return to, badCode(sdk.INVALIDPARAMETERVALUE_PRIVATEIPADDRESSNOTMATCH, *private, "PrivateIpAddress")
	}
	bearer := "ENI"
	if k.Instance != "" {
		bearer = "CVM"
	}
	return target{k.Instance, bearer, id, k.IPs[i].IP}, nil
}

// roomForAddress refuses an instance that has as many public addresses as its cores allow.
func roomForAddress(c *api.Call, instanceID string) error {
	h, ok := host.Get(c.Tx, instanceID)
	if !ok {
		return nil
	}
	// Source: document/product/213/5733: two up to five cores, then one more for each six, ten at most.
	if most := min(2+h.CPU/6, 10); addresses.Count(c.Tx, "instance", instanceID) >= most {
		return tcerr.New(sdk.LIMITEXCEEDED_INSTANCEADDRESSQUOTA, "The instance `%s` can have `%d` addresses.", instanceID, most).Zh("实例 `%s` 最多绑定 `%d` 个公网 IP。")
	}
	return nil
}

// disassociateAddress unbinds an elastic address, and gives its instance one of its own when that is wished.
func disassociateAddress(c *api.Call, in *sdk.DisassociateAddressRequestParams) (*sdk.DisassociateAddressResponseParams, error) {
	a, err := findAddress(c, in.AddressId)
	if err != nil {
		return nil, err
	}
	id := *in.AddressId
	if err := steady(id, a, bound, boundCard); err != nil {
		return nil, err
	}
	if a.Kind == wan || a.Bearer == "NAT" {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_RESOURCENOTSUPPORT, id, "AddressId")
	}
	done := c.After(addressTakes)
	if end, _, ok := addresses.Next(c.Tx, id); ok && end.Before(done) {
		done = end // its instance goes before
	}
	if val(in.ReallocateNormalPublicIp) {
		k, ok := cards.Get(c.Tx, a.Card)
		if !ok || !k.Primary || k.IPs[0].IP != a.Private {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_ONLYSUPPORTEDFORMASTERNETWORKCARD, id, "ReallocateNormalPublicIp")
		}
		if doomed(c, a.Card) {
			return nil, busy(a.Card)
		}
		if err := today(c, "reassign", quota.AddressReassignmentsPerDay, 1); err != nil {
			return nil, err
		}
		giveWan(c, done, a.Instance, Internet{Bandwidth: a.Bandwidth, Charge: a.Charge})
	}
	addresses.Put(c.Tx, id, *a) // whatever was to become of it with its instance
	addresses.edit(c, id, func(a *address) { a.Status = unbinding })
	loosen(c, done, id)
	return &sdk.DisassociateAddressResponseParams{TaskId: numbered(c)}, nil
}

// transformAddress makes an instance's own address an elastic one. Its id and the address itself stay.
func transformAddress(c *api.Call, in *sdk.TransformAddressRequestParams) (*sdk.TransformAddressResponseParams, error) {
	id, a, err := wanOf(c, in.InstanceId)
	if err != nil {
		return nil, err
	}
	if err := steady(id, a, bound); err != nil {
		return nil, err
	}
	if doomed(c, a.Card) {
		return nil, busy(a.Card)
	}
	if err := full(c, quota.Addresses, addresses.Count(c.Tx, "kind", notWan), 1); err != nil {
		return nil, err
	}
	if err := today(c, "allocate", quota.AddressAllocationsPerDay, 1); err != nil {
		return nil, err
	}
	endApart(c, a.Card)
	addresses.edit(c, id, func(a *address) { a.Kind = elastic })
	endWith(c, *in.InstanceId)
	return &sdk.TransformAddressResponseParams{TaskId: new(beginNumbered(c, addressTakes)), AddressId: &id}, nil
}

// wanOf finds the address that came with an instance.
func wanOf(c *api.Call, instanceID *string) (id string, a *address, err error) {
	if !wellFormed("ins", val(instanceID)) {
		return "", nil, badCode(sdk.INVALIDPARAMETERVALUE_INSTANCEIDMALFORMED, val(instanceID), "InstanceId")
	}
	if _, ok := host.Get(c.Tx, *instanceID); !ok {
		return "", nil, tcerr.New(sdk.INVALIDINSTANCEID_NOTFOUND, "The instance `%s` is not found.", *instanceID).Zh("实例 `%s` 不存在。")
	}
	for id, a := range addresses.Where(c.Tx, "instance", *instanceID) {
		if a.Kind == wan {
			return id, a, nil
		}
	}
	return "", nil, badCode(sdk.INVALIDPARAMETERVALUE_INSTANCEHASNOWANIP, *instanceID, "InstanceId")
}

// adjustPublicAddress gives an instance's own address, or an elastic one that is paid by the month, another number.
// Source: document/api/215/75874.
func adjustPublicAddress(c *api.Call, in *sdk.AdjustPublicAddressRequestParams) (*sdk.AdjustPublicAddressResponseParams, error) {
	var a *address
	var err error
	id := val(in.AddressId)
	switch {
	case val(in.InstanceId) != "" && id != "" || val(in.InstanceId)+id == "":
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_COMBINATION, id, "AddressId")
	case id != "":
		if a, err = findAddress(c, in.AddressId); err == nil && a.Charge != byMonth {
			err = unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDADDRESSINTERNETCHARGETYPE, id)
		}
	default:
		id, a, err = wanOf(c, in.InstanceId)
	}
	if err != nil {
		return nil, err
	}
	if err := steady(id, a, bound, boundCard, unbound); err != nil {
		return nil, err
	}
	ip := draw(c)
	addresses.edit(c, id, func(a *address) { a.IP = ip })
	return &sdk.AdjustPublicAddressResponseParams{TaskId: new(beginNumbered(c, addressTakes))}, nil
}

// returnNormalAddresses takes away addresses that came with instances.
func returnNormalAddresses(c *api.Call, in *sdk.ReturnNormalAddressesRequestParams) (*sdk.ReturnNormalAddressesResponseParams, error) {
	for _, ip := range vals(in.AddressIps) {
		found := ""
		for id, a := range addresses.Where(c.Tx, "ip", ip) {
			if a.Kind == wan {
				found = id
			}
		}
		if found == "" {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_ADDRESSIPSNOTFOUND, ip, "AddressIps")
		}
		loosen(c, c.Now, found)
	}
	return &sdk.ReturnNormalAddressesResponseParams{}, nil
}
