// Package scenario tells what a caller sees, in transcripts: what was called, what was answered, how time went by.
//
// A transcript is a text file, one folder a product. Every answer in it is held against the catalog, whether or not the
// transcript looks at it: no member more or less than the cloud documents, each of its type, and no error code that the
// action does not list.
package scenario

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Answer is a response taken out of its envelope.
type Answer struct {
	RequestID string
	Code      string // of an error; "" for success
	Message   string
	Members   map[string]any  // of a success, RequestId included; numbers are json.Number
	Shown     json.RawMessage // the members as they came, but indented and without the RequestId
}

var requestID = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// Open takes an answer out of its envelope. An error says in what it is not as the cloud's are.
func Open(envelope []byte) (*Answer, error) {
	var outer map[string]map[string]any
	d := json.NewDecoder(bytes.NewReader(envelope))
	d.UseNumber()
	if err := d.Decode(&outer); err != nil {
		return nil, fmt.Errorf("decode the answer %s: %w", envelope, err)
	}
	members, ok := outer["Response"]
	if !ok || len(outer) != 1 || d.More() {
		return nil, fmt.Errorf("got %s, want an object Response and nothing else", envelope)
	}
	a := &Answer{Members: members}
	if a.RequestID, _ = members["RequestId"].(string); !requestID.MatchString(a.RequestID) {
		return nil, fmt.Errorf("RequestId: got %v, want a UUID", members["RequestId"])
	}
	if err := a.takeError(); err != nil {
		return nil, err
	}
	var err error
	a.Shown, err = shown(envelope)
	return a, err
}

// takeError reads an error's two members, if the answer is one.
func (a *Answer) takeError() error {
	refusal, ok := a.Members["Error"].(map[string]any)
	if !ok {
		return nil
	}
	a.Code, _ = refusal["Code"].(string)
	a.Message, _ = refusal["Message"].(string)
	if a.Code == "" || a.Message == "" || len(refusal) != 2 || len(a.Members) != 2 {
		return fmt.Errorf("got the error %v, want Code, Message and RequestId", a.Members)
	}
	return nil
}

// shown keeps the order in which the members came, which a map would lose.
func shown(envelope []byte) (json.RawMessage, error) {
	var whole struct{ Response json.RawMessage }
	if err := json.Unmarshal(envelope, &whole); err != nil {
		return nil, err
	}
	members := []byte(whole.Response) // RequestId is the last of them
	members = append(bytes.TrimSuffix(members[:bytes.LastIndex(members, []byte(`"RequestId":`))], []byte{','}), '}')
	var out bytes.Buffer
	if err := json.Indent(&out, members, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// Check holds an answer against what the catalog says that the action may answer. A dry run answers nothing but its id.
func (a *Answer) Check(action *catalog.Action) error {
	if _, dry := action.In.Field("DryRun"); dry && len(a.Members) == 1 {
		return nil
	}
	if a.Code == "" {
		return object("", a.Members, action.Out)
	}
	if line, off := a.Unlisted(action); off && !slices.Contains(strings.Split(unlisted, "\n"), line) {
		return fmt.Errorf("%s answers %s, which is neither a common code nor on its list %q", action.Name, a.Code, action.Codes)
	}
	return nil
}

// Unlisted says whether the action answers a code that neither its list has nor every action may answer, and gives
// the line of unlisted.txt that owns up to it.
func (a *Answer) Unlisted(action *catalog.Action) (line string, off bool) {
	off = a.Code != "" && !slices.Contains(tcerr.Explained(), a.Code) && !action.Allows(a.Code)
	return action.Product + " " + action.Name + " " + a.Code, off
}

// unlisted.txt has a line for each code that an action answers off its list. It may only shrink.
//
//go:embed unlisted.txt
var unlisted string

// lacking are members that the cloud documents and Tengyun does not answer: the SDK whose types its answers are is
// older than they are. This list may only shrink.
var lacking = []string{
	"Instance.EnableJumboFrame",
	"Instance.HostName",
}

// object wants exactly the documented members.
func object(path string, members map[string]any, s *catalog.Shape) error {
	var wrong []error
	for name := range members {
		if _, ok := s.Field(name); !ok {
			wrong = append(wrong, fmt.Errorf("%s: no such member is documented", join(path, name)))
		}
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		v, ok := members[f.Name]
		if !ok && !slices.Contains(lacking, s.Name+"."+f.Name) {
			wrong = append(wrong, fmt.Errorf("%s is missing", join(path, f.Name)))
		}
		wrong = append(wrong, value(join(path, f.Name), v, f, f.Lists))
	}
	return errors.Join(wrong...)
}

// value wants null, or what the field's type says, in as many lists.
func value(path string, v any, f *catalog.Field, lists uint8) error {
	if v == nil {
		return nil
	}
	if lists > 0 {
		all, ok := v.([]any)
		if !ok {
			return fmt.Errorf("%s: got %v, want a list", path, v)
		}
		var wrong []error
		for i, v := range all {
			wrong = append(wrong, value(join(path, strconv.Itoa(i)), v, f, lists-1))
		}
		return errors.Join(wrong...)
	}
	if f.Kind == catalog.Object {
		members, ok := v.(map[string]any)
		if !ok {
			return fmt.Errorf("%s: got %v, want an object", path, v)
		}
		if f.Shape == nil {
			return nil
		}
		return object(path, members, f.Shape)
	}
	if !leaf(v, f.Kind) {
		return fmt.Errorf("%s: got %v, want %s", path, v, f.Kind)
	}
	return nil
}

func leaf(v any, k catalog.Kind) bool {
	number, isNumber := v.(json.Number)
	var err error
	switch k {
	case catalog.String:
		_, ok := v.(string)
		return ok
	case catalog.Bool:
		_, ok := v.(bool)
		return ok
	case catalog.Int64:
		_, err = strconv.ParseInt(number.String(), 10, 64)
	case catalog.Uint64:
		_, err = strconv.ParseUint(number.String(), 10, 64)
	}
	return isNumber && err == nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// At gives the member at a path, such as InstanceIdSet.0, as text.
func (a *Answer) At(path string) (string, error) {
	var v any = a.Members
	for part := range strings.SplitSeq(path, ".") {
		switch inside := v.(type) {
		case map[string]any:
			v = inside[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(inside) {
				return "", fmt.Errorf("%s: no element %s among %d", path, part, len(inside))
			}
			v = inside[i]
		default:
			return "", fmt.Errorf("%s: nothing has a member %s", path, part)
		}
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number, bool:
		return fmt.Sprint(v), nil
	}
	return "", fmt.Errorf("%s: got %v, want a string, number or bool", path, v)
}
