// Package region is the Region Management System: in which regions and zones a product is.
package region

import "github.com/tengyun/tengyun/internal/api"

// Service is what the gateway serves for region.tencentcloudapi.com.
var Service = api.Service{
	Name: "region", Version: "2022-06-27", Global: true,
	Actions: []api.Action{api.Read(describeProducts), api.Read(DescribeRegions), api.Read(DescribeZones)},
}
