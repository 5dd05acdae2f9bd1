package catalog

// Names lists every product, sorted.
func Names() []string { return nil }

// Lookup finds a product by name ("cvm"), parsing its facts on first use.
func Lookup(product string) (*Product, bool) { return nil, false }

// ProductsOf lists the products that have this action in this version, best guess first: a request sent to
// a bare address names neither product nor host, and this pair is nearly always enough.
func ProductsOf(version, action string) []string { return nil }
