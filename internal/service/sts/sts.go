// Package sts is the Security Token Service, as far as it says who the caller is. It gives no temporary keys yet.
package sts

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sts/v20180813"

	"github.com/tengyun/tengyun/internal/api"
)

// Service is what the gateway serves for sts.tencentcloudapi.com.
var Service = api.Service{
	Name: "sts", Version: "2018-08-13", Global: true,
	Actions: []api.Action{api.Read(getCallerIdentity)},
}

// getCallerIdentity says whose key the request was signed with, as policies name him. Source: document/api/1312/55801.
func getCallerIdentity(c *api.Call, _ *sdk.GetCallerIdentityRequestParams) (*sdk.GetCallerIdentityResponseParams, error) {
	who := c.Caller
	return &sdk.GetCallerIdentityResponseParams{
		Arn: new("qcs::cam:" + who.OwnerUin + ":uin/" + who.Uin), AccountId: &who.OwnerUin, UserId: &who.Uin, PrincipalId: &who.Uin,
		Type: new("CAMUser"),
	}, nil
}
