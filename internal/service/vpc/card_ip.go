package vpc

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
)

// The private addresses of network cards.

// maxIPsPerCall is how many addresses one request can name.
const maxIPsPerCall = 10

// addIPs gives a card the addresses that a request names, and more beyond them, and stores the card as it grows, so that
// each address is claimed against those before it.
func addIPs(c *api.Call, id string, k *card, named []*sdk.PrivateIpAddressSpecification, more uint64) error {
	_, most := cardsPer(cores(c, k))
	if n := len(k.IPs) + len(named); more > uint64(most) || n+int(more) > most {
		return badLimit(most)
	}
	for range more {
		named = append(named, &sdk.PrivateIpAddressSpecification{})
	}
	for _, p := range named {
		if err := checkName(val(p.Description), "Description", 60); err != nil {
			return err
		}
		ip, err := claim(c.Tx, k.Subnet, val(p.PrivateIpAddress))
		if err != nil {
			return refuse(err, val(p.PrivateIpAddress), "PrivateIpAddress")
		}
		k.IPs = append(slices.Clip(k.IPs), cardIP{IP: ip, Desc: val(p.Description), QoS: val(p.QosLevel)})
		cards.Put(c.Tx, id, *k)
	}
	return nil
}

// cores is how many cores the instance has that a card is attached to. A card attached to none may have what the
// largest instance could use.
func cores(c *api.Call, k *card) int {
	if h, ok := host.Get(c.Tx, k.Instance); ok {
		return h.CPU
	}
	return 1 << 10
}

func assignPrivateIpAddresses(c *api.Call, in *sdk.AssignPrivateIpAddressesRequestParams) (*sdk.AssignPrivateIpAddressesResponseParams, error) {
	row, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	if len(in.PrivateIpAddresses) == 0 && val(in.SecondaryPrivateIpAddressCount) == 0 {
		return nil, missing("PrivateIpAddresses")
	}
	if len(in.PrivateIpAddresses) > maxIPsPerCall {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(in.PrivateIpAddresses), "PrivateIpAddresses")
	}
	if err := checkQoS(val(in.QosLevel)); err != nil {
		return nil, err
	}
	k, id := *row, *in.NetworkInterfaceId
	had := len(k.IPs)
	if err := addIPs(c, id, &k, in.PrivateIpAddresses, val(in.SecondaryPrivateIpAddressCount)); err != nil {
		return nil, err
	}
	for i := had; i < len(k.IPs); i++ {
		k.IPs[i].QoS = orText(k.IPs[i].QoS, val(in.QosLevel))
	}
	cards.Put(c.Tx, id, k)
	begin(c, cardTakes)
	return &sdk.AssignPrivateIpAddressesResponseParams{PrivateIpAddressSet: showIPs(c, id, &k)[had:]}, nil
}

// readyCard finds a card with which nothing is going on, and to which nothing will happen.
func readyCard(c *api.Call, id *string) (*card, error) {
	k, err := cards.find(c, id)
	if err == nil && (k.State != free || doomed(c, *id)) {
		err = unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, *id)
	}
	return k, err
}

// doomed says whether a card is being detached or deleted, so that nothing new may be tied to it. An end that is known
// long before is none: what is tied to the card by then ends along.
func doomed(c *api.Call, id string) bool {
	_, _, ends := cards.Next(c.Tx, id)
	k, ok := cards.Get(c.Tx, id)
	if !ends || !ok {
		return false
	}
	h, ok := host.Get(c.Tx, k.Instance)
	return k.State != free || !ok || h.State != "RUNNING" && h.State != "STOPPED"
}

// position finds an address of a card that is not its primary one.
func (k *card) position(address, field string) (int, error) {
	ip, err := parseIP4(address, field)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(k.IPs, func(p cardIP) bool { return p.IP == ip })
	if i < 0 {
		return 0, notFound(address)
	}
	return i, nil
}

func unassignPrivateIpAddresses(c *api.Call, in *sdk.UnassignPrivateIpAddressesRequestParams) (*sdk.UnassignPrivateIpAddressesResponseParams, error) {
	k, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	id := *in.NetworkInterfaceId
	if val(in.InstanceId) != "" && *in.InstanceId != k.Instance {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_ATTACHMENTNOTFOUND, id)
	}
	if len(in.PrivateIpAddresses) > maxIPsPerCall {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, len(in.PrivateIpAddresses), "PrivateIpAddresses")
	}
	gone := map[ip4]bool{}
	for _, p := range in.PrivateIpAddresses {
		i, err := k.position(val(p.PrivateIpAddress), "PrivateIpAddress")
		if err != nil {
			return nil, err
		}
		if gone[k.IPs[i].IP] {
			return nil, badCode(sdk.INVALIDPARAMETERVALUE_DUPLICATEPARA, k.IPs[i].IP, "PrivateIpAddresses")
		}
		if i == 0 {
			return nil, unsupported(sdk.UNSUPPORTEDOPERATION, k.IPs[i].IP.String())
		}
		gone[k.IPs[i].IP] = true
		unbindAt(c, id, k.IPs[i].IP)
	}
	cards.edit(c, id, func(k *card) {
		k.IPs = slices.DeleteFunc(slices.Clone(k.IPs), func(p cardIP) bool { return gone[p.IP] })
	})
	begin(c, cardTakes)
	return &sdk.UnassignPrivateIpAddressesResponseParams{}, nil
}

func modifyPrivateIpAddressesAttribute(c *api.Call, in *sdk.ModifyPrivateIpAddressesAttributeRequestParams) (*sdk.ModifyPrivateIpAddressesAttributeResponseParams, error) {
	k, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	ips := slices.Clone(k.IPs)
	for _, p := range in.PrivateIpAddresses {
		i, err := k.position(val(p.PrivateIpAddress), "PrivateIpAddress")
		if err != nil {
			return nil, err
		}
		if err := checkName(val(p.Description), "Description", 60); err != nil {
			return nil, err
		}
		ips[i].Desc = or(p.Description, ips[i].Desc)
		ips[i].QoS = or(p.QosLevel, ips[i].QoS)
	}
	cards.edit(c, *in.NetworkInterfaceId, func(k *card) { k.IPs = ips })
	return &sdk.ModifyPrivateIpAddressesAttributeResponseParams{}, nil
}

// migratePrivateIpAddress moves a secondary address, with the public one bound to it, to another card of its subnet.
func migratePrivateIpAddress(c *api.Call, in *sdk.MigratePrivateIpAddressRequestParams) (*sdk.MigratePrivateIpAddressResponseParams, error) {
	from, err := readyCard(c, in.SourceNetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	to, err := readyCard(c, in.DestinationNetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	i, err := from.position(*in.PrivateIpAddress, "PrivateIpAddress")
	if err != nil {
		return nil, err
	}
	_, most := cardsPer(cores(c, to))
	switch {
	case i == 0:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_PRIMARYIP, *in.PrivateIpAddress)
	case from.Subnet != to.Subnet || *in.SourceNetworkInterfaceId == *in.DestinationNetworkInterfaceId:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, *in.DestinationNetworkInterfaceId)
	case len(to.IPs) >= most:
		return nil, badLimit(most)
	}
	moved := from.IPs[i]
	endApart(c, *in.SourceNetworkInterfaceId)
	cards.edit(c, *in.SourceNetworkInterfaceId, func(k *card) { k.IPs = slices.Delete(slices.Clone(k.IPs), i, i+1) })
	cards.edit(c, *in.DestinationNetworkInterfaceId, func(k *card) { k.IPs = append(slices.Clip(k.IPs), moved) })
	for eip, a := range addresses.Where(c.Tx, "card", *in.SourceNetworkInterfaceId) {
		if a.Private == moved.IP {
			addresses.edit(c, eip, func(a *address) { a.Card, a.Instance = *in.DestinationNetworkInterfaceId, to.Instance })
			break
		}
	}
	endWith(c, from.Instance)
	endWith(c, to.Instance)
	begin(c, cardTakes)
	return &sdk.MigratePrivateIpAddressResponseParams{}, nil
}

// describeNetworkInterfaceLimit takes the id of an instance, or of a card of one.
func describeNetworkInterfaceLimit(c *api.Call, in *sdk.DescribeNetworkInterfaceLimitRequestParams) (*sdk.DescribeNetworkInterfaceLimitResponseParams, error) {
	id := *in.InstanceId
	if wellFormed("eni", id) {
		k, ok := cards.Get(c.Tx, id)
		if !ok {
			return nil, notFound(id)
		}
		id = k.Instance
	} else if !wellFormed("ins", id) {
		return nil, malformed(id, "InstanceId")
	}
	h, ok := host.Get(c.Tx, id)
	if !ok {
		return nil, badCode(sdk.INVALIDINSTANCEID_NOTFOUND, id, "InstanceId")
	}
	perInstance, perCard := cardsPer(h.CPU)
	return &sdk.DescribeNetworkInterfaceLimitResponseParams{
		EniQuantity: new(int64(perInstance)), EniPrivateIpAddressQuantity: new(int64(perCard)),
		ExtendEniQuantity: new(int64(0)), ExtendEniPrivateIpAddressQuantity: new(int64(0)),
		SubEniQuantity: new(int64(0)), SubEniPrivateIpAddressQuantity: new(int64(0)),
	}, nil
}
