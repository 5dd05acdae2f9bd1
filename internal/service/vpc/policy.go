package vpc

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
)

// policy is one rule of a security group. Its place in the list is its priority.
type policy struct {
	Protocol, Port, Service     string // Service, a template, stands for protocol and port
	CIDR, CIDR6, Group, Address string // one of them; Address is a template
	Action, Desc                string
	Changed                     time.Time
}

// everything stands for all protocols, and for all ports.
const everything = "ALL"

// same says that two policies match the same traffic and do the same with it.
func (p policy) same(o policy) bool {
	p.Desc, p.Changed = o.Desc, o.Changed
	return p == o
}

func showPolicies(list []policy) []*sdk.SecurityGroupPolicy {
	set := make([]*sdk.SecurityGroupPolicy, len(list))
	for i := range list {
		p := &list[i]
		set[i] = &sdk.SecurityGroupPolicy{
			PolicyIndex: new(int64(i)), CidrBlock: &p.CIDR, Ipv6CidrBlock: &p.CIDR6,
			SecurityGroupId: &p.Group, Action: &p.Action, PolicyDescription: &p.Desc, ModifyTime: local(p.Changed), Priority: new(int64(i)),
			ServiceTemplate: &sdk.ServiceTemplateSpecification{ServiceId: new(""), ServiceGroupId: new("")},
			AddressTemplate: &sdk.AddressTemplateSpecification{AddressId: new(""), AddressGroupId: new("")},
		}
		if p.Service == "" {
			set[i].Protocol, set[i].Port = &p.Protocol, &p.Port
		}
		if strings.HasPrefix(p.Service, "ppmg-") {
			set[i].ServiceTemplate.ServiceGroupId = &p.Service
		} else {
			set[i].ServiceTemplate.ServiceId = &p.Service
		}
		if strings.HasPrefix(p.Address, "ipmg-") {
			set[i].AddressTemplate.AddressGroupId = &p.Address
		} else {
			set[i].AddressTemplate.AddressId = &p.Address
		}
	}
	return set
}

// parsePolicies reads the policies of a request.
func parsePolicies(c *api.Call, in []*sdk.SecurityGroupPolicy) ([]policy, error) {
	out := make([]policy, 0, len(in))
	for _, w := range in {
		p := policy{
			Protocol: strings.ToUpper(val(w.Protocol)), Port: strings.ToUpper(val(w.Port)), CIDR: val(w.CidrBlock), CIDR6: val(w.Ipv6CidrBlock),
			Group: val(w.SecurityGroupId), Action: strings.ToUpper(val(w.Action)), Desc: val(w.PolicyDescription), Changed: c.Now,
		}
		if t := w.ServiceTemplate; t != nil {
			p.Service = val(t.ServiceId) + val(t.ServiceGroupId)
		}
		if t := w.AddressTemplate; t != nil {
			p.Address = val(t.AddressId) + val(t.AddressGroupId)
		}
		if err := p.check(c); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// check refuses a policy that cannot be, and writes it as answers show it.
func (p *policy) check(c *api.Call) error {
	if p.Action != "ACCEPT" && p.Action != "DROP" {
		return badOrEmpty(p.Action, "Action")
	}
	if err := checkName(p.Desc, "PolicyDescription", 100); err != nil {
		return err
	}
	if err := p.checkTraffic(c); err != nil {
		return err
	}
	return p.checkPeer(c)
}

// checkTraffic refuses what the policy is about: a template, or a protocol and ports.
func (p *policy) checkTraffic(c *api.Call) error {
	if p.Service != "" {
		if p.Protocol != "" || p.Port != "" {
			return coexist("ServiceTemplate", "Protocol")
		}
		return checkTemplate(c, p.Service)
	}
	if p.Protocol == "" {
		p.Protocol = everything
	}
	if !slices.Contains([]string{"TCP", "UDP", "ICMP", "ICMPV6", "GRE", everything}, p.Protocol) {
		return bad(p.Protocol, "Protocol")
	}
	if p.Port == "" {
		p.Port = everything
	}
	if p.Port == everything {
		return nil
	}
	if p.Protocol != "TCP" && p.Protocol != "UDP" {
		return coexist("Protocol", "Port")
	}
	return checkPorts(p.Port, "Port")
}

// checkPorts refuses what is no list of ports and ranges: "80", "80,443", "8000-8010".
func checkPorts(ports, field string) error {
	for part := range strings.SplitSeq(ports, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		low, err := strconv.ParseUint(from, 10, 16)
		high, err2 := strconv.ParseUint(to, 10, 16)
		if err != nil || err2 != nil || low > high {
			return malformed(ports, field)
		}
	}
	return nil
}

// checkPeer refuses whom the policy is about: exactly one of four ways to say it.
func (p *policy) checkPeer(c *api.Call) error {
	switch n := len(present(p.CIDR, p.CIDR6, p.Group, p.Address)); {
	case n == 0:
		return badCode(sdk.INVALIDPARAMETERVALUE_EMPTY, "", "CidrBlock")
	case n > 1:
		return coexist("CidrBlock", "SecurityGroupId")
	case p.Group != "":
		_, err := groups.find(c, &p.Group)
		return err
	case p.Address != "":
		return checkTemplate(c, p.Address)
	case p.CIDR6 != "":
		return p.checkCIDR6()
	}
	return p.checkCIDR()
}

// Simulated: MY_PUBLIC_IP is the caller's own address in the cloud; here it is one that nobody has.
const (
	myPublicIP = "MY_PUBLIC_IP"
	myAddress  = "203.0.113.1"
	myAddress6 = "2001:db8::1"
)

func (p *policy) checkCIDR() error {
	if p.CIDR == myPublicIP {
		p.CIDR, p.Desc = myAddress, orText(p.Desc, "Replaced-From-"+myPublicIP)
	}
	if a, err := netip.ParseAddr(p.CIDR); err == nil && a.Is4() {
		return nil
	}
	block, err := netip.ParsePrefix(p.CIDR)
	switch {
	case err != nil || !block.Addr().Is4():
		return malformed(p.CIDR, "CidrBlock")
	case block.Addr() == netip.IPv4Unspecified():
		p.CIDR = "0.0.0.0/0"
	}
	return nil
}

func (p *policy) checkCIDR6() error {
	if p.CIDR6 == myPublicIP {
		p.CIDR6, p.Desc = myAddress6, orText(p.Desc, "Replaced-From-"+myPublicIP)
	}
	if p.Protocol == "ICMP" {
		return coexist("Ipv6CidrBlock", "Protocol")
	}
	if a, err := netip.ParseAddr(p.CIDR6); err == nil && a.Is6() {
		return nil
	}
	if block, err := netip.ParsePrefix(p.CIDR6); err != nil || !block.Addr().Is6() {
		return malformed(p.CIDR6, "Ipv6CidrBlock")
	}
	return nil
}

// badOrEmpty refuses a value that a policy cannot do without.
func badOrEmpty(value, field string) error {
	if value == "" {
		return badCode(sdk.INVALIDPARAMETERVALUE_EMPTY, value, field)
	}
	return bad(value, field)
}

func orText(s, absent string) string {
	if s == "" {
		return absent
	}
	return s
}
