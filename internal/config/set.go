package config

import (
	"fmt"
	"log/slog"
	"math"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
)

// setText stores a value as it is.
func setText(field func(*Settings) *string) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		*field(s) = v
		return nil
	}
}

// setFile stores the name of a file to be written. Its directory must be there: one made for a mistyped path would go
// unnoticed.
func setFile(field func(*Settings) *string) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if dir := filepath.Dir(v); v != "" {
			if about, err := os.Stat(dir); err != nil || !about.IsDir() {
				return fmt.Errorf("there is no directory %s", dir)
			}
		}
		*field(s) = v
		return nil
	}
}

// setSwitch stores whether a value is the one word or the other.
func setSwitch(yes, no string, field func(*Settings) *bool) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if v != yes && v != no {
			return fmt.Errorf("%q is neither %s nor %s", v, yes, no)
		}
		*field(s) = v == yes
		return nil
	}
}

// setNumber stores NAME=N pairs, separated by commas, whose names check approves of.
func setNumber(check func(string) error, field func(*Settings) *map[string]int) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if *field(s) == nil {
			*field(s) = map[string]int{}
		}
		for pair := range strings.SplitSeq(v, ",") {
			name, number, ok := strings.Cut(strings.TrimSpace(pair), "=")
			n, err := strconv.Atoi(number)
			if !ok || name == "" || err != nil || n < 0 {
				return fmt.Errorf("%q is not NAME=N with a whole number N of 0 or more", pair)
			}
			if err := check(name); err != nil {
				return err
			}
			(*field(s))[name] = n
		}
		return nil
	}
}

// setStock takes words as they are: whether there is such a thing to be left is not known down here, but to Bind's check.
func setStock(s *Settings, v string) error {
	for word := range strings.SplitSeq(v, ",") {
		s.Stock = append(s.Stock, strings.TrimSpace(word))
	}
	return nil
}

func checkQuota(name string) error {
	err := quota.Limit(name).Check()
	if err == nil {
		return nil
	}
	var names []string
	for _, l := range quota.Limits() {
		names = append(names, string(l))
	}
	return fmt.Errorf("%w%s\nvalid ones: %s", err, Suggest(name, names), strings.Join(names, " "))
}

func setListen(s *Settings, v string) error {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return fmt.Errorf("%q is not HOST:PORT", v)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%q is not a port between 0 and 65535", port)
	}
	s.Listen = v
	return nil
}

func setRegion(s *Settings, v string) error {
	if _, ok := region.Find(v); !ok {
		var names []string
		for _, r := range region.All() {
			names = append(names, r.Name)
		}
		return fmt.Errorf("%q is not a region%s", v, Suggest(v, names))
	}
	s.Region = v
	return nil
}

func setSpeed(s *Settings, v string) error {
	words := map[string]float64{"instant": 0, "fast": fastSpeed, "real": 1}
	if n, ok := words[v]; ok {
		s.Speed = n
		return nil
	}
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || n <= 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return fmt.Errorf("%q is not instant, fast, real or a number above 0", v)
	}
	s.Speed = n
	return nil
}

func setSeed(s *Settings, v string) (err error) {
	if s.Seed, err = strconv.ParseUint(v, 10, 64); err != nil {
		return fmt.Errorf("%q is not a whole number of 0 or more", v)
	}
	return nil
}

func setSecretID(s *Settings, v string) error {
	if v == "" || strings.ContainsAny(v, " \t\r\n/,") {
		return fmt.Errorf("%q is empty, or has spaces, slashes or commas", v)
	}
	s.Key.SecretID = v
	return nil
}

func setSecretKey(s *Settings, v string) error {
	if v == "" {
		return fmt.Errorf("it is empty")
	}
	s.Key.SecretKey = v
	return nil
}

func setAccount(s *Settings, v string) error {
	uin, appID, _ := strings.Cut(v, "/")
	_, errUin := strconv.ParseUint(uin, 10, 64)
	n, errApp := strconv.ParseUint(appID, 10, 64)
	if errUin != nil || errApp != nil {
		return fmt.Errorf("%q is not UIN/APPID, two numbers", v)
	}
	s.Key.Caller.OwnerUin, s.Key.Caller.Uin, s.Key.Caller.AppID = uin, uin, n
	return nil
}

func setLogLevel(s *Settings, v string) error {
	words := []string{"debug", "info", "warn", "error"}
	levels := []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError}
	i := slices.Index(words, v)
	if i < 0 {
		return fmt.Errorf("%q is not one of %s", v, strings.Join(words, ", "))
	}
	s.LogLevel = levels[i]
	return nil
}

func setTraceSize(s *Settings, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 10_000_000 {
		return fmt.Errorf("%q is not a whole number between 1 and 10000000", v)
	}
	s.TraceSize = n
	return nil
}
