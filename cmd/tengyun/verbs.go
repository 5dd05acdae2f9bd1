package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tengyun/tengyun/internal/config"
)

// verb is one thing that the program does.
type verb struct {
	name  string
	args  string // as in help
	short string // one line
	long  string // the rest of its help, an example last
	run   func(ctx context.Context, p *program, args []string) error
}

// verbs lists all, in the order of help.
func verbs() []*verb {
	return []*verb{
		serveVerb(), envVerb(), execVerb(), callVerb(),
		traceVerb(), explainVerb(), coverageVerb(),
		clockVerb(), resetVerb(), healthcheckVerb(), versionVerb(), completionVerb(),
	}
}

func verbNames() []string {
	names := []string{"help"}
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	return names
}

func findVerb(name string) (*verb, bool) {
	all := verbs()
	i := slices.IndexFunc(all, func(v *verb) bool { return v.name == name })
	if i < 0 {
		return nil, false
	}
	return all[i], true
}

// help shows the help of a verb, or of the program.
func help(p *program, args []string) error {
	if len(args) == 0 {
		writeHelp(p.stdout)
		return nil
	}
	v, ok := findVerb(args[0])
	if !ok {
		return usagef("there is no verb %s%s", args[0], config.Suggest(args[0], verbNames()))
	}
	v.writeHelp(p.stdout)
	return nil
}

func writeHelp(w io.Writer) {
	var b strings.Builder
	b.WriteString("Tengyun is Tencent Cloud on your own machine.\n\nusage: tengyun VERB …\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(&b, "  %-12s %s\n", v.name, v.short)
	}
	b.WriteString(`
Verbs that talk to a running emulator look for it at --address HOST:PORT, else at
` + config.AddressEnv + `, else at ` + config.DefaultListen + `.

exit codes: 0 done, 1 failed or refused, 2 the command line is wrong, 3 no emulator
answers; exec ends with the code of the program that it ran.

` + "`tengyun help VERB` says more of one.\n")
	_, _ = io.WriteString(w, b.String())
}

func (v *verb) writeHelp(w io.Writer) {
	usage := strings.TrimRight("usage: tengyun "+v.name+" "+v.args, " ")
	_, _ = fmt.Fprintf(w, "%s\n\n%s\n%s", usage, sentence(v.short), strings.TrimLeft(v.long, "\n"))
}

// sentence is a short text as a paragraph of its own.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + ".\n" }
