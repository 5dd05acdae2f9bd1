package sign

import (
	"bufio"
	"io"
	"net/http"
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

// request reads raw HTTP/1.1 as the house does, with tccli's Host mended as the front does.
func request(raw string) *wire.Request {
	raw = strings.Replace(raw, "\r\nHost: http://", "\r\n"+wire.OriginalHost+": http://127.0.0.1:28761\r\nHost: ", 1)
	hr, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
	if err != nil {
		panic(err)
	}
	if hr.ContentLength <= 0 { // written by hand, without a length
		_, body, _ := strings.Cut(raw, "\r\n\r\n")
		hr.Body, hr.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	r, err := wire.Read(hr)
	if err != nil {
		panic(err)
	}
	return r
}

// fillV1 sets what changed pairs say.
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
