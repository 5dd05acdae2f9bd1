package admin

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// stranger says why the control plane must not answer a request; "" lets it in.
//
// A web page can make its visitor's browser send requests to this machine. It gives itself away by its Origin, by
// Sec-Fetch-Site, or, when it had its own name resolve to this machine, by a Host that is not ours.
func (c *Control) stranger(r *http.Request) string {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	default:
		return "a page of another site must not use the control plane"
	}
	if origin := r.Header.Get("Origin"); origin != "" && !sameOrigin(origin, r.Host) {
		return "a page of " + origin + " must not use the control plane"
	}
	if c.Any {
		return ""
	}
	if !onThisMachine(r) {
		return "the control plane answers this machine alone; start with --admin any to open it to others"
	}
	if !ownHost(r.Host) {
		return "the control plane is asked for as 127.0.0.1 or localhost, not as " + r.Host
	}
	return ""
}

func sameOrigin(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, host)
}

// onThisMachine is false for a client behind a proxy on this machine as well: the proxy may speak for anyone.
func onThisMachine(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	address, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && address.Addr().Unmap().IsLoopback()
}

// ownHost is true of the names of the loopback interface.
func ownHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
