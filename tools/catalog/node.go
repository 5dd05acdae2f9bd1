package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The declarations are written by a machine, one a line, so lines are all there is to read.
var (
	endpointLine = regexp.MustCompile(`super\("([^".]+)[^"]*", "(\d{4}-\d\d-\d\d)"`)
	actionLine   = regexp.MustCompile(`(?m)^    (\w+)\(req\??: (\w+), .*Promise<(\w+)>;`)
	shapeLine    = regexp.MustCompile(`^export (?:interface (\w+) \{|type (\w+) = null;)$`)
	fieldLine    = regexp.MustCompile(`^    (\w+)(\??): (.+);$`)
	shapeName    = regexp.MustCompile(`^[A-Z]\w*$`)
)

var nodeKinds = map[string]string{
	"string": "string", "boolean": "bool", "number": "number", "number | bigint": "number",
}

// readNode reads every product of the Node SDK below a node_modules folder.
func readNode(nodeModules string) ([]*product, error) {
	services := filepath.Join(nodeModules, "tencentcloud-sdk-nodejs", "tencentcloud", "services")
	folders, err := os.ReadDir(services)
	if err != nil {
		return nil, err
	}
	var products []*product
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		p := &product{name: folder.Name()}
		versions, err := filepath.Glob(filepath.Join(services, p.name, "v*"))
		if err != nil {
			return nil, err
		}
		for _, dir := range versions {
			if err := p.readNodeVersion(dir); err != nil {
				return nil, fmt.Errorf("%s: %w", dir, err)
			}
		}
		products = append(products, p)
	}
	return products, nil
}

func (p *product) readNodeVersion(dir string) error {
	var texts [3]string
	for i, suffix := range []string{"_client.js", "_client.d.ts", "_models.d.ts"} {
		text, err := os.ReadFile(filepath.Join(dir, p.name+suffix))
		if err != nil {
			return err
		}
		texts[i] = string(text)
	}
	endpoint := endpointLine.FindStringSubmatch(texts[0])
	if endpoint == nil || endpoint[1] != p.name {
		return fmt.Errorf("no endpoint of %s, got %v", p.name, endpoint)
	}
	v := p.version(endpoint[2])
	for _, m := range actionLine.FindAllStringSubmatch(texts[1], -1) {
		if m[2] != m[1]+"Request" || m[3] != m[1]+"Response" {
			return fmt.Errorf("%s takes %s and answers %s: not named after the action", m[1], m[2], m[3])
		}
		v.actions = append(v.actions, m[1])
	}
	slices.Sort(v.actions)
	return v.readNodeShapes(texts[2])
}

func (v *version) readNodeShapes(text string) error {
	name, comment := "", false
	for line := range linesOf(text) {
		mark := strings.TrimSpace(line)
		if comment = comment || strings.HasPrefix(mark, "/**"); comment {
			comment = !strings.HasSuffix(mark, "*/")
			continue
		}
		if m := shapeLine.FindStringSubmatch(line); m != nil {
			name = m[1] + m[2]
			v.shapes[name] = nil
			continue
		}
		if line == "}" {
			continue
		}
		f, err := nodeField(line)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		v.shapes[name] = append(v.shapes[name], f)
	}
	return nil
}

func nodeField(line string) (field, error) {
	m := fieldLine.FindStringSubmatch(line)
	if m == nil {
		return field{}, fmt.Errorf("not a member: %q", line)
	}
	f := field{name: m[1], required: m[2] == "", kind: m[3]}
	for strings.HasPrefix(f.kind, "Array<") {
		f.kind = strings.TrimSuffix(strings.TrimPrefix(f.kind, "Array<"), ">")
		f.lists++
	}
	if kind, ok := nodeKinds[f.kind]; ok {
		f.kind = kind
	} else if !shapeName.MatchString(f.kind) {
		return field{}, fmt.Errorf("%s: unknown kind %q", f.name, f.kind)
	}
	return f, nil
}
