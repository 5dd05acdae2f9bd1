// Package tengyun is a local Tencent Cloud inside your own program or test, in three lines:
//
//	cloud, err := tengyun.Start(tengyun.Options{})
//	defer cloud.Close()
//	client, err := cvm.NewClient(common.NewCredential(cloud.SecretID, cloud.SecretKey), cloud.Region, cloud.Profile())
//
// Each cloud is a world of its own; any number of them run side by side in one process.
package tengyun

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/config"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/trace"
)

// Options is what you may decide about a cloud. The zero value is one in memory, on a free port of this machine, in
// which every lifecycle is over at once.
type Options struct {
	Listen string  // HOST:PORT; "" takes a free port of 127.0.0.1
	Data   string  // directory of what outlives the cloud; "" keeps all in memory
	Cache  string  // directory of the certificate authority; "" is Data, and without either there is no TLS
	Region string  // that clients are told to use; every region is there
	Speed  float64 // seconds of the cloud's time that pass in one of yours: 1 is real, 0 means that all is done at once
	Seed   uint64  // of ids: the same seed, kept data and calls give the same ids; 0 draws one

	// The key of the root account, its Uin and AppId; the zero values are the well-known ones.
	SecretID, SecretKey, Uin string
	AppID                    uint64

	NoRates bool           // requests are not limited
	Rates   map[string]int // requests a second by action, "cvm.RunInstances", where they are not to be the cloud's
	Quotas  map[string]int // by name, "cvm.key-pairs", where they are not to be an ordinary account's

	// Stock is what is left, "ZONE/ITEM=LEVEL": "ap-guangzhou-3/S5.MEDIUM4=WithoutStock". An item is a type of instance, host or
	// disk, EIP for public addresses that instances start with, MinCount for as many instances as that parameter wants at least;
	// * is any zone or item. Without a word there is plenty. RunInstances refuses what DescribeZoneInstanceConfigInfos calls
	// SOLD_OUT. With the level RunsOut an order goes through, and its instances are LAUNCH_FAILED a little later.
	Stock []string

	TraceRecords int    // requests remembered; 0 for the default
	TraceFile    string // every request is written there, too, as a line of JSON
	AdminAny     bool   // the control plane at /_tengyun/ answers other machines, too
	Version      string // that the control plane tells
	Log          *slog.Logger

	// Start, if not zero, is where the cloud's clock stands until Advance moves it. Signatures are dated by the client:
	// choose an instant that your client's clock agrees with.
	Start time.Time
}

// Cloud is a running cloud.
type Cloud struct {
	Address             string // HOST:PORT at which clients on this machine reach it
	SecretID, SecretKey string // a key of the root account
	Region              string
	CAFile              string // the certificate that its TLS is signed by; "" without TLS

	emulator *emulator.Emulator
	door     *front.Door
	served   chan error
}

// Start opens a cloud. It answers when Start returns.
func Start(o Options) (*Cloud, error) {
	o.complete()
	c := &Cloud{SecretID: o.SecretID, SecretKey: o.SecretKey, Region: o.Region, served: make(chan error, 1)}
	settings, err := o.settings()
	if err != nil {
		return nil, err
	}
	if !o.Start.IsZero() {
		settings.Clock = clock.NewManual(o.Start)
	}
	if c.emulator, err = emulator.Start(settings); err != nil {
		return nil, err
	}
	if err := c.open(o); err != nil {
		return nil, errors.Join(err, c.emulator.Close())
	}
	go func() { c.served <- c.door.Serve(c.emulator.Handler()) }()
	return c, nil
}

// open takes the port and says so to the control plane.
func (c *Cloud) open(o Options) error {
	c.door = &front.Door{Log: o.Log}
	if o.Cache != "" {
		authority, err := front.OpenAuthority(o.Cache, clock.Real{})
		if err != nil {
			return err
		}
		c.door.Authority, c.CAFile = authority, filepath.Join(o.Cache, front.CertFile)
	}
	if err := c.door.Listen(o.Listen); err != nil {
		return fmt.Errorf("listen on %s: %w", o.Listen, err)
	}
	c.Address = reachable(c.door.Addr())
	c.emulator.Announce(admin.Info{
		Version: o.Version, StartedAt: clock.Real{}.Now(), Endpoint: "http://" + c.Address, Proxy: "http://" + c.Address, Region: o.Region,
		SecretID: o.SecretID, SecretKey: o.SecretKey, Uin: o.Uin, AppID: o.AppID, CAFile: c.CAFile, Data: o.Data, Speed: o.Speed,
	})
	return nil
}

// reachable is how a client on this machine reaches a listener: one on all addresses is at 127.0.0.1, too.
func reachable(a net.Addr) string {
	host, port, _ := net.SplitHostPort(a.String()) // a TCP address always has one
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func (o *Options) complete() {
	fill := func(s *string, otherwise string) {
		if *s == "" {
			*s = otherwise
		}
	}
	fill(&o.Listen, "127.0.0.1:0")
	fill(&o.Cache, o.Data)
	fill(&o.Region, config.DefaultRegion)
	fill(&o.SecretID, config.DefaultSecretID)
	fill(&o.SecretKey, config.DefaultSecretKey)
	fill(&o.Uin, config.DefaultUin)
	if o.AppID == 0 {
		o.AppID = config.DefaultAppID
	}
}

// settings are the options as the emulator takes them.
func (o *Options) settings() (emulator.Options, error) {
	var stock []offer.Word
	for _, text := range o.Stock {
		word, err := offer.ParseWord(text)
		if err != nil {
			return emulator.Options{}, fmt.Errorf("stock: %w", err)
		}
		stock = append(stock, word)
	}
	quotas := make(map[quota.Limit]int, len(o.Quotas))
	for name, n := range o.Quotas {
		quotas[quota.Limit(name)] = n
	}
	root := account.Caller{OwnerUin: o.Uin, Uin: o.Uin, AppID: o.AppID}
	return emulator.Options{
		Keys: []account.Key{{SecretID: o.SecretID, SecretKey: o.SecretKey, Caller: root}}, Data: o.Data, Speed: o.Speed, Seed: o.Seed,
		Rates: quota.Rules{Off: o.NoRates, Actions: o.Rates}, Quotas: quotas, Stock: stock,
		Trace: trace.Options{Records: o.TraceRecords, File: o.TraceFile}, AdminAny: o.AdminAny, Log: o.Log,
	}, nil
}

// Profile is a profile of the official Go SDK that leads to the cloud.
func (c *Cloud) Profile() *profile.ClientProfile {
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint = "HTTP", c.Address
	return p
}

// Advance moves the cloud's clock forward. If it is the machine's, it goes on from there, and requests are dated by the
// machine's time as before.
func (c *Cloud) Advance(d time.Duration) error { return c.emulator.Advance(d) }

// Reset forgets all that was made.
func (c *Cloud) Reset() error { return c.emulator.Reset() }

// Wait returns when the cloud no longer listens, and why.
func (c *Cloud) Wait() error { return <-c.served }

// Close answers what is under way, for as long as a few seconds, and ends the cloud.
func (c *Cloud) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTakes)
	defer cancel()
	return c.Shutdown(ctx)
}

// closeTakes is how long Close waits for requests that are under way.
const closeTakes = 5 * time.Second

// Shutdown is Close with a patience of the caller's own.
func (c *Cloud) Shutdown(ctx context.Context) error {
	c.emulator.Traces.Hangup() // live streams never end by themselves
	return errors.Join(c.door.Shutdown(ctx), c.emulator.Close())
}
