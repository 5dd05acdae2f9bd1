package wire

import (
	"bufio"
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// capture reads what a real client sent, as net/http would hand it over.
func capture(t *testing.T, file string) *http.Request {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mended := bytes.Replace(raw, []byte("Host: http://"), []byte("Host: "), 1)
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(mended)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(raw, mended) {
		r.Header.Set(OriginalHost, "http://"+r.Host)
	}
	return r
}

// TestReadUnderstandsEveryCapture goes by the names of the files: client-scheme-method-Action.
func TestReadUnderstandsEveryCapture(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/captures/*.txt")
	if err != nil || len(files) < 60 {
		t.Fatalf("got %d captures, %v; want at least 60", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q, err := Read(capture(t, file))
			if err != nil {
				t.Fatalf("got %v, want no error", err)
			}
			want := V3
			switch {
			case strings.Contains(name, "skipsign"):
				want = Skip
			case strings.Contains(name, "sha1"), strings.Contains(name, "sha256"):
				want = V1
			}
			if q.Scheme != want {
				t.Errorf("got scheme %d, want %d", q.Scheme, want)
			}
			if q.Action == "" || name != "tccli-tc3-https" && name != "tccli-tc3-http-endpoint-with-scheme" && !strings.Contains(name, q.Action) {
				t.Errorf("got action %q, want the one in the file's name", q.Action)
			}
			if q.Version == "" || q.Timestamp < 1.7e9 {
				t.Errorf("got version %q and timestamp %d", q.Version, q.Timestamp)
			}
			if strings.Contains(name, "http-endpoint-with-scheme") && !strings.HasPrefix(q.Host, "http://") {
				t.Errorf("got host %q, want it as the client sent it", q.Host)
			}
			if want == V1 {
				if (q.SignatureMethod == "HmacSHA1") != strings.Contains(name, "sha1") {
					t.Errorf("got signature method %q", q.SignatureMethod)
				}
				if q.SecretID == "" || q.Signature == "" || len(q.Pairs) < 6 {
					t.Errorf("got id %q, signature %q, %d pairs", q.SecretID, q.Signature, len(q.Pairs))
				}
			}
		})
	}
}

func TestReadGivesTheSameParametersForEveryEncoding(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"Filters.0.Name": "zone", "Filters.0.Values.0": "ap-guangzhou-3", "Filters.1.Name": "instance-name", "Limit": "20",
	}
	files, _ := filepath.Glob("testdata/captures/*-DescribeInstances*.txt")
	if len(files) < 30 {
		t.Fatalf("got %d captures, want at least 30", len(files))
	}
	for _, file := range files {
		if strings.Contains(file, "Status") || strings.Contains(file, "tccli") {
			continue
		}
		q, err := Read(capture(t, file))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for path, want := range values {
			if got, _ := q.Param(path); got != want {
				t.Errorf("%s: %s: got %q, want %q", file, path, got, want)
			}
		}
	}
}

func TestReadSpeaksTheCallersLanguage(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]tcerr.Language{
		"go-tc3-post-DescribeInstances": tcerr.Chinese, "go-hmacsha1-get-DescribeInstances": tcerr.Chinese,
		"capi-tc3-post-DescribeInstances": tcerr.English,
	} {
		q, err := Read(capture(t, "testdata/captures/"+file+".txt"))
		if err != nil || q.Language != want {
			t.Errorf("%s: got %q, %v, want %q", file, q.Language, err, want)
		}
	}
}
