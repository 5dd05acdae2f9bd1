package admin

import (
	"net/http"
	"time"
)

// Reading is what the control plane says of the clock.
type Reading struct {
	Now time.Time `json:"now"`
}

func (c *Control) time(w http.ResponseWriter, r *http.Request) { answer(w, Reading{c.Clock.Now()}) }

// Step is by how much the clock is to be moved forward: {"advance":"20s"}.
type Step struct {
	Advance string `json:"advance"`
}

func (c *Control) advance(w http.ResponseWriter, r *http.Request) {
	var step Step
	if err := read(w, r, &step); err != nil {
		refuse(w, http.StatusBadRequest, "read the step: "+err.Error())
		return
	}
	d, err := time.ParseDuration(step.Advance)
	if err != nil || d < 0 {
		refuse(w, http.StatusBadRequest, `advance is a duration such as "20s" or "720h"`)
		return
	}
	if c.Advance == nil {
		refuse(w, http.StatusNotImplemented, "the clock of this emulator cannot be moved")
		return
	}
	if err := c.Advance(d); err != nil {
		refuse(w, http.StatusConflict, err.Error())
		return
	}
	c.time(w, r)
}
