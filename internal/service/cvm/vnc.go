package cvm

import (
	"net/url"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
)

// describeInstanceVncUrl is the address of an instance's screen, escaped as the cloud does it.
// Simulated: nobody listens there, for there is no screen.
func describeInstanceVncUrl(c *api.Call, in *sdk.DescribeInstanceVncUrlRequestParams) (*sdk.DescribeInstanceVncUrlResponseParams, error) {
	found, err := admit(c, []*string{in.InstanceId}, bounds{})
	if err != nil {
		return nil, err
	}
	at := "wss://" + c.Asked + ".vnc.invalid:26789/vnc?s=" + found[0].Uuid.String() + "&password=&isWindows=" + strconv.FormatBool(found[0].Windows)
	return &sdk.DescribeInstanceVncUrlResponseParams{InstanceVncUrl: new(url.QueryEscape(at))}, nil
}
