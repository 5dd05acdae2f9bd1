package config

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Sources collects settings from flags until Settings puts all sources together.
type Sources struct {
	flags layer
	file  string
	check func(*Settings) error
}

// layer is what one source says, by the names of settings.
type layer map[string][]given

// given is a value and where it stands, for whoever is told that it is wrong.
type given struct{ value, where string }

// Bind declares the settings, and --config FILE, as flags of fs. Check is asked after each value for what this room
// cannot judge; nil agrees to all.
func Bind(fs *flag.FlagSet, check func(*Settings) error) *Sources {
	s := &Sources{flags: layer{}, check: check}
	for _, setting := range Table() {
		fs.Func(setting.Name, setting.Help, func(v string) error {
			if err := s.take(setting, new(Settings), v); err != nil {
				return err
			}
			if !setting.Many {
				s.flags[setting.Name] = nil
			}
			s.flags[setting.Name] = append(s.flags[setting.Name], given{v, "flag --" + setting.Name})
			return nil
		})
	}
	fs.StringVar(&s.file, "config", "", "read settings from FILE: name = value lines")
	return s
}

// take stores a value that is none of the wrong ones.
func (s *Sources) take(setting Setting, out *Settings, v string) error {
	if err := setting.set(out, v); err != nil || s.check == nil {
		return err
	}
	return s.check(out)
}

// Settings is the whole of defaults, file, environment (as of os.Environ) and flags, the later ones winning.
func (s *Sources) Settings(environ []string) (*Settings, error) {
	env, err := fromEnvironment(environ)
	if err != nil {
		return nil, err
	}
	path := s.file
	if path == "" && len(env[configName]) > 0 {
		path = env[configName][0].value
	}
	var file layer
	if path != "" {
		if file, err = fromFile(path); err != nil {
			return nil, err
		}
	}
	out := new(Settings)
	for _, setting := range Table() {
		if err := s.fill(setting, out, env, file); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// fill takes a setting from the flags, or the first of the other layers that has it, or its default.
func (s *Sources) fill(setting Setting, out *Settings, others ...layer) error {
	var values []given
	if setting.Default != "" {
		values = []given{{setting.Default, "default of " + setting.Name}}
	}
	for _, layer := range append([]layer{s.flags}, others...) {
		if found, ok := layer[setting.Name]; ok {
			values = found
			break
		}
	}
	for _, v := range values {
		if err := s.take(setting, out, v.value); err != nil {
			return fmt.Errorf("%s: %w", v.where, err)
		}
	}
	return nil
}

// Variables that are no settings: where client verbs find the server, and where the file is.
const (
	configName = "config"
	AddressEnv = EnvPrefix + "ADDRESS"
	ConfigEnv  = EnvPrefix + "CONFIG"
)

func fromEnvironment(environ []string) (layer, error) {
	values := layer{}
	names := map[string]string{ConfigEnv: configName, AddressEnv: ""}
	valid := []string{ConfigEnv, AddressEnv}
	for _, s := range Table() {
		names[s.Env()] = s.Name
		valid = append(valid, s.Env())
	}
	for _, pair := range environ {
		key, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(key, EnvPrefix) || ofOrchestrator(key) {
			continue
		}
		name, ok := names[key]
		if !ok {
			return nil, fmt.Errorf("environment variable %s is unknown%s\nvalid ones: %s", key, Suggest(key, valid), strings.Join(valid, " "))
		}
		if value != "" {
			values[name] = []given{{value, "environment variable " + key}}
		}
	}
	return values, nil
}

// ofOrchestrator says whether a variable is one that Kubernetes sets in every container when a service is named tengyun.
func ofOrchestrator(key string) bool {
	rest := strings.TrimPrefix(key, EnvPrefix)
	return rest == "PORT" || strings.HasPrefix(rest, "PORT_") || rest == "SERVICE_HOST" ||
		rest == "SERVICE_PORT" || strings.HasPrefix(rest, "SERVICE_PORT_")
}

func fromFile(path string) (layer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	defer f.Close()
	return parse(path, f)
}

// parse reads lines of name = value, the value optionally in double quotes; # begins a comment line.
func parse(path string, r io.Reader) (layer, error) {
	values := layer{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		where := fmt.Sprintf("settings %s line %d", path, n)
		name, value, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		if setting, _ := find(name); values[name] != nil && !setting.Many {
			return nil, fmt.Errorf("%s: %s is set a second time", where, name)
		}
		values[name] = append(values[name], given{value, where + ": " + name})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read settings %s: %w", path, err)
	}
	return values, nil
}

func parseLine(line string) (name, value string, err error) {
	name, value, ok := strings.Cut(line, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok {
		return "", "", fmt.Errorf("%q is not name = value", line)
	}
	if _, known := find(name); !known {
		return "", "", fmt.Errorf("%s is not a setting%s\nvalid ones: %s", name, Suggest(name, Names()), strings.Join(Names(), " "))
	}
	if unquoted, err := strconv.Unquote(value); err == nil {
		value = unquoted
	}
	return name, value, nil
}
