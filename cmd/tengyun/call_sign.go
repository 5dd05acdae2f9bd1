package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// signTC3 signs a POST with TC3-HMAC-SHA256. The service of the scope is the host's first label.
func signTC3(r *http.Request, body []byte, secretID, secretKey string, now time.Time) {
	timestamp, date := strconv.FormatInt(now.Unix(), 10), now.UTC().Format(time.DateOnly)
	service, _, _ := strings.Cut(r.Host, ".")
	canonical := fmt.Sprintf("POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s", r.Header.Get("Content-Type"), r.Host, digest(body))
	scope := date + "/" + service + "/tc3_request"
	text := "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n" + digest([]byte(canonical))

	key := []byte("TC3" + secretKey)
	for _, part := range []string{date, service, "tc3_request"} {
		key = seal(key, part)
	}
	r.Header["X-TC-Timestamp"] = []string{timestamp}
	r.Header.Set("Authorization", fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s",
		secretID, scope, hex.EncodeToString(seal(key, text))))
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func seal(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}
