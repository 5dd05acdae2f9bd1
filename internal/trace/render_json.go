package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// renderJSON writes any JSON value as an outline: "name: value" lines, and texts of several lines as blocks.
func renderJSON(b *strings.Builder, raw []byte) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var o outline
	if o.value(d, "", 1) != nil {
		fmt.Fprintf(b, "%s\n", indent(string(raw)))
		return
	}
	b.WriteString(o.String())
}

// outline is the text so far.
type outline struct{ strings.Builder }

// value writes the decoder's next value under its name, depth steps in.
func (o *outline) value(d *json.Decoder, name string, depth int) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	if delim, ok := token.(json.Delim); ok {
		return o.members(d, delim, name, depth)
	}
	o.leaf(name, fmt.Sprint(token), depth)
	return nil
}

func (o *outline) members(d *json.Decoder, open json.Delim, name string, depth int) error {
	if name != "" {
		o.line(depth, name+":")
		depth++
	}
	for d.More() {
		member := "-"
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			member = fmt.Sprint(key)
		}
		if err := o.value(d, member, depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (o *outline) leaf(name, text string, depth int) {
	switch {
	case strings.Contains(text, "\n"):
		o.line(depth, name+":")
		for _, l := range strings.Split(text, "\n") {
			o.line(depth+1, "| "+l)
		}
	case name == "-":
		o.line(depth, "- "+text)
	case name == "":
		o.line(depth, text)
	default:
		o.line(depth, name+": "+text)
	}
}

func (o *outline) line(depth int, text string) {
	o.WriteString(strings.Repeat("  ", depth) + strings.TrimRight(plain(text), " ") + "\n")
}
