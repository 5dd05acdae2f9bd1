// Package api is the product api, which Region Management was before it had a name of its own. Terraform still asks it.
package api

import (
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/region/v20220627"

	house "github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/region"
)

// Service is what the gateway serves for api.tencentcloudapi.com.
var Service = house.Service{
	Name: "api", Version: "2020-11-06", Global: true,
	Actions: []house.Action{house.Read(describeProducts), house.Read(region.DescribeRegions), house.Read(region.DescribeZones)},
}

// DescribeProductsRequestParams is what the catalog has: no Go SDK that it is made of says of which kind these numbers are.
type DescribeProductsRequestParams struct {
	Limit  *float64 `name:"Limit"`
	Offset *float64 `name:"Offset"`
}

// describeProducts lists products by name.
func describeProducts(_ *house.Call, in *DescribeProductsRequestParams) (*sdk.DescribeProductsResponseParams, error) {
	return region.Products(text(in.Offset), text(in.Limit))
}

// text is a number as it was sent, or nil.
func text(n *float64) *string {
	if n == nil {
		return nil
	}
	return new(strconv.FormatFloat(*n, 'f', -1, 64))
}
