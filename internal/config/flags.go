package config

import (
	"flag"
	"fmt"
	"strings"
)

// CheckFlags refuses a mistyped flag with the valid ones, which flag.FlagSet does not name. Call it before Parse.
func CheckFlags(fs *flag.FlagSet, args []string) error {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" || len(arg) < 2 || arg[0] != '-' {
			return nil
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		f := fs.Lookup(name)
		if f == nil && name != "h" && name != "help" {
			return unknownFlag(fs, name)
		}
		if f != nil && !hasValue && !isSwitch(f) {
			i++
		}
	}
	return nil
}

func unknownFlag(fs *flag.FlagSet, name string) error {
	var names []string
	fs.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if len(names) == 0 {
		return fmt.Errorf("unknown flag --%s: there are none here", name)
	}
	hint := ""
	if near, ok := Nearest(name, names); ok {
		hint = "; did you mean --" + near + "?"
	}
	return fmt.Errorf("unknown flag --%s%s\nvalid ones: --%s", name, hint, strings.Join(names, " --"))
}

func isSwitch(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}
