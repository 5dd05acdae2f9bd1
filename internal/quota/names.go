package quota

import (
	"fmt"
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
)

// CheckAction refuses the key of a rate rule that names no action of the cloud: "cvm.RunInstances" is one.
func CheckAction(name string) error {
	product, action, ok := strings.Cut(name, ".")
	if !ok {
		return fmt.Errorf("%q is not PRODUCT.ACTION, such as cvm.RunInstances", name)
	}
	p, ok := catalog.Lookup(product)
	if !ok {
		return fmt.Errorf("%q: the cloud has no product %s", name, product)
	}
	for _, v := range p.Versions {
		if _, ok := v.Action(action); ok {
			return nil
		}
	}
	return fmt.Errorf("%q: %s has no action %s", name, product, action)
}

// Check refuses a name that is no limit.
func (l Limit) Check() error {
	if _, ok := l.Fact(); !ok {
		return fmt.Errorf("%q is not the name of a quota", string(l))
	}
	return nil
}
