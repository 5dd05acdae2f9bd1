// Package config is the desk where an owner's wishes are written down: one table of settings, read from flags,
// the environment and a file.
//
// A flag wins over the environment, the environment over the file, the file over the default. Whatever is
// mistyped is refused together with the names that are valid: a wish that is silently dropped is the worst answer.
package config

import (
	"log/slog"

	"github.com/tengyun/tengyun/internal/account"
)

// Settings is what the owner of an emulator decided.
type Settings struct {
	Listen      string // HOST:PORT; port 0 takes a free one
	AddressFile string // receives the real HOST:PORT; "" for none
	Data        string // directory of the state; "" keeps it in memory
	Cache       string // directory of the certificate authority when there is no Data; "" for the user's own cache

	Region string
	Speed  float64 // how many seconds of a lifecycle pass in one of ours; 0 means that all is done at once
	Seed   uint64  // 0 draws ids that no one can foresee
	Key    account.Key

	RateLimits bool
	Rates      map[string]int // calls a second by action, "cvm.RunInstances"; 0 is no limit
	Quotas     map[string]int // by name, "cvm.key-pairs"
	Stock      []string       // of what is not there in plenty, "ZONE/ITEM=LEVEL"

	LogLevel  slog.Level
	LogJSON   bool
	TraceSize int // records; 0 for the default
	TraceFile string
	AdminAny  bool // the control plane answers clients other than this machine's
}

// Credentials that every emulator accepts unless told others. They are meant to be known.
const (
	DefaultSecretID  = "AKIDTENGYUNLOCALCLOUD00000000EXAMPLE"
	DefaultSecretKey = "tengyunLocalCloudExampleKey00000"
	DefaultUin       = "100000000001"
	DefaultAppID     = 1250000001
	DefaultRegion    = "ap-guangzhou"
)

// DefaultListen is where an emulator listens, and where clients look for it.
const DefaultListen = "127.0.0.1:8030"

// fastSpeed is the lifecycle of "fast": an instance that takes twenty seconds in the cloud is seen to be PENDING for one.
const fastSpeed = 20
