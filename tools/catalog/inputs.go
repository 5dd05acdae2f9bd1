//go:build inputs

package main

// The modules whose sources are read: the imports keep them in go.mod, and nothing is built from them.
import (
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/as/v20180419"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cam/v20190116"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/clb/v20180317"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/dnspod/v20210323"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/kms/v20190118"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/lighthouse/v20200324"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/monitor/v20180724"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/privatedns/v20201028"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/region/v20220627"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/ssm/v20190923"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sts/v20180813"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tat/v20201028"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
)
