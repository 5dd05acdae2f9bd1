module github.com/tengyun/tengyun/tools/catalog

go 1.26.0

require (
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/as v1.3.128
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cam v1.3.130
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs v1.3.115
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/clb v1.3.156
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm v1.3.183
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/dnspod v1.3.131
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/kms v1.3.152
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/lighthouse v1.3.153
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/monitor v1.3.158
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/privatedns v1.1.42
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/region v1.3.40
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/ssm v1.3.141
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sts v1.1.11
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag v1.3.110
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tat v1.3.107
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc v1.3.152
)

require github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common v1.3.210 // indirect

replace github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common => github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common v1.3.210
