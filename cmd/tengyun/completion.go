package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

func completionVerb() *verb {
	v := &verb{name: "completion", args: "bash|zsh|fish", short: "print a script that completes the command line", long: `
example:
  source <(tengyun completion bash)
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		rest, err := v.parse(p, flag.NewFlagSet(v.name, flag.ContinueOnError), args)
		if err == nil {
			err = exactly(rest, "the shell")
		}
		if err != nil {
			return err
		}
		var script string
		switch rest[0] {
		case "bash":
			script = bashCompletion()
		case "zsh":
			script = zshPrelude + bashCompletion()
		case "fish":
			script = fishCompletion()
		default:
			return usagef("shell %s is not known; it is bash, zsh or fish", rest[0])
		}
		_, err = io.WriteString(p.stdout, script)
		return err
	}
	return v
}

// flagsOf are the flags of a verb, as its help names them: what is not documented is not completed.
func flagsOf(v *verb) []string {
	flags := regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(v.args+"\n"+v.long, -1)
	slices.Sort(flags)
	return slices.Compact(flags)
}

func bashCompletion() string {
	var cases strings.Builder
	for _, v := range verbs() {
		if flags := flagsOf(v); len(flags) > 0 {
			fmt.Fprintf(&cases, "    %s) words=\"%s\" ;;\n", v.name, strings.Join(flags, " "))
		}
	}
	return `_tengyun() {
  local word="${COMP_WORDS[COMP_CWORD]}" verb="${COMP_WORDS[1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="` + strings.Join(verbNames(), " ") + `"
  elif [ "$COMP_CWORD" -eq 2 ] && [ "${word#-}" = "$word" ]; then
    case "$verb" in
    call|coverage) words="$("${COMP_WORDS[0]}" coverage --names)" ;;
    help) words="` + strings.Join(verbNames()[1:], " ") + `" ;;
    completion) words="bash zsh fish" ;;
    esac
  elif [ "$COMP_CWORD" -eq 3 ] && [ "$verb" = call ]; then
    words="$("${COMP_WORDS[0]}" coverage --names "${COMP_WORDS[2]}" 2>/dev/null)"
  else
    case "$verb" in
` + cases.String() + `    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _tengyun tengyun
`
}

// zshPrelude lets zsh read bash's script, also where the user's own start-up files ask for no completion.
const zshPrelude = `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
`

func fishCompletion() string {
	var b strings.Builder
	b.WriteString(fishWords())
	for _, v := range verbs() {
		fmt.Fprintf(&b, "complete -c tengyun -n __fish_use_subcommand -a %s -d '%s'\n", v.name, strings.ReplaceAll(v.short, "'", `\'`))
		for _, name := range flagsOf(v) {
			fmt.Fprintf(&b, "complete -c tengyun -n '__fish_seen_subcommand_from %s' -l %s%s\n", v.name, strings.TrimPrefix(name, "--"), fishValue(v, name))
		}
	}
	return b.String()
}

// fishWords completes the words after the verb: of what stands before the cursor, the verb is the second.
func fishWords() string {
	return `function __tengyun_words
  set -l words (commandline -opc)
  switch (count $words)"$words[2]"
  case 2call 2coverage
    tengyun coverage --names
  case 3call
    tengyun coverage --names $words[3] 2>/dev/null
  case 2completion
    printf '%s\n' bash zsh fish
  case 2help
    printf '%s\n' ` + strings.Join(verbNames()[1:], " ") + `
  end
end
complete -c tengyun -f
complete -c tengyun -n 'not __fish_use_subcommand' -a '(__tengyun_words)'
complete -c tengyun -n '__fish_seen_subcommand_from exec' -a '(__fish_complete_subcommand --fcs-skip=2)'
complete -c tengyun -n __fish_use_subcommand -a help -d 'say more of a verb'
`
}

// fishValue is whether a flag takes a value, by the help of its verb, and whether that is a file.
func fishValue(v *verb, name string) string {
	m := regexp.MustCompile(name + `( [A-Z][A-Z_:/=]*\b| [a-z]+\|[a-z|]+)`).FindStringSubmatch(v.args + "\n" + v.long)
	switch {
	case m == nil:
		return ""
	case m[1] == " FILE" || m[1] == " DIR":
		return " -r -F"
	}
	return " -x"
}
