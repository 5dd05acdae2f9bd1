package gateway

import (
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// checkHost reads the host, whose first label may be a product, and refuses one of the cloud's for a product that it has not.
func (v *visit) checkHost() error {
	v.step = stepHost
	v.at = region.ParseEndpoint(v.req.Host)
	var ok bool
	if v.product, ok = catalog.Lookup(v.at.Label); v.at.Cloud && !ok {
		return noSuchProduct(v.at.Label)
	}
	return nil
}

// productOf settles which product a request is for whose host names none: the service of the v3 scope if that is one, else
// the likeliest product that has this version and action. Clients that are given a bare address name the product nowhere
// else.
func productOf(r *wire.Request) *catalog.Product {
	if p, ok := catalog.Lookup(scopeService(r.Authorization)); ok {
		return p
	}
	for _, name := range catalog.ProductsOf(r.Version, r.Action) {
		if p, ok := catalog.Lookup(name); ok {
			return p
		}
	}
	// Simulated: an address that names no product, with a version and action that none has, is taken to mean cvm,
	// so that the refusal is NoSuchVersion or InvalidAction, as it is at a product's own host.
	p, _ := catalog.Lookup("cvm")
	return p
}

// Simulated: the code is documented, its text is not.
func noSuchProduct(name string) error {
	return tcerr.New(tcerr.NoSuchProduct, "The specified product=`%s` does not exist.", name).Zh("产品 `%s` 不存在。")
}

// scopeService is the third part of a v3 credential: SecretId/Date/Service/tc3_request.
func scopeService(authorization string) string {
	parts := credential(authorization)
	if len(parts) < 4 {
		return ""
	}
	return parts[2]
}

// claimedID is the SecretId that a request says it is signed with, whether that is true or not.
func claimedID(r *wire.Request) string {
	if r.Scheme == wire.V1 {
		return r.SecretID
	}
	return credential(r.Authorization)[0]
}

func credential(authorization string) []string {
	_, credential, _ := strings.Cut(authorization, "Credential=")
	return strings.SplitN(credential, "/", 4)
}
