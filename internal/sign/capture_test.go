package sign

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/wire"
)

// The captures are requests that official SDKs, tccli and an independent client sent with this invented key.
const (
	testID     = "AKIDEXAMPLEEXAMPLEEXAMPLEEXAMPLE"
	testSecret = "FakeSecretKeyForTestsOnly0123456"
	testToken  = "tokEXAMPLE=="
)

// captureNames lists the captures.
func captureNames(tb testing.TB) []string {
	tb.Helper()
	paths, err := filepath.Glob("testdata/captures/*.txt")
	if err != nil || len(paths) < 60 {
		tb.Fatalf("got %d captures (%v), want all", len(paths), err)
	}
	var names []string
	for _, path := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(path), ".txt"))
	}
	return names
}

// capture reads a capture as the request that it is.
func capture(tb testing.TB, name string) *wire.Request {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata/captures", name+".txt"))
	if err != nil {
		tb.Fatal(err)
	}
	return request(string(raw))
}

// request takes raw HTTP apart as far as a signature needs it. It accepts tccli's Host, which net/http does not.
func request(raw string) *wire.Request {
	head, body, _ := strings.Cut(raw, "\r\n\r\n")
	start, fields, _ := strings.Cut(head, "\r\n")
	method, target, _ := strings.Cut(start, " ")
	target, _, _ = strings.Cut(target, " ")
	r := &wire.Request{Method: method, Header: http.Header{}, Body: []byte(body)}
	r.Path, r.RawQuery, _ = strings.Cut(target, "?")
	for line := range strings.SplitSeq(fields, "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		r.Header.Add(name, strings.TrimSpace(value))
	}
	r.Host = r.Header.Get("Host")
	r.Header.Del("Host")
	if r.Authorization = r.Header.Get("Authorization"); r.Authorization != "" {
		readV3(r)
	} else {
		readV1(r)
	}
	return r
}

func readV3(r *wire.Request) {
	r.Scheme = wire.V3
	if r.Authorization == "SKIP" {
		r.Scheme = wire.Skip
	}
	r.Action, r.Version = r.Header.Get("X-TC-Action"), r.Header.Get("X-TC-Version")
	r.Region, r.Token = r.Header.Get("X-TC-Region"), r.Header.Get("X-TC-Token")
	r.Timestamp, _ = strconv.ParseInt(r.Header.Get("X-TC-Timestamp"), 10, 64)
}

func readV1(r *wire.Request) {
	r.Scheme = wire.V1
	text := r.RawQuery
	if r.Method == http.MethodPost {
		text = string(r.Body)
	}
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, _ = url.QueryUnescape(name)
		value, _ = url.QueryUnescape(value)
		r.Pairs = append(r.Pairs, wire.Pair{Name: name, Value: value})
	}
	fillV1(r)
}

// fillV1 sets what the pairs say.
func fillV1(r *wire.Request) {
	for _, p := range r.Pairs {
		switch p.Name {
		case "Action":
			r.Action = p.Value
		case "Version":
			r.Version = p.Value
		case "Region":
			r.Region = p.Value
		case "Token":
			r.Token = p.Value
		case "SecretId":
			r.SecretID = p.Value
		case "Signature":
			r.Signature = p.Value
		case "SignatureMethod":
			r.SignatureMethod = p.Value
		case "Timestamp":
			r.Timestamp, _ = strconv.ParseInt(p.Value, 10, 64)
		}
	}
}

// keysFor knows the captures' key, with the token where the request carries one.
func keysFor(r *wire.Request) account.Keys {
	key := account.Key{SecretID: testID, SecretKey: testSecret}
	if r.Token != "" {
		key.Token = testToken
	}
	return only(key)
}

func only(key account.Key) account.Keys {
	return func(id string) (account.Key, bool) { return key, id == key.SecretID }
}

// at is the server's time when the request was sent.
func at(r *wire.Request) time.Time { return time.Unix(r.Timestamp, 0) }
