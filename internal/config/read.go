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
	flags map[string][]string
	file  string
}

// Bind declares the settings, and --config FILE, as flags of fs.
func Bind(fs *flag.FlagSet) *Sources {
	s := &Sources{flags: map[string][]string{}}
	for _, setting := range Table() {
		fs.Func(setting.Name, setting.Help, func(v string) error {
			if err := setting.set(new(Settings), v); err != nil {
				return err
			}
			if !setting.Many {
				s.flags[setting.Name] = nil
			}
			s.flags[setting.Name] = append(s.flags[setting.Name], v)
			return nil
		})
	}
	fs.StringVar(&s.file, "config", "", "read settings from FILE: name = value lines")
	return s
}

// Settings is the whole of defaults, file, environment (as of os.Environ) and flags, the later ones winning.
func (s *Sources) Settings(environ []string) (*Settings, error) {
	env, err := fromEnvironment(environ)
	if err != nil {
		return nil, err
	}
	path := s.file
	if path == "" && len(env[configName]) > 0 {
		path = env[configName][0]
	}
	var file map[string][]string
	if path != "" {
		if file, err = fromFile(path); err != nil {
			return nil, err
		}
	}
	out := new(Settings)
	for _, setting := range Table() {
		if err := setting.fill(out, s.flags, env, file); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// fill takes the setting from the first layer that has it, or its default.
func (s Setting) fill(out *Settings, layers ...map[string][]string) error {
	values := []string{s.Default}
	if s.Default == "" {
		values = nil
	}
	for _, layer := range layers {
		if given, ok := layer[s.Name]; ok {
			values = given
			break
		}
	}
	for _, v := range values {
		if err := s.set(out, v); err != nil {
			return fmt.Errorf("setting %s: %w", s.Name, err)
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

func fromEnvironment(environ []string) (map[string][]string, error) {
	values := map[string][]string{}
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
			values[name] = []string{value}
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

func fromFile(path string) (map[string][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	defer f.Close()
	values, err := parse(f)
	if err != nil {
		return nil, fmt.Errorf("read settings %s: %w", path, err)
	}
	return values, nil
}

// parse reads lines of name = value, the value optionally in double quotes; # begins a comment line.
func parse(r io.Reader) (map[string][]string, error) {
	values := map[string][]string{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok {
			return nil, fmt.Errorf("line %d: %q is not name = value", n, line)
		}
		setting, known := find(name)
		if !known {
			return nil, fmt.Errorf("line %d: %s is not a setting%s\nvalid ones: %s", n, name, Suggest(name, Names()), strings.Join(Names(), " "))
		}
		if unquoted, err := strconv.Unquote(value); err == nil {
			value = unquoted
		}
		if _, twice := values[name]; twice && !setting.Many {
			return nil, fmt.Errorf("line %d: %s is set a second time", n, name)
		}
		values[name] = append(values[name], value)
	}
	return values, lines.Err()
}
