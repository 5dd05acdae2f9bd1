package region_test

import (
	"testing"

	"github.com/tengyun/tengyun/internal/region"
)

func TestFinanceRegionsAreReachedByTheirOwnHosts(t *testing.T) {
	t.Parallel()
	for host, want := range map[string][2]bool{ // an ordinary region, a finance region
		"cvm.tencentcloudapi.com":                 {true, false},
		"cvm.ap-beijing.tencentcloudapi.com":      {true, false},
		"cvm.ap-shanghai-fsi.tencentcloudapi.com": {false, true},
		"cvm.ap-beijing-fsi.tencentcloudapi.com":  {false, true},
		"127.0.0.1:8030":                          {true, true},
	} {
		for i, name := range []string{"ap-guangzhou", "ap-shanghai-fsi"} {
			r, _ := region.Find(name)
			if got := region.ParseEndpoint(host).Reaches(r); got != want[i] {
				t.Errorf("%s from %s: got %v, want %v", name, host, got, want[i])
			}
		}
	}
}

func TestParseEndpoint(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]struct {
		label  string
		cloud  bool
		region string
	}{
		"cvm.tencentcloudapi.com":                       {"cvm", true, ""},
		"CVM.TencentCloudAPI.com:443":                   {"cvm", true, ""},
		"http://cvm.tencentcloudapi.com:8030":           {"cvm", true, ""},
		"nope.tencentcloudapi.com.cn":                   {"nope", true, ""},
		"cvm.ap-guangzhou.tencentcloudapi.com":          {"cvm", true, "ap-guangzhou"},
		"cvm.ap-guangzhou.internal.tencentcloudapi.com": {"cvm", true, "ap-guangzhou"},
		"cvm.ap-shanghai-fsi.tencentcloudapi.com":       {"cvm", true, "ap-shanghai-fsi"},
		"cvm.internal.tencentcloudapi.com":              {"cvm", true, ""},
		"cvm.x0.tencentcloudapi.com":                    {"cvm", true, ""},
		"cvm.a.b.c.tencentcloudapi.com":                 {"cvm", true, ""},
		"tencentcloudapi.com":                           {"tencentcloudapi", false, ""},
		"cvm.eviltencentcloudapi.com":                   {"cvm", false, ""},
		"cvm.tencentcloudapi.com.example.org":           {"cvm", false, ""},
		"cvm.ap-guangzhou.local:8030":                   {"cvm", false, ""},
		"localhost:8030":                                {"localhost", false, ""},
		"127.0.0.1:8030":                                {"127", false, ""},
		"[::1]:8030":                                    {"[", false, ""},
		"":                                              {"", false, ""},
	} {
		got := region.ParseEndpoint(host)
		if entrance, ok := region.Find(want.region); got.Label != want.label || got.Cloud != want.cloud || ok && got.Region != entrance || !ok && got.Region != nil {
			t.Errorf("%s: got %+v, want %+v", host, got, want)
		}
	}
}
