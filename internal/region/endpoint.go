package region

import "strings"

// Endpoint is what the host of a request says. At a host of the cloud, <product>[.<region>][.internal|.intl].<domain>,
// that is for which product it is, and where it enters; at any other, an address or a name of the user's own, nothing
// that must hold.
type Endpoint struct {
	Label  string  // the first label in lower case; at a host of the cloud, the product
	Cloud  bool    // the host is the cloud's
	Region *Region // where requests enter; nil for the nearest access and at any other host
}

// Ingress names where requests enter. The nearest access is one, "", which any other host stands for.
func (e Endpoint) Ingress() string {
	if e.Region == nil {
		return ""
	}
	return e.Region.Name
}

// Reaches says whether requests that act on a region may enter here. Finance regions are reached by the hosts of finance
// regions, and no others are. Source: document/api/213/15690. An address, or a name of the user's own, leads everywhere.
func (e Endpoint) Reaches(r *Region) bool {
	return !e.Cloud || r.finance() == (e.Region != nil && e.Region.finance())
}

// domains are where the cloud answers.
var domains = [...]string{".tencentcloudapi.com", ".tencentcloudapi.com.cn"}

// ParseEndpoint reads a Host header, with or without a port; tccli sends it with a scheme besides.
func ParseEndpoint(host string) Endpoint {
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	host, _, _ = strings.Cut(strings.ToLower(host), ":")
	for _, domain := range domains {
		if labels, ok := strings.CutSuffix(host, domain); ok {
			label, rest, _ := strings.Cut(labels, ".")
			name, _, _ := strings.Cut(rest, ".")
			entrance, _ := Find(name) // "internal" is none, and what the cloud does not know is as good as none
			return Endpoint{Label: label, Cloud: true, Region: entrance}
		}
	}
	label, _, _ := strings.Cut(host, ".")
	return Endpoint{Label: label}
}
