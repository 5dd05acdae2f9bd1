// Package quota is how often and how many: request rates per second, and limits of what an account may hold.
package quota

// Limit is a quota of an account: its name for administrators, its number unless changed, and where the number is from.
type Limit struct {
	Name    string // "cvm.postpaid-instances-per-zone"
	Default int
	Source  string
}
