// Package tsv reads the house's own tables: embedded lines of tab-separated cells, with # before a source or a reason.
package tsv

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// Rows are the lines of a table in order, each cut into its cells. Empty lines and lines that begin with # are skipped.
// It panics when a line has not the number of columns: the tables are part of the program.
func Rows(table string, columns int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(table) {
			line = strings.TrimRight(line, "\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			cells := strings.Split(line, "\t")
			if len(cells) != columns {
				panic(fmt.Sprintf("tsv: %d columns, want %d, in %q", len(cells), columns, line))
			}
			if !yield(cells) {
				return
			}
		}
	}
}

// Int is a cell's whole number; "-" is 0. It panics when the cell holds none.
func Int(cell string) int64 {
	if cell == "-" {
		return 0
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		panic("tsv: not a whole number: " + cell)
	}
	return n
}

// Float is a cell's number; "-" is 0. It panics when the cell holds none.
func Float(cell string) float64 {
	if cell == "-" {
		return 0
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		panic("tsv: not a number: " + cell)
	}
	return f
}

// Text is a cell's text; "-" is empty.
func Text(cell string) string {
	if cell == "-" {
		return ""
	}
	return cell
}
