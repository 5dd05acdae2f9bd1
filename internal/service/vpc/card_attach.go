package vpc

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
)

// createAndAttachNetworkInterface makes a card in the subnet and attaches it at once.
func createAndAttachNetworkInterface(c *api.Call, in *sdk.CreateAndAttachNetworkInterfaceRequestParams) (*sdk.CreateAndAttachNetworkInterfaceResponseParams, error) {
	if val(in.IsRdma) || val(in.AttachType) != 0 {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, val(in.InstanceId))
	}
	id, err := newCard(c, cardSpec{
		vpc: in.VpcId, subnet: in.SubnetId, name: in.NetworkInterfaceName, desc: in.NetworkInterfaceDescription, groups: in.SecurityGroupIds,
		ips: in.PrivateIpAddresses, more: in.SecondaryPrivateIpAddressCount, qos: in.QosLevel, tags: in.Tags,
	})
	if err != nil {
		return nil, err
	}
	k, _ := cards.Get(c.Tx, id)
	if err := attachable(c, id, k, in.InstanceId); err != nil {
		return nil, err
	}
	attach(c, id, *in.InstanceId)
	k, _ = cards.Get(c.Tx, id)
	return &sdk.CreateAndAttachNetworkInterfaceResponseParams{NetworkInterface: showCard(c, id, k)}, nil
}

// checkAttachType refuses the extended kind of attachment (1), which needs hardware that is not there.
func checkAttachType(kind *uint64, id string) error {
	if val(kind) != 0 {
		return unsupported(sdk.UNSUPPORTEDOPERATION, id)
	}
	return nil
}

func attachNetworkInterface(c *api.Call, in *sdk.AttachNetworkInterfaceRequestParams) (*sdk.AttachNetworkInterfaceResponseParams, error) {
	k, err := cards.find(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	id := *in.NetworkInterfaceId
	if err := checkAttachType(in.AttachType, id); err != nil {
		return nil, err
	}
	if k.Instance != "" {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_ATTACHMENTALREADYEXISTS, id)
	}
	if k.State != free {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, id)
	}
	if err := attachable(c, id, k, in.InstanceId); err != nil {
		return nil, err
	}
	attach(c, id, *in.InstanceId)
	return &sdk.AttachNetworkInterfaceResponseParams{}, nil
}

// attachable refuses an instance that a card cannot be attached to.
func attachable(c *api.Call, id string, k *card, instanceID *string) error {
	if !wellFormed("ins", val(instanceID)) {
		return malformed(val(instanceID), "InstanceId")
	}
	h, ok := host.Get(c.Tx, *instanceID)
	if !ok {
		return notFound(*instanceID)
	}
	s, _ := subnets.Get(c.Tx, k.Subnet)
	_, first, ok := primary(c.Tx, *instanceID)
	most, _ := cardsPer(h.CPU)
	switch {
	case h.State != "RUNNING" && h.State != "STOPPED":
		return unsupported(sdk.UNSUPPORTEDOPERATION_RESOURCEISINVALIDSTATE, *instanceID)
	case h.Zone != s.Zone:
		return unsupported(sdk.UNSUPPORTEDOPERATION_ZONEMISMATCH, id)
	case ok && first.VPC != k.VPC:
		return unsupported(sdk.UNSUPPORTEDOPERATION_VPCMISMATCH, id)
	case cards.Count(c.Tx, "instance", *instanceID) >= most:
		return badLimit(most)
	}
	return nil
}

// attach attaches a card from now on; it is at work a little later.
func attach(c *api.Call, id, instanceID string) {
	endApart(c, id)
	index := nextIndex(c, instanceID)
	cards.edit(c, id, func(k *card) {
		k.Instance, k.Since, k.Index, k.State = instanceID, c.Now.Unix(), index, attaching
	})
	done := c.After(cardTakes)
	cards.Edit(c.Tx, done, id, func(k *card) { k.State = free })
	for _, eip := range idsOf(addresses.Where(c.Tx, "card", id)) {
		addresses.Edit(c.Tx, done, eip, func(a *address) { a.Instance, a.Status = instanceID, bound })
	}
	endWith(c, instanceID)
	for _, eip := range idsOf(addresses6.Where(c.Tx, "card", id)) {
		addresses6.Edit(c.Tx, done, eip, func(a *address6) { a.Instance = instanceID })
	}
	begin(c, cardTakes)
}

// nextIndex is the first place among an instance's cards that is empty.
func nextIndex(c *api.Call, instanceID string) int {
	held := map[int]bool{}
	for _, k := range cards.Where(c.Tx, "instance", instanceID) {
		held[k.Index] = true
	}
	i := 0
	for held[i] {
		i++
	}
	return i
}

func detachNetworkInterface(c *api.Call, in *sdk.DetachNetworkInterfaceRequestParams) (*sdk.DetachNetworkInterfaceResponseParams, error) {
	k, err := cards.find(c, in.NetworkInterfaceId)
	id := val(in.NetworkInterfaceId)
	switch {
	case err != nil:
		return nil, err
	case !wellFormed("ins", *in.InstanceId):
		return nil, malformed(*in.InstanceId, "InstanceId")
	case k.Primary:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, id)
	case k.Instance == "" || k.State != free:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, id)
	case k.Instance != *in.InstanceId:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, id)
	}
	if by, ok := boundVIP(c, id); ok {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INSTANCEASSOCIATEHAVIP, by)
	}
	cards.edit(c, id, func(k *card) { k.State = detaching })
	detach(c, c.After(cardTakes), id)
	begin(c, cardTakes)
	return &sdk.DetachNetworkInterfaceResponseParams{}, nil
}

// migrateNetworkInterface detaches a card from one instance and attaches it to another.
func migrateNetworkInterface(c *api.Call, in *sdk.MigrateNetworkInterfaceRequestParams) (*sdk.MigrateNetworkInterfaceResponseParams, error) {
	k, err := readyCard(c, in.NetworkInterfaceId)
	if err != nil {
		return nil, err
	}
	id := *in.NetworkInterfaceId
	switch {
	case k.Primary:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, id)
	case k.Instance == "" || k.Instance != *in.SourceInstanceId:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_ATTACHMENTNOTFOUND, id)
	}
	if err := checkAttachType(in.AttachType, id); err != nil {
		return nil, err
	}
	if err := attachable(c, id, k, in.DestinationInstanceId); err != nil {
		return nil, err
	}
	attach(c, id, *in.DestinationInstanceId)
	return &sdk.MigrateNetworkInterfaceResponseParams{}, nil
}
