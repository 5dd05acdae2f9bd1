package front

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/region"
)

const (
	leafLife  = 200 * 24 * time.Hour
	maxLeaves = 1024
)

// leaf is a certificate made for one name.
type leaf struct {
	cert  *tls.Certificate
	until time.Time // when to make another
}

// certificate certifies a name, or without one the address that the client came to. Local names are in each, since a
// client that came by another way, such as a forwarded port, knows only those.
func (a *Authority) certificate(name string, local net.Addr) (*tls.Certificate, error) {
	names, ips := alternatives(name), []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	if tcp, ok := local.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		ips = append(ips, tcp.IP)
	}
	if ip := net.ParseIP(name); ip != nil {
		ips = append(ips, ip)
	}
	key := names[0] + " " + ips[len(ips)-1].String()

	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock.Now()
	if kept, ok := a.leaves[key]; ok && now.Before(kept.until) {
		return kept.cert, nil
	}
	cert, err := a.certify(names, ips, now)
	if err != nil {
		return nil, fmt.Errorf("certify %s: %w", names[0], err)
	}
	if len(a.leaves) >= maxLeaves {
		clear(a.leaves)
	}
	a.leaves[key] = &leaf{cert, now.Add(leafLife / 2)}
	return cert, nil
}

// alternatives are the names to certify for one asked for. For a host of the cloud they are its whole domain, so that
// few certificates do for all products.
func alternatives(name string) []string {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if !hostName(name) {
		return []string{"localhost"}
	}
	if region.ParseEndpoint(name).Cloud {
		_, parent, _ := strings.Cut(name, ".")
		return []string{"*." + parent, parent, "localhost"}
	}
	return []string{name, "localhost"}
}

// hostName says whether a name can stand in a certificate as a DNS name.
func hostName(name string) bool {
	if name == "" || len(name) > 253 || net.ParseIP(name) != nil {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

func (a *Authority) certify(names []string, ips []net.IP, now time.Time) (*tls.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: shortened(names[0]), Organization: []string{"Tengyun"}},
		NotBefore: now.Add(-backdate), NotAfter: now.Add(leafLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
		DNSNames: names, IPAddresses: ips,
	}
	if template.NotAfter.After(a.cert.NotAfter) {
		template.NotAfter = a.cert.NotAfter
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, a.own.Public(), a.key)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.own}, nil
}

// shortened fits a name into CommonName, which holds 64 characters. Clients go by the alternative names.
func shortened(name string) string { return name[:min(len(name), 64)] }
