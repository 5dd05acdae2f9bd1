package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

// Render writes the record for a person: what was asked, who asked, each check in order, why it was refused, the answer.
func Render(w io.Writer, r *Record) error {
	var b strings.Builder
	renderHead(&b, r)
	renderBody(&b, "parameters", r.Params, r.ParamsSize)
	renderChecks(&b, r)
	if r.Evidence != nil {
		b.WriteString("\nevidence\n")
		renderJSON(&b, evidenceJSON(r.Evidence))
	}
	if r.Cause != "" {
		fmt.Fprintf(&b, "\nwhat went wrong in the emulator\n%s\n", indent(r.Cause))
	}
	if r.Stack != "" {
		fmt.Fprintf(&b, "\nstack\n%s\n", indent(r.Stack))
	}
	renderBody(&b, "answer", r.Response, r.ResponseSize)
	_, err := io.WriteString(w, b.String())
	return err
}

// RenderLine writes the record as one line, for lists and live streams.
func RenderLine(w io.Writer, r *Record) error {
	line := fmt.Sprintf("%s  %s  %-32s  %-14s  %8s  %s", r.Time.Format("15:04:05.000"), r.RequestID,
		strings.TrimSpace(r.Product+" "+r.Action), r.Region, shownDuration(r.Duration), outcome(r))
	_, err := io.WriteString(w, strings.ReplaceAll(plain(line), "\n", " ")+"\n")
	return err
}

func outcome(r *Record) string {
	if r.Refused() {
		return r.Code
	}
	return "ok"
}

func renderHead(b *strings.Builder, r *Record) {
	line := func(name string, parts ...string) {
		parts = deleteEmpty(parts)
		if len(parts) > 0 {
			fmt.Fprintf(b, "%-10s  %s\n", name, plain(strings.Join(parts, "  ")))
		}
	}
	line("request", r.RequestID)
	line("at", r.Time.Format("2006-01-02 15:04:05.000 UTC"), "took "+shownDuration(r.Duration))
	line("asked", r.Product, r.Action, r.Version, r.Region)
	line("through", r.Method, r.Host)
	uin := ""
	if r.Uin != "" {
		uin = "uin " + r.Uin
	}
	line("by", r.SecretID, uin, r.Client, r.Remote)
	line("trace id", r.TraceID)
	line("outcome", outcome(r))
}

func renderChecks(b *strings.Builder, r *Record) {
	b.WriteString("\nchecks\n")
	for _, check := range r.Passed {
		fmt.Fprintf(b, "  passed   %s\n", plain(check))
	}
	if !r.Refused() {
		return
	}
	failed := r.Failed
	if failed == "" {
		failed = "action"
	}
	fmt.Fprintf(b, "  REFUSED  %s\n           %s\n           %s\n", plain(failed), plain(r.Code), plain(r.Message))
}

// renderBody writes a body, indented when it is JSON, and how much of it is missing.
func renderBody(b *strings.Builder, title string, body []byte, size int) {
	if len(body) == 0 {
		return
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, body, "", "  ") != nil {
		pretty.Reset()
		pretty.Write(body)
	}
	fmt.Fprintf(b, "\n%s\n%s\n", title, indent(pretty.String()))
	if size > len(body) {
		fmt.Fprintf(b, "  … %d bytes in all\n", size)
	}
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(plain(strings.TrimRight(s, "\n")), "\n", "\n  ")
}

// plain makes what a stranger sent safe to print: a terminal obeys control characters.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '\n' || c == '\t' || unicode.IsPrint(c) {
			return c
		}
		return '\ufffd'
	}, s)
}

func shownDuration(d time.Duration) string {
	switch {
	case d >= time.Second:
		return d.Round(time.Millisecond).String()
	case d >= time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(time.Microsecond).String()
}

func deleteEmpty(parts []string) []string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}
