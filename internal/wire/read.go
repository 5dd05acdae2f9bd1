package wire

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// Read takes a request apart: method, size, scheme, syntax, common parameters, in the order in which the cloud refuses.
// The Request is never nil: what could be read of a refused request is in it.
// The error, if any, is a *tcerr.Error.
func Read(r *http.Request) (*Request, error) {
	q := new(Request)
	return q, q.Read(r)
}

// Read is the function of this name for who has the memory already: a zero Request.
func (r *Request) Read(from *http.Request) error {
	r.arrive(from)
	rd := reader{Request: r, r: from}
	if rd.Scheme != V1 {
		rd.fromHeaders()
	}
	return rd.read()
}

// read is the order of Read's checks. It is spelt out, and not a list, because a list would cost each request an allocation.
func (rd *reader) read() error {
	if err := rd.method(); err != nil {
		return err
	}
	if err := rd.size(); err != nil {
		return err
	}
	if err := rd.syntax(); err != nil {
		return err
	}
	if err := rd.present(); err != nil {
		return err
	}
	if err := rd.valid(); err != nil {
		return err
	}
	return rd.contentType()
}

// reader is a Request on its way, with what of the common parameters is not yet known to be what it should be.
type reader struct {
	*Request
	r                          *http.Request
	media                      string // the Content-Type without its parameters
	timestamp, nonce, language string
}

func (r *Request) arrive(from *http.Request) {
	r.Method = from.Method
	r.Host = from.Host
	r.Path = from.URL.EscapedPath()
	r.RawQuery = from.URL.RawQuery
	r.Header = from.Header
	r.Remote = from.RemoteAddr
	r.Scheme = scheme(from.Header)
	r.TraceID = first(from.Header, "X-Tc-Traceid")
	r.Language = tcerr.English // Simulated: sent by neither header nor field, the main domain speaks English
	if host, ok := from.Header[OriginalHost]; ok && len(host) > 0 {
		r.Host = host[0]
		from.Header.Del(OriginalHost)
	}
	if r.Path == "" {
		r.Path = "/"
	}
}

// scheme tells v3 by its Authorization header, whatever that says.
func scheme(h http.Header) Scheme {
	a, ok := h["Authorization"]
	if ok && len(a) == 1 && a[0] == "SKIP" {
		return Skip
	}
	// Simulated: who sends an action as a header but no Authorization is told to add that, not to add everything.
	if _, action := h["X-Tc-Action"]; ok || action {
		return V3
	}
	return V1
}

// first is Header.Get for a key in canonical form.
func first(h http.Header, key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (rd *reader) fromHeaders() {
	h := rd.Header
	rd.Authorization = first(h, "Authorization")
	rd.Action = first(h, "X-Tc-Action")
	rd.Version = first(h, "X-Tc-Version")
	rd.Region = first(h, "X-Tc-Region")
	rd.Token = first(h, "X-Tc-Token")
	rd.Client = first(h, "X-Tc-Requestclient")
	rd.timestamp = first(h, "X-Tc-Timestamp")
	rd.speak(first(h, "X-Tc-Language"))
}

// speak chooses the language as soon as it is known, so that even a refusal of the rest is in it.
func (rd *reader) speak(language string) {
	rd.language = language
	if language == string(tcerr.Chinese) {
		rd.Language = tcerr.Chinese
	}
}

func (rd *reader) method() error {
	if rd.Method != http.MethodGet && rd.Method != http.MethodPost {
		return badMethod(rd.Method)
	}
	return nil
}

// present asks for the required common parameters. Simulated: in which order the cloud misses them is not known.
func (rd *reader) present() error {
	if rd.Scheme == V1 {
		return missing(tcerr.Missing,
			required{"Action", rd.Action}, required{"Version", rd.Version}, required{"Timestamp", rd.timestamp},
			required{"Nonce", rd.nonce}, required{"SecretId", rd.SecretID}, required{"Signature", rd.Signature})
	}
	return missing(tcerr.MissingHeader,
		required{"X-TC-Action", rd.Action}, required{"X-TC-Version", rd.Version},
		required{"X-TC-Timestamp", rd.timestamp}, required{"Authorization", rd.Authorization})
}

type required struct{ name, value string }

func missing(refuse func(name string) *tcerr.Error, all ...required) error {
	for _, p := range all {
		if p.value == "" {
			return refuse(p.name)
		}
	}
	return nil
}

// valid holds the common parameters against their types. A SignatureMethod that is not known means HmacSHA1, so none is refused.
func (rd *reader) valid() error {
	prefix := "X-TC-"
	if rd.Scheme == V1 {
		prefix = ""
	}
	t, err := strconv.ParseInt(rd.timestamp, 10, 64)
	if err != nil || strings.HasPrefix(rd.timestamp, "+") {
		return notTyped(prefix + "Timestamp")
	}
	rd.Timestamp = t
	if rd.Scheme == V1 {
		if _, err := strconv.ParseUint(rd.nonce, 10, 64); err != nil {
			return notTyped("Nonce")
		}
	}
	switch tcerr.Language(rd.language) {
	case "", tcerr.English, tcerr.Chinese:
		return nil
	}
	return tcerr.BadValue(prefix + "Language")
}
