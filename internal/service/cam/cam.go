// Package cam is Cloud Access Management, as far as it says who the caller is. Policies are not evaluated.
package cam

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cam/v20190116"

	"github.com/tengyun/tengyun/internal/api"
)

// Service is what the gateway serves for cam.tencentcloudapi.com.
var Service = api.Service{
	Name: "cam", Version: "2019-01-16", Global: true,
	Actions: []api.Action{api.Read(getUserAppID)},
}

// getUserAppID says whose key the request was signed with. Source: document/api/598/53482.
func getUserAppID(c *api.Call, _ *sdk.GetUserAppIdRequestParams) (*sdk.GetUserAppIdResponseParams, error) {
	return &sdk.GetUserAppIdResponseParams{Uin: &c.Caller.Uin, OwnerUin: &c.Caller.OwnerUin, AppId: &c.Caller.AppID}, nil
}
