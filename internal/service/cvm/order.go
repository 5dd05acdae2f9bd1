package cvm

import (
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// order is a RunInstances request with every default filled in and every rule checked: what is to be launched, and
// what an inquiry puts a price on.
type order struct {
	in    *sdk.RunInstancesRequestParams
	draft bool // nothing is made: the defaults that would have to be are left open
	count int

	zone       *region.Zone
	kind       *offer.Type
	image      *image
	system     cbs.Spec
	data       []cbs.Spec
	charge     string
	period     int // months, of prepaid ones
	renew      string
	bid        string // the most that is paid for an hour of a spot instance; "" for what it costs
	place      vpc.Placement
	privateIP  []string // given addresses, one for each instance; none: the next free ones
	ipv6       int      // how many addresses
	gateway    bool     // other instances of the network may reach the world through them
	groups     []string // security groups
	internet   vpc.Internet
	assign     bool // a public address
	keys       []string
	placements []string     // placement groups
	partition  func() int64 // of the placement group, the next instance's; nil without a group
	hosts      []string     // dedicated ones, one for each instance; none: the cloud's
	doom       time.Time    // when a timer terminates them; zero for never
	tags       map[string]string
}

// rule checks one part of the order and fills in what it settles.
type rule func(*api.Call, *order) error

// rules in the order in which a request is refused: what it says by itself, then what is sold, then what there is.
func rules() []rule {
	return []rule{
		checkZone, checkCount, checkCharge, checkKind, checkHosts, checkBid, checkTopology, checkImage, checkDisks, checkLogin, checkNames, checkRole, checkUserData,
		checkUnoffered, checkPool, checkCluster, checkPlacements, checkTimer, checkPlace, checkInternet, checkGroups, checkTags, checkStock, checkOnce, checkQuota,
	}
}

// inquiryRules are those of the rules that bear on the price.
func inquiryRules() []rule {
	return []rule{
		checkZone, checkCount, checkCharge, checkKind, checkHosts, checkBid, checkTopology, checkImage, checkDisks, checkLogin, checkNames,
		checkUnoffered, checkPool, checkPlacements, checkTimer, checkPlace, checkInternet, checkGroups, checkTags, checkStock, checkOnce, checkCluster, checkAutomation,
	}
}

// settle makes an order of a request and the launch template that it names.
func settle(c *api.Call, in *sdk.RunInstancesRequestParams) (*order, error) {
	in, err := fromTemplate(c, in)
	if err != nil {
		return nil, err
	}
	return (&order{in: in}).settle(c, rules())
}

// inquire is settle for what is only asked about.
func inquire(c *api.Call, in *sdk.RunInstancesRequestParams) (*order, error) {
	in, err := fromTemplate(c, in)
	if err != nil {
		return nil, fit(c, err)
	}
	return (&order{in: in, draft: true}).settle(c, inquiryRules())
}

// draft is settle for what is to be launched later, if at all: no network is made for it.
func draft(c *api.Call, in *sdk.RunInstancesRequestParams) (*order, error) {
	return (&order{in: in, draft: true}).settle(c, rules())
}

func (o *order) settle(c *api.Call, rules []rule) (*order, error) {
	for _, check := range rules {
		if err := check(c, o); err != nil {
			return nil, fit(c, err)
		}
	}
	return o, nil
}
