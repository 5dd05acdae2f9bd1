// Package e2e lets real clients in by the real door: official SDKs, an independent one, and raw sockets.
package e2e

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
	"github.com/tengyun/tengyun/internal/quota"
)

const (
	secretID  = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"
	secretKey = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
	region    = "ap-guangzhou"
	version   = "2017-03-12" // of cvm
)

// running is an emulator that listens.
type running struct {
	*emulator.Emulator
	address string        // HOST:PORT
	clock   *clock.Manual // stands at the instant of the start, so that clients' signatures are in time
	door    *front.Door
}

// wish changes how an emulator is started.
type wish func(*emulator.Options, *front.Door)

// start runs an emulator without request limits until the end of the test.
func start(tb testing.TB, wishes ...wish) *running {
	tb.Helper()
	authority, err := front.OpenAuthority("", clock.Real{})
	if err != nil {
		tb.Fatal(err)
	}
	r := &running{clock: clock.NewManual(clock.Real{}.Now()), door: &front.Door{Authority: authority}}
	o := emulator.Options{
		Keys:  []account.Key{{SecretID: secretID, SecretKey: secretKey, Caller: account.Caller{OwnerUin: "100000000001", Uin: "100000000001", AppID: 1250000001}}},
		Clock: r.clock, Speed: 1, Rates: quota.Rules{Off: true}, Detector: true,
	}
	for _, w := range wishes {
		w(&o, r.door)
	}
	if r.Emulator, err = emulator.Start(o); err != nil {
		tb.Fatal(err)
	}
	if err := r.door.Listen("127.0.0.1:0"); err != nil {
		tb.Fatal(err)
	}
	r.address = r.door.Addr().String()
	served := make(chan error, 1)
	go func() { served <- r.door.Serve(r.Handler()) }()
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := r.door.Shutdown(ctx); err != nil {
			tb.Errorf("shut down: %v", err)
		}
		if err := <-served; err != nil {
			tb.Errorf("serve: %v", err)
		}
		if err := r.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return r
}

// dial leads every address to the emulator, as a name server would.
func (r *running) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, network, r.address)
}

// trust is the TLS configuration of a client that knows the emulator's authority.
func (r *running) trust(tb testing.TB) *tls.Config {
	tb.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(r.door.Authority.PEM()) {
		tb.Fatal("the authority's PEM is not one")
	}
	return &tls.Config{RootCAs: pool}
}

// caFile is a file of the emulator's authority.
func (r *running) caFile(tb testing.TB) string {
	tb.Helper()
	name := filepath.Join(tb.TempDir(), front.CertFile)
	if err := os.WriteFile(name, r.door.Authority.PEM(), 0o600); err != nil {
		tb.Fatal(err)
	}
	return name
}

func credential() *common.Credential { return common.NewCredential(secretID, secretKey) }
