//go:build deps

package tengyun

import (
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/prometheus/client_golang/prometheus"
	_ "github.com/prometheus/client_golang/prometheus/collectors"
	_ "github.com/prometheus/client_golang/prometheus/promhttp"
	_ "github.com/prometheus/client_golang/prometheus/testutil"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cbs/v20170312"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"
	_ "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	_ "github.com/tidwall/btree"
	_ "go.etcd.io/bbolt"
	_ "golang.org/x/crypto/ssh"
	_ "gopkg.in/natefinch/lumberjack.v2"
)
