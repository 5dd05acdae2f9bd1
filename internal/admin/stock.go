package admin

import (
	"net/http"

	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

func (c *Control) stock(w http.ResponseWriter, r *http.Request) { answer(w, c.Stock()) }

// setStock says how much is left of some things: [{"zone":"ap-guangzhou-3","item":"S5.MEDIUM4","level":"WithoutStock"}].
// "" or "*" is any zone or item; what the body does not name stays.
func (c *Control) setStock(w http.ResponseWriter, r *http.Request) {
	var words []offer.Word
	if err := read(w, r, &words); err != nil {
		refuse(w, http.StatusBadRequest, "read the stock: "+err.Error())
		return
	}
	for i, word := range words {
		words[i] = word.Plain()
		if err := words[i].Check(); err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
	}
	c.SetStock(words)
	c.stock(w, r)
}
