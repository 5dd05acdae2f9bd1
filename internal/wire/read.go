package wire

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// Read takes a request apart: Receive, Parse and CheckContentType, one after the other.
// The Request is never nil: what could be read of a refused request is in it.
// The error, if any, is a *tcerr.Error, as in those three.
func Read(r *http.Request) (*Request, error) {
	q := new(Request)
	if err := q.Receive(r); err != nil {
		return q, err
	}
	if err := q.Parse(); err != nil {
		return q, err
	}
	return q, q.CheckContentType()
}

// Receive makes a zero Request of what arrived, and checks of it what can be seen from outside: method and size.
func (r *Request) Receive(from *http.Request) error {
	r.arrive(from)
	if r.Scheme != V1 {
		r.fromHeaders()
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return badMethod(r.Method)
	}
	return r.size(from)
}

// Parse reads what is in the request: syntax, then which common parameters there are, then their values. A v1 request has
// its action among its parameters, so that nothing can be known of it before.
func (r *Request) Parse() error {
	if err := r.syntax(); err != nil {
		return err
	}
	if err := r.present(); err != nil {
		return err
	}
	return r.valid()
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

func (r *Request) fromHeaders() {
	h := r.Header
	r.Authorization = first(h, "Authorization")
	r.Action = first(h, "X-Tc-Action")
	r.Version = first(h, "X-Tc-Version")
	r.Region = first(h, "X-Tc-Region")
	r.Token = first(h, "X-Tc-Token")
	r.Client = first(h, "X-Tc-Requestclient")
	r.timestamp = first(h, "X-Tc-Timestamp")
	r.speak(first(h, "X-Tc-Language"))
}

// speak chooses the language as soon as it is known, so that even a refusal of the rest is in it.
func (r *Request) speak(language string) {
	r.language = language
	if language == string(tcerr.Chinese) {
		r.Language = tcerr.Chinese
	}
}

// present asks for the required common parameters. Simulated: in which order the cloud misses them is not known.
func (r *Request) present() error {
	if r.Scheme == V1 {
		return missing(tcerr.Missing,
			required{"Action", r.Action}, required{"Version", r.Version}, required{"Timestamp", r.timestamp},
			required{"Nonce", r.nonce}, required{"SecretId", r.SecretID}, required{"Signature", r.Signature})
	}
	return missing(tcerr.MissingHeader,
		required{"X-TC-Action", r.Action}, required{"X-TC-Version", r.Version},
		required{"X-TC-Timestamp", r.timestamp}, required{"Authorization", r.Authorization})
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
func (r *Request) valid() error {
	prefix := "X-TC-"
	if r.Scheme == V1 {
		prefix = ""
	}
	t, err := strconv.ParseInt(r.timestamp, 10, 64)
	if err != nil || strings.HasPrefix(r.timestamp, "+") {
		return notTyped(prefix + "Timestamp")
	}
	r.Timestamp = t
	if r.Scheme == V1 {
		if _, err := strconv.ParseUint(r.nonce, 10, 64); err != nil {
			return notTyped("Nonce")
		}
	}
	switch tcerr.Language(r.language) {
	case "", tcerr.English, tcerr.Chinese:
		return nil
	}
	return tcerr.BadValue(prefix + "Language")
}
