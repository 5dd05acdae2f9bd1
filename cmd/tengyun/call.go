package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/tengyun/tengyun/internal/admin"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/clock"
)

func callVerb() *verb {
	v := &verb{name: "call", args: "PRODUCT ACTION [JSON | - | --Param VALUE …]", short: "send one signed request and print the answer", long: `
Parameters are a JSON object (- reads it from stdin), or one flag each, typed by the
cloud's own description of the action: --Limit 5, --Placement.Zone ap-guangzhou-3,
--Filters.0.Name zone, --InstanceIds ins-1 --InstanceIds ins-2. --DryRun alone is true;
a value that begins with -- needs a =. JSON is sent as it is, right or wrong.

  --region REGION        other than the emulator's
  --api-version DATE     other than the latest that has the action
  --language LANG        of messages: en-US (default) or zh-CN
  --secret-id ID         another key than the emulator's own
  --secret-key KEY
  --address HOST:PORT

The answer's Response is printed to stdout. A refusal goes to stderr; the exit code
is then 1.

example:
  tengyun call cvm DescribeZones --region ap-shanghai
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		c := &apiCall{}
		args, params := splitParams(args)
		fs := flag.NewFlagSet(v.name, flag.ContinueOnError)
		at := addressFlag(p, fs)
		c.flags(fs)
		rest, err := v.parse(p, fs, args)
		if err != nil {
			return err
		}
		if err := c.arguments(p, rest, params); err != nil {
			return err
		}
		return c.send(ctx, p, at())
	}
	return v
}

// apiCall is one request of the cloud's API.
type apiCall struct {
	product, version, action string
	region, language         string
	secretID, secretKey      string
	body                     []byte
}

func (c *apiCall) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.region, "region", "", "")
	fs.StringVar(&c.version, "api-version", "", "")
	fs.StringVar(&c.language, "language", "en-US", "")
	fs.StringVar(&c.secretID, "secret-id", "", "")
	fs.StringVar(&c.secretKey, "secret-key", "", "")
}

// arguments takes the product, the action and the parameters.
func (c *apiCall) arguments(p *program, rest []string, params []param) error {
	if len(rest) != 3 {
		if err := exactly(rest, "PRODUCT", "ACTION"); err != nil {
			return err
		}
	}
	c.product, c.action = strings.ToLower(rest[0]), rest[1]
	action := c.find()
	switch {
	case len(rest) == 3 && len(params) > 0:
		return usagef("parameters are given as JSON or as flags, not both")
	case len(rest) == 3 && rest[2] == "-":
		b, err := io.ReadAll(p.stdin)
		c.body = bytes.TrimSpace(b)
		return err
	case len(rest) == 3:
		c.body = []byte(rest[2])
		return nil
	}
	var err error
	c.body, err = paramsJSON(action.In, params)
	return err
}

// find looks the action up, and with it the version. One that the cloud does not have is sent all the same: to be told
// so is what its caller wants.
func (c *apiCall) find() *catalog.Action {
	none := &catalog.Action{In: new(catalog.Shape)}
	product, ok := catalog.Lookup(c.product)
	if !ok {
		c.version = firstOf(c.version, "2017-03-12")
		return none
	}
	found := none
	for _, v := range product.Versions {
		if c.version == "" || c.version == v.Date {
			if a, ok := v.Action(c.action); ok {
				found = a
			}
		}
	}
	c.version = firstOf(c.version, found.Version, product.Versions[len(product.Versions)-1].Date)
	return found
}

func (c *apiCall) send(ctx context.Context, p *program, s *server) error {
	info, err := s.info(ctx, p)
	if err != nil {
		return err
	}
	r, err := c.request(ctx, s, info)
	if err != nil {
		return err
	}
	status, body, err := s.do(r)
	if err != nil {
		return err
	}
	return c.show(p, status, body)
}

// request is the signed request. It names the product by its host, and goes to the emulator whatever the host.
func (c *apiCall) request(ctx context.Context, s *server, info admin.Info) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+s.address+"/", bytes.NewReader(c.body))
	if err != nil {
		return nil, usagef("%q is not HOST:PORT", s.address)
	}
	r.Host = c.product + ".tencentcloudapi.com"
	r.Header.Set("Content-Type", "application/json")
	r.Header["X-TC-Action"] = []string{c.action}
	r.Header["X-TC-Version"] = []string{c.version}
	r.Header["X-TC-Region"] = []string{firstOf(c.region, info.Region)}
	r.Header["X-TC-Language"] = []string{c.language}
	r.Header["X-TC-RequestClient"] = []string{"tengyun_call"}
	signTC3(r, c.body, firstOf(c.secretID, info.SecretID), firstOf(c.secretKey, info.SecretKey), clock.Real{}.Now())
	return r, nil
}

// show prints the Response, or says why there is none.
func (c *apiCall) show(p *program, status int, body []byte) error {
	var answer struct {
		Response json.RawMessage
	}
	if err := json.Unmarshal(body, &answer); err != nil || status != http.StatusOK {
		return errors.New(refusal(status, body))
	}
	var refused struct {
		Error     *struct{ Code, Message string }
		RequestID string `json:"RequestId"`
	}
	if err := json.Unmarshal(answer.Response, &refused); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if e := refused.Error; e != nil {
		return fmt.Errorf("%s: %s\nwhy: tengyun trace %s", e.Code, e.Message, refused.RequestID)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, answer.Response, "", "  "); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	_, err := fmt.Fprintln(p.stdout, pretty.String())
	return err
}

// param is a parameter given as a flag.
type param struct {
	path, value string
	bare        bool // no value was given
}

// splitParams takes the parameters, whose names begin with a capital, out of the command line. The word after one is its
// value unless it is a flag itself.
func splitParams(args []string) (others []string, params []param) {
	for i := 0; i < len(args); i++ {
		name, value, given := strings.Cut(strings.TrimPrefix(args[i], "--"), "=")
		if !strings.HasPrefix(args[i], "--") || name == "" || name[0] < 'A' || name[0] > 'Z' {
			others = append(others, args[i])
			continue
		}
		if !given && i+1 < len(args) && !strings.HasPrefix(args[i+1], "--") {
			i++
			value, given = args[i], true
		}
		params = append(params, param{name, value, !given})
	}
	return others, params
}
