package main

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"time"

	"github.com/tengyun/tengyun/internal/config"
)

// call is an action with its parameters as JSON.
type call struct{ product, version, action, body string }

func cvm(action, body string, args ...any) call {
	return call{"cvm", "2017-03-12", action, fmt.Sprintf(body, args...)}
}

func vpc(action, body string, args ...any) call {
	return call{"vpc", "2017-03-12", action, fmt.Sprintf(body, args...)}
}

// bytes is the call as it goes over the wire, signed now by TC3-HMAC-SHA256. It is good for five minutes.
func (c call) bytes() []byte {
	const contentType = "application/json"
	now := time.Now().UTC()
	timestamp, date := strconv.FormatInt(now.Unix(), 10), now.Format(time.DateOnly)
	host := c.product + ".tencentcloudapi.com"
	canonical := "POST\n/\n\ncontent-type:" + contentType + "\nhost:" + host + "\n\ncontent-type;host\n" + digest(c.body)
	scope := date + "/" + c.product + "/tc3_request"
	key := []byte("TC3" + config.DefaultSecretKey)
	for _, part := range []string{date, c.product, "tc3_request"} {
		key = seal(key, part)
	}
	signature := seal(key, "TC3-HMAC-SHA256\n"+timestamp+"\n"+scope+"\n"+digest(canonical))
	return fmt.Appendf(nil, "POST / HTTP/1.1\r\nHost: %s\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: %d\r\n"+
		"Authorization: TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%x\r\nContent-Type: %s\r\n"+
		"X-TC-Action: %s\r\nX-TC-Language: en-US\r\nX-TC-Region: %s\r\nX-TC-RequestClient: SDK_GO_1.3.210\r\nX-TC-Timestamp: %s\r\n"+
		"X-TC-Version: %s\r\nAccept-Encoding: gzip\r\n\r\n%s",
		host, len(c.body), config.DefaultSecretID, scope, signature, contentType, c.action, config.DefaultRegion, timestamp, c.version, c.body)
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func seal(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}

// client is one connection.
type client struct {
	net.Conn
	in   *bufio.Reader
	body []byte
}

func dial(address string) (*client, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{Conn: c, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

// exchange sends a request and reads the answer, which is good until the next one.
func (c *client) exchange(request []byte) ([]byte, error) {
	if _, err := c.Write(request); err != nil {
		return nil, err
	}
	length := -1
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		line = line[:len(line)-2]
		if first && !bytes.HasSuffix(line, []byte(" 200 OK")) {
			return nil, fmt.Errorf("status %q", line)
		}
		if len(line) == 0 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.Atoi(string(value))
		}
	}
	if length < 0 {
		return nil, textproto.ProtocolError("an answer without length")
	}
	if cap(c.body) < length {
		c.body = make([]byte, 2*length)
	}
	c.body = c.body[:length]
	_, err := io.ReadFull(c.in, c.body)
	if err == nil && bytes.HasPrefix(c.body, []byte(`{"Response":{"Error"`)) {
		err = errors.New(string(c.body))
	}
	return c.body, err
}

// ask makes one call and decodes what stands in its Response.
func ask(address string, what call, into any) error {
	c, err := dial(address)
	if err != nil {
		return err
	}
	defer c.Close()
	answer, err := c.exchange(what.bytes())
	if err != nil {
		return fmt.Errorf("%s: %w", what.action, err)
	}
	return json.Unmarshal(answer, &struct{ Response any }{into})
}
