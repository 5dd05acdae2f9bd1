package sign

import (
	"net/http"
	"strings"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/wire"
)

// layoutMistakes lists how clients write the right things in a wrong form.
func layoutMistakes() []mistake[attempt] {
	layout := func(name string, write func(string) string) mistake[attempt] {
		return mistake[attempt]{name, func(a *attempt) { a.layout = write }}
	}
	toSign := func(name string, write func(text, canonical string) string) mistake[attempt] {
		return mistake[attempt]{name, func(a *attempt) { a.toSign = write }}
	}
	return []mistake[attempt]{
		layout("the empty line before the signed headers' names is missing", func(c string) string { return strings.Replace(c, "\n\n", "\n", 1) }),
		layout("there is one empty line too many before the signed headers' names", func(c string) string {
			i := strings.LastIndex(c, "\n\n")
			return c[:i] + "\n" + c[i:]
		}),
		layout("the canonical request ends in a newline", func(c string) string { return c + "\n" }),
		layout("the canonical request has CR LF for its line ends", func(c string) string { return strings.ReplaceAll(c, "\n", "\r\n") }),
		layout(`the canonical request has \n in two characters for its line ends`, func(c string) string { return strings.ReplaceAll(c, "\n", `\n`) }),
		layout("there is a blank between a header's name and its value", func(c string) string {
			return strings.NewReplacer("content-type:", "content-type: ", "\nhost:", "\nhost: ", "x-tc-action:", "x-tc-action: ").Replace(c)
		}),
		layout("the payload's hash is in upper case", func(c string) string {
			i := strings.LastIndexByte(c, '\n')
			return c[:i] + strings.ToUpper(c[i:])
		}),
		layout("the canonical request lacks the payload's hash", func(c string) string { return c[:strings.LastIndexByte(c, '\n')] }),
		toSign("the string to sign has the canonical request itself; it should have its hash", func(text, canonical string) string {
			return text[:strings.LastIndexByte(text, '\n')+1] + canonical
		}),
		toSign("the canonical request was signed; it should be hashed into the string to sign", func(_, canonical string) string { return canonical }),
		toSign("the string to sign ends in a newline", func(text, _ string) string { return text + "\n" }),
		toSign(`the string to sign has \n in two characters for its line ends`, func(text, _ string) string { return strings.ReplaceAll(text, "\n", `\n`) }),
		toSign("the string to sign has CR LF for its line ends", func(text, _ string) string { return strings.ReplaceAll(text, "\n", "\r\n") }),
		toSign("the string to sign begins with another algorithm's name", func(text, _ string) string {
			return "HMAC-SHA256" + strings.TrimPrefix(text, algorithm)
		}),
	}
}

// namedHost is a host that a client may have signed in place of the Host header.
type namedHost struct{ name, host string }

func signedHosts(r *wire.Request) []namedHost {
	bare, port := withoutPort(r.Host), ""
	if bare != r.Host {
		port = r.Host[len(bare):]
	}
	const real = "the real cloud's host name was signed, but Host is another"
	const scheme = "the host was signed with its scheme"
	const added = "the host was signed with a port that Host does not have"
	const path = "the host was signed with the path"
	const alias = "another name of this machine was signed as host"
	var list []namedHost
	for _, product := range likelyProducts(r) {
		list = append(list,
			namedHost{real, product + ".tencentcloudapi.com"},
			namedHost{real, product + "." + r.Region + ".tencentcloudapi.com"},
			namedHost{real, product + ".internal.tencentcloudapi.com"},
			namedHost{real, product + ".intl.tencentcloudapi.com"})
	}
	list = append(list, []namedHost{
		{scheme, "https://" + r.Host}, {scheme, "http://" + r.Host},
		{added, bare + ":443"}, {added, bare + ":80"},
		{path, r.Host + r.Path}, {path, r.Host + "/"},
		{alias, "127.0.0.1" + port}, {alias, "localhost" + port},
		{"the host was left out", ""},
	}...)
	if forwarded := r.Header.Get("X-Forwarded-Host"); forwarded != "" {
		list = append(list, namedHost{"a proxy changed Host after signing", forwarded})
	}
	return list
}

// likelyProducts are those whose host names the client may have had in mind.
func likelyProducts(r *wire.Request) []string {
	products := catalog.ProductsOf(r.Version, r.Action)
	if auth, wrong := parse(r.Authorization); wrong == "" {
		products = append([]string{auth.service}, products...)
	}
	return products
}

// namedSecret is what a client may have used in place of the SecretKey.
type namedSecret struct{ name, secret string }

func wrongSecrets(key account.Key) []namedSecret {
	s := key.SecretKey
	list := []namedSecret{
		{"the SecretId was used as the SecretKey", key.SecretID},
		{"the SecretKey was used in lower case", strings.ToLower(s)},
		{"the SecretKey was used in upper case", strings.ToUpper(s)},
		{"the SecretKey was empty", ""},
		{"quotes around the SecretKey were taken for a part of it", `"` + s + `"`},
		{"quotes around the SecretKey were taken for a part of it", "'" + s + "'"},
	}
	for _, blank := range []string{"\n", "\r\n", " ", "\t", "\r"} {
		list = append(list,
			namedSecret{"the SecretKey was used with a blank or newline after it", s + blank},
			namedSecret{"the SecretKey was used with a blank or newline before it", blank + s})
	}
	if key.Token != "" {
		list = append(list, namedSecret{"the Token was used as the SecretKey", key.Token})
	}
	return list
}

// otherMethod is the one of GET and POST that a request does not use.
func otherMethod(method string) string {
	if method == http.MethodGet {
		return http.MethodPost
	}
	return http.MethodGet
}
