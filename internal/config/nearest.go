package config

import "strings"

// Nearest is the candidate that a mistyped word was probably meant to be: at most a third of its letters differ.
func Nearest(word string, candidates []string) (string, bool) {
	best, found := len(word)/3+1, ""
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < best || d == best && found == "" {
			best, found = d, c
		}
	}
	return found, found != ""
}

// Suggest is "; did you mean …?" when there is a nearest candidate, else nothing.
func Suggest(word string, candidates []string) string {
	if c, ok := Nearest(word, candidates); ok {
		return "; did you mean " + c + "?"
	}
	return ""
}

// distance counts the letters to insert, remove, replace or swap with their neighbour to make b from a.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
