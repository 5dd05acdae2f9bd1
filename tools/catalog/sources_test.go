package main

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

const nodeModels = `/**
 * Where.
 */
export interface RunRequest {
    /**
     * A comment that looks like a member:
    Zone: string;
     */
    Zone: string;
    Count?: number;
    Sizes?: Array<number | bigint>;
    Disks?: Array<Disk>;
}
/** What it answers. */
export type RunResponse = null;
/**
 * A disk.
 */
export interface Disk {
    Parent?: Disk;
}
export interface Unused {
    Name?: string;
}
`

const goModels = `package v1
type RunRequestParams struct {
	Zone *string ` + "`name:\"Zone\"`" + `
	Count *int64 ` + "`name:\"Count\"`" + `
	Sizes []*uint64 ` + "`name:\"Sizes\"`" + `
	New *float64 ` + "`name:\"New\"`" + `
}
type RunRequest struct {
	*BaseRequest
	Zone *string ` + "`name:\"Zone\"`" + `
	Baggage *string ` + "`name:\"Baggage\"`" + `
}
`

const goClient = `package v1
// Run
// Codes:
//  INVALIDPARAMETER = "InvalidParameter"
//  FAILEDOPERATION_X = "FailedOperation.X"
//  INVALIDPARAMETER = "InvalidParameter"
func (c *Client) RunWithContext() {}
`

func TestSourcesMerge(t *testing.T) {
	t.Parallel()
	p := &product{name: "box"}
	v := p.version("2020-01-02")
	if err := v.readNodeShapes(nodeModels); err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	models, err := parser.ParseFile(files, "models.go", goModels, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	client, err := parser.ParseFile(files, "client.go", goClient, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	v.addGo(client, models)
	const want = `version 2020-01-02
action Run
in
 Zone string !
 Count int64
 Sizes []uint64
 Disks []Disk
 New float
out
code FailedOperation.X
code InvalidParameter
shape Disk
 Parent Disk
`
	if got := p.print(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNodeMembersNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"    Zone string;", "    Zone: any;", "Zone: string;", "    Zone?: Map<string>;"} {
		if f, err := nodeField(line); err == nil {
			t.Errorf("%q: got %+v, want an error", line, f)
		}
	}
}

func TestSharedActionsNeedAPreference(t *testing.T) {
	t.Parallel()
	products := []*product{{name: "old"}, {name: "young"}}
	for _, p := range products {
		p.version("2020-01-02").actions = []string{"Run"}
	}
	got, err := printActions(products, []string{"young", "old"})
	if want := "Run 2020-01-02 young old\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if _, err := printActions(products, []string{"young"}); err == nil || !strings.Contains(err.Error(), "old") {
		t.Errorf("got %v, want an error that names old", err)
	}
}
