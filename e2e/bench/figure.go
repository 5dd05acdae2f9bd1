package main

import (
	"fmt"
	"slices"
)

// figure is a line of the report: what was found, and the bound that it is to keep.
type figure struct {
	what   string
	value  float64
	unit   string
	bound  float64
	most   bool   // whether the bound is an upper one
	beside string // what helps to read it
}

func (f figure) String() string {
	sign, good := "≥", f.value >= f.bound
	if f.most {
		sign, good = "≤", f.value <= f.bound
	}
	verdict := "ok"
	if !good {
		verdict = "MISSED"
	}
	return fmt.Sprintf("%-58s %7.2f%s  %s %g%s  %-6s  %s", f.what, f.value, f.unit, sign, f.bound, f.unit, verdict, f.beside)
}

func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	return (all[len(all)/2] + all[(len(all)-1)/2]) / 2
}

// each is f of every sample.
func each(samples []sample, f func(sample) float64) []float64 {
	all := make([]float64, len(samples))
	for i, s := range samples {
		all[i] = f(s)
	}
	return all
}

// ratios divide what f tells of one sample by what it tells of the other of the same round.
func ratios(over, under []sample, f func(sample) float64) []float64 {
	all := make([]float64, len(over))
	for i := range over {
		all[i] = f(over[i]) / f(under[i])
	}
	return all
}
