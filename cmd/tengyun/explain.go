package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/config"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func explainVerb() *verb {
	v := &verb{name: "explain", args: "CODE", short: "say what an error code means and what to do about it", long: `
Needs no running emulator. Lists the actions that may answer the code, as far as
the cloud's own SDKs say so.

example:
  tengyun explain AuthFailure.SignatureFailure
`}
	v.run = func(ctx context.Context, p *program, args []string) error {
		rest, err := v.parse(p, flag.NewFlagSet(v.name, flag.ContinueOnError), args)
		if err == nil {
			err = exactly(rest, "CODE")
		}
		if err != nil {
			return err
		}
		return explain(p.stdout, rest[0])
	}
	return v
}

func explain(w io.Writer, code string) error {
	e, known := tcerr.Explain(code)
	if known && strings.EqualFold(e.Code, code) {
		code = e.Code
	}
	actions := catalog.ActionsAnswering(code)
	if !known && len(actions) == 0 {
		return fmt.Errorf("no code %s is known%s", code, config.Suggest(code, tcerr.Explained()))
	}
	if !known {
		e, known = tcerr.ExplainForm(code)
	}
	var b strings.Builder
	fmt.Fprintln(&b, code)
	if known && e.Code != code {
		fmt.Fprintf(&b, "\nA product's own case of %s. Of that:\n", e.Code)
	}
	if known {
		fmt.Fprintf(&b, "\nmeaning  %s\ncause    %s\nremedy   %s\n", e.Meaning, e.Cause, e.Remedy)
	}
	if known && e.Code == code {
		writeAnswerer(&b, &e)
	}
	if e.Code != code || !e.Any {
		writeAnswering(&b, actions)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeAnswerer says where a common code comes from, if anything answers it at all.
func writeAnswerer(b *strings.Builder, e *tcerr.Explanation) {
	if e.Ours {
		b.WriteString("\nTengyun answers this; the cloud never does.\n")
	}
	switch {
	case e.Unanswered != "":
		fmt.Fprintf(b, "\nThe cloud answers this; Tengyun does not: %s.\n", e.Unanswered)
	case e.Any:
		b.WriteString("\nAny action may answer it.\n")
	}
}

// writeAnswering lists actions by product, in lines that fit a terminal.
func writeAnswering(b *strings.Builder, actions []*catalog.Action) {
	if len(actions) == 0 {
		return
	}
	b.WriteString("\nanswered by")
	product, column := "", 0
	for _, a := range actions {
		if column += len(a.Name) + 1; a.Product != product || column > 80 {
			label := a.Product
			if label == product {
				label = ""
			}
			product, column = a.Product, 14+len(a.Name)
			fmt.Fprintf(b, "\n  %-11s", label)
		}
		b.WriteString(" " + a.Name)
	}
	b.WriteString("\n")
}
