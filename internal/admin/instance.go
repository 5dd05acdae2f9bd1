package admin

import (
	"errors"
	"net/http"

	"github.com/tengyun/tengyun/internal/service/cvm"
)

// instance tells how an instance is, in the eyes of the cloud's own people.
func (c *Control) instance(w http.ResponseWriter, r *http.Request) {
	if c.Instance == nil {
		refuse(w, http.StatusNotImplemented, "this emulator's instances are their owners' alone")
		return
	}
	condition, err := c.Instance(r.PathValue("id"))
	if err != nil {
		refuse(w, statusOf(err), r.PathValue("id")+": "+err.Error())
		return
	}
	answer(w, condition)
}

// act does to an instance what the cloud's own people can: {"do":"ban"}.
func (c *Control) act(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Do cvm.Deed `json:"do"`
	}
	err := read(w, r, &body)
	if err == nil {
		err = body.Do.Check()
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "read what to do: "+err.Error())
		return
	}
	if c.Act != nil {
		if err := c.Act(r.PathValue("id"), body.Do); err != nil {
			refuse(w, statusOf(err), err.Error())
			return
		}
	}
	c.instance(w, r)
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, cvm.ErrNoInstance):
		return http.StatusNotFound
	case errors.Is(err, cvm.ErrImpossible):
		return http.StatusConflict
	}
	return http.StatusInternalServerError
}
