package catalog

import (
	_ "embed" // the table below
	"strconv"
	"strings"
)

// DefaultRate is the requests a second of an action of which no source says more. Source: document/product/213/568, where
// most actions have this number.
const DefaultRate = 20

// rateLines has a line an action: product, action, requests a second; the comment above it names the source.
//
//go:embed rates.txt
var rateLines string

// ratesOf are the rates that sources give for a product's actions.
func ratesOf(product string) map[string]int {
	rates := map[string]int{}
	for line := range strings.Lines(rateLines) {
		rest, ok := strings.CutPrefix(line, product+" ")
		if !ok {
			continue
		}
		action, number, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if rate, err := strconv.Atoi(number); err == nil {
			rates[action] = rate
		}
	}
	return rates
}
