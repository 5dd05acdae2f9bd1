package config

import (
	"fmt"
	"strings"

	"github.com/tengyun/tengyun/internal/quota"
)

// Setting is one wish an owner can utter: --name VALUE, TENGYUN_NAME, or "name = value" in the file.
type Setting struct {
	Name    string // "address-file"
	Value   string // what its value looks like in help: "HOST:PORT"
	Default string // as it would be written
	Help    string // one line
	Many    bool   // may be given several times; as text, with commas

	set func(*Settings, string) error
}

// Env is the environment variable of a setting: TENGYUN_ADDRESS_FILE.
func (s Setting) Env() string {
	return EnvPrefix + strings.ToUpper(strings.ReplaceAll(s.Name, "-", "_"))
}

// EnvPrefix begins every environment variable of the program.
const EnvPrefix = "TENGYUN_"

// Table is every setting, in the order of help.
func Table() []Setting {
	return []Setting{
		{Name: "listen", Value: "HOST:PORT", Default: DefaultListen, set: setListen,
			Help: "where to listen; port 0 takes a free one"},
		{Name: "address-file", Value: "FILE", set: setFile(func(s *Settings) *string { return &s.AddressFile }),
			Help: "write the real HOST:PORT there once ready"},
		{Name: "data", Value: "DIR", set: setText(func(s *Settings) *string { return &s.Data }),
			Help: "keep state there; without it, state is in memory and ends with the process"},
		{Name: "cache", Value: "DIR", set: setText(func(s *Settings) *string { return &s.Cache }),
			Help: "keep the certificate authority there when there is no --data (default: your cache directory)"},
		{Name: "region", Value: "REGION", Default: DefaultRegion, set: setRegion,
			Help: "region that clients are told to use"},
		{Name: "speed", Value: "SPEED", Default: "fast", set: setSpeed,
			Help: "how lifecycles pass: instant, fast, real, or a factor such as 20"},
		{Name: "seed", Value: "N", Default: "0", set: setSeed,
			Help: "draw the same ids each time, on the same data; 0 draws others each time"},
		{Name: "secret-id", Value: "ID", Default: DefaultSecretID, set: setSecretID,
			Help: "SecretId that is accepted"},
		{Name: "secret-key", Value: "KEY", Default: DefaultSecretKey, set: setSecretKey,
			Help: "its SecretKey"},
		{Name: "account", Value: "UIN/APPID", Default: fmt.Sprintf("%s/%d", DefaultUin, DefaultAppID), set: setAccount,
			Help: "the account that this key belongs to"},
		{Name: "rate-limits", Value: "on|off", Default: "on", set: setSwitch("on", "off", func(s *Settings) *bool { return &s.RateLimits }),
			Help: "refuse calls beyond the cloud's rates"},
		{Name: "rate", Value: "ACTION=N", Many: true, set: setNumber(quota.CheckAction, func(s *Settings) *map[string]int { return &s.Rates }),
			Help: "calls a second of one action, cvm.RunInstances=5; 0 is no limit; may be repeated"},
		{Name: "quota", Value: "NAME=N", Many: true, set: setNumber(checkQuota, func(s *Settings) *map[string]int { return &s.Quotas }),
			Help: "how many of something the account may have; may be repeated"},
		{Name: "stock", Value: "ZONE/ITEM=LEVEL", Many: true, set: setStock,
			Help: "what is left of a type of instance, host or disk, EIP or MinCount: ap-guangzhou-3/S5.MEDIUM4=WithoutStock; * is any; may be repeated"},
		{Name: "log-level", Value: "LEVEL", Default: "info", set: setLogLevel,
			Help: "debug, info, warn or error"},
		{Name: "log-format", Value: "text|json", Default: "text", set: setSwitch("json", "text", func(s *Settings) *bool { return &s.LogJSON }),
			Help: "how log lines look, on stderr"},
		{Name: "trace-size", Value: "N", Default: "5000", set: setTraceSize,
			Help: "how many requests are remembered"},
		{Name: "trace-file", Value: "FILE", set: setFile(func(s *Settings) *string { return &s.TraceFile }),
			Help: "also write each request there as a line of JSON"},
		{Name: "admin", Value: "loopback|any", Default: "loopback", set: setSwitch("any", "loopback", func(s *Settings) *bool { return &s.AdminAny }),
			Help: "who may use /_tengyun/: this machine, or any client"},
	}
}

// Names lists the settings' names in the order of help.
func Names() []string {
	var names []string
	for _, s := range Table() {
		names = append(names, s.Name)
	}
	return names
}

func find(name string) (Setting, bool) {
	for _, s := range Table() {
		if s.Name == name {
			return s, true
		}
	}
	return Setting{}, false
}
