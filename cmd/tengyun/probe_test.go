package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
)

// probe is somebody's program that knows nothing of Tengyun: the official SDK as it comes, https and the cloud's own
// host names, credentials from the environment.
func probe() {
	key, err := common.DefaultEnvProvider().GetCredential()
	if err == nil {
		var client *sdk.Client
		if client, err = sdk.NewClient(key, os.Getenv("TENCENTCLOUD_REGION"), profile.NewClientProfile()); err == nil {
			var zones *sdk.DescribeZonesResponse
			if zones, err = client.DescribeZones(sdk.NewDescribeZonesRequest()); err == nil {
				fmt.Println(*zones.Response.ZoneSet[0].Zone)
				return
			}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
