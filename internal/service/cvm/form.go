package cvm

import (
	"regexp"
	"sync"
)

// form is how a text is to look: a regular expression that is compiled when somebody first asks, for a program that starts
// needs none of them, and all together took a tenth of its start.
type form struct{ compiled func() *regexp.Regexp }

func formOf(expression string) form {
	return form{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// shape is the form of ids with a prefix: ps-1a2b3c4d.
func shape(prefix string) form { return formOf(`^` + prefix + `-[0-9a-z]{8}$`) }

func (f form) fits(text string) bool { return f.compiled().MatchString(text) }
