package main

import (
	"io"
	"text/template"

	"github.com/tengyun/tengyun"
	"github.com/tengyun/tengyun/internal/config"
)

const bannerText = `Tengyun {{.Version}}: Tencent Cloud on your own machine

  endpoint   http://{{.Address}}
  region     {{.Region}}
  SecretId   {{.SecretID}}
  SecretKey  {{.SecretKey}}
  state      {{if .Data}}kept in {{.Data}}{{else}}in memory: it is gone when this process ends{{end}}

Any program, as it is
  tengyun exec{{.At}} -- CMD            or: eval "$(tengyun env{{.At}})"
Go SDK
  p := profile.NewClientProfile()
  p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", "{{.Address}}"
Node SDK
  profile: { httpProfile: { protocol: "http://", endpoint: "{{.Address}}" } }
Python SDK
  profile.httpProfile.protocol, profile.httpProfile.endpoint = "http", "{{.Address}}"
tccli
  tengyun exec{{.At}} -- tccli cvm DescribeZones --endpoint http://{{.Address}}
Terraform
  tengyun exec{{.At}} -- terraform apply
  or: export TENCENTCLOUD_PROTOCOL=HTTP HTTP_PROXY=http://{{.Address}} TENCENTCLOUD_REGION={{.Region}} \
      TENCENTCLOUD_SECRET_ID={{.SecretID}} TENCENTCLOUD_SECRET_KEY={{.SecretKey}}
No SDK at hand
  tengyun call{{.At}} cvm DescribeZones
`

// writeBanner prints what a user needs, with the lines to paste for each kind of client.
func writeBanner(w io.Writer, c *tengyun.Cloud, data string) error {
	at := ""
	if c.Address != config.DefaultListen {
		at = " --address " + c.Address
	}
	t := template.Must(template.New("banner").Parse(bannerText))
	return t.Execute(w, struct {
		*tengyun.Cloud
		Version, Data, At string
	}{c, versionText(), data, at})
}
