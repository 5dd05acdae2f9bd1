package e2e

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// dated lets a Go client live in the emulator's time: it dates and signs anew what the client has signed by the machine's clock.
type dated struct {
	*running
	http.Transport
}

func (d *dated) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body, r.Host = io.NopCloser(bytes.NewReader(body)), r.URL.Host
	d.sign(r, body)
	return d.Transport.RoundTrip(r)
}

// sign signs a POST by TC3-HMAC-SHA256, for the product for which it is signed already.
func (d *dated) sign(r *http.Request, body []byte) {
	product := strings.Split(r.Header.Get("Authorization"), "/")[2]
	now := d.clock.Now()
	at, scope := strconv.FormatInt(now.Unix(), 10), now.Format(time.DateOnly)+"/"+product+"/tc3_request"
	canonical := fmt.Sprintf("POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s", r.Header.Get("Content-Type"), r.Host, digest(body))
	key := []byte("TC3" + secretKey)
	for _, part := range []string{now.Format(time.DateOnly), product, "tc3_request", "TC3-HMAC-SHA256\n" + at + "\n" + scope + "\n" + digest([]byte(canonical))} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	r.Header["X-TC-Timestamp"] = []string{at}
	r.Header.Set("Authorization", fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s", secretID, scope, hex.EncodeToString(key)))
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
