package cvm

import (
	"strconv"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
)

// finds is how instances are found, newest first. Source: document/api/213/15728.
var finds = api.Query[Instance]{
	Table:  instances,
	Newest: true,
	Tags:   func(c *api.Call, id string, _ *Instance) map[string]string { return tag.Of(c.Tx, tagged(id)) },
	Rules: api.Rules{
		MaxIDs: maxBatch, MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100,
		TooManyIDs: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED,
		UnknownFilter: sdk.INVALIDFILTER, Both: sdk.INVALIDPARAMETER,
		BadOffset: sdk.INVALIDPARAMETERVALUE, BadLimit: sdk.INVALIDPARAMETERVALUE,
	},
	Fields: map[string]api.Field[Instance]{
		"zone":                 {Index: "zone", Of: own(func(i *Instance) string { return i.Zone })},
		"instance-state":       {Index: "state", Of: own(func(i *Instance) string { return i.State })},
		"vpc-id":               {Index: "vpc", Of: own(func(i *Instance) string { return i.VpcID })},
		"subnet-id":            {Index: "subnet", Of: own(func(i *Instance) string { return i.SubnetID })},
		"instance-id":          {Of: func(_ *api.Call, id string, _ *Instance) []string { return []string{id} }},
		"instance-name":        {Fuzzy: true, Of: own(func(i *Instance) string { return i.Name })},
		"project-id":           {Of: own(func(i *Instance) string { return strconv.FormatInt(i.ProjectID, 10) })},
		"host-id":              {Index: "host", Of: own(func(i *Instance) string { return i.traits().HostID })},
		"uuid":                 {Of: own(func(i *Instance) string { return i.Uuid.String() })},
		"instance-charge-type": {Of: own(func(i *Instance) string { return i.Charge })},
		"dedicated-cluster-id": {Of: func(*api.Call, string, *Instance) []string { return nil }}, // none has one
		"security-group-id":    {Of: func(c *api.Call, id string, _ *Instance) []string { return network(c, id).SecurityGroups }},
		"private-ip-address":   {Of: func(c *api.Call, id string, _ *Instance) []string { return network(c, id).Private }},
		"public-ip-address":    {Of: func(c *api.Call, id string, _ *Instance) []string { return network(c, id).Public }},
		"ipv6-address":         {Of: func(c *api.Call, id string, _ *Instance) []string { return network(c, id).IPv6 }},
		"creation-start-time":  {Match: func(_ string, i *Instance, want string) bool { return iso(i.Created) >= want }},
		"creation-end-time":    {Match: func(_ string, i *Instance, want string) bool { return iso(i.Created) <= want }},
	},
}

// own is a filter's view of one of the row's own facts.
func own(f func(*Instance) string) func(*api.Call, string, *Instance) []string {
	return func(_ *api.Call, _ string, i *Instance) []string { return []string{f(i)} }
}

// filters are the conditions of a request.
func filters(in []*sdk.Filter) (all []api.Filter) {
	for _, f := range in {
		next := api.Filter{Name: or(f.Name, "")}
		for _, v := range f.Values {
			next.Values = append(next.Values, or(v, ""))
		}
		all = append(all, next)
	}
	return all
}

// params are the conditions of parameters that are there, by their names.
func params(in map[string]*string) (all []api.Filter) {
	for name, value := range in {
		if value != nil {
			all = append(all, api.Filter{Name: name, Values: []string{*value}})
		}
	}
	return all
}

// describeInstances lists the caller's instances in the region, newest first, with their network, disks and tags.
// Ids that are not there are left out; ids and filters exclude each other.
func describeInstances(c *api.Call, in *sdk.DescribeInstancesRequestParams) (*describeInstancesResponseParams, error) {
	if err := checkInstanceIDs(c, in.InstanceIds); err != nil {
		return nil, err
	}
	all := filters(in.Filters)
	if err := checkFilters(c, all); err != nil {
		return nil, err
	}
	page, total, err := finds.Run(c, api.Ask{IDs: in.InstanceIds, Filters: all, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &describeInstancesResponseParams{TotalCount: int64(total), InstanceSet: make([]api.Folded, len(page))}
	of, like := sourcesOf(c), api.Folded{}
	for i, hit := range page {
		like = show(c, hit, of, like)
		out.InstanceSet[i] = like
	}
	return out, nil
}

// describeInstancesStatus lists the states of instances, newest first. Source: document/api/213/15738.
func describeInstancesStatus(c *api.Call, in *sdk.DescribeInstancesStatusRequestParams) (*describeInstancesStatusResponseParams, error) {
	if err := checkInstanceIDs(c, in.InstanceIds); err != nil {
		return nil, err
	}
	page, total, err := status.Run(c, api.Ask{IDs: in.InstanceIds, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &describeInstancesStatusResponseParams{TotalCount: int64(total), InstanceStatusSet: page}, nil
}

// iso is how CVM writes an instant.
func iso(unix int64) string { return time.Unix(unix, 0).UTC().Format("2006-01-02T15:04:05Z") }
