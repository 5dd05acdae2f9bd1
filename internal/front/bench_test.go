package front

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// head is what the Go SDK sends, 600 bytes of it.
const head = "POST / HTTP/1.1\r\nHost: %HOST%\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: 19\r\n" +
	"Authorization: TC3-HMAC-SHA256 Credential=AKIDEXAMPLEEXAMPLEEXAMPLEEXAMPLE/2026-11-23/cvm/tc3_request, SignedHeaders=content-type;host, " +
	"Signature=d91c7bff3bcc80fcb8ba1872c51e5f0b22de31e223856968ec69cf0985d7549f\r\nContent-Type: application/json\r\n" +
	"X-Tc-Action: DescribeInstancesStatus\r\nX-Tc-Language: zh-CN\r\nX-Tc-Region: ap-guangzhou\r\nX-Tc-Requestclient: SDK_GO_1.3.210\r\n" +
	"X-Tc-Timestamp: 1795436377\r\nX-Tc-Version: 2017-03-12\r\nAccept-Encoding: gzip\r\n\r\n{\"Limit\":20,\"a\":10}"

// BenchmarkDoor compares a keep-alive request through the door with one to net/http alone.
func BenchmarkDoor(b *testing.B) {
	answer := []byte(strings.Repeat("x", 2000))
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		_, _ = w.Write(answer)
	})
	b.Run("bare", func(b *testing.B) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		server := &http.Server{Handler: handler}
		go server.Serve(listener)
		defer server.Close()
		load(b, listener.Addr(), "cvm.tencentcloudapi.com")
	})
	b.Run("door", func(b *testing.B) { load(b, open(b, handler).Addr(), "cvm.tencentcloudapi.com") })
	b.Run("door, mended", func(b *testing.B) { load(b, open(b, handler).Addr(), "http://127.0.0.1:8030") })
}

func load(b *testing.B, addr net.Addr, host string) {
	request := []byte(strings.Replace(head, "%HOST%", host, 1))
	b.RunParallel(func(pb *testing.PB) {
		c, err := net.Dial("tcp", addr.String())
		if err != nil {
			b.Error(err)
			return
		}
		defer c.Close()
		in := bufio.NewReader(c)
		for pb.Next() {
			if _, err := c.Write(request); err != nil {
				b.Error(err)
				return
			}
			response, err := http.ReadResponse(in, nil)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, response.Body)
		}
	})
}

// BenchmarkConn measures what following a request costs by itself.
func BenchmarkConn(b *testing.B) {
	request := strings.Replace(head, "%HOST%", "cvm.tencentcloudapi.com", 1)
	c := &conn{patient: patient{Conn: stream{Reader: &repeat{text: request}}}}
	p := make([]byte, 4096)
	b.ReportAllocs()
	for b.Loop() {
		for n := 0; n < len(request); {
			m, err := c.Read(p)
			if n += m; err != nil {
				b.Fatal(err)
			}
		}
	}
}

// repeat gives a text again and again, once a read.
type repeat struct{ text string }

func (r *repeat) Read(p []byte) (int, error) { return copy(p, r.text), nil }
