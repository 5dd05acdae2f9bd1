package front

import (
	"bytes"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
)

var home = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8030}

// leafFor is the certificate that a client sees.
func leafFor(tb testing.TB, a *Authority, name string, local net.Addr) *x509.Certificate {
	tb.Helper()
	pair, err := a.certificate(name, local)
	if err != nil {
		tb.Fatal(err)
	}
	cert, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		tb.Fatal(err)
	}
	return cert
}

func TestAuthorityIsKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	a, err := OpenAuthority(dir, clock.Real{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := OpenAuthority(dir, clock.Real{})
	if err != nil {
		t.Fatal(err)
	}
	onDisk, _ := os.ReadFile(filepath.Join(dir, CertFile))
	if !bytes.Equal(a.PEM(), b.PEM()) || !bytes.Equal(a.PEM(), onDisk) || len(onDisk) == 0 {
		t.Error("got another authority the second time, want the same")
	}
	if info, err := os.Stat(filepath.Join(dir, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got key %v (%v), want mode 0600", info, err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 2 {
		t.Errorf("got files %v, want two", files)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(a.PEM())
	if _, err := leafFor(t, b, "cvm.tencentcloudapi.com", home).Verify(x509.VerifyOptions{Roots: pool, DNSName: "cvm.tencentcloudapi.com"}); err != nil {
		t.Errorf("verify a leaf of the second by the first: %v", err)
	}
}

func TestAuthorityOpenedByManyIsOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wg sync.WaitGroup
	made := make([]*Authority, 8)
	for i := range made {
		wg.Go(func() {
			a, err := OpenAuthority(dir, clock.Real{})
			if err != nil {
				t.Error(err)
				return
			}
			made[i] = a
		})
	}
	wg.Wait()
	for _, a := range made {
		if a == nil || !bytes.Equal(a.PEM(), made[0].PEM()) {
			t.Fatal("got several authorities in one directory, want one")
		}
	}
}

func TestDamagedAuthorityIsRefused(t *testing.T) {
	t.Parallel()
	other := t.TempDir()
	if _, err := OpenAuthority(other, clock.Real{}); err != nil {
		t.Fatal(err)
	}
	foreignKey, _ := os.ReadFile(filepath.Join(other, keyFile))
	for name, row := range map[string]struct {
		spoil func(cert, key string) error
		later time.Duration
		want  string
	}{
		"certificate is no PEM": {func(cert, _ string) error { return os.WriteFile(cert, []byte("x"), 0o600) }, 0, "no PEM"},
		"certificate is empty":  {func(cert, _ string) error { return os.WriteFile(cert, nil, 0o600) }, 0, "no PEM"},
		"key is no PEM":         {func(_, key string) error { return os.WriteFile(key, []byte("x"), 0o600) }, 0, "no PEM"},
		"key of another":        {func(_, key string) error { return os.WriteFile(key, foreignKey, 0o600) }, 0, "not the certificate of the key"},
		"key is lost":           {func(_, key string) error { return os.Remove(key) }, 0, "has lost its key"},
		"expired":               {func(_, _ string) error { return nil }, 11 * 365 * 24 * time.Hour, "expired on"},
		"from the future":       {func(_, _ string) error { return nil }, -48 * time.Hour, "not valid before"},
	} {
		dir := t.TempDir()
		now := clock.NewManual(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		if _, err := OpenAuthority(dir, now); err != nil {
			t.Fatal(err)
		}
		if err := row.spoil(filepath.Join(dir, CertFile), filepath.Join(dir, keyFile)); err != nil {
			t.Fatal(err)
		}
		now.Advance(row.later)
		_, err := OpenAuthority(dir, now)
		if err == nil || !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "delete") {
			t.Errorf("%s: got %v, want an error that says %q and what to delete", name, err, row.want)
		}
	}
}

// Without its certificate a key has no one's trust yet, so it gets a new one: a crash between the two files heals.
func TestKeyAloneIsCompleted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := OpenAuthority(dir, clock.Real{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, CertFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenAuthority(dir, clock.Real{}); err != nil {
		t.Error(err)
	}
}

func TestLeaves(t *testing.T) {
	t.Parallel()
	now := clock.NewManual(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	a, err := OpenAuthority("", now)
	if err != nil {
		t.Fatal(err)
	}
	away := &net.TCPAddr{IP: net.IPv4(172, 17, 0, 2), Port: 8030}
	for _, row := range []struct {
		name   string
		local  net.Addr
		covers []string
	}{
		{"cvm.tencentcloudapi.com", home, []string{"cvm.tencentcloudapi.com", "vpc.tencentcloudapi.com", "tencentcloudapi.com", "localhost"}},
		{"CVM.ap-guangzhou.TencentCloudAPI.com.", home, []string{"vpc.ap-guangzhou.tencentcloudapi.com"}},
		{"cvm.internal.tencentcloudapi.com", home, []string{"cbs.internal.tencentcloudapi.com"}},
		{"tengyun", home, []string{"tengyun", "localhost", "127.0.0.1", "::1"}},
		{"", home, []string{"localhost", "127.0.0.1", "::1"}},
		{"", away, []string{"localhost", "127.0.0.1", "172.17.0.2"}},
		{"10.1.2.3", home, []string{"10.1.2.3", "127.0.0.1"}},
		{"no host\x00name", home, []string{"localhost"}},
		{strings.Repeat("a.", 100) + "org", home, []string{strings.Repeat("a.", 100) + "org"}},
	} {
		cert := leafFor(t, a, row.name, row.local)
		for _, name := range row.covers {
			if err := cert.VerifyHostname(name); err != nil {
				t.Errorf("%q: %v", row.name, err)
			}
		}
		if life := cert.NotAfter.Sub(cert.NotBefore); life > 365*24*time.Hour {
			t.Errorf("%q: got a life of %v, want at most a year", row.name, life)
		}
	}
	first := leafFor(t, a, "cvm.tencentcloudapi.com", home)
	if !first.Equal(leafFor(t, a, "vpc.tencentcloudapi.com", home)) {
		t.Error("got a certificate for each product, want one for all")
	}
	now.Advance(leafLife - 24*time.Hour)
	if later := leafFor(t, a, "cvm.tencentcloudapi.com", home); later.Equal(first) || !later.NotAfter.After(first.NotAfter) {
		t.Error("got the old certificate near its end, want a new one")
	}
	for range maxLeaves + 10 {
		leafFor(t, a, "n"+serial().String(), home)
	}
	if len(a.leaves) > maxLeaves {
		t.Errorf("got %d certificates kept, want at most %d", len(a.leaves), maxLeaves)
	}
}
