package main

import (
	"net/url"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/config"
)

// variable is one of the environment that redirects clients here.
type variable struct{ name, value string }

// environment is what sends every kind of client to the emulator. Bundle is a file of certificates, or "".
//
// Each client reads something else: the Go SDK and Terraform HTTP(S)_PROXY in capitals, the Node SDK http_proxy in
// small letters alone and for https, too; Python's requests REQUESTS_CA_BUNDLE, Go SSL_CERT_FILE, curl CURL_CA_BUNDLE,
// Node NODE_EXTRA_CA_CERTS. The Python SDK hands requests a file of its own, so that no variable reaches it.
func environment(p *program, info admin.Info, bundle string) []variable {
	list := []variable{
		{config.AddressEnv, strings.TrimPrefix(info.Endpoint, "http://")},
		{"TENCENTCLOUD_SECRET_ID", info.SecretID},
		{"TENCENTCLOUD_SECRET_KEY", info.SecretKey},
		{"TENCENTCLOUD_SECURITY_TOKEN", ""},
		{"TENCENTCLOUD_REGION", info.Region},
		{"TENCENTCLOUD_PROTOCOL", "HTTP"}, // Terraform: plain HTTP needs no certificate
	}
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"} {
		list = append(list, variable{name, info.Proxy})
	}
	direct := notProxied(p)
	list = append(list, variable{"NO_PROXY", direct}, variable{"no_proxy", direct})
	if bundle != "" {
		list = append(list, variable{"SSL_CERT_FILE", bundle}, variable{"REQUESTS_CA_BUNDLE", bundle},
			variable{"CURL_CA_BUNDLE", bundle}, variable{"NODE_EXTRA_CA_CERTS", info.CAFile})
	}
	return list
}

// notProxied is the hosts that clients are to reach without the emulator, which lets through to nowhere: those that
// were named before, except where they would take in the cloud itself, and the ones that Terraform loads its providers from.
func notProxied(p *program) string {
	hosts := []string{"localhost", "127.0.0.1", "::1", "registry.terraform.io", "releases.hashicorp.com",
		"checkpoint-api.hashicorp.com", "github.com", ".githubusercontent.com"}
	for host := range strings.SplitSeq(firstOf(p.env("NO_PROXY"), p.env("no_proxy")), ",") {
		host = strings.TrimSpace(host)
		if host != "" && host != "*" && !strings.HasSuffix("cvm.tencentcloudapi.com", host) && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return strings.Join(hosts, ",")
}

// merged is environ with the variables in place of its own.
func merged(environ []string, list []variable) []string {
	out := slices.DeleteFunc(slices.Clone(environ), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.ContainsFunc(list, func(v variable) bool { return v.name == name })
	})
	for _, v := range list {
		if v.value != "" {
			out = append(out, v.name+"="+v.value)
		}
	}
	return out
}

// reachable makes an address that the emulator told us one that we can reach: what is 127.0.0.1 over there is, from
// another machine, the name by which we asked.
func (s *server) reachable(info admin.Info) admin.Info {
	if u, err := url.Parse(info.Endpoint); err == nil && u.Host != s.address {
		info.Endpoint, info.Proxy = "http://"+s.address, "http://"+s.address
	}
	return info
}
