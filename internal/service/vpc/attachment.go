package vpc

import (
	"iter"
	"slices"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/state"
)

// Attachment is an instance's network as DescribeInstances shows it.
type Attachment struct {
	VPC, Subnet, Card string
	Private           []string // of the primary card, the primary one first
	IPv6              []string
	Public            []string // traffic goes through them now; the one at the primary private address first
	SecurityGroups    []string // shared: nobody may change it
	Internet          Internet // of the first public address; a Bandwidth of 0 where there is none
	Elastic           bool     // the first public address is an elastic one
}

// Of is an instance's network now. It costs a few look-ups. ok is false when the instance has no network card.
func Of(tx *state.Tx, instanceID string) (a Attachment, ok bool) {
	id, k, ok := primary(tx, instanceID)
	if !ok {
		return a, false
	}
	a = Attachment{VPC: k.VPC, Subnet: k.Subnet, Card: id, SecurityGroups: k.Groups, Private: make([]string, len(k.IPs))}
	for i, p := range k.IPs {
		a.Private[i] = p.IP.String()
	}
	for _, p := range k.IPv6 {
		a.IPv6 = append(a.IPv6, p.IP.String())
	}
	for _, p := range addresses.Where(tx, "instance", instanceID) {
		a.add(p, p.Card == id && p.Private == k.IPs[0].IP)
	}
	return a, true
}

func (a *Attachment) add(p *address, main bool) {
	if main {
		a.Internet = Internet{Bandwidth: p.Bandwidth, Charge: p.Charge, Package: p.Package}
	}
	if !p.shown() {
		return
	}
	if main {
		a.Public, a.Elastic = slices.Insert(a.Public, 0, p.IP.String()), p.Kind != wan
		return
	}
	a.Public = append(a.Public, p.IP.String())
}

// HasElastic says whether an elastic address is bound, or about to be, to an instance or one of its cards.
func HasElastic(tx *state.Tx, instanceID string) bool {
	for _, a := range addresses.Where(tx, "instance", instanceID) {
		if a.Kind != wan {
			return true
		}
	}
	return false
}

// ByPrivateIP is the instances whose primary card has a private address, IPv4 or IPv6, in any network.
func ByPrivateIP(tx *state.Tx, ip string) []string { return instances(cards.Where(tx, "ip", ip)) }

// ByPublicIP is the instances at which a public address is seen.
func ByPublicIP(tx *state.Tx, ip string) (ids []string) {
	for _, a := range addresses.Where(tx, "ip", ip) {
		if a.Instance != "" && a.shown() {
			ids = append(ids, a.Instance)
		}
	}
	return ids
}

// InVPC is the instances in a network, oldest first.
func InVPC(tx *state.Tx, vpcID string) []string { return instances(cards.Where(tx, "vpc", vpcID)) }

// InSubnet is the instances in a subnet, oldest first.
func InSubnet(tx *state.Tx, subnetID string) []string {
	return instances(cards.Where(tx, "subnet", subnetID))
}

// InSecurityGroup is the instances in a security group, oldest first.
func InSecurityGroup(tx *state.Tx, id string) []string {
	return instances(cards.Where(tx, "group", id))
}

func instances(found iter.Seq2[string, *card]) (ids []string) {
	for _, k := range found {
		if k.Primary {
			ids = append(ids, k.Instance)
		}
	}
	return ids
}

// SecurityGroupExists says whether the region has a security group.
func SecurityGroupExists(tx *state.Tx, id string) bool { return groups.Has(tx, id) }

// SetSecurityGroups gives an instance these groups in place of all that it has, in order of priority. The error is a Reason.
func SetSecurityGroups(c *api.Call, instanceID string, ids []string) error {
	id, k, ok := primary(c.Tx, instanceID)
	if !ok {
		return nil
	}
	added := slices.DeleteFunc(slices.Clone(ids), func(g string) bool { return slices.Contains(k.Groups, g) })
	if err := CheckSecurityGroups(c, added, 1); err != nil {
		return err
	}
	if len(ids) > c.Quota(quota.InstanceSecurityGroups) {
		return TooManyGroups
	}
	cards.edit(c, id, func(k *card) { k.Groups = slices.Clone(ids) })
	return nil
}

// AddSecurityGroup puts an instance into one more group, behind those that it has. The error is a Reason.
func AddSecurityGroup(c *api.Call, instanceID, groupID string) error {
	_, k, ok := primary(c.Tx, instanceID)
	if !ok || slices.Contains(k.Groups, groupID) {
		return nil
	}
	return SetSecurityGroups(c, instanceID, append(slices.Clone(k.Groups), groupID))
}

// RemoveSecurityGroup takes an instance out of a group. It reports whether the instance was in it.
func RemoveSecurityGroup(c *api.Call, instanceID, groupID string) bool {
	id, k, ok := primary(c.Tx, instanceID)
	if !ok || !slices.Contains(k.Groups, groupID) {
		return false
	}
	cards.edit(c, id, func(k *card) {
		k.Groups = slices.DeleteFunc(k.Groups, func(g string) bool { return g == groupID })
	})
	return true
}

// CheckSecurityGroups refuses groups that so many more instances cannot have: one that is not there, more than an instance
// may have, and one that is full. The error is a Reason, and where it is about one of the groups a GroupReason.
func CheckSecurityGroups(c *api.Call, ids []string, more int) error {
	for _, id := range ids {
		if !groups.Has(c.Tx, id) {
			return GroupReason{GroupMissing, id}
		}
	}
	if len(ids) > c.Quota(quota.InstanceSecurityGroups) {
		return TooManyGroups
	}
	for _, id := range ids {
		switch {
		case instancesIn(c.Tx, id)+more > c.Quota(quota.SecurityGroupInstances):
			return GroupReason{GroupFull, id}
		case cards.Count(c.Tx, "group", id)+more > c.Quota(quota.SecurityGroupInterfaces):
			return GroupReason{GroupCrowded, id}
		}
	}
	return nil
}

// groupsOr refuses the security groups of a card in this product's words.
func groupsOr(c *api.Call, ids []string) error {
	for _, id := range ids {
		if _, err := groups.find(c, &id); err != nil {
			return err
		}
	}
	return refuse(CheckSecurityGroups(c, ids, 1), ids, "SecurityGroupIds")
}

// Stamp is what everything that Of shows of any instance in the transaction's region stands at; see state.Table.Stamp.
func Stamp(tx *state.Tx) uint64 { return max(cards.Stamp(tx), addresses.Stamp(tx)) }
