package admin

import (
	"net/http"
	"time"
)

// adjustable is a clock that someone may move, such as clock.Manual.
type adjustable interface{ Advance(time.Duration) }

func (c *Control) time(w http.ResponseWriter, r *http.Request) {
	_, canMove := c.Clock.(adjustable)
	answer(w, map[string]any{"now": c.Clock.Now(), "adjustable": canMove})
}

// advance moves the clock forward: {"advance":"20s"}.
func (c *Control) advance(w http.ResponseWriter, r *http.Request) {
	hand, ok := c.Clock.(adjustable)
	if !ok {
		refuse(w, http.StatusConflict, "this emulator follows the machine's clock, which cannot be moved")
		return
	}
	var body struct {
		Advance string `json:"advance"`
	}
	if err := read(w, r, &body); err != nil {
		refuse(w, http.StatusBadRequest, "read the step: "+err.Error())
		return
	}
	d, err := time.ParseDuration(body.Advance)
	if err != nil || d < 0 {
		refuse(w, http.StatusBadRequest, `advance is a duration such as "20s" or "1h30m"`)
		return
	}
	hand.Advance(d)
	c.time(w, r)
}
