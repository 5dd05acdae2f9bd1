package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
)

// What a gateway of each product has unless the request says otherwise.
const (
	traditional = 1
	standard    = 2
)

func createNatGateway(c *api.Call, in *sdk.CreateNatGatewayRequestParams) (*sdk.CreateNatGatewayResponseParams, error) {
	if _, err := networks.find(c, in.VpcId); err != nil {
		return nil, err
	}
	g, err := newGateway(c, in)
	if err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	if err := full(c, quota.NATGateways, gateways.Count(c.Tx, "vpc", *in.VpcId), 1); err != nil {
		return nil, err
	}
	if val(in.AddressCount) == 0 && len(in.PublicIpAddresses) == 0 {
		return nil, badCode(sdk.INVALIDPARAMETERVALUE_EMPTY, "", "AddressCount")
	}
	id, done := api.NewID(c, gateways.Table, "nat"), c.After(gatewayTakes)
	gateways.Put(c.Tx, id, g)
	gateways.Edit(c.Tx, done, id, func(g *gateway) { g.State = free })
	gateways.setTags(c, id, tags)
	if err := addExits(c, id, done, newExits{val(in.AddressCount), in.PublicIpAddresses, in.PublicIpAddressesBandwidthOut, in.StockPublicIpAddressesBandwidthOut}); err != nil {
		return nil, err
	}
	begin(c, gatewayTakes)
	return &sdk.CreateNatGatewayResponseParams{NatGatewaySet: []*sdk.NatGateway{showGateway(c, id, &g)}, TotalCount: new(uint64(1))}, nil
}

// newGateway reads what a request wants a gateway to be. The standard product scales by itself.
func newGateway(c *api.Call, in *sdk.CreateNatGatewayRequestParams) (g gateway, err error) {
	g = gateway{
		Name: *in.NatGatewayName, VPC: *in.VpcId, Zone: val(in.Zone), State: pending, Product: int(or(in.NatProductVersion, traditional)),
		Bandwidth: int(or(in.InternetMaxBandwidthOut, 100)), Connections: int(or(in.MaxConcurrentConnection, 1_000_000)),
		Protected: val(in.DeletionProtectionEnabled), Exclusive: val(in.ExclusiveType), Made: c.Now,
	}
	if err := checkName(g.Name, "NatGatewayName", 60); err != nil {
		return g, err
	}
	if g.Zone == "" {
		g.Zone = firstZone(c.Region)
	}
	if err := checkZone(c, g.Zone, "Zone"); err != nil {
		return g, unsupported(sdk.UNSUPPORTEDOPERATION_NOTSUPPORTZONE, g.Zone)
	}
	switch {
	case g.Product == standard:
		g.Bandwidth, g.Connections = 5000, 2_000_000
	case g.Product != traditional:
		return g, outOfRange(g.Product, "NatProductVersion")
	case !slices.Contains([]int{20, 50, 100, 200, 500, 1000, 2000, 5000}, g.Bandwidth):
		return g, outOfRange(g.Bandwidth, "InternetMaxBandwidthOut")
	}
	if g.Product == traditional {
		err = checkConnections(g.Connections)
	}
	if !slices.Contains([]string{"", "ExclusiveSmall", "ExclusiveMedium1", "ExclusiveLarge1"}, g.Exclusive) {
		err = outOfRange(g.Exclusive, "ExclusiveType")
	}
	return g, err
}

func checkConnections(n int) error {
	if !slices.Contains([]int{1_000_000, 3_000_000, 10_000_000}, n) {
		return outOfRange(n, "MaxConcurrentConnection")
	}
	return nil
}

// newExits is the public addresses that a gateway is to get: so many new ones, and the caller's own that it lists.
type newExits struct {
	n    uint64
	own  []*string
	mbps *uint64 // of the new ones
	have *uint64 // of the caller's own; nil leaves theirs
}

func addExits(c *api.Call, id string, done time.Time, wish newExits) error {
	if err := full(c, quota.NATAddresses, len(exits(c.Tx, id)), int(min(wish.n, 1<<20))+len(wish.own)); err != nil {
		return err
	}
	for _, ip := range vals(wish.own) {
		found := false
		for eip, a := range addresses.Where(c.Tx, "ip", ip) {
			if a.Status != unbound {
				return badCode(sdk.RESOURCEINUSE_ADDRESS, ip, "PublicIpAddresses")
			}
			mbps := int(or(wish.have, uint64(a.Bandwidth)))
			if mbps > mostBandwidth(a.Charge) {
				return badCode(sdk.INVALIDPARAMETERVALUE_EIPBRANDWIDTHOUTINVALID, mbps, "StockPublicIpAddressesBandwidthOut")
			}
			addresses.edit(c, eip, func(a *address) { a.Bandwidth = mbps })
			bind(c, done, eip, target{instance: id, bearer: "NAT"})
			found = true
		}
		if !found {
			return badCode(sdk.UNSUPPORTEDOPERATION_PUBLICIPADDRESSISNOTEXISTED, ip, "PublicIpAddresses")
		}
	}
	if wish.n == 0 {
		return nil
	}
	made, err := allocateAddresses(c, &sdk.AllocateAddressesRequestParams{
		AddressCount: new(int64(wish.n)), InternetMaxBandwidthOut: new(int64(or(wish.mbps, 100))),
	})
	if err != nil {
		return err
	}
	for _, eip := range vals(made.AddressSet) {
		row, _ := addresses.Get(c.Tx, eip)
		addresses.Put(c.Tx, eip, *row) // never unbound on its way
		bind(c, done, eip, target{instance: id, bearer: "NAT"})
	}
	return nil
}

func associateNatGatewayAddress(c *api.Call, in *sdk.AssociateNatGatewayAddressRequestParams) (*sdk.AssociateNatGatewayAddressResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	if g.State != free {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_INVALIDSTATE, *in.NatGatewayId)
	}
	if val(in.AddressCount) == 0 && len(in.PublicIpAddresses) == 0 {
		return nil, missing("PublicIpAddresses")
	}
	wish := newExits{val(in.AddressCount), in.PublicIpAddresses, in.PublicIpAddressesBandwidthOut, in.StockPublicIpAddressesBandwidthOut}
	if err := addExits(c, *in.NatGatewayId, c.After(addressTakes), wish); err != nil {
		return nil, err
	}
	begin(c, addressTakes)
	return &sdk.AssociateNatGatewayAddressResponseParams{}, nil
}

// disassociateNatGatewayAddress refuses an address that a rule of the gateway names.
func disassociateNatGatewayAddress(c *api.Call, in *sdk.DisassociateNatGatewayAddressRequestParams) (*sdk.DisassociateNatGatewayAddressResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	for _, ip := range vals(in.PublicIpAddresses) {
		eip := ""
		for id, a := range addresses.Where(c.Tx, "ip", ip) {
			if a.Instance == *in.NatGatewayId {
				eip = id
			}
		}
		if eip == "" {
			return nil, notFound(ip)
		}
		if g.uses(ip) {
			return nil, unsupported(sdk.UNSUPPORTEDOPERATION_PUBLICIPADDRESSDISASSOCIATE, ip)
		}
		addresses.edit(c, eip, func(a *address) { a.Status = unbinding })
		loosen(c, c.After(addressTakes), eip)
	}
	begin(c, addressTakes)
	return &sdk.DisassociateNatGatewayAddressResponseParams{}, nil
}

func modifyNatGatewayAttribute(c *api.Call, in *sdk.ModifyNatGatewayAttributeRequestParams) (*sdk.ModifyNatGatewayAttributeResponseParams, error) {
	row, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	g := *row
	g.Name, g.Protected = or(in.NatGatewayName, g.Name), or(in.DeletionProtectionEnabled, g.Protected)
	g.Bandwidth, g.Random = int(or(in.InternetMaxBandwidthOut, uint64(g.Bandwidth))), !or(in.PublicAddressAffinity, !g.Random)
	if err := checkName(g.Name, "NatGatewayName", 60); err != nil {
		return nil, err
	}
	if g.Bandwidth > 50000 {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, *in.NatGatewayId)
	}
	if val(in.ModifySecurityGroup) {
		g.Groups = vals(in.SecurityGroupIds)
		if err := groupsOr(c, g.Groups); err != nil {
			return nil, err
		}
	}
	gateways.edit(c, *in.NatGatewayId, func(row *gateway) {
		row.Name, row.Protected, row.Bandwidth, row.Random, row.Groups = g.Name, g.Protected, g.Bandwidth, g.Random, g.Groups
	})
	begin(c, addressTakes)
	return &sdk.ModifyNatGatewayAttributeResponseParams{}, nil
}

func resetNatGatewayConnection(c *api.Call, in *sdk.ResetNatGatewayConnectionRequestParams) (*sdk.ResetNatGatewayConnectionResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	if err != nil {
		return nil, err
	}
	if g.State != free {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_NATGATEWAYISBUSY, *in.NatGatewayId)
	}
	n := int(or(in.MaxConcurrentConnection, uint64(g.Connections)))
	if checkConnections(n) != nil {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION, *in.NatGatewayId)
	}
	gateways.edit(c, *in.NatGatewayId, func(g *gateway) { g.Connections, g.Exclusive = n, or(in.ExclusiveType, g.Exclusive) })
	begin(c, addressTakes)
	return &sdk.ResetNatGatewayConnectionResponseParams{}, nil
}

// deleteNatGateway refuses a gateway that routes lead to, unless the caller ignores the risk: then they go with it.
func deleteNatGateway(c *api.Call, in *sdk.DeleteNatGatewayRequestParams) (*sdk.DeleteNatGatewayResponseParams, error) {
	g, err := gateways.find(c, in.NatGatewayId)
	id := val(in.NatGatewayId)
	switch {
	case err != nil:
		return nil, err
	case g.Protected:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_DELETIONPROTECTIONENABLED, id)
	case g.State != free:
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_MUTEXOPERATIONTASKRUNNING, id)
	case tables.Count(c.Tx, "gateway", id) > 0 && !val(in.IgnoreOperationRisk):
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_NATGATEWAYHAVEROUTE, id)
	}
	for _, rt := range idsOf(tables.Where(c.Tx, "gateway", id)) {
		tables.edit(c, rt, func(t *routeTable) {
			t.Routes = slices.DeleteFunc(t.Routes, func(r route) bool { return r.Gateway == id })
		})
	}
	done := c.After(gatewayTakes)
	for _, eip := range idsOf(addresses.Where(c.Tx, "instance", id)) {
		addresses.edit(c, eip, func(a *address) { a.Status = unbinding })
		loosen(c, done, eip)
	}
	gateways.edit(c, id, func(g *gateway) { g.State = deleting })
	gateways.drop(c, done, id)
	begin(c, gatewayTakes)
	return &sdk.DeleteNatGatewayResponseParams{}, nil
}
