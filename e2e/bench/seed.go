package main

import (
	"fmt"
	"strings"
)

// network is where instances stand: subnets as large as can be.
type network struct {
	vpc     string
	subnets []string
}

const (
	zone       = "ap-guangzhou-6"
	subnetSize = 65_000
	perCall    = 500 // instances of one RunInstances, at most
)

// found makes a network for n instances.
func found(address string, n int) (*network, error) {
	var made struct{ Vpc struct{ VpcId string } }
	if err := ask(address, vpc("CreateVpc", `{"VpcName":"bench","CidrBlock":"10.0.0.0/12"}`), &made); err != nil {
		return nil, err
	}
	net := &network{vpc: made.Vpc.VpcId}
	for i := range (n + subnetSize - 1) / subnetSize {
		var made struct{ Subnet struct{ SubnetId string } }
		body := vpc("CreateSubnet", `{"VpcId":%q,"SubnetName":"bench","Zone":%q,"CidrBlock":"10.%d.0.0/16"}`, net.vpc, zone, i)
		if err := ask(address, body, &made); err != nil {
			return nil, err
		}
		net.subnets = append(net.subnets, made.Subnet.SubnetId)
	}
	return net, nil
}

// launch is the call for n instances in the i-th subnet.
func (net *network) launch(i, n int) call {
	return cvm("RunInstances", `{"Placement":{"Zone":%q},"ImageId":"img-eb30mz89","InstanceType":"S5.MEDIUM4","InstanceCount":%d,"InstanceName":"bench",`+
		`"VirtualPrivateCloud":{"VpcId":%q,"SubnetId":%q}}`, zone, n, net.vpc, net.subnets[i])
}

// fill makes n instances.
func fill(address string, n int) error {
	net, err := found(address, n)
	if err != nil {
		return err
	}
	c, err := dial(address)
	if err != nil {
		return err
	}
	defer c.Close()
	for done := 0; done < n; {
		i := done / subnetSize
		some := min(perCall, n-done, (i+1)*subnetSize-done)
		answer, err := c.exchange(net.launch(i, some).bytes())
		if err != nil {
			return err
		}
		if got := strings.Count(string(answer), `"ins-`); got != some {
			return fmt.Errorf("launch %d instances: got %d", some, got)
		}
		done += some
	}
	return nil
}
