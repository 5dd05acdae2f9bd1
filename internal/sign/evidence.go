package sign

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tengyun/tengyun/internal/account"
)

// Evidence is what a failed check compared: plain data for a trace, made only when a request is refused.
type Evidence struct {
	Check     string // one of the Check constants
	SecretID  string `json:",omitempty"`
	Got, Want string // what the client sent and what would have passed; for a signature, both signatures

	// Of a wrong signature only.
	Server *Computation `json:",omitempty"` // by the likeliest way
	Tried  []string     `json:",omitempty"` // the ways in which the server looked for a match

	// Cause is a mistake that explains the refusal, where one was recognised; of a wrong signature, else that none was.
	Cause *Cause `json:",omitempty"`
}

// Computation is one way of computing a signature.
type Computation struct {
	CanonicalRequest string `json:",omitempty"` // v3 only
	StringToSign     string // v1: values of secret parameters are masked
	Signature        string
}

// Cause is a mistake of the client that leads to exactly what it sent.
type Cause struct {
	Name string // a sentence without its full stop

	// Of a wrong signature whose mistake was recognised only: what the client must have computed, and where that first departs from the server's.
	// Equal texts mean that the mistake is in the key.
	Client           *Computation `json:",omitempty"`
	CanonicalRequest *Difference  `json:",omitempty"`
	StringToSign     *Difference  `json:",omitempty"`
}

// Difference is the first place at which two texts depart.
type Difference struct {
	Line, Column   int    // from 1; Column counts bytes
	Server, Client string // the whole line of each; "" of the text that has ended
}

// Compare finds where the client's own canonical request or string to sign, as its user has it from a log, first
// departs from the server's. Nil means that they are equal, or that the Evidence is not of a signature.
func (e *Evidence) Compare(client string) *Difference {
	if e.Server == nil {
		return nil
	}
	if e.Server.CanonicalRequest == "" || strings.HasPrefix(client, algorithm) {
		return compare(e.Server.StringToSign, client)
	}
	return compare(e.Server.CanonicalRequest, client)
}

func compare(server, client string) *Difference {
	if server == client {
		return nil
	}
	same := 0
	for same < len(server) && same < len(client) && server[same] == client[same] {
		same++
	}
	start := strings.LastIndexByte(server[:same], '\n') + 1
	return &Difference{
		Line: strings.Count(server[:same], "\n") + 1, Column: same - start + 1,
		Server: line(server[start:]), Client: line(client[start:]),
	}
}

// line is the text up to the end of its line.
func line(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return text
}

// causeOf names a mistake and shows what it leads to beside what the server computed.
func causeOf(name string, server, client Computation) *Cause {
	return &Cause{Name: name, Client: &client,
		CanonicalRequest: compare(server.CanonicalRequest, client.CanonicalRequest),
		StringToSign:     compare(server.StringToSign, client.StringToSign)}
}

func clockEvidence(timestamp int64, now time.Time) *Evidence {
	e := &Evidence{Check: CheckClock, Got: strconv.FormatInt(timestamp, 10),
		Want: fmt.Sprintf("%d, at most %d seconds away", now.Unix(), int(Tolerance.Seconds()))}
	off := time.Duration(0)
	if abs(timestamp-now.Unix()) < 24*3600 {
		off = time.Duration(timestamp-now.Unix()) * time.Second
	}
	hours := int64(off.Round(time.Hour).Hours())
	switch {
	case !far(timestamp/1000, now):
		e.Cause = &Cause{Name: "the timestamp is in milliseconds; it should be in seconds"}
	case hours != 0 && !far(timestamp-hours*3600, now):
		e.Cause = &Cause{Name: fmt.Sprintf("the timestamp is %+d hours off: local time was taken for UTC", hours)}
	}
	return e
}

func dateCause(date string, timestamp int64) *Cause {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil
	}
	sent := time.Unix(timestamp, 0)
	if from := day.Sub(sent); from > 14*time.Hour || from < -48*time.Hour {
		return nil
	}
	return &Cause{Name: "the date is a local day; it should be the UTC day of X-TC-Timestamp"}
}

func secretIDEvidence(secretID string, keys account.Keys) *Evidence {
	e := &Evidence{Check: CheckSecretID, SecretID: secretID, Got: secretID, Want: "a known SecretId"}
	if bare := strings.Trim(secretID, " \t\r\n\"'"); bare != secretID {
		if _, ok := keys(bare); ok {
			e.Cause = &Cause{Name: "the SecretId has blanks or quotes around it"}
		}
	}
	return e
}

// tokenEvidence says which tokens there were, but shows none: whoever has one is its owner.
func tokenEvidence(token string, key account.Key) *Evidence {
	e := &Evidence{Check: CheckToken, SecretID: key.SecretID, Got: "another token", Want: "the token of this temporary key"}
	if token == "" {
		e.Got = "no token"
	}
	if key.Token == "" {
		e.Got, e.Want = "a token", "no token: the key is a permanent one"
	}
	return e
}

func size(bytes int) string { return strconv.Itoa(bytes) + " bytes" }

func abs(n int64) int64 { return max(n, -n) }
