package sign

import (
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

func TestEveryCaptureVerifies(t *testing.T) {
	t.Parallel()
	var checker Checker
	for _, name := range captureNames(t) {
		r := capture(t, name)
		if r.Scheme == wire.Skip {
			continue
		}
		for range 2 { // a remembered signing key verifies as a fresh one does
			key, evidence, err := checker.Check(r, keysFor(r), at(r))
			if err != nil || evidence != nil || key.SecretID != testID {
				t.Errorf("%s: got key %q, evidence %+v, error %v, want %s proved", name, key.SecretID, evidence, err, testID)
			}
		}
	}
}

func TestSkipIsForActionsWithoutAKey(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-common-skipsign-post-DescribeZones-realhost")
	wantCode(t, r, tcerr.AuthFailureInvalidAuthorization)
	r.Action, r.Version = "AssumeRoleWithWebIdentity", "2018-08-13"
	wantCode(t, r, "")
}

func TestClockTolerance(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"go-tc3-post-DescribeInstances", "go-hmacsha1-post-DescribeInstances"} {
		r := capture(t, name)
		for off, want := range map[time.Duration]string{
			-301 * time.Second:                     tcerr.AuthFailureSignatureExpire,
			-300 * time.Second:                     "",
			0:                                      "",
			300 * time.Second:                      "",
			300*time.Second + 999*time.Millisecond: "",
			301 * time.Second:                      tcerr.AuthFailureSignatureExpire,
		} {
			_, _, err := new(Checker).Check(r, keysFor(r), at(r).Add(off))
			if got := code(err); got != want {
				t.Errorf("%s, server %v ahead: got %q, want %q", name, off, got, want)
			}
		}
	}
}

func TestExpiryNamesTheServersTime(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-tc3-post-DescribeInstances")
	_, _, err := new(Checker).Check(r, keysFor(r), time.Unix(1895436377, 0))
	if got, want := tcerr.Of(err).Message(tcerr.English), "the server time 1895436377."; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want …%s", got, want)
	}
}

// Each row has all the faults of the rows below it, so that the order of checks shows.
func TestRefusalOrder(t *testing.T) {
	t.Parallel()
	known := account.Key{SecretID: testID, SecretKey: "another", Token: "another"}
	rows := []struct {
		name          string
		alter         func(*wire.Request)
		now           int64
		keys          account.Keys
		check, expect string
	}{
		{"format", func(r *wire.Request) { r.Authorization = "Basic x" }, 0, only(account.Key{}), CheckAuthorization, tcerr.AuthFailureInvalidAuthorization},
		{"service", func(r *wire.Request) { r.Host = "vpc.tencentcloudapi.com" }, 0, only(account.Key{}), CheckAuthorization, tcerr.AuthFailureInvalidAuthorization},
		{"payload hash", func(r *wire.Request) { r.Header.Set("X-TC-Content-SHA256", "00") }, 0, only(account.Key{}), CheckPayloadHash, tcerr.InvalidParameterValue},
		{"clock", func(r *wire.Request) { replaceAuth(r, "/2026-11-23/", "/2026-11-24/") }, 0, only(account.Key{}), CheckClock, tcerr.AuthFailureSignatureExpire},
		{"date", func(r *wire.Request) { replaceAuth(r, "/2026-11-23/", "/2026-11-24/") }, 1, only(account.Key{}), CheckAuthorization, tcerr.AuthFailureInvalidAuthorization},
		{"secret id", func(*wire.Request) {}, 1, only(account.Key{}), CheckSecretID, tcerr.AuthFailureSecretIDNotFound},
		{"token", func(*wire.Request) {}, 1, only(known), CheckToken, tcerr.AuthFailureTokenFailure},
		{"signature", func(r *wire.Request) { r.Token = "another" }, 1, only(known), CheckSignature, tcerr.AuthFailureSignatureFailure},
	}
	for _, row := range rows {
		r := capture(t, "go-tc3-post-DescribeInstances")
		row.alter(r)
		_, evidence, err := new(Checker).Check(r, row.keys, time.Unix(row.now*r.Timestamp, 0))
		if code(err) != row.expect || evidence == nil || evidence.Check != row.check {
			t.Errorf("%s: got %v with evidence %+v, want %s by check %s", row.name, err, evidence, row.expect, row.check)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-tc3-post-DescribeVpcs-token-lang-realhost")
	temporary := account.Key{SecretID: testID, SecretKey: testSecret, Token: testToken, Expires: at(r).Add(time.Second)}
	expired, permanent := temporary, temporary
	expired.Expires = at(r)
	permanent.Token, permanent.Expires = "", time.Time{}
	for _, row := range []struct {
		name, token string
		key         account.Key
		want        string
	}{
		{"right", testToken, temporary, ""},
		{"missing", "", temporary, tcerr.AuthFailureTokenFailure},
		{"wrong", "tokEXAMPLE=!", temporary, tcerr.AuthFailureTokenFailure},
		{"expired", testToken, expired, tcerr.AuthFailureTokenFailure},
		{"with a permanent key", testToken, permanent, tcerr.AuthFailureTokenFailure},
		{"none, none needed", "", permanent, ""},
	} {
		r.Token = row.token
		if _, _, err := new(Checker).Check(r, only(row.key), at(r)); code(err) != row.want {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
	}
}

func TestV1RefusesLargeBodies(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-hmacsha256-post-DescribeInstances")
	r.Body = make([]byte, MaxV1)
	wantCode(t, r, "")
	r.Body = make([]byte, MaxV1+1)
	err := wantCode(t, r, tcerr.AuthFailureSignatureFailure)
	if got := tcerr.Of(err).Message(tcerr.English); !strings.Contains(got, "exceeding request size limit") {
		t.Errorf("got %q, want the text on size", got)
	}
}

func TestPayloadHashHeader(t *testing.T) {
	t.Parallel()
	r := capture(t, "go-tc3-post-DescribeInstances")
	right := newTC3(r, &authorization{}).payload
	r.Header.Set("X-TC-Content-SHA256", strings.ToUpper(hexOf(right[:])))
	wantCode(t, r, "")
	r.Body = append(r.Body, ' ')
	err := wantCode(t, r, tcerr.InvalidParameterValue)
	if got, want := tcerr.Of(err).Message(tcerr.English), "The value specified in `X-TC-Content-SHA256` is not correct."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func replaceAuth(r *wire.Request, old, with string) {
	r.Authorization = strings.Replace(r.Authorization, old, with, 1)
}

// wantCode checks r at its own time against the captures' key; "" wants a pass.
func wantCode(t *testing.T, r *wire.Request, want string) error {
	t.Helper()
	_, evidence, err := new(Checker).Check(r, keysFor(r), at(r))
	if got := code(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
	if (evidence == nil) != (err == nil) {
		t.Errorf("got evidence %+v with error %v, want both or neither", evidence, err)
	}
	return err
}

// code is the error's code; "" for none, "not a refusal" for an error that no caller should see.
func code(err error) string {
	if err == nil {
		return ""
	}
	if e := tcerr.Of(err); e != nil {
		return e.Code
	}
	return "not a refusal"
}
